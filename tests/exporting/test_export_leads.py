"""Tests of leadingest.exporting.export_leads, on SQLite and on MySQL."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
import pytest

from leadingest.destinations.sql import exports as sql_exports
from leadingest.errors import (
    DestinationBusyError,
    DestinationError,
    LeadingestError,
    NothingToDoError,
    UsageError,
)
from leadingest.exporting import export_leads as module
from leadingest.exporting.export_leads import Exported, export_leads
from leadingest.exporting.formats import FORMATS, write_leads
from leadingest.exporting.request import Request
from leadingest.stores.location import Location
from tests.destinations.made_up import MadeUpLoads, made_up_table
from tests.loaded_tables import read
from tests.unprivileged import unprivileged, unprivileged_folder

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
ELM, OAK, FIR = (
    {"company": name, "phone": f"+1702200300{number}", "capacity": 10 + number}
    for number, name in enumerate(("Elm", "Oak", "Fir"))
)
NOBODY = {"company": "Nobody", "capacity": 5}


def path(file: Location) -> Path:
    assert isinstance(file, Path)
    return file


class Exports:
    """Exports of one database into one folder, each into a file of its own."""

    def __init__(self, loads: MadeUpLoads, folder: Path) -> None:
        self.loads, self.folder, self.number = loads, folder, 0

    def __call__(self, *, dry_run: bool = False, ending: str = "csv", **choices: Any) -> Exported:
        self.number += 1
        file = self.folder / f"{self.number}.{ending}"
        request = Request(
            file=file,
            format=ending,
            **{"columns": ("change", "company", "capacity"), "name": "weekly", **choices},
        )
        return export_leads(self.loads.destination, request, now=NOON, dry_run=dry_run)

    def rows(self, **choices: Any) -> list[str]:
        """The lines of the file that such an export gives; none where there is no file."""
        done = self(**choices)
        assert path(done.request.file).exists() == path(done.request.manifest).exists() == done.written
        return path(done.request.file).read_text(encoding="utf-8").splitlines()[1:] if done.written else []


@pytest.fixture
def exports(loads: MadeUpLoads, tmp_path: Path) -> Exports:
    folder = tmp_path / "out"
    folder.mkdir()
    return Exports(loads, folder)


def marked(loads: MadeUpLoads) -> list[tuple[str, str]]:
    """The exports that the database knows."""
    rows = read(loads.url, "SELECT export_name, status FROM exports ORDER BY export_name DESC, export_id")
    return [(row["export_name"], row["status"]) for row in rows]


def test_the_first_has_everything_and_each_later_one_what_is_new_or_changed(
    loads: MadeUpLoads, exports: Exports
) -> None:
    loads.load(ELM, OAK)
    assert exports.rows() == ["new,Elm,10", "new,Oak,11"]
    assert exports.rows() == []
    loads.load({**OAK, "capacity": 20}, FIR, ELM)
    assert exports.rows() == ["changed,Oak,20", "new,Fir,12"]
    assert exports.rows() == []
    assert marked(loads) == [("weekly", "done")] * 2


def test_each_name_is_an_export_of_its_own_and_none_is_remembered_of_none(
    loads: MadeUpLoads, exports: Exports
) -> None:
    loads.load(ELM)
    assert exports.rows(name="", columns=("company",)) == ["Elm"]
    assert exports.rows(name="", columns=("company",)) == ["Elm"]
    assert exports.rows() == exports.rows(name="other") == ["new,Elm,10"]
    assert marked(loads) == [("weekly", "done"), ("other", "done")]


def test_only_the_columns_that_are_handed_out_make_a_change(loads: MadeUpLoads, exports: Exports) -> None:
    loads.load(ELM)
    exports()
    loads.load({**ELM, "open": True}, file_name="another.csv")
    assert exports.rows() == []
    assert exports.rows(columns=("capacity", "company", "change")) == []


def test_other_columns_are_refused_unless_everything_is_handed_out_again(
    loads: MadeUpLoads, exports: Exports
) -> None:
    loads.load(ELM, OAK)
    exports()
    with pytest.raises(
        UsageError, match="the export weekly had different columns so far: change, company, capacity"
    ):
        exports(columns=("company",))
    assert exports.rows(columns=("company",), all_again=True) == ["Elm", "Oak"]
    assert exports.rows(columns=("company",)) == []


def test_what_was_pruned_or_rolled_back_meanwhile_changes_nothing(
    loads: MadeUpLoads, exports: Exports
) -> None:
    loads.load(ELM, OAK)
    exports()
    for number in range(4):
        loads.load({**ELM, "capacity": number}, OAK, FIR)
    loads.destination.ledger.prune(keep=1)
    assert exports.rows() == ["changed,Elm,3", "new,Fir,12"]
    loads.load(ELM, OAK, FIR)
    loads.destination.ledger.rollback("acme")
    assert exports.rows() == []


def test_a_lead_that_is_gone_is_counted_once_and_handed_out_when_it_is_there_again(
    loads: MadeUpLoads, exports: Exports
) -> None:
    loads.load(ELM, OAK)
    exports()
    loads.load(ELM, FIR)
    assert exports().counts.gone == 1
    loads.load({**ELM, "capacity": 1}, FIR)
    assert exports().counts.gone == 0
    loads.load({**ELM, "capacity": 1}, FIR, OAK)
    assert exports.rows() == ["reappeared,Oak,11"]


def test_a_lead_is_known_again_whichever_source_shows_it(loads: MadeUpLoads, exports: Exports) -> None:
    loads.load(ELM)
    exports()
    loads.load(ELM, source="beta", extract_time=NOON)
    assert loads.shown("source_name") == ["beta"]
    assert exports.rows() == []


def test_leads_without_a_key_are_told_apart_by_what_they_say_and_how_many_they_are(
    loads: MadeUpLoads, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadingest.destinations.sql.leads.BATCH", 2)
    loads.load(NOBODY, ELM, NOBODY)
    assert exports.rows() == ["new,Nobody,5", "new,Elm,10", "new,Nobody,5"]
    loads.load(NOBODY, NOBODY, ELM, NOBODY, {**NOBODY, "capacity": 6})
    assert exports.rows() == ["new,Nobody,5", "new,Nobody,6"]
    loads.load(ELM, NOBODY)
    assert exports().counts.gone == 3


def test_the_condition_the_sources_and_what_they_leave_out(loads: MadeUpLoads, exports: Exports) -> None:
    loads.load(ELM, OAK, {"company": "Ash"})
    loads.load(FIR, source="beta")
    done = exports(where="capacity >= 11 AND company <> 'Oak; DROP TABLE loads'", dry_run=True)
    assert (done.counts.new, done.counts.left_out, done.counts.published) == (2, 2, 4)
    assert exports.rows(sources=("beta",)) == ["new,Fir,12"]
    assert exports.rows(where="capacity >= 11") == ["new,Oak,11"]
    assert exports.rows(where="company IN ('Ash', 'Elm')") == ["new,Elm,10", "new,Ash,"]


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_manifest_tells_what_is_in_the_file(
    loads: MadeUpLoads, exports: Exports, format_name: str
) -> None:
    load = loads.load(ELM, OAK)
    done = exports(ending=format_name, where="capacity > 10")
    manifest = json.loads(path(done.request.manifest).read_text(encoding="utf-8"))
    content = path(done.request.file).read_bytes()
    assert manifest["sha256"] == hashlib.sha256(content).hexdigest()
    assert manifest["bytes"] == len(content)
    assert manifest["counts"] == {
        "written": 1,
        "new": 1,
        "changed": 0,
        "reappeared": 0,
        "known": 0,
        "left_out": 1,
        "published": 2,
        "gone": 0,
    }
    assert manifest["loads"]["acme"]["load_id"] == load
    assert manifest["columns"] == ["change", "company", "capacity"]
    assert manifest["chosen_by"] == {"where": "capacity > 10", "sources": [], "states": []}
    assert manifest["exported_at"] == "2026-08-01T12:00:00+00:00"


def test_a_dry_run_counts_and_leaves_nothing(loads: MadeUpLoads, exports: Exports) -> None:
    loads.load(ELM, OAK)
    done = exports(dry_run=True)
    assert (done.counts.new, done.written) == (2, False)
    assert list(exports.folder.iterdir()) == []
    assert marked(loads) == []


def test_a_folder_that_cannot_be_written_marks_nothing(loads: MadeUpLoads, exports: Exports) -> None:
    loads.load(ELM)
    exports.folder = exports.folder / "nowhere"
    with pytest.raises(LeadingestError, match="cannot be written: No such file or directory"):
        exports()
    assert marked(loads) == []


def test_a_folder_that_may_not_be_written_marks_nothing(sqlite_url: str, tmp_path: Path) -> None:
    with unprivileged_folder() as folder:
        loads = MadeUpLoads(f"sqlite:///{folder}/leads.db", made_up_table(tmp_path))
        with unprivileged():
            loads.destination.prepare()
            loads.load(ELM)
            (folder / "out").mkdir(mode=0o555)
            with pytest.raises(LeadingestError, match="cannot be written: Permission denied"):
                Exports(loads, folder / "out")()
            assert marked(loads) == []
        loads.destination.close()


@pytest.mark.parametrize("broken", ["write_leads", "manifest_text", "NewExport"])
def test_what_breaks_off_before_the_mark_marks_nothing(
    loads: MadeUpLoads, exports: Exports, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    loads.load(ELM)

    def break_off(*_args: object, **_options: object) -> Iterator[None]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, broken, break_off)
        with pytest.raises(KeyboardInterrupt):
            exports()
    assert marked(loads) == []
    assert exports.rows() == ["new,Elm,10"]


@pytest.mark.parametrize("database_url", ["sqlite", "mysql"], indirect=True)
def test_what_breaks_off_while_it_is_marked_counts_for_nothing(
    loads: MadeUpLoads, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_exports, "_CHUNK", 1)
    loads.load(ELM, OAK)
    written: list[pl.DataFrame] = []
    write = sql_exports.SqlExport._write

    def break_off(self: sql_exports.SqlExport, export_id: int, leads: pl.DataFrame) -> None:
        write(self, export_id, leads.head(1))
        written.append(leads)
        raise DestinationError("the connection is lost")

    with monkeypatch.context() as patch:
        patch.setattr(sql_exports.SqlExport, "_write", break_off)
        with pytest.raises(
            DestinationError, match=r"1\.csv is written, but its leads could not be marked as exported"
        ):
            exports()
    assert len(written) == 1
    assert exports.rows() == ["new,Elm,10", "new,Oak,11"]
    assert marked(loads) == [("weekly", "failed"), ("weekly", "done")]


def test_two_at_once_are_told_apart(loads: MadeUpLoads, exports: Exports) -> None:
    loads.load(ELM)
    with (
        loads.destination.exports.of_name("weekly"),
        pytest.raises(DestinationBusyError, match="the export weekly"),
    ):
        exports()
    assert exports.rows(name="other") == ["new,Elm,10"]


def test_what_is_published_while_it_is_read_is_not_seen(
    loads: MadeUpLoads, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads.load(ELM)
    loads.load(FIR, source="beta")

    def later(name: str, batches: Iterator[pl.DataFrame], file: BinaryIO) -> None:
        loads.load({**FIR, "company": "Meanwhile"}, source="beta")
        write_leads(name, batches, file)

    with monkeypatch.context() as patch:
        patch.setattr(module, "write_leads", later)
        assert exports.rows() == ["new,Elm,10", "new,Fir,12"]
    assert exports.rows() == ["changed,Meanwhile,12"]


def test_before_anything_is_published_there_is_nothing_to_hand_out(exports: Exports) -> None:
    with pytest.raises(NothingToDoError, match="no leads are published yet"):
        exports()


def test_an_empty_export_of_everything_has_a_head(loads: MadeUpLoads, exports: Exports) -> None:
    loads.load()
    done = exports(name="", columns=("company", "phone"))
    assert path(done.request.file).read_text() == "company,phone\n"
