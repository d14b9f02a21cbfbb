"""Tests of leadingest.ingest.ranges.range_processes: one large file in processes of this machine."""

from __future__ import annotations

import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from leadingest.destinations.open_destination import open_destination
from leadingest.errors import DeliveryError, UnexpectedError
from leadingest.ingest.load_delivery import load_delivery
from leadingest.ingest.ranges import range_processes
from leadingest.ingest.ranges.range_processes import RangeProcesses
from tests.ingest.made_up_delivery import made_up
from tests.ingest.ranges.made_up_ranges import OHIO, TODAY, all_of_a_load, list_of

PROCESSES = RangeProcesses(2, least_size=0, range_size=20_000)


def test_a_load_in_processes_leaves_the_same_in_every_table(tmp_path: Path) -> None:
    mapping, delivery = made_up(tmp_path, csv=list_of(3_000), mapping=OHIO)
    alone = all_of_a_load(tmp_path, mapping, delivery, None)
    assert all_of_a_load(tmp_path, mapping, delivery, PROCESSES) == alone


@pytest.mark.parametrize(
    ("program", "how"),
    [
        ("import os; os.kill(os.getpid(), 9)", "was ended by SIGKILL"),
        ("raise SystemExit(3)", "ended with code 3"),
    ],
)
def test_where_the_system_ends_a_process_the_load_is_a_failed_one(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, program: str, how: str
) -> None:
    mapping, delivery = made_up(tmp_path, csv=list_of(1_000), mapping=OHIO)
    monkeypatch.setattr(range_processes, "_PROGRAM", program)
    with closing(open_destination(sqlite_url, mapping.table)) as destination:
        destination.prepare()
        with (
            destination.ledger.claim(mapping.source) as claim,
            pytest.raises(UnexpectedError, match=f"a process that mapped a part of the file {how}") as caught,
        ):
            load_delivery(mapping, delivery, claim, today=TODAY, progress=lambda _: None, ranges=PROCESSES)
        (load,) = destination.ledger.history()
    assert "--jobs" in caught.value.hint
    assert (load.status, load.reason) == ("failed", caught.value.message)


def test_what_is_wrong_with_a_range_is_told_as_it_is_of_the_whole(tmp_path: Path) -> None:
    mapping, delivery = made_up(tmp_path, csv=list_of(1_000) + "x" * (17 << 20), mapping=OHIO)
    errors = []
    for ranges in (None, PROCESSES):
        with pytest.raises(DeliveryError) as caught:
            load_delivery(mapping, delivery, None, today=TODAY, progress=lambda _: None, ranges=ranges)
        errors.append(str(caught.value))
    assert errors[0] == errors[1]


def test_a_run_that_stops_leaves_no_process_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapping, delivery = made_up(tmp_path, csv=list_of(3_000), mapping=OHIO)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    started = []
    popen = subprocess.Popen

    def remember(*words: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(popen(*words, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", remember)

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_delivery(mapping, delivery, None, today=TODAY, progress=stop, ranges=PROCESSES)
    assert [process.returncode for process in started] == [-9]
    assert not list(scratch.iterdir())
