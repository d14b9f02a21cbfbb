"""Tests of leadingest.outputs.whole_file."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from leadingest.errors import LeadingestError
from leadingest.outputs.whole_file import output_file, whole_file
from tests.unprivileged import unprivileged, unprivileged_folder


def test_a_file_is_there_once_it_is_whole_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("old")
    with whole_file(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [RuntimeError(), KeyboardInterrupt()])
def test_what_is_broken_off_leaves_what_was_there(tmp_path: Path, error: BaseException) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("old")

    def broken_off() -> None:
        with whole_file(path) as file:
            file.write(b"new")
            raise error

    with pytest.raises(type(error)):
        broken_off()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(LeadingestError, match=r"leads.csv cannot be written: No such file or directory"),
        output_file(tmp_path / "out" / "leads.csv"),
    ):
        pytest.fail("it must not get here")


def test_a_folder_that_may_not_be_written_is_told() -> None:
    with unprivileged_folder() as folder:
        folder.chmod(0o555)
        with (
            unprivileged(),
            pytest.raises(LeadingestError, match="cannot be written: Permission denied"),
            output_file(folder / "leads.csv"),
        ):
            pytest.fail("it must not get here")


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(LeadingestError, match="No space left on device"), output_file(tmp_path / "leads.csv"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert list(tmp_path.iterdir()) == []
