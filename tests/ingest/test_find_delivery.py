"""Tests of leadingest.ingest.find_delivery."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from leadingest.deliveries.inboxes.folder_inbox import FolderInbox
from leadingest.errors import NothingToDoError
from leadingest.ingest.events import Events
from leadingest.ingest.find_delivery import find_delivery, newest_delivery
from leadingest.ingest.lint_mappings import lint_mappings
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.result import SourceResult
from leadingest.ingest.run import run
from leadingest.ingest.run_options import RunOptions
from leadingest.mapping.models import Mapping
from leadingest.stores.location import Location
from tests.ingest.made_up_delivery import made_up
from tests.test_laws import DDL

TODAY = datetime.now(UTC).date()
NOW = datetime.now(UTC).timestamp()
DAY = timedelta(days=1).total_seconds()
MAPPING = "source: {}\ndelivery: {{match: '{}'}}\nfields: {{company: Name, phone: Phone}}\n"
ROWS = "Name,Phone\nOak Tree,702-555-0143\n"


def chosen(mapping: Mapping, inbox: Path) -> tuple[Location, int, tuple[str, ...]]:
    newest = newest_delivery(mapping, FolderInbox(inbox), today=TODAY)
    return newest.arrival.place, newest.older, newest.untimely


def test_the_newest_file_is_found_and_the_older_ones_are_counted(tmp_path: Path) -> None:
    mapping, _ = made_up(tmp_path)
    (tmp_path / "ohio_2.csv").write_text("Name\nOak\n", encoding="utf-8")
    os.utime(tmp_path / "ohio_2.csv", (1, 1))
    assert chosen(mapping, tmp_path) == (tmp_path / "ohio.csv", 1, ())
    with find_delivery(mapping, FolderInbox(tmp_path), None, today=TODAY) as delivery:
        assert delivery.name == "ohio.csv"


def test_a_file_that_is_named_need_not_be_in_the_inbox(tmp_path: Path) -> None:
    mapping, delivery = made_up(tmp_path)
    with find_delivery(mapping, FolderInbox(tmp_path / "inbox"), delivery.path, today=TODAY) as found:
        assert found == delivery


def test_an_empty_inbox_has_no_delivery(tmp_path: Path) -> None:
    mapping, _ = made_up(tmp_path)
    with (
        pytest.raises(NothingToDoError, match=r"no file ohio\*\.csv in .*inbox"),
        find_delivery(mapping, FolderInbox(tmp_path / "inbox"), None, today=TODAY),
    ):
        pass


@pytest.mark.parametrize("days", [3, 300_000, 3_000_000])
def test_a_file_of_a_time_to_come_does_not_stand_before_the_others(tmp_path: Path, days: int) -> None:
    mapping, delivery = made_up(tmp_path)
    later = tmp_path / "ohio_later.csv"
    later.write_text("Name\nOak\n", encoding="utf-8")
    os.utime(later, (NOW, NOW + days * DAY))
    assert chosen(mapping, tmp_path) == (delivery.path, 0, ("ohio_later.csv",))
    delivery.path.unlink()
    assert chosen(mapping, tmp_path) == (later, 0, ())


def test_a_file_of_tomorrow_is_as_good_as_any(tmp_path: Path) -> None:
    mapping, _ = made_up(tmp_path)
    later = tmp_path / "ohio_later.csv"
    later.write_text("Name\nOak\n", encoding="utf-8")
    os.utime(later, (NOW + DAY, NOW + DAY))
    assert chosen(mapping, tmp_path) == (later, 1, ())


@pytest.fixture(name="folder", autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("mappings", "inbox"):
        (tmp_path / name).mkdir()
    for source, glob in (("acme", "acme*.csv"), ("acme_west", "**/acme_west*.csv")):
        (tmp_path / f"mappings/{source}.yaml").write_text(MAPPING.format(source, glob), encoding="utf-8")
    return tmp_path


def arrives(folder: Path, name: str, *, seconds: int) -> None:
    path = folder / "inbox" / name
    path.write_text(ROWS, encoding="utf-8")
    os.utime(path, (1_790_000_000 + seconds,) * 2)


def loaded(folder: Path, *, file: Path | None = None) -> list[SourceResult]:
    options = RunOptions(folder / "inbox", f"sqlite:///{folder}/leads.db", file=file)
    project = MappingIndex(folder / "mappings", DDL)
    return run(project, ["acme"] if file else list(project.sources()), options, Events())


def refused(folder: Path) -> list[tuple[str, str]]:
    found = lint_mappings([folder / "mappings"], ddl=DDL, inbox=FolderInbox(folder / "inbox")).findings
    return [(each.at.file, each.message) for each in found if each.code == "LI302"]


def test_a_file_that_two_take_is_refused_for_both_and_told(folder: Path) -> None:
    arrives(folder, "acme_west_1.csv", seconds=0)
    of_acme, of_west = loaded(folder)
    message = "acme_west_1.csv is also a delivery of acme_west (**/acme_west*.csv)"
    assert (of_acme.status, of_acme.message) == ("failed", message)
    assert of_west.status == "failed"
    assert refused(folder) == [
        ("mappings/acme.yaml", message),
        ("mappings/acme_west.yaml", "acme_west_1.csv is also a delivery of acme (acme*.csv)"),
    ]


def test_globs_that_may_overlap_are_no_matter_where_no_file_does(folder: Path) -> None:
    arrives(folder, "acme_1.csv", seconds=0)
    assert [each.status for each in loaded(folder)] == ["loaded", "no delivery"]
    assert refused(folder) == []


def test_only_the_file_that_would_be_loaded_counts(folder: Path) -> None:
    arrives(folder, "acme_west_1.csv", seconds=0)
    arrives(folder, "acme_1.csv", seconds=60)
    assert [each.status for each in loaded(folder)] == ["loaded", "failed"]
    assert [file for file, _ in refused(folder)] == ["mappings/acme_west.yaml"]


def test_a_file_that_is_named_is_loaded_for_the_source_that_is_named(folder: Path) -> None:
    arrives(folder, "acme_west_1.csv", seconds=0)
    (result,) = loaded(folder, file=folder / "inbox/acme_west_1.csv")
    assert result.status == "loaded"


def test_a_neighbor_that_cannot_be_read_takes_nothing(folder: Path) -> None:
    arrives(folder, "acme_west_1.csv", seconds=0)
    (folder / "mappings/acme_west.yaml").write_text("source: [", encoding="utf-8")
    assert [each.status for each in loaded(folder)] == ["loaded", "failed"]
    assert refused(folder) == []
