"""Tests of leadingest.ingest.run: sources from inbox to database."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest

from leadingest.deliveries.delivery import Delivery
from leadingest.destinations.ledger import RecordCounts
from leadingest.errors import DestinationError, LeadingestError
from leadingest.ingest.events import Events, Listener
from leadingest.ingest.result import SourceResult
from leadingest.ingest.run import run
from leadingest.ingest.run_options import RunOptions
from tests.ingest.made_up_place import MadeUpPlace

DDL = Path(__file__).parents[2] / "ddl"
MAPPING = """
source: {source}
delivery: {{match: "{source}*.csv"}}
where: "Kind IS NULL OR Kind <> 'Bar'"
fields:
  company: Name
  phone: Phone
  capacity: {{from: Cap, on_invalid: {on_invalid}}}
"""
HEADER = "Name,Phone,Cap,Kind\n"
GOOD = HEADER + "Oak,702-555-0143,12,\nPine,702-555-0144,,\n"


class Silent(Listener):
    """A listener that only remembers."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def started(self, source: str, delivery: Delivery) -> None:
        self.events.append(f"{source} started {delivery.name}")

    def progress(self, source: str, records: int) -> None:
        self.events.append(f"{records} records")

    def retrying(self, source: str, error: LeadingestError, pause: float) -> None:
        self.events.append(f"{source} again in {pause} s")

    def finished(self, result: SourceResult) -> None:
        self.events.append(f"{result.source} {result.status}")


class Place(MadeUpPlace):
    """A made-up project whose listener remembers what it is told."""

    def __init__(self, folder: Path, url: str) -> None:
        super().__init__(folder, url)
        self.observer = Silent()

    def mapping(self, source: str = "utah", *, on_invalid: str = "blank") -> None:
        text = MAPPING.format(source=source, on_invalid=on_invalid)
        (self.folder / "mappings" / f"{source}.yaml").write_text(text, encoding="utf-8")

    def run(  # type: ignore[override]  # these tests choose other options
        self, *sources: str, dry: bool = False, file: Path | None = None, again: bool = False
    ) -> list[SourceResult]:
        options = RunOptions(self.folder / "inbox", None if dry else self.url, file, again)
        return run(self.project, sources or ["utah"], options, Events(self.observer))

    def leads(self) -> pl.DataFrame:
        with self.open() as destination:
            return destination.leads.rows()


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Place:
    return Place(tmp_path, database_url)


def test_a_delivery_becomes_published_leads(place: Place) -> None:
    place.mapping()
    place.delivery(GOOD)
    (result,) = place.run()
    assert (result.status, result.file, result.exit_code) == ("loaded", "utah.csv", 0)
    assert result.counts == RecordCounts(2, 2, 0, 0, 0)
    assert place.leads()["company"].to_list() == ["Oak", "Pine"]
    assert place.observer.events == ["utah started utah.csv", "2 records", "utah loaded"]


def test_every_record_is_loaded_rejected_or_filtered(place: Place) -> None:
    place.mapping()
    place.delivery(HEADER + "Oak,none,a few,\n,,5,\n,,,\nTap,,,Bar\n" + HEADER)
    (result,) = place.run()
    assert result.counts == RecordCounts(read=4, loaded=1, rejected=1, filtered=2, invalid_values=2)


def test_the_same_delivery_is_loaded_once(place: Place) -> None:
    place.mapping()
    place.delivery(GOOD)
    place.run()
    (result,) = place.run()
    assert (result.status, result.exit_code, result.load_id) == ("skipped", 0, 1)
    assert "the same file was loaded under the same mapping as load 1" in result.message
    assert place.leads().height == 2


@pytest.mark.parametrize("change", ["file", "mapping", "again"])
def test_a_changed_file_or_mapping_or_a_wish_loads_again(place: Place, change: str) -> None:
    place.mapping()
    place.delivery(GOOD)
    place.run()
    if change == "file":
        place.delivery(GOOD + "Elm,,,\n")
    if change == "mapping":
        place.mapping(on_invalid="reject")
    (result,) = place.run(again=change == "again")
    assert (result.status, result.load_id) == ("loaded", 2)


