"""Tests of leadingest.ingest.replay.replay_rejects, from a file with rejects to the tables."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa

from leadingest.destinations.lake import diagnostics as lake_diagnostics
from leadingest.destinations.ledger import LoadRow
from leadingest.destinations.sql import diagnostics
from leadingest.errors import (
    DeliveryError,
    DestinationBusyError,
    LeadingestError,
    NothingToDoError,
    UsageError,
)
from leadingest.ingest.replay.replay_rejects import replay_rejects
from leadingest.ingest.replay.replayed_rejects import ReasonChange
from tests.ingest.replay.replay_place import CSV, ReplayPlace
from tests.real_deliveries import SAMPLES, real
from tests.workbooks import table, workbook

WALES = SAMPLES / "wales_schools_latin1/2018.csv"


def test_what_succeeds_joins_the_leads_under_its_own_number_and_what_fails_stays(place: ReplayPlace) -> None:
    load_id = place.loaded()
    before = place.tables(load_id)
    assert place.numbers(load_id) == [1, 6, 9]
    place.mapping(status="Open: active, Shut: closed", where="\"Kind <> 'Bar'\"")
    replayed = place.replay()
    assert (replayed.rejects, replayed.loaded, replayed.filtered, replayed.left) == (6, 1, 1, 4)
    assert (replayed.status, replayed.exit_code, replayed.invalid_values) == ("replayed", 0, 1)
    after = place.tables(load_id)
    assert place.numbers(load_id) == [1, 2, 6, 9]
    assert [lead for lead in after["leads"] if lead["source_record_number"] != "2"] == before["leads"]
    assert [row["raw_record"] for row in after["rejects"]] == [
        row["raw_record"] for row in before["rejects"] if row["record_number"] not in {"2", "3"}
    ]
    # Its status is known now, and its license that of record 1.
    assert [row["rule"] for row in after["rejects"] if row["record_number"] == "4"] == ["unique"]
    assert [(row["record_number"], row["raw_value"]) for row in after["invalid_values"]] == [("2", "many")]
    assert "Elm" in place.shown()


def test_reasons_are_told_before_and_after(lite: ReplayPlace) -> None:
    lite.loaded()
    lite.mapping(status="Open: active, Shut: closed", where="\"Kind <> 'Bar'\"")
    assert lite.replay().reasons == (
        ReasonChange("license_status", "values", 4, 1),
        ReasonChange(None, "short_record", 1, 1),
        ReasonChange("phone", "phone", 1, 1),
        ReasonChange("license_number", "unique", 0, 1),
    )


def test_the_load_ends_as_the_whole_delivery_would_under_the_fixed_mapping(place: ReplayPlace) -> None:
    load_id = place.loaded(CSV)
    place.mapping(status="Open: active, Shut: closed, Asleep: inactive", where="\"Kind <> 'Bar'\"")
    place.replay()
    whole = place.loaded(CSV)
    assert whole != load_id
    assert place.tables(load_id) == place.tables(whole)


def test_a_reject_may_have_another_reason_by_now(place: ReplayPlace) -> None:
    load_id = place.loaded(CSV.replace("12,A5,8,Open", "12,A5,8,Asleep"))
    place.mapping(status="Open: active, Shut: closed, Asleep: inactive")
    place.replay()
    (bay,) = [row for row in place.tables(load_id)["rejects"] if row["record_number"] == "5"]
    assert (bay["field"], bay["rule"], bay["line_number"]) == ("phone", "phone", "6")


def test_replayed_again_under_the_same_mapping_nothing_changes(place: ReplayPlace) -> None:
    load_id = place.loaded()
    before = place.tables(load_id)
    replayed = place.replay()
    assert (replayed.loaded, replayed.filtered, replayed.left) == (0, 0, 6)
    assert all(each.before == each.after for each in replayed.reasons)
    assert place.tables(load_id) == before


def test_a_value_must_be_unique_among_the_leads_that_are_there(place: ReplayPlace) -> None:
    load_id = place.loaded()
    place.mapping(status="Open: active, Shut: closed, Asleep: inactive")
    place.replay()
    # Record 4 has the license of record 1.
    assert place.numbers(load_id) == [1, 2, 3, 6, 8, 9]
    rules = {row["record_number"]: row["rule"] for row in place.tables(load_id)["rejects"]}
    assert rules == {"4": "unique", "5": "phone", "7": "short_record"}


def test_many_rejects_are_replayed_in_batches(place: ReplayPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (diagnostics, lake_diagnostics):
        monkeypatch.setattr(module, "BATCH", 10)
    lines = "".join(f"N{at},801-200-3{at:03},L{at},1,Shut,\n" for at in range(95))
    load_id = place.loaded(f"Name,Phone,License,Places,Status,Kind\n{lines}Oak,801-200-3999,A,1,Open,\n")
    place.mapping(status="Open: active, Shut: closed")
    counts: list[int] = []
    replayed = place.replay(started=lambda _: counts.append)
    assert (replayed.loaded, replayed.left) == (95, 0)
    assert counts == [*range(10, 95, 10), 95]
    assert place.numbers(load_id) == list(range(1, 97))


def test_a_dry_run_says_the_same_and_changes_nothing(place: ReplayPlace) -> None:
    load_id = place.loaded()
    before = place.tables(load_id)
    place.mapping(status="Open: active, Shut: closed")
    tried = place.replay(dry_run=True)
    assert tried.status == "tried"
    assert place.tables(load_id) == before
    replayed = place.replay()
    assert (tried.reasons, tried.loaded) == (replayed.reasons, replayed.loaded)


def test_the_load_keeps_its_mapping_so_that_the_delivery_may_be_loaded_under_the_new_one(
    lite: ReplayPlace,
) -> None:
    load_id = lite.loaded()
    (old,) = lite.history()
    lite.mapping(status="Open: active, Shut: closed")
    lite.replay()
    assert lite.history()[0].mapping_hash == old.mapping_hash
    assert lite.loaded() != load_id


def test_a_held_load_stays_held_until_it_is_approved(place: ReplayPlace) -> None:
    path = place.folder / "mappings" / "utah.yaml"
    path.write_text(path.read_text().replace("most_rejects: off", "most_rejects: 10%"))
    load_id = place.loaded()
    path.write_text(path.read_text().replace("Open: active", "Open: active, Shut: closed"))
    assert place.replay(load_id).loaded == 2
    (load,) = place.history()
    assert (load.status, load.published) == ("held", False)
    assert place.shown() == []


def test_a_published_load_gets_no_value_that_a_load_is_to_be_held_for(place: ReplayPlace) -> None:
    load_id = place.loaded(CSV)
    before = place.tables(load_id)
    place.mapping(status="Open: active, Shut: closed", places=", on_invalid: hold")
    replayed = place.replay()
    assert (replayed.status, replayed.holding, replayed.exit_code) == ("refused", 1, 1)
    assert place.tables(load_id) == before


def test_an_older_load_may_be_named(lite: ReplayPlace) -> None:
    older = lite.loaded()
    newer = lite.loaded(CSV + "New,801-200-3999,A9,1,Open,\n")
    lite.mapping(status="Open: active, Shut: closed")
    assert lite.replay(older).load.load_id == older
    assert 3 in lite.numbers(older)
    assert 3 not in lite.numbers(newer)


def test_records_that_could_not_be_read_are_read_as_the_mapping_now_says(lite: ReplayPlace) -> None:
    text = (
        "Name,Phone,License,Places,Status\n"
        "Oak,801-200-3000,A1,8,Open\n"
        'Elm,801-200-3001,A2,8,"Open\n'
        "Café,801-200-3002,A3,8,Open\n"
        "Fir|801-200-3003|A4|8|Open\n"
    ).encode("cp1252")
    load_id = lite.loaded(text)
    lite.mapping(
        delivery=", quote: none, encoding: [utf-8, cp1252]", status='Open: active, "\\"Open": closed'
    )
    replayed = lite.replay()
    assert [(each.rule, each.before, each.after) for each in replayed.reasons] == [
        ("open_quote", 1, 0),
        ("short_record", 1, 1),
        ("undecodable", 1, 0),
    ]
    leads = lite.tables(load_id)["leads"]
    assert [(lead["source_record_number"], lead["company"]) for lead in leads] == [
        ("1", "Oak"),
        ("2", "Elm"),
        ("3", "Café"),
    ]


def test_of_a_record_with_several_leads_each_is_replayed_by_itself(lite: ReplayPlace) -> None:
    repeat = ", repeat: {Phone: [Phone 1, Phone 2], License: [License 1, License 2]}"
    text = (
        "Name,Phone 1,License 1,Phone 2,License 2,Places,Status\n"
        "Oak,801-200-3000,A1,801-200-3001,A2,8,Open\n"
        "Elm,801-200-3002,A3,801-200-3003,A4,8,Shut\n"
        "Fir,801-200-3004,A5\n"
    )
    lite.mapping(delivery=repeat)
    load_id = lite.loaded(text)
    assert lite.raw(load_id).splitlines() == [
        "record of load 1,Name,Phone,License,Places,Status",
        "3,Elm,801-200-3002,A3,8,Shut",
        "4,Elm,801-200-3003,A4,8,Shut",
        "5,Fir,801-200-3004,A5",
    ]
    lite.mapping(delivery=repeat, status="Open: active, Shut: closed")
    assert (lite.replay().loaded, lite.numbers(load_id)) == (2, [1, 2, 3, 4])
    whole = lite.loaded(text)
    assert lite.tables(load_id) == lite.tables(whole)
    # What stands in a record that could not be read nobody knows: it is written by hand as the lead that it is.
    fixed = lite.raw(load_id).replace("A5\n", "A5,8,Open\n")
    assert (lite.correct(fixed, load_id).loaded, lite.numbers(load_id)) == (1, [1, 2, 3, 4, 5])


def test_what_was_found_out_of_the_delivery_is_known_to_the_replay(lite: ReplayPlace) -> None:
    text = CSV.replace(",", ";").replace("short;1", 'Oak "A";801-200-3009;A9";8;Open;')
    load_id = lite.loaded(text)
    lite.mapping(delivery=", quote: none")
    lite.replay()
    (nine,) = [lead for lead in lite.tables(load_id)["leads"] if lead["source_record_number"] == "7"]
    assert (nine["company"], nine["license_number"]) == ('Oak "A"', 'A9"')


def test_names_may_replace_a_header_that_was_too_short(lite: ReplayPlace) -> None:
    text = "Name,Phone,License,Places\nOak,801-200-3000,A1,8\nElm,801-200-3001,A2,8,Open\n"
    path = lite.folder / "mappings" / "utah.yaml"
    path.write_text(path.read_text().replace("from: Status", "optional: true, from: Status"))
    load_id = lite.loaded(text)
    names = ", header: 1, names: [Name, Phone, License, Places, Status]"
    lite.mapping(delivery=names)
    assert lite.replay().loaded == 1
    assert lite.numbers(load_id) == [1, 2]


def test_rejects_of_the_mapping_are_short_where_names_are_more_than_their_columns(lite: ReplayPlace) -> None:
    load_id = lite.loaded("Name,Phone,License,Places,Status\nOak,801-200-3000,A1,8,Open\nElm,1,A2,8,Open\n")
    before = lite.tables(load_id)
    lite.mapping(delivery=", header: 1, names: [Name, Phone, License, Places, Status, More]")
    assert lite.replay().left == 1
    assert lite.tables(load_id) == before


def test_rows_of_a_sheet_are_read_again_whatever_the_mapping_says_of_texts(
    lite: ReplayPlace,
) -> None:
    rows = [
        ("Name", "Phone", "License", "Places", "Status"),
        ("Oak", "801-200-3000", "A1", "8", "Open"),
        ("Elm, Inc.", "801-200-3001", "A2", "8", "Open", "extra"),
        ("Fir; Co", "801-200-3002", "A3", "8", "Shut"),
    ]
    load_id = lite.loaded(workbook(List=table(*rows)), "utah.xlsx")
    names = ', delimiter: ";", header: 1, names: [Name, Phone, License, Places, Status, More]'
    lite.mapping(delivery=names)
    assert [(each.rule, each.after) for each in lite.replay().reasons] == [("long_record", 0), ("values", 1)]
    assert [lead["company"] for lead in lite.tables(load_id)["leads"]] == ["Oak", "Elm, Inc."]


def test_a_header_that_stands_twice_is_refused_as_in_a_run(lite: ReplayPlace) -> None:
    lite.loaded("Name,Phone,License,Places,Status,Fax,Fax\nOak,1,A1,8,Open,,\nElm,801-200-3001,A2,8,Open,,\n")
    path = lite.folder / "mappings" / "utah.yaml"
    path.write_text(path.read_text().replace("ignore", "  phone2: Fax\nignore"))
    with pytest.raises(DeliveryError, match="the header 'Fax' occurs 2 times"):
        lite.replay()


def test_a_mapping_that_does_not_fit_the_delivery_changes_nothing(lite: ReplayPlace) -> None:
    load_id = lite.loaded()
    before = lite.tables(load_id)
    path = lite.folder / "mappings" / "utah.yaml"
    path.write_text(path.read_text().replace("from: Name", "from: Company"))
    with pytest.raises(DeliveryError, match="the file has no header 'Company'"):
        lite.replay()
    assert lite.tables(load_id) == before


def test_two_digit_years_are_placed_as_on_the_day_of_the_load(lite: ReplayPlace) -> None:
    path = lite.folder / "mappings" / "utah.yaml"
    issued = '  license_issued: {from: Issued, formats: ["%m/%d/%y"]}\nignore'
    path.write_text(path.read_text().replace("ignore", issued))
    text = "Name,Phone,License,Places,Status,Issued\nOak,801-200-3000,A1,8,Shut,1/2/50\nElm,801-200-3001,A2,8,Open,1/2/50\n"
    load_id = lite.loaded(text)
    engine = sa.create_engine(lite.url)
    with engine.begin() as somebody:
        somebody.exec_driver_sql("UPDATE loads SET started_at = '2056-03-01 12:00:00.000000'")
    engine.dispose()
    path.write_text(path.read_text().replace("Open: active", "Open: active, Shut: closed"))
    lite.replay(load_id)
    replayed, first = [lead["license_issued"] for lead in lite.tables(load_id)["leads"]]
    assert (first, replayed) == ("1950-01-02", "2050-01-02")


def test_today_is_the_day_of_the_load(lite: ReplayPlace) -> None:
    path = lite.folder / "mappings" / "utah.yaml"
    path.write_text(path.read_text().replace("ignore", "  license_issued: {sql: today}\nignore"))
    text = "Name,Phone,License,Places,Status\nOak,801-200-3000,A1,8,Shut\nElm,801-200-3001,A2,8,Open\n"
    load_id = lite.loaded(text)
    [lead] = lite.tables(load_id)["leads"]
    engine = sa.create_engine(lite.url)
    with engine.begin() as somebody:
        started = somebody.exec_driver_sql("SELECT started_at FROM loads").scalar_one()
        assert started.startswith(lead["license_issued"])
        somebody.exec_driver_sql("UPDATE loads SET started_at = '2056-03-01 12:00:00.000000'")
        somebody.exec_driver_sql("UPDATE lead_sources SET license_issued = '2056-03-01'")
    engine.dispose()
    path.write_text(path.read_text().replace("Open: active", "Open: active, Shut: closed"))
    lite.replay(load_id)
    assert [lead["license_issued"] for lead in lite.tables(load_id)["leads"]] == ["2056-03-01"] * 2


@pytest.mark.parametrize(
    ("chosen", "error", "message"),
    [
        (99, UsageError, "there is no load 99"),
        (2, UsageError, "load 2 belongs to ohio, not to utah"),
        (1, NothingToDoError, "load 1 of utah has no rejects"),
        (None, NothingToDoError, "load 1 of utah has no rejects"),
    ],
)
def test_what_cannot_be_replayed_is_told(
    lite: ReplayPlace, chosen: int | None, error: type[LeadingestError], message: str
) -> None:
    lite.loaded("Name,Phone,License,Places,Status\nOak,801-200-3000,A1,8,Open\n")
    ohio = (lite.folder / "mappings" / "utah.yaml").read_text().replace("utah", "ohio")
    (lite.folder / "mappings" / "ohio.yaml").write_text(ohio)
    lite.delivery(CSV, "ohio.csv")
    lite.run("ohio")
    with pytest.raises(error, match=message):
        lite.replay(chosen)


def test_a_source_of_which_nothing_is_published_is_told(lite: ReplayPlace) -> None:
    with pytest.raises(NothingToDoError, match="no load of utah is published"):
        lite.replay()


def test_a_load_that_failed_or_was_pruned_is_told(lite: ReplayPlace) -> None:
    pruned = lite.loaded()
    lite.loaded(CSV + "New,801-200-3999,A9,1,Open,\n")
    with lite.open() as destination:
        destination.ledger.prune(keep=1)
    lite.delivery("Nothing,Here\n1,2\n")
    (failed,) = lite.run("utah")
    assert failed.status == "failed"
    with pytest.raises(UsageError, match=f"load {pruned} of utah was pruned"):
        lite.replay(pruned)
    with pytest.raises(UsageError, match="load 3 of utah failed as a whole and has no rows"):
        lite.replay(3)


def test_a_source_that_is_being_loaded_is_left_alone(place: ReplayPlace) -> None:
    place.loaded()
    with place.open() as destination, destination.ledger.claim("utah"), pytest.raises(DestinationBusyError):
        place.replay()


def test_the_load_is_told_before_its_rejects_are_done(lite: ReplayPlace) -> None:
    load_id = lite.loaded()
    loads: list[LoadRow] = []

    def started(load: LoadRow) -> Any:
        loads.append(load)
        return lambda _: None

    lite.replay(started=started)
    assert [load.load_id for load in loads] == [load_id]


def test_rejects_of_every_kind_come_back_in_the_order_of_the_file(lite: ReplayPlace) -> None:
    load_id = lite.loaded()
    lite.replay()
    with lite.open() as destination:
        numbers = pl.concat(destination.diagnostics.rejects(load_id))["record_number"].to_list()
    assert numbers == [2, 3, 4, 5, 7, 8]


@real
def test_a_real_delivery_ends_as_if_it_had_been_loaded_under_the_fixed_mapping(lite: ReplayPlace) -> None:
    """It is written in cp1252, which nobody had declared."""
    text = "\n".join(
        [
            "source: wales",
            'delivery: {match: "*.csv"}',
            "fields: {company: Name, address1: Address1, city: Address4, license_number: SchoolNumber}",
            'ignore: ["*"]',
        ]
    )
    (lite.folder / "mappings" / "wales.yaml").write_text(text)
    (first,) = lite.run("wales", file=WALES)
    assert first.load_id
    assert first.counts.rejected == 50
    (lite.folder / "mappings" / "wales.yaml").write_text(text.replace(".csv", '.csv", encoding: "cp1252'))
    with lite.open() as destination:
        replayed = replay_rejects(lite.project.mapping("wales"), destination, None)
    assert (replayed.loaded, replayed.left) == (50, 0)
    (whole,) = lite.run("wales", file=WALES)
    assert whole.load_id
    assert lite.tables(first.load_id) == lite.tables(whole.load_id)
