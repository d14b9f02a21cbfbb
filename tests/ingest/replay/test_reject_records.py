"""Tests of leadingest.ingest.replay.reject_records."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa

from leadingest.destinations.lake.replay import LakeReplay
from leadingest.destinations.sql.replay import SqlReplay
from leadingest.errors import BalanceError, DeliveryError, NothingToDoError
from leadingest.ingest.replay import rejects_file
from leadingest.ingest.replay.reject_records import RawRecords, headers_of
from leadingest.ingest.replay.replayed_rejects import CorrectedRecords, ReasonChange, StillRefused
from leadingest.tables.rejects import CUT
from tests.destinations.made_up import rejects_of
from tests.engine.trial import mapping_of
from tests.ingest.replay.replay_place import CSV, ReplayPlace
from tests.reports.test_replay import LOAD
from tests.workbooks import table, workbook

MAPPING = mapping_of("fields:\n  company: Name\n  phone: Phone\n")
RAW = """\
record of load 1,Name,Phone,License,Places,Status,Kind
2,Elm,801-200-3001,A2,many,Shut,Home
3,Fir,801-200-3002,A3,8,Shut,Bar
4,Ash,801-200-3003,A1,8,Shut,Home
5,Bay,12,A5,8,Open,Home
7,short,1
8,Fig,801-200-3005,A7,8,Asleep,Home
"""
#: All but records 3 and 4; 8 in front.
CORRECTED = """\
record of load 1,Name,Phone,License,Places,Status,Kind
8,Fig,801-200-3005,A7,8,Open,Home
2,Elm,801-200-3001,A2,8,Open,Home
3,Fir,801-200-3002,A3,8,Shut,Bar
5,Bay,801-200-3009,A5,many,Open,Home
7,"short, 1",801-200-3010,A8x,8,Open,Home
"""


def again(*rejects: tuple[object, ...]) -> tuple[list[tuple[object, ...]], list[int]]:
    """The records, each with its number and its line, and the numbers of the rejects that stay as they are."""
    batch, same = RawRecords(MAPPING, LOAD, ["Name", "Phone"]).again(rejects_of(*rejects))
    records = zip(batch.numbers, batch.lines, *batch.frame.get_columns(), strict=True)
    return list(records), same["record_number"].to_list()


def refused(number: int, raw: str | None) -> tuple[object, ...]:
    return number, number + 1, "phone", "phone", "no", raw


def unread(number: int, raw: str) -> tuple[object, ...]:
    return number, number + 1, None, "short_record", "no", raw


def test_records_come_in_order_whether_they_were_refused_or_could_not_be_read() -> None:
    records, same = again(
        refused(2, '{"Name":"Oak","Phone":"1"}'),
        unread(3, "Elm,2"),
        refused(7, '{"Name":"","Phone":"\\u0000é\\n"}'),
    )
    assert records == [(2, 3, "Oak", "1"), (3, 4, "Elm", "2"), (7, 8, "", "\x00é\n")]
    assert same == []


def test_there_may_be_rejects_of_one_kind_alone_or_none() -> None:
    assert again(refused(2, '{"Name":"Oak","Phone":"1"}'))[0] == [(2, 3, "Oak", "1")]
    assert again(unread(2, "Oak,1"))[0] == [(2, 3, "Oak", "1")]
    assert again() == ([], [])


@pytest.mark.parametrize(
    "raw",
    ["", "Oak,1", "[]", '{"Name":"Oak"}', '{"Name":"Oak","Phone":{}}', '{"Name":"Oak","Phone":1}x', None],
)
def test_an_object_that_somebody_has_spoilt_stays_and_the_others_come_through(raw: str | None) -> None:
    records, same = again(
        refused(2, '{"Name":"Oak","Phone":"1"}'), refused(3, raw), refused(4, '{"Name":"Elm","Phone":"2"}')
    )
    assert records == [(2, 3, "Oak", "1"), (4, 5, "Elm", "2")]
    assert same == [3]


def test_what_is_kept_cut_stays_and_becomes_no_record() -> None:
    records, same = again(unread(2, f"Oak,1{CUT}"), refused(3, '{"Name":"Elm' + CUT), unread(4, "Elm,2"))
    assert records == [(4, 5, "Elm", "2")]
    assert same == [2, 3]


def test_an_object_that_somebody_has_corrected_is_a_record() -> None:
    """In another order, and with what was not there."""
    assert again(refused(2, '{"Phone":"1","Name":"Oak","More":"x"}'))[0] == [(2, 3, "Oak", "1")]


def test_what_stays_is_as_it_was() -> None:
    spoilt = rejects_of(refused(3, "x"))
    _, same = RawRecords(MAPPING, LOAD, ["Name", "Phone"]).again(spoilt)
    assert isinstance(same, pl.DataFrame)
    assert same.equals(spoilt)


@pytest.mark.parametrize(
    ("read", "headers"),
    [
        ({"Phone"}, ("Phone", "Phone", "Fax (2)")),
        ({"Phone", "Phone (2)"}, ("Phone", "Phone (2)", "Fax (2)")),
        ({"Fax"}, ("Phone", "Phone (2)", "Fax (2)")),
    ],
)
def test_a_second_column_has_its_header_back_where_the_mapping_reads_that(
    read: set[str], headers: tuple[str, ...]
) -> None:
    assert headers_of(["Phone", "Phone (2)", "Fax (2)"], read) == headers


def settled(place: ReplayPlace, load_id: int) -> list[tuple[Any, ...]]:
    """What is noted of the files that joined the load."""
    with place.open() as destination:
        return [
            (row.file_name, row.file_size, row.records_loaded, row.records_filtered)
            for row in destination.ledger.corrected_files(load_id)
        ]


def test_what_was_corrected_joins_the_load_and_the_rest_stays_as_it_came(place: ReplayPlace) -> None:
    load_id = place.loaded()
    before = place.tables(load_id)
    assert place.raw(load_id) == RAW
    replayed = place.correct(CORRECTED)
    assert (replayed.status, replayed.rejects, replayed.loaded, replayed.left) == ("replayed", 6, 4, 2)
    refused = StillRefused(4, 3, "license_status", "values", "Status is not in the value map")
    assert replayed.corrected == CorrectedRecords("fixed.csv", 5, 0, 1, (refused,))
    after = place.tables(load_id)
    assert place.numbers(load_id) == [1, 2, 5, 6, 7, 8, 9]
    assert after["rejects"] == [row for row in before["rejects"] if row["record_number"] in {"3", "4"}]
    companies = {lead["source_record_number"]: lead["company"] for lead in after["leads"]}
    assert (companies["7"], companies["8"]) == ("short, 1", "Fig")
    assert [(row["record_number"], row["raw_value"]) for row in after["invalid_values"]] == [("5", "many")]
    assert settled(place, load_id) == [("fixed.csv", len(CORRECTED), 4, 0)]
    assert "Elm" in place.shown()


def test_reasons_are_told_before_and_after(lite: ReplayPlace) -> None:
    lite.loaded()
    assert lite.correct(CORRECTED).reasons == (
        ReasonChange("license_status", "values", 4, 2),
        ReasonChange(None, "short_record", 1, 0),
        ReasonChange("phone", "phone", 1, 0),
    )


def test_the_same_file_does_nothing_twice_and_one_that_was_corrected_on_does_the_rest(
    place: ReplayPlace,
) -> None:
    load_id = place.loaded()
    place.correct(CORRECTED)
    once = place.tables(load_id)
    again = place.correct(CORRECTED)
    assert (again.loaded, again.left, again.corrected and again.corrected.settled) == (0, 2, 4)
    assert place.tables(load_id) == once
    rest = place.correct(CORRECTED.replace("8,Shut", "8,Open") + "4,Ash,801-200-3003,A4,8,Open,Home\n")
    assert (rest.loaded, rest.left) == (2, 0)
    assert place.numbers(load_id) == list(range(1, 10))
    assert [each[2] for each in settled(place, load_id)] == [4, 2]
    with pytest.raises(
        NothingToDoError, match=r"load 1 of utah has no rejects: fixed.csv was added to it on 20"
    ):
        place.replay(corrected=place.corrected)


def test_a_load_that_was_corrected_whole_is_as_if_its_delivery_had_been_right(place: ReplayPlace) -> None:
    right = CSV.replace("12,A5", "801-200-3009,A5").replace("Asleep", "Open").replace("3003,A1", "3003,A4")
    right = (
        right.replace("Shut", "Open").replace("many", "7").replace("short,1", "short,8012003010,A8x,8,Open,")
    )
    load_id = place.loaded()
    raw = place.raw(load_id).replace("12,A5", "801-200-3009,A5").replace("Asleep", "Open")
    raw = raw.replace("3003,A1", "3003,A4").replace("Shut", "Open").replace("many", "7")
    assert place.correct(raw.replace("short,1", "short,8012003010,A8x,8,Open,")).left == 0
    whole = place.loaded(right)
    assert place.tables(load_id) == place.tables(whole)


def test_many_records_are_taken_in_batches(place: ReplayPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rejects_file, "_AT_ONCE", 10)
    lines = "".join(f"N{at},801-200-3{at:03},L{at},1,Shut,\n" for at in range(35))
    load_id = place.loaded(f"Name,Phone,License,Places,Status,Kind\n{lines}Oak,801-200-3999,A,1,Open,\n")
    replayed = place.correct(place.raw(load_id).replace("Shut", "Open"))
    assert (replayed.loaded, replayed.left) == (35, 0)
    assert place.numbers(load_id) == list(range(1, 37))


def test_a_dry_run_says_the_same_and_changes_nothing(place: ReplayPlace) -> None:
    load_id = place.loaded()
    before = place.tables(load_id)
    tried = place.correct(CORRECTED, dry_run=True)
    assert (tried.status, place.tables(load_id), settled(place, load_id)) == ("tried", before, [])
    assert tried.reasons == place.correct(CORRECTED).reasons


def test_one_that_is_broken_off_changes_nothing(place: ReplayPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    load_id = place.loaded()
    before = place.tables(load_id)
    with monkeypatch.context() as patched:
        for replay, step in ((SqlReplay, "_share_keys"), (LakeReplay, "_key_is_shared")):
            patched.setattr(replay, step, _broken_off)
        with pytest.raises(KeyboardInterrupt):
            place.correct(CORRECTED)
    assert (place.tables(load_id), settled(place, load_id)) == (before, [])
    assert place.correct(CORRECTED).loaded == 4


def _broken_off(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_reject_that_went_meanwhile_is_told_and_nothing_is_changed(
    lite: ReplayPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_id = lite.loaded()
    write = SqlReplay.write

    def gone(replay: SqlReplay, **what: Any) -> None:
        replay._writer.connection.execute(sa.text("DELETE FROM load_rejects WHERE record_number = 2"))
        write(replay, **what)

    monkeypatch.setattr(SqlReplay, "write", gone)
    with pytest.raises(BalanceError, match="the rejects of load 1 changed"):
        lite.correct(CORRECTED)
    assert len(lite.tables(load_id)["rejects"]) == 6


def test_a_held_load_stays_held_and_an_older_one_may_be_named(lite: ReplayPlace) -> None:
    path = lite.folder / "mappings" / "utah.yaml"
    path.write_text(path.read_text().replace("most_rejects: off", "most_rejects: 10%"))
    load_id = lite.loaded()
    assert lite.correct(CORRECTED, load_id).loaded == 4
    (load,) = lite.history()
    assert (load.status, load.published, lite.shown()) == ("held", False, [])


def test_a_published_load_gets_no_value_that_a_load_is_to_be_held_for(place: ReplayPlace) -> None:
    place.mapping(places=", on_invalid: hold")
    load_id = place.loaded(CSV.replace("many", "8"))
    before = place.tables(load_id)
    replayed = place.correct(CORRECTED)
    assert (replayed.status, replayed.holding, replayed.exit_code) == ("refused", 1, 1)
    assert (place.tables(load_id), settled(place, load_id)) == (before, [])


def test_what_the_mapping_leaves_out_by_now_is_counted(place: ReplayPlace) -> None:
    load_id = place.loaded()
    place.mapping(where="\"Kind <> 'Bar'\"")
    replayed = place.correct(CORRECTED.replace(",Shut,Bar", ",Open,Bar"))
    assert (replayed.loaded, replayed.filtered, replayed.left) == (4, 1, 1)
    assert settled(place, load_id) == [("fixed.csv", len(CORRECTED), 4, 1)]
    assert [row["record_number"] for row in place.tables(load_id)["rejects"]] == ["4"]


def test_columns_may_stand_in_another_order(lite: ReplayPlace) -> None:
    load_id = lite.loaded()
    lite.correct(
        "Status,Name,Phone,record of load 1,License,Places,Kind\nOpen,Elm,801-200-3001,2,A2,8,Home\n"
    )
    assert 2 in lite.numbers(load_id)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            CORRECTED.replace("load 1", "load 7"),
            "it has the column 'record of load 7' instead of 'record of load 1'",
        ),
        (
            CORRECTED.replace("record of load 1,", ""),
            "it has no column 'record of load 1', which says which reject",
        ),
        (CORRECTED.replace(",", ";"), "its cells are not separated by ','"),
        (CORRECTED.replace("Name,", "Company,"), "its columns are not those of load 1: it is missing 'Name'"),
        (CORRECTED.replace("Kind\n", "Kind,More\n").replace("Home\n", "Home,\n"), "it has 1 more"),
        (CORRECTED.replace("\n5,", "\n2,"), "line 5: record 2 occurs twice"),
        (CORRECTED.replace("\n5,", "\n,"), "line 5: 'record of load 1' does not name a record of load 1"),
        (CORRECTED.replace("\n5,", "\n10,"), "line 5: 'record of load 1' does not name a record of load 1"),
        (CORRECTED.replace("\n5,", "\nOak,"), "line 5: 'record of load 1' does not name a record of load 1"),
        ("", "empty"),
    ],
)
def test_a_file_that_is_not_one_of_the_rejects_is_told_and_nothing_is_changed(
    lite: ReplayPlace, text: str, message: str
) -> None:
    load_id = lite.loaded()
    before = lite.tables(load_id)
    with pytest.raises(DeliveryError) as caught:
        lite.correct(text)
    assert message in str(caught.value)
    assert lite.tables(load_id) == before


def test_a_record_twice_is_found_in_batches_too(lite: ReplayPlace) -> None:
    lite.loaded()
    lines = "".join(f"{1 + at % 9},Elm,801-200-3001,A2,8,Open,Home\n" for at in range(10))
    with pytest.raises(DeliveryError, match="line 11: record 1 occurs twice"):
        lite.correct(RAW.splitlines(keepends=True)[0] + lines)


def test_a_record_that_was_no_reject_is_left_alone(place: ReplayPlace) -> None:
    load_id = place.loaded()
    before = place.tables(load_id)
    replayed = place.correct(RAW.splitlines(keepends=True)[0] + "1,Another,801-200-3999,Z1,8,Open,Home\n")
    assert replayed.corrected == CorrectedRecords("fixed.csv", 1, 1, 0, ())
    assert place.tables(load_id) == before


def test_what_still_cannot_be_read_is_told_by_its_line(lite: ReplayPlace) -> None:
    lite.loaded()
    replayed = lite.correct(CORRECTED + '4,"Ash,801-200-3003,A4,8,Open,Home\n')
    assert replayed.corrected
    assert [(each.line, each.record_number, each.rule) for each in replayed.corrected.examples] == [
        (4, 3, "values"),
        (7, None, "open_quote"),
    ]
    assert (replayed.corrected.records, replayed.corrected.refused, replayed.left) == (6, 2, 2)


def test_a_file_of_which_nothing_can_be_read_is_told_line_by_line(lite: ReplayPlace) -> None:
    lite.loaded()
    replayed = lite.correct("".join(line for line in RAW.splitlines(keepends=True) if line[0] in "r7"))
    assert replayed.corrected
    assert [(each.line, each.rule) for each in replayed.corrected.examples] == [(2, "short_record")]
    assert replayed.left == 6


UNDECODABLE = "Name,Phone,License,Places,Status\nOak,801-200-3000,A1,8,Open\nCafé,801-200-3002,A3,8,Open\n"


@pytest.mark.parametrize(
    ("name", "loaded"),
    [(r"Caf\xe9", 0), (r"Caf\xe9 Oak", 0), ("Café Oak", 1), ("Cafe", 1)],
)
def test_bytes_that_the_file_cannot_show_are_no_text(lite: ReplayPlace, name: str, loaded: int) -> None:
    load_id = lite.loaded(UNDECODABLE.encode("cp1252"))
    raw = lite.raw(load_id)
    assert r"2,Caf\xe9,801-200-3002,A3,8,Open" in raw
    replayed = lite.correct(raw.replace(r"Caf\xe9", name))
    assert (replayed.loaded, replayed.left) == (loaded, 1 - loaded)
    if loaded:
        assert lite.tables(load_id)["leads"][1]["company"] == name
    else:
        assert replayed.corrected
        assert replayed.corrected.examples[0].message == "byte 0xE9 is not utf-8"


def test_what_nobody_touched_is_replayed_as_it_came(lite: ReplayPlace) -> None:
    load_id = lite.loaded(UNDECODABLE.encode("cp1252"))
    raw = lite.raw(load_id)
    lite.mapping(delivery=", encoding: [utf-8, cp1252]")
    assert lite.correct(raw).loaded == 1
    assert lite.tables(load_id)["leads"][1]["company"] == "Café"


def test_a_formula_without_a_value_is_no_blank_until_somebody_fills_it(lite: ReplayPlace) -> None:
    head = ("Name", "Phone", "License", "Places", "Status")
    rows = [head, ("Oak", "801-200-3000", "A1", "8", "Open"), ("Elm", "801-200-3001", "A2", "", "Open")]
    load_id = lite.loaded(workbook(List=table(*rows)), "utah.xlsx")
    engine = sa.create_engine(lite.url)
    with engine.begin() as somebody:
        somebody.exec_driver_sql("DELETE FROM lead_sources WHERE source_record_number = 2")
        somebody.exec_driver_sql(
            "INSERT INTO load_rejects VALUES (1, 2, 3, NULL, 'uncomputed_formula', "
            "'the formula in column D was never computed', 'Elm,801-200-3001,A2,,Open')"
        )
        somebody.exec_driver_sql("UPDATE loads SET records_loaded = 1, records_rejected = 1")
    engine.dispose()
    raw = lite.raw(load_id)
    assert lite.correct(raw).loaded == 0
    assert lite.correct(raw.replace("Elm,", "Elm & Co,")).loaded == 0
    assert lite.correct(raw.replace("A2,,", "A2,5,")).loaded == 1


def test_a_delivery_of_any_layout_has_a_file_of_rejects_of_its_own(lite: ReplayPlace) -> None:
    lite.mapping(
        delivery=', encoding: cp1252, delimiter: ";", skip_lines: 1, header: none, footer: 1, '
        "names: [Name, Phone, License, Places, Status, Kind]"
    )
    text = "As at today\nOak;801-200-3000;A1;8;Open;Home\nCafé;801-200-3001;A2;8;Shut;Home\nTotal;2\n"
    load_id = lite.loaded(text.encode("cp1252"))
    raw = lite.raw(load_id)
    assert raw == (
        "record of load 1;Name;Phone;License;Places;Status;Kind\n2;Café;801-200-3001;A2;8;Shut;Home\n"
    )
    assert lite.correct(raw.replace("Shut", "Open")).loaded == 1
    assert lite.tables(load_id)["leads"][1]["company"] == "Café"