def test_the_newest_of_several_deliveries_is_taken(place: Place) -> None:
    place.mapping()
    place.delivery(HEADER + "Old,,,\n", "utah_b.csv", age=60)
    place.delivery(HEADER + "New,,,\n", "utah_a.csv")
    (result,) = place.run()
    assert result.file == "utah_a.csv"
    assert result.message == "the newest of 2 files; the older ones were skipped"


def test_no_delivery_says_where_it_looked(place: Place) -> None:
    place.mapping()
    (result,) = place.run()
    assert (result.status, result.exit_code) == ("no delivery", 3)
    assert result.message == f"no file utah*.csv in {place.folder / 'inbox'}"


def test_a_file_elsewhere_can_be_loaded(place: Place, tmp_path: Path) -> None:
    place.mapping()
    elsewhere = tmp_path / "other.csv"
    elsewhere.write_text(GOOD, encoding="utf-8")
    assert place.run(file=elsewhere)[0].counts.loaded == 2


def test_a_dry_run_loads_nothing_and_needs_no_database(place: Place) -> None:
    place.mapping()
    place.delivery(HEADER + "Oak,none,,\n")
    place.url = "mysql+mysqldb://nobody@127.0.0.1:1/none"
    (result,) = place.run(dry=True)
    assert (result.status, result.load_id, result.counts.invalid_values) == ("checked", None, 1)


def test_new_headers_are_told(place: Place) -> None:
    place.mapping()
    place.delivery("Name,Phone,Cap,Kind,Fax\nOak,,,,\n")
    assert place.run()[0].new_headers == ("Fax",)


def test_a_load_to_be_looked_at_first_is_held(place: Place) -> None:
    place.mapping(on_invalid="hold")
    place.delivery(HEADER + "Oak,,a few,\n")
    (result,) = place.run()
    assert (result.status, result.exit_code) == ("held", 1)
    assert "leadingest approve 1" in result.hint
    assert place.leads().is_empty()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("<!DOCTYPE html><html><body>Not found</body></html>\n", "HTML"),
        ("Name,Tel,Cap,Kind\nOak,,,\n", "no header 'Phone'"),
        (HEADER + "Oak,,\nPine,,\n", "line 2: 3 cells instead of 4; none of the 2 records can be read"),
    ],
    ids=["empty", "a web page", "a renamed header", "short records only"],
)
def test_a_delivery_that_cannot_be_loaded_fails_whole_and_says_why(
    place: Place, text: str, message: str
) -> None:
    place.mapping()
    place.delivery(GOOD)
    place.run()
    place.delivery(text)
    (result,) = place.run()
    assert (result.status, result.exit_code) == ("failed", 1)
    assert message in result.message
    assert place.leads()["company"].to_list() == ["Oak", "Pine"]
    with place.open() as destination:
        newest = destination.ledger.history()[0]
    assert (newest.status, newest.reason) == ("failed", result.message)


def test_a_file_that_is_but_a_header_is_held_and_can_be_published(place: Place) -> None:
    place.mapping()
    place.delivery(GOOD)
    place.run()
    place.delivery(HEADER)
    (result,) = place.run()
    assert (result.status, result.exit_code) == ("held", 1)
    assert result.message == (
        "the file has a header but no records: `fewest_records` requires 1; 0 records were loaded, 100% fewer than "
        "the 2 of the published load 1: `largest_fall` allows 20%"
    )
    assert place.leads()["company"].to_list() == ["Oak", "Pine"]
    with place.open() as destination:
        destination.ledger.approve(2)
    assert place.leads().is_empty()


def test_a_dry_run_says_that_the_load_would_be_held(place: Place) -> None:
    place.mapping(on_invalid="hold")
    place.delivery(HEADER + "Oak,,a few,\n")
    (result,) = place.run(dry=True)
    assert (result.status, result.exit_code) == ("checked", 1)
    assert result.message == "it would be held: 1 invalid value in fields with `on_invalid: hold`"


def test_an_old_file_sent_once_more_is_held_under_a_mapping_fixed_since(place: Place) -> None:
    place.mapping()
    place.delivery(GOOD, age=86_400)
    place.run()
    place.delivery(HEADER + "Oak,,,\nElm,,,\n", age=3_600)
    place.run()
    place.mapping(on_invalid="reject")
    place.delivery(GOOD)
    (result,) = place.run()
    assert result.status == "held"
    assert "the file is identical to that of load 1" in result.message
    assert place.leads()["company"].to_list() == ["Oak", "Elm"]


