"""What every destination promises, asked through its roles alone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leadingest import __version__
from leadingest.destinations.destination import Destination
from leadingest.destinations.diagnostics import InvalidValue, InvalidValueGroup
from leadingest.destinations.ledger import LoadEnd, RecordCounts
from leadingest.errors import (
    BalanceError,
    DeliveryError,
    DestinationError,
    LeadingestError,
    UsageError,
)
from leadingest.tables.load_table import LoadTable
from tests.destinations.made_up import (
    DRIFT,
    NOON,
    PROFILES,
    MadeUpLoads,
    invalid_of,
    leads_of,
    rejects_of,
)
from tests.searched import examples

#: A database takes its time. It is not made again for every example: each load replaces the one before.
on_one_database = settings(max_examples=examples(250))


def test_leads_come_back_as_they_were_written(loads: MadeUpLoads) -> None:
    lead = {
        "company": "K\" 'Street' \\N \t\r\n 100%s 🧸 %(x)s :y ?",
        "phone": "+17025550143",
        "capacity": -12,
        "rate": Decimal("1234567890.05"),
        "share": Decimal("-123456789012345678.90123456789012345678"),
        "open": False,
        "issued": date(1969, 12, 31),
        "seen": datetime(2026, 6, 30, 23, 59, 59, 999_999),
    }
    load_id = loads.load(lead, {"company": "Nothing but this"})
    first, second = loads.destination.leads.rows().drop("updated_at").to_dicts()
    lineage = {
        "load_id": load_id,
        "source_record_number": 1,
        "source_name": "acme",
        "source_filename": "acme.csv",
        "source_extract_time": NOON.replace(tzinfo=None),
    }
    assert first == lineage | lead | {"filled_fields": 8, "lead_key": "+17025550143"}
    assert {name for name, value in second.items() if value is None} == {*lead, "lead_key"} - {"company"}


def test_leads_have_the_types_of_the_load_table(loads: MadeUpLoads) -> None:
    schema = loads.destination.leads.rows().schema
    assert {name: schema[name] for name in loads.table.columns} == {
        name: column.type.dtype for name, column in loads.table.columns.items()
    }


@on_one_database
@given(st.lists(st.text(max_size=30), min_size=1, max_size=20))
@example(
    [
        "\\N",
        "\x00",
        "'",
        '"',
        "\\",
        "\t",
        "\r\n",
        "\n",
        " x ",
        "",
        "😀\U0010ffff",
        "%s",
        "%%",
        ":a",
        "e\u0301",
    ]
)
def test_every_text_comes_back_exactly(loads: MadeUpLoads, texts: list[str]) -> None:
    raw = "\n".join(texts) * 2
    load_id = loads.load(
        *({"company": text} for text in texts),
        rejects=rejects_of((99, 7, None, "rule", raw, raw)),
        invalid_values=invalid_of((1, "phone", raw, "phone", raw)),
    )
    assert loads.shown() == texts
    kept = loads.destination.diagnostics
    assert pl.concat(kept.rejects(load_id)).rows() == [(99, 7, None, "rule", raw, raw)]
    assert kept.invalid_value_groups(load_id) == [
        InvalidValueGroup("phone", "phone", 1, (InvalidValue(1, raw, raw),))
    ]


@on_one_database
@given(
    rate=st.decimals(min_value=1 - 10**10, max_value=10**10 - 1, places=2),
    share=st.decimals(min_value=-(10**17), max_value=10**17, places=20),
    seen=st.datetimes(min_value=datetime(1000, 1, 1)),
    capacity=st.integers(-(2**31), 2**31 - 1),
)
def test_every_number_and_every_time_comes_back_exactly(loads: MadeUpLoads, **lead: Any) -> None:
    loads.load({"company": "x", **lead})
    (found,) = loads.destination.leads.rows().select(*lead).to_dicts()
    assert found == lead


def test_a_raw_record_may_be_long(loads: MadeUpLoads) -> None:
    raw = "x" * 1_000_000
    load_id = loads.load(rejects=rejects_of((1, 2, "company", "required", "no company", raw)))
    (rejects,) = loads.destination.diagnostics.rejects(load_id)
    assert rejects["raw_record"].to_list() == [raw]


def test_profiles_are_kept(loads: MadeUpLoads) -> None:
    load_id = loads.load()
    assert loads.destination.diagnostics.profiles(load_id).equals(PROFILES)
    with loads.destination.ledger.claim("acme") as claim:
        assert claim.profiles(load_id).equals(PROFILES)
    assert loads.destination.diagnostics.profiles(load_id + 1).is_empty()


def test_drift_is_told_newest_load_first_and_stays_when_the_rows_are_removed(loads: MadeUpLoads) -> None:
    second = replace(DRIFT, kind_class="lossy", header="", found="'Ünsure' 3 times")
    old = loads.load({"company": "A"}, drift=[second, DRIFT])
    loads.load({"company": "B"})
    other = loads.load({"company": "C"}, drift=[DRIFT], source="beta", file_name="beta.csv")
    loads.destination.ledger.prune(keep=1)
    rows = loads.destination.diagnostics.drift()
    assert [(row.load_id, row.source_name, row.file_name) for row in rows] == [
        (other, "beta", "beta.csv"),
        *[(old, "acme", "acme.csv")] * 2,
    ]
    assert [(row.kind_class, row.header, row.found) for row in rows[1:]] == [
        ("lossy", "", "'Ünsure' 3 times"),
        ("safe", "<b>Fax</b>", "column 3"),
    ]
    assert (rows[0].extract_time, rows[1].status) == (NOON, "pruned")
    assert loads.destination.diagnostics.drift(source="acme") == rows[1:]
    assert (
        loads.destination.diagnostics.drift(load_id=other)
        == loads.destination.diagnostics.drift(limit=1)
        == rows[:1]
    )
    assert loads.destination.diagnostics.drift(source="acme", load_id=other) == []


def test_the_drift_of_a_load_that_fails_is_kept(loads: MadeUpLoads) -> None:
    with pytest.raises(DestinationError), loads.started() as load:
        load.write_drift([DRIFT])
    (row,) = loads.destination.diagnostics.drift()
    assert (row.load_id, row.status, row.code) == (load.id, "failed", "DR104")


def test_a_load_of_many_batches_is_one_load(loads: MadeUpLoads) -> None:
    batch = leads_of(loads.table, *({"company": str(number)} for number in range(5_000)))
    with loads.started() as load:
        for number in range(2):
            later = batch.with_columns(pl.col("record_number") + number * batch.height)
            load.write(leads=later, rejects=rejects_of(), invalid_values=invalid_of())
        total = 2 * batch.height
        load.finish(LoadEnd(RecordCounts(read=total, loaded=total, rejected=0, filtered=0, invalid_values=0)))
    assert loads.destination.leads.rows().height == total


def test_frames_without_rows_or_columns_add_nothing(loads: MadeUpLoads) -> None:
    nothing = pl.DataFrame()
    with loads.started() as load:
        load.write(leads=nothing, rejects=nothing, invalid_values=nothing)
        load.write_profiles(nothing)
        load.finish(LoadEnd(RecordCounts(read=0, loaded=0, rejected=0, filtered=0, invalid_values=0)))
    assert loads.shown() == []


def test_the_ledger_tells_what_was_loaded(loads: MadeUpLoads) -> None:
    began = datetime.now(UTC)
    load_id = loads.load(
        {"company": "A"},
        {"company": "B"},
        rejects=rejects_of((3, 4, "company", "required", "no company", "{}")),
        invalid_values=invalid_of((1, "phone", "Phone", "phone", "?")),
        counts=RecordCounts(read=5, loaded=2, rejected=1, filtered=2, invalid_values=1),
        extract_time=NOON.astimezone().replace(microsecond=7),
    )
    (row,) = loads.destination.ledger.history()
    assert row == replace(
        row,
        load_id=load_id,
        source_name="acme",
        load_table="made_up",
        status="loaded",
        file_name="acme.csv",
        file_size=10,
        file_sha256="a" * 64,
        mapping_hash="m" * 64,
        records_read=5,
        records_loaded=2,
        records_rejected=1,
        records_filtered=2,
        invalid_values=1,
        extract_time=NOON.replace(microsecond=7),
        reason="",
        program_version=__version__,
        published=True,
    )
    assert row.finished_at
    assert began <= row.started_at <= row.finished_at <= datetime.now(UTC)


def test_a_running_load_is_in_the_ledger_for_others_to_see(loads: MadeUpLoads, table: LoadTable) -> None:
    other = MadeUpLoads(loads.url, table)
    with loads.started() as load:
        (row,) = other.destination.ledger.history()
        load.finish(LoadEnd(RecordCounts(read=0, loaded=0, rejected=0, filtered=0, invalid_values=0)))
    assert (row.load_id, row.status, row.finished_at, row.published) == (load.id, "running", None, False)
    other.destination.close()


def test_readers_see_the_old_load_until_the_new_one_is_finished(loads: MadeUpLoads, table: LoadTable) -> None:
    loads.load({"company": "old"})
    reader = MadeUpLoads(loads.url, table)
    # More than a cache holds: SQLite without WAL would lock readers out.
    many = leads_of(table, *({"company": f"new {number} " + "x" * 150} for number in range(15_000)))
    with loads.started() as load:
        load.write(leads=many, rejects=rejects_of(), invalid_values=invalid_of())
        assert reader.shown() == ["old"]
        counts = RecordCounts(read=15_000, loaded=15_000, rejected=0, filtered=0, invalid_values=0)
        load.finish(LoadEnd(counts))
        assert reader.destination.leads.rows(limit=1)["company"].to_list() == [many["company"][0]]
    reader.destination.close()


def test_only_the_newest_load_of_each_source_is_shown(loads: MadeUpLoads) -> None:
    older = loads.load({"company": "A"}, {"company": "B"})
    loads.load({"company": "C"}, source="beta")
    loads.load({"company": "D"})
    assert loads.shown() == ["D", "C"]
    assert loads.shown(source="beta") == ["C"]
    assert loads.destination.leads.rows(load_id=older).height == 2


def test_leads_are_in_the_order_of_source_and_record(loads: MadeUpLoads) -> None:
    loads.load({"company": "B2", "record_number": 10}, {"company": "B1", "record_number": 2}, source="b")
    loads.load({"company": "A1"}, source="a")
    assert loads.shown() == ["A1", "B1", "B2"]
    assert loads.destination.leads.rows(limit=2)["company"].to_list() == ["A1", "B1"]


PHONE = "+17025550143"
OLDER = NOON - timedelta(days=1)


@pytest.mark.parametrize("turned_round", [False, True])
@pytest.mark.parametrize(
    ("best", "other"),
    [
        ({"filled_fields": 2}, {"extract_time": OLDER, "filled_fields": 9}),
        ({"filled_fields": 3, "source": "z"}, {"filled_fields": 2, "source": "a"}),
        ({"source": "a", "record_number": 9}, {"source": "b", "record_number": 1}),
        ({"source": "B"}, {"source": "a"}),
    ],
    ids=["most recently extracted", "most complete", "source name", "source name, letter by letter"],
)
def test_the_best_of_the_leads_with_one_key_is_shown(
    loads: MadeUpLoads, best: dict[str, Any], other: dict[str, Any], turned_round: bool
) -> None:
    for name, fields in (
        [("other", other), ("best", best)] if turned_round else [("best", best), ("other", other)]
    ):
        delivery: dict[str, Any] = {"source": name, "extract_time": NOON} | {
            key: value for key, value in fields.items() if key in {"source", "extract_time"}
        }
        lead = {key: value for key, value in fields.items() if key not in delivery}
        loads.load({"company": name, "phone": PHONE, "filled_fields": 5} | lead, **delivery)
    assert loads.shown() == ["best"]


def test_a_lead_that_only_an_older_load_outdoes_is_shown(loads: MadeUpLoads) -> None:
    loads.load({"company": "full", "phone": PHONE, "filled_fields": 9}, extract_time=NOON)
    loads.load({"company": "poor", "phone": PHONE, "filled_fields": 1}, extract_time=OLDER)
    assert loads.shown() == ["poor"]


def test_the_first_record_is_shown_of_equals_in_one_delivery(loads: MadeUpLoads) -> None:
    loads.load({"company": "first", "phone": PHONE}, {"company": "second", "phone": PHONE})
    assert loads.shown() == ["first"]


def test_every_lead_without_a_key_is_shown(loads: MadeUpLoads) -> None:
    loads.load({"company": "A"}, {"company": "A"})
    loads.load({"company": "A"}, source="beta")
    assert loads.shown() == ["A", "A", "A"]


def test_keys_that_differ_in_case_or_accent_are_two_leads(loads: MadeUpLoads) -> None:
    keys = ["a", "A", "ä", "a\u0308", "🐘", "🐎"]
    loads.load(*({"company": "x", "lead_key": key} for key in keys))
    assert sorted(loads.shown("lead_key")) == sorted(keys)


class Stop(Exception):
    """Not one of our own errors."""


def break_off(loads: MadeUpLoads, error: BaseException) -> None:
    with loads.started() as load:
        load.write(
            leads=leads_of(loads.table, {"company": "new"}),
            rejects=rejects_of((2, 3, None, "x", "x", "x")),
            invalid_values=invalid_of((1, "phone", "Phone", "phone", "?")),
        )
        load.write_profiles(PROFILES)
        raise error


@pytest.mark.parametrize(
    ("error", "kept"),
    [
        (
            DeliveryError("line 7: a quote is not closed\nmore of it", hint="correct it"),
            "line 7: a quote is not closed",
        ),
        (Stop("Ann Lee, 702-555-0143"), "Stop"),
        (KeyboardInterrupt(), "interrupted"),
        (DeliveryError("x" * 100_000), "x" * 1_000),
    ],
    ids=["our own", "another", "interrupt", "long"],
)
def test_a_load_that_breaks_off_leaves_nothing_but_its_mark(
    loads: MadeUpLoads, error: BaseException, kept: str
) -> None:
    loads.load({"company": "old"})
    with pytest.raises(type(error)):
        break_off(loads, error)
    assert loads.shown() == ["old"]
    row = loads.destination.ledger.history()[0]
    assert (row.status, row.reason, row.published) == ("failed", kept, False)
    assert row.finished_at
    beside = loads.destination.diagnostics
    assert loads.destination.leads.rows(load_id=row.load_id).is_empty()
    assert beside.profiles(row.load_id).is_empty()
    assert list(beside.rejects(row.load_id)) == beside.invalid_value_groups(row.load_id) == []


def test_a_load_left_without_finish_fails(loads: MadeUpLoads) -> None:
    with (
        pytest.raises(DestinationError, match="was abandoned before it finished"),
        loads.started() as load,
    ):
        load.write(
            leads=leads_of(loads.table, {"company": "new"}), rejects=rejects_of(), invalid_values=invalid_of()
        )
    assert loads.shown() == []
    assert loads.destination.ledger.history()[0].status == "failed"


RIGHT = RecordCounts(read=2, loaded=1, rejected=1, filtered=0, invalid_values=1)


@pytest.mark.parametrize(
    "counts",
    [
        replace(RIGHT, read=3),
        replace(RIGHT, read=3, loaded=2),
        replace(RIGHT, rejected=0, filtered=1),
        replace(RIGHT, invalid_values=0),
    ],
    ids=["sum", "leads", "rejects", "invalid values"],
)
def test_a_load_whose_counts_are_off_is_not_published(loads: MadeUpLoads, counts: RecordCounts) -> None:
    loads.load({"company": "old"})
    more: dict[str, Any] = {
        "rejects": rejects_of((2, 3, None, "x", "x", "x")),
        "invalid_values": invalid_of((1, "phone", "Phone", "phone", "?")),
    }
    with pytest.raises(BalanceError):
        loads.load({"company": "new"}, counts=counts, **more)
    assert loads.shown() == ["old"]
    assert loads.destination.ledger.history()[0].status == "failed"
    loads.load({"company": "new"}, counts=RIGHT, **more)
    assert loads.shown() == ["new"]


def test_a_value_that_does_not_fit_fails_the_load_and_is_not_told(loads: MadeUpLoads) -> None:
    with pytest.raises(LeadingestError) as caught:
        loads.load({"company": None, "phone": "+17025550199"})
    assert "+17025550199" not in f"{caught.value} {caught.value.__cause__}"
    assert loads.shown() == []


def test_a_held_load_is_shown_once_it_is_approved(loads: MadeUpLoads) -> None:
    loads.load({"company": "old"})
    held = loads.load({"company": "new"}, held_because="to be looked at")
    assert loads.shown() == ["old"]
    before = loads.destination.ledger.history()[0]
    assert (before.status, before.published) == ("held", False)
    approved = loads.destination.ledger.approve(held)
    assert (approved.load_id, approved.status, approved.published) == (held, "loaded", True)
    assert loads.shown() == ["new"]


def test_the_first_load_of_a_source_may_be_a_held_one(loads: MadeUpLoads) -> None:
    loads.destination.ledger.approve(loads.load({"company": "new"}, held_because="to be looked at"))
    assert loads.shown() == ["new"]


def failed(loads: MadeUpLoads) -> int:
    with pytest.raises(Stop), loads.started() as load:
        raise Stop
    return load.id


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda loads: 99, "there is no load 99"),
        (lambda loads: loads.load({"company": "A"}), "is published already"),
        (lambda loads: (loads.load({"company": "A"}), loads.load({"company": "B"}))[0], "is loaded"),
        (failed, "is failed"),
    ],
    ids=["unknown", "published", "loaded", "failed"],
)
def test_only_a_held_load_can_be_approved(
    loads: MadeUpLoads, make: Callable[[MadeUpLoads], int], complaint: str
) -> None:
    load_id = make(loads)
    before = loads.destination.ledger.history()
    with pytest.raises(UsageError, match=complaint):
        loads.destination.ledger.approve(load_id)
    assert loads.destination.ledger.history() == before


def test_the_same_bytes_under_the_same_mapping_were_loaded_before(loads: MadeUpLoads) -> None:
    loads.load({"company": "A"})
    again = loads.load({"company": "A"})
    held = loads.load({"company": "B"}, file_sha256="b" * 64, held_because="to be looked at")
    found = loads.loaded_before()
    assert found and found.load_id == again
    found = loads.loaded_before(sha256="b" * 64)
    assert found and (found.load_id, found.status) == (held, "held")


@pytest.mark.parametrize(
    "differently", [{"source": "beta"}, {"sha256": "b" * 64}, {"mapping_hash": "n" * 64}]
)
def test_another_source_file_or_mapping_was_not_loaded_before(
    loads: MadeUpLoads, differently: dict[str, str]
) -> None:
    loads.load({"company": "A"})
    assert loads.loaded_before(**differently) is None


def test_a_failed_load_does_not_count_as_loaded(loads: MadeUpLoads) -> None:
    failed(loads)
    assert loads.loaded_before() is None


def test_the_history_is_newest_first(loads: MadeUpLoads) -> None:
    one, two = loads.load({"company": "A"}), loads.load({"company": "B"}, source="beta")
    three, four = failed(loads), loads.load({"company": "C"})
    history = loads.destination.ledger.history()
    assert [row.load_id for row in history] == [four, three, two, one]
    assert [row.published for row in history] == [True, False, True, False]
    assert [row.load_id for row in loads.destination.ledger.history(source="acme", limit=2)] == [four, three]


def test_the_published_load_of_a_source_is_known(loads: MadeUpLoads) -> None:
    assert loads.destination.ledger.published("acme") is None
    loads.load({"company": "A"}, source="beta")
    published = loads.load({"company": "A"})
    loads.load({"company": "B"}, held_because="to be looked at")
    row = loads.destination.ledger.published("acme")
    assert row and row.load_id == published and row.published


def test_two_load_tables_of_one_database_are_kept_apart(loads: MadeUpLoads, table: LoadTable) -> None:
    other = MadeUpLoads(loads.url, replace(table, name="other"))
    other.destination.prepare()
    held = loads.load({"company": "A"}, held_because="to be looked at")
    other.load({"company": "B"})
    assert loads.shown() == []
    assert other.shown() == ["B"]
    assert len(other.destination.ledger.history()) == 1
    with pytest.raises(UsageError, match=f"there is no load {held}"):
        other.destination.ledger.approve(held)
    loads.destination.ledger.approve(held)
    assert (loads.shown(), other.shown()) == (["A"], ["B"])
    other.destination.close()


@pytest.mark.parametrize(
    ("name", "kept"), [("\udcff.csv", r"\udcff.csv"), ("é" * 300, "é" * 255)], ids=["no UTF-8", "long"]
)
def test_every_file_name_can_be_kept(loads: MadeUpLoads, name: str, kept: str) -> None:
    loads.load({"company": "A"}, file_name=name)
    assert loads.shown("source_filename") == [kept]
    assert loads.destination.ledger.history()[0].file_name == kept


def test_making_the_tables_twice_changes_nothing(loads: MadeUpLoads, table: LoadTable) -> None:
    loads.load({"company": "A"})
    again = MadeUpLoads(loads.url, table)
    again.destination.prepare()
    assert again.shown() == ["A"]
    again.destination.close()


def test_several_first_runs_at_once_make_the_tables_once(destination_url: str, table: LoadTable) -> None:
    destinations = [MadeUpLoads(destination_url, table).destination for _ in range(4)]
    together = Barrier(len(destinations))

    def prepare(destination: Destination) -> None:
        together.wait()
        destination.prepare()

    with ThreadPoolExecutor() as pool:
        list(pool.map(prepare, destinations))
    for destination in destinations:
        assert destination.leads.rows().is_empty()
        destination.close()
