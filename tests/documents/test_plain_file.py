"""Tests of leadingest.documents.plain_file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from leadingest.documents.plain_file import read_plain_file


def test_a_file_is_read_up_to_one_byte_more_than_it_may_have(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_plain_file(tmp_path / "a", most=5) == b"12345"
    assert read_plain_file(tmp_path / "a", most=3) == b"1234"


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "a")
    with pytest.raises(OSError, match=r"this is a (named pipe|device), not a file|Is a directory"):
        read_plain_file(tmp_path / "a", most=5)