def test_the_published_file_loads_again_under_a_fixed_mapping(place: Place) -> None:
    place.mapping()
    place.delivery(GOOD)
    place.run()
    place.mapping(on_invalid="reject")
    (result,) = place.run()
    assert (result.status, result.load_id) == ("loaded", 2)


def test_a_source_that_fails_does_not_stop_the_others(place: Place) -> None:
    place.mapping("ohio")
    place.mapping("utah")
    (place.folder / "mappings" / "iowa.yaml").write_text("source: iowa\nfeilds: {}\n", encoding="utf-8")
    place.delivery("not a lead file", "ohio.csv")
    place.delivery(GOOD)
    results = place.run("iowa", "ohio", "utah")
    assert [(each.status, each.exit_code) for each in results] == [
        ("failed", 2),
        ("failed", 1),
        ("loaded", 0),
    ]


class Breaking(Silent):
    """Raises an error while a delivery of ohio is read."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self._error = error

    def progress(self, source: str, records: int) -> None:
        if source == "ohio":
            raise self._error


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("error", "message"),
    [
        (MemoryError(), "not enough memory"),
        (pl.exceptions.PanicException("cell"), "PanicException in ingest/events.py:"),
        (pl.exceptions.ComputeError("cell"), "ComputeError in ingest/events.py:"),
        (RecursionError("cell"), "RecursionError in ingest/events.py:"),
        (KeyError("cell"), "KeyError in ingest/events.py:"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_a_source_raises_the_others_are_loaded(
    place: Place, error: BaseException, message: str, jobs: int
) -> None:
    for source in ("ohio", "utah"):
        place.mapping(source)
        place.delivery(GOOD, f"{source}.csv")
    options = RunOptions(place.folder / "inbox", place.url, jobs=jobs)
    ohio, utah = run(place.project, ["ohio", "utah"], options, Events(Breaking(error)))
    assert (ohio.status, ohio.exit_code, utah.status) == ("failed", 1, "loaded")
    assert ohio.message.startswith(message) and ohio.hint and "cell" not in ohio.message + ohio.hint
    assert place.leads()["company"].to_list() == ["Oak", "Pine"]


def test_a_log_that_cannot_be_written_fails_no_source(place: Place) -> None:
    place.mapping("ohio")
    place.delivery(GOOD, "ohio.csv")
    options = RunOptions(place.folder / "inbox", place.url)
    (ohio,) = run(place.project, ["ohio"], options, Events(Breaking(OSError(28, "No space left on device"))))
    assert ohio.status == "loaded"


@pytest.mark.parametrize("kind", ["folder", "pipe", "link out"])
def test_a_bad_look_up_table_is_an_error_of_its_mapping_alone(place: Place, kind: str) -> None:
    place.mapping("ohio")
    place.mapping("utah")
    place.delivery(GOOD, "ohio.csv")
    place.delivery(GOOD)
    mappings = place.folder / "mappings"
    with (mappings / "ohio.yaml").open("a") as file:
        file.write("  city: {from: Kind, lookup: {file: c.csv, key: a, value: b}, otherwise: blank}\n")
    make: dict[str, Callable[[Path], object]] = {
        "folder": Path.mkdir,
        "pipe": os.mkfifo,
        "link out": lambda path: path.symlink_to("/etc/hostname"),
    }
    make[kind](mappings / "c.csv")
    ohio, utah = place.run("ohio", "utah")
    assert (ohio.status, ohio.exit_code, utah.status) == ("failed", 2, "loaded")
    assert "mappings/ohio.yaml:" in ohio.message and "'c.csv'" in ohio.message


def test_a_delivery_of_the_future_is_held_and_does_not_stand_before_the_next_one(place: Place) -> None:
    place.mapping()
    place.delivery(HEADER + "Oak,,,\n", age=-2_000_000_000)
    (first,) = place.run()
    assert (first.status, first.exit_code) == ("held", 1)
    assert first.message == "the delivery is dated 2087-04-01 01:46 UTC, which is after tomorrow"
    place.delivery(HEADER + "Pine,,,\n", "utah_2.csv")
    (second,) = place.run()
    assert second.status == "loaded"
    assert "skipped because the date is after tomorrow or missing: 'utah.csv'" in second.remarks
    assert place.leads()["company"].to_list() == ["Pine"]


@pytest.mark.parametrize("year", ["1000", "1969", "9999"])
def test_the_times_that_a_name_can_have_are_all_kept(place: Place, year: str) -> None:
    place.mapping()
    mapping = place.folder / "mappings" / "utah.yaml"
    described = 'csv", extract_time: "utah_%Y-%m-%d.csv"'
    mapping.write_text(mapping.read_text().replace('csv"', described, 1))
    place.delivery(GOOD, f"utah_{year}-12-31.csv")
    (result,) = place.run()
    assert result.status == ("held" if year == "9999" else "loaded")
    with place.open() as destination:
        assert destination.ledger.history()[0].extract_time.year == int(year)


def test_a_delivery_of_no_time_at_all_is_refused(place: Place) -> None:
    place.mapping()
    # A file system on a disk keeps no such time; one in memory does.
    with TemporaryDirectory(dir="/dev/shm") as folder:
        path = Path(folder) / "utah.csv"
        path.write_text(GOOD, encoding="utf-8")
        os.utime(path, (0, 300_000_000_000))
        (result,) = place.run(file=path)
    assert (result.status, result.exit_code) == ("failed", 1)
    assert result.message == (
        "utah.csv: its modification time, 300000000000 seconds since 1970, is not in the years 1 to 9999"
    )


def test_a_database_that_cannot_be_used_stops_the_run(place: Place) -> None:
    place.mapping()
    place.delivery(GOOD)
    place.url = "sqlite:////nowhere/at/all/leads.db"
    with pytest.raises(
        DestinationError, match=r"the database sqlite:////nowhere/at/all/leads\.db cannot be opened"
    ):
        place.run()


def test_an_older_delivery_does_not_replace_a_newer_one_by_itself(place: Place) -> None:
    place.mapping()
    place.delivery(GOOD)
    place.run()
    older = place.delivery(HEADER + "Older,,,\nOld,,,\n", "utah_older.csv", age=86_400)
    (result,) = place.run(file=older)
    assert (result.status, result.exit_code) == ("held", 1)
    assert result.message == (
        "the delivery is dated 2023-11-13 22:13 UTC, older than the published load 1, dated 2023-11-14 22:13 UTC"
    )
    assert place.leads()["company"].to_list() == ["Oak", "Pine"]
    with place.open() as destination:
        assert destination.ledger.history()[0].reason == result.message
        destination.ledger.approve(2)
    assert place.leads()["company"].to_list() == ["Older", "Old"]


def test_the_name_of_a_file_tells_its_age_where_the_mapping_says_how(place: Place) -> None:
    place.mapping()
    mapping = place.folder / "mappings" / "utah.yaml"
    named = mapping.read_text().replace(
        'match: "utah*.csv"', 'match: "utah*.csv", extract_time: "utah_%Y-%m-%d.csv"'
    )
    mapping.write_text(named, encoding="utf-8")
    place.delivery(GOOD, "utah_2026-03-05.csv", age=86_400)
    place.delivery(HEADER + "Older,,,\n", "utah_2026-03-04.csv")
    (result,) = place.run()
    assert (result.status, result.file) == ("loaded", "utah_2026-03-05.csv")
    with place.open() as destination:
        assert f"{destination.ledger.history()[0].extract_time:%Y-%m-%d %H:%M}" == "2026-03-05 00:00"


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        (GOOD, '{"delimiter": ",", "quote": "\\"", "escape": null}'),
        (GOOD.replace(",", ";"), '{"delimiter": ";", "quote": "\\"", "escape": null}'),
    ],
)
def test_a_load_tells_how_the_cells_of_its_delivery_were_told_apart(
    place: Place, text: str, dialect: str
) -> None:
    place.mapping("utah")
    place.delivery(text)
    place.run("utah")
    with place.open() as destination:
        assert destination.ledger.history()[0].dialect == dialect
