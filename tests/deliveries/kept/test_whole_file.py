"""Tests of leadingest.deliveries.kept.whole_file."""

from pathlib import Path

import pytest

from leadingest.deliveries.kept.whole_file import whole_file


def test_the_file_is_not_there_before_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "acme.csv"
    with whole_file(path) as file:
        file.write(b"Oak")
        assert not path.exists()
    assert path.read_bytes() == b"Oak"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_of_that_name_is_replaced_only_by_a_whole_one(tmp_path: Path) -> None:
    path = tmp_path / "acme.csv"
    path.write_bytes(b"old")

    def half_of_it() -> None:
        with whole_file(path) as file:
            file.write(b"ne")
            raise OSError("disk full")

    with pytest.raises(OSError, match="full"):
        half_of_it()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
