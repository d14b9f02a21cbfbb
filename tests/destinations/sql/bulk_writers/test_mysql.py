"""Tests of leadingest.destinations.sql.bulk_writers.mysql."""

import os
from pathlib import Path

from leadingest.destinations.sql.bulk_writers.mysql import piped

#: More than a pipe holds.
MUCH = b"x" * 1_000_000


def test_the_path_reads_as_the_data() -> None:
    with piped(MUCH) as path:
        assert Path(path).read_bytes() == MUCH


def test_a_reader_that_stops_early_or_never_comes_keeps_nobody_waiting() -> None:
    with piped(MUCH) as path, open(path, "rb") as reader:
        assert reader.read(10) == b"x" * 10
    with piped(MUCH):
        pass


def test_no_file_stays_open() -> None:
    before = os.listdir("/dev/fd")
    for _ in range(3):
        with piped(MUCH) as path:
            Path(path).read_bytes()
    assert os.listdir("/dev/fd") == before
