"""What can befall a lake: others, clocks, networks, hands. Each is told, and nothing wrong is ever shown."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from leadingest.destinations import provenance
from leadingest.destinations.lake import ledgers, removal
from leadingest.destinations.lake.claim import LakeClaim
from leadingest.destinations.lake.destination import LakeDestination
from leadingest.destinations.lake.lake import Lake
from leadingest.destinations.ledger import LoadEnd, RecordCounts
from leadingest.errors import (
    DestinationError,
    DestinationLockedError,
    DestinationLostError,
    DestinationSetupError,
    LeadingestError,
    StoreBusyError,
    StoreConflictError,
    StoreSetupError,
    UsageError,
)
from leadingest.stores.folder import FolderStore
from leadingest.stores.store import ANYTHING
from leadingest.tables.load_table import LoadTable
from tests.destinations.acts import ACTS, Acts, is_whole
from tests.destinations.lake.test_broken_off import named_files
from tests.destinations.lake.watched_store import WatchedLoads, files_beside_ledgers
from tests.destinations.made_up import MadeUpLoads, invalid_of, leads_of, rejects_of
from tests.lake_tables import folder_of

ONE = LoadEnd(RecordCounts(read=1, loaded=1, rejected=0, filtered=0, invalid_values=0))


@pytest.fixture
def loads(lake_url: str, table: LoadTable) -> WatchedLoads:
    """Loads into an empty lake that is ready, by a store that is watched."""
    made_up = WatchedLoads(lake_url, table)
    made_up.destination.prepare()
    return made_up


def of_lake(loads: MadeUpLoads) -> Lake:
    """What another process, which does not ask for the lease, reaches the lake by."""
    return Lake(FolderStore(folder_of(loads.url)), loads.table)


@pytest.mark.parametrize("when", ["before it writes", "while it writes", "before it commits"])
def test_whoever_lost_the_lease_publishes_nothing_and_leaves_nothing(
    loads: WatchedLoads, table: LoadTable, when: str
) -> None:
    loads.load({"company": "old"})

    def taken_over(key: str = "") -> None:
        if when == "before it commits" and not key.endswith("ledger/acme.json"):
            return
        loads.store.before = lambda _: None
        claim = LakeClaim(of_lake(loads), "acme")
        claim.clear()
        assert [row.status for row in claim.cleared] == ["running"]
        with claim.start(loads.new()) as load:
            load.write(
                leads=leads_of(table, {"company": "new"}), rejects=rejects_of(), invalid_values=invalid_of()
            )
            load.finish(ONE)

    def late() -> None:
        with loads.started() as load:
            if when == "before it writes":
                taken_over()
            else:
                loads.store.before = taken_over
            load.write(
                leads=leads_of(table, {"company": "late"}), rejects=rejects_of(), invalid_values=invalid_of()
            )
            load.finish(ONE)

    with pytest.raises(DestinationLostError, match="lost ownership of load 2"):
        late()
    assert loads.shown() == ["new"]
    assert files_beside_ledgers(loads.url) == named_files(loads.url)


def test_a_replay_that_lost_the_lease_changes_nothing(loads: WatchedLoads, table: LoadTable) -> None:
    acts = Acts(loads, "acme")
    acts.set_up()

    def taken_over(key: str) -> None:
        if "/leads/" in key:
            loads.store.before = lambda _: None
            LakeClaim(of_lake(loads), "acme").clear()

    loads.store.before = taken_over
    with pytest.raises(DestinationLostError, match="lost ownership of load 1"):
        acts.replay()
    is_whole(acts)
    assert files_beside_ledgers(loads.url) == named_files(loads.url)
    acts.replay()
    is_whole(acts)


@pytest.mark.parametrize("first", ACTS)
@pytest.mark.parametrize("second", ACTS)
def test_two_who_change_one_source_at_once_leave_it_whole(
    loads: WatchedLoads, table: LoadTable, first: str, second: str
) -> None:
    """Nobody waits for anybody: the other one comes between at each write of the ledger."""
    for place in range(3):
        mine = Acts(loads, f"{first} {second} {place}")
        theirs = Acts(MadeUpLoads(loads.url, table), mine.source)
        mine.set_up()
        left = [place]

        def between(key: str, left: list[int] = left, theirs: Acts = theirs) -> None:
            if "/ledger/" in key:
                left[0] -= 1
                if left[0] == -1:
                    with suppress(LeadingestError):
                        getattr(theirs, second)()

        loads.store.before = between
        with suppress(LeadingestError):
            getattr(mine, first)()
        loads.store.before = lambda _: None
        is_whole(mine)


def test_sixty_sources_at_once_each_have_a_number_of_their_own(loads: WatchedLoads, table: LoadTable) -> None:
    def load(number: int) -> int:
        return MadeUpLoads(loads.url, table).load({"company": str(number)}, source=f"source{number}")

    with ThreadPoolExecutor(16) as pool:
        numbers = list(pool.map(load, range(60)))
    assert len(set(numbers)) == 60
    assert sorted(map(int, loads.shown())) == list(range(60))


def test_a_clock_that_is_ten_minutes_off_changes_no_order(
    loads: WatchedLoads, table: LoadTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Wrong(datetime):
        off = timedelta()

        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]  # a plain datetime will do
            return datetime.now(UTC) + cls.off

    monkeypatch.setattr(provenance, "datetime", Wrong)
    numbers = []
    for minutes, company in ((10, "ahead"), (-10, "behind"), (0, "right")):
        Wrong.off = timedelta(minutes=minutes)
        numbers.append(loads.load({"company": company}))
    assert [row.load_id for row in loads.destination.ledger.history()] == numbers[::-1]
    assert loads.shown() == ["right"]
    Wrong.off = timedelta(minutes=-10)
    assert loads.destination.ledger.rollback("acme").load_id == numbers[1]
    loads.destination.ledger.prune(keep=1)
    assert len(files_beside_ledgers(loads.url)) == 6
    Wrong.off = timedelta(minutes=10)
    with loads.destination.ledger.claim("acme") as claim:
        assert not claim.cleared
    assert len(files_beside_ledgers(loads.url)) == 6


def test_a_network_that_is_cut_during_an_upload_fails_the_load_and_leaves_nothing(
    loads: WatchedLoads,
) -> None:
    def cut(key: str) -> None:
        if key.endswith(".parquet"):
            loads.store.before = lambda _: None
            raise StoreBusyError("s3://leads: object storage cannot be reached, and was tried again in vain")

    loads.load({"company": "old"})
    loads.store.before = cut
    with pytest.raises(DestinationLostError, match="cannot be reached"):
        loads.load({"company": "new"})
    assert (loads.shown(), [row.status for row in loads.destination.ledger.history()]) == (
        ["old"],
        ["failed", "loaded"],
    )
    assert files_beside_ledgers(loads.url) == named_files(loads.url)


@pytest.mark.parametrize("error", [StoreConflictError("sent twice"), StoreBusyError("no answer came")])
def test_a_commit_whose_answer_is_lost_is_done_or_told(loads: WatchedLoads, error: Exception) -> None:
    """The client sends a write again that it has no answer of, and meets itself; or gives up on what was done."""
    loads.load({"company": "old"})

    def lost(key: str) -> None:
        if key.endswith("ledger/acme.json") and loads.shown() == ["new"]:
            loads.store.after = lambda _: None
            raise error

    loads.store.after = lost
    if isinstance(error, StoreConflictError):
        loads.load({"company": "new"})
    else:
        with pytest.raises(DestinationLostError):
            loads.load({"company": "new"})
    assert loads.shown() == ["new"]
    assert [row.status for row in loads.destination.ledger.history()] == ["loaded", "loaded"]
    assert files_beside_ledgers(loads.url) == named_files(loads.url)


def edited(**values: object) -> Callable[[dict[str, Any]], object]:
    return lambda ledger: {**ledger, **values}


def with_file(key: str) -> Callable[[dict[str, Any]], object]:
    def change(ledger: dict[str, Any]) -> object:
        ledger["loads"][0]["files"]["leads"]["key"] = key
        return ledger

    return change


NONSENSE: dict[str, Callable[[dict[str, Any]], object]] = {
    "another document": lambda _: ["nonsense"],
    "no loads": edited(loads="none"),
    "loads that are none": edited(loads=[{"load_id": "one"}]),
    "a key of nobody": edited(note="Ann Lee, 702-555-0143"),
    "a load that there is not": edited(
        publications=[{"generation": 9, "since": "2026-03-01T12:00:00Z", "load_id": 99, "files": []}]
    ),
    "another source": edited(source_name="beta"),
    "another table": edited(table="other"),
    "a file outside": with_file("made_up/../../secret.parquet"),
    "a file of another table": with_file("other/leads/acme/1/part.parquet"),
}


@pytest.mark.parametrize("change", NONSENSE.values(), ids=NONSENSE)
def test_a_ledger_that_somebody_has_edited_is_named_and_not_believed(
    loads: WatchedLoads, change: Callable[[dict[str, Any]], object]
) -> None:
    loads.load({"company": "A"})
    loads.load({"company": "B"}, source="other")
    path = folder_of(loads.url) / "made_up/ledger/acme.json"
    path.write_text(json.dumps(change(json.loads(path.read_text()))))
    for act in (
        loads.destination.leads.rows,
        loads.destination.ledger.history,
        lambda: loads.load({"company": "C"}),
    ):
        with pytest.raises(DestinationError, match=r"ledger/acme\.json") as caught:
            act()
        assert "Ann" not in str(caught.value)
    # Nobody's trouble is another's.
    assert loads.destination.ledger.published("other")
    loads.load({"company": "C"}, source="other")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'"Ann Lee"'])
def test_a_ledger_that_is_no_json_is_named(loads: WatchedLoads, content: bytes) -> None:
    loads.load({"company": "A"})
    (folder_of(loads.url) / "made_up/ledger/acme.json").write_bytes(content)
    with pytest.raises(DestinationError, match=r"ledger/acme\.json is not what leadingest wrote there"):
        loads.shown()


@pytest.mark.parametrize(
    ("harm", "complaint"),
    [
        (lambda path: path.unlink(), r"is not there, and the ledger says that it has [\d,]+ bytes"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), r"has [\d,]+ bytes, and the ledger says"),
        (lambda path: path.write_bytes(os.urandom(path.stat().st_size)), "cannot be read"),
    ],
    ids=["missing", "shorter", "other bytes"],
)
def test_a_file_that_is_not_as_the_ledger_says_is_named(
    loads: WatchedLoads, table: LoadTable, harm: Callable[[Path], None], complaint: str
) -> None:
    first = loads.load({"company": "A"}, {"company": "B"})
    loads.load({"company": "C"})
    loads.destination.ledger.rollback("acme")
    harm(folder_of(loads.url) / f"made_up/leads/acme/{first}/part.parquet")
    reader = MadeUpLoads(loads.url, table)
    for read in (reader.shown, lambda: reader.destination.leads.rows(load_id=first)):
        with pytest.raises(DestinationError, match=complaint):
            read()
    reader.destination.ledger.rollback("acme", to=2)
    assert reader.shown() == ["C"]


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (StoreSetupError("s3://leads/lake: no right to write it"), DestinationSetupError),
        (PermissionError(13, "Permission denied"), DestinationError),
        (OSError(28, "No space left on device"), DestinationError),
    ],
)
def test_a_place_that_can_only_be_read_is_told_and_can_be_read(
    loads: WatchedLoads, error: Exception, raised: type[Exception]
) -> None:
    def refuse(_: str) -> None:
        raise error

    loads.load({"company": "old"})
    loads.load({"company": "A"})
    loads.store.before = refuse
    with pytest.raises(raised):
        loads.load({"company": "B"})
    with pytest.raises(raised):
        loads.destination.ledger.prune(keep=1)
    assert loads.shown() == ["A"]
    loads.store.before = lambda _: None
    loads.load({"company": "B"})
    assert loads.shown() == ["B"]


def test_a_place_that_holds_something_else_is_refused(lake_url: str, table: LoadTable) -> None:
    place = folder_of(lake_url) / "photos"
    place.mkdir(parents=True)
    (place / "oak.jpg").write_bytes(b"x")
    destination = MadeUpLoads(lake_url, table).destination
    with pytest.raises(
        DestinationSetupError, match=r"holds something else, such as photos/oak\.jpg, and is no lake"
    ):
        destination.prepare()
    assert [path.name for path in folder_of(lake_url).rglob("*") if path.is_file()] == ["oak.jpg"]


@pytest.mark.parametrize("name", ["lake.json", "made_up/ledger/acme.json"])
def test_what_a_newer_version_wrote_is_refused(loads: WatchedLoads, name: str) -> None:
    loads.load({"company": "A"})
    path = folder_of(loads.url) / name
    path.write_text(json.dumps({"format": 2, "and": "whatever there will be"}))
    again = MadeUpLoads(loads.url, loads.table).destination
    act = again.prepare if name == "lake.json" else again.leads.rows
    with pytest.raises(DestinationSetupError, match="was written by a newer version of leadingest"):
        act()
    assert "whatever" in path.read_text()


class Careless(FolderStore):
    """A store that writes whether or not the condition holds: one that there is none, or one that it is unchanged."""

    def __init__(self, root: Path, *, absent: bool) -> None:
        super().__init__(root)
        self._absent = absent

    def put(self, key: str, content: bytes, *, replacing: str | None = ANYTHING) -> str:
        careless = replacing is None if self._absent else replacing is not None
        return super().put(key, content, replacing=ANYTHING if careless else replacing)


@pytest.mark.parametrize("absent", [True, False])
def test_a_store_that_ignores_conditions_is_refused_when_it_is_first_used(
    tmp_path: Path, table: LoadTable, absent: bool
) -> None:
    destination = LakeDestination(Careless(tmp_path / "lake", absent=absent), table)
    with pytest.raises(DestinationSetupError, match="ignores the condition of a write"):
        destination.prepare()
    assert not [path for path in (tmp_path / "lake").rglob("*") if path.is_file()]


def test_files_are_kept_for_a_day_and_what_is_not_ours_for_ever(
    loads: WatchedLoads, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts = Acts(loads, "acme")
    acts.set_up()
    acts.rollback()
    acts.replay()
    replayed, pruned = "made_up/rejects/acme/1/part.parquet", "made_up/leads/acme/2/part.parquet"
    published_before = "made_up/leads/acme/1/part.parquet"
    late, strange = "made_up/leads/acme/2/part-77.parquet", "made_up/leads/acme/note.parquet"
    unknown = "made_up/leads/acme/99/part.parquet"
    for key in (late, strange, unknown):
        path = folder_of(loads.url) / key
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    loads.destination.ledger.prune(keep=1)
    assert {replayed, pruned, late, strange, unknown} <= files_beside_ledgers(loads.url)
    monkeypatch.setattr(removal, "KEPT_FOR", timedelta())
    loads.destination.ledger.prune(keep=1)
    left = files_beside_ledgers(loads.url)
    assert not {replayed, pruned, late} & left
    assert {strange, unknown, published_before} <= left
    is_whole(acts)
    # With its load goes what was published of it before the replay.
    acts.publish()
    for _ in range(2):
        loads.destination.ledger.prune(keep=1)
    assert published_before not in files_beside_ledgers(loads.url)


def test_a_ledger_that_others_change_all_the_time_is_given_up(
    loads: WatchedLoads, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads.load({"company": "A"}, held_because="to be looked at")
    monkeypatch.setattr(ledgers, "_PAUSE", 0)

    def faster(key: str) -> None:
        raise StoreConflictError("somebody was faster")

    loads.store.before = faster
    with pytest.raises(DestinationLockedError, match="is being changed by others all the time"):
        loads.destination.ledger.approve(1)
    with pytest.raises(UsageError, match="there is no load 5"):
        loads.destination.ledger.approve(5)
