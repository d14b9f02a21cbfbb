"""Tests of leadingest.engine.transform: what becomes of records."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.engine.plan import ROW, Plan, PossibleFailure, failure_column
from leadingest.engine.transform import Batch, FaultFinder, Transform
from leadingest.errors import DeliveryError
from leadingest.expressions import BLANKS
from leadingest.operations.base import INVALID
from leadingest.tables.rejects import INVALID_VALUES, REJECTS
from tests.engine.trial import TODAY, Record, frame_of, mapping_of, run, values

OUTCOMES = (
    PossibleFailure(1, "integer", "is not a whole number", "blank", (0,)),
    PossibleFailure(2, "required", "has no value, but is required", "reject", (1,)),
    PossibleFailure(3, "required", "has no value, but is required", "reject", ()),
    PossibleFailure(4, "date", "is not a date", "hold", (0, 1)),
)
BATCH = Batch(
    pl.DataFrame({"0": ["a", "b", "c"], "1": ["x", "y", "z"]}), pl.Series([11, 12, 13]), lines=[21, 22, 23]
)


def test_a_header_alone_is_a_rename() -> None:
    assert values("fields:\n  operator: Owner", {"Owner": " Ann Reed "}, field="operator") == ["Ann Reed"]


@pytest.mark.parametrize("header", ["Operation", "Operation #"])
def test_the_first_of_several_headers_that_the_file_has_is_taken(header: str) -> None:
    yaml = 'fields:\n  license_number: [Operation, "Operation #"]'
    assert values(yaml, {header: "0042"}, field="license_number") == ["0042"]


def test_a_type_comes_from_the_load_table() -> None:
    lead = run(
        "fields:\n  phone: Phone\n  capacity: Cap\n  state: State\n  zip: Zip\n  accepts_financial_aid: Aid",
        {"Phone": "(702) 555-0143", "Cap": "1,234", "State": "nevada", "Zip": "891011234", "Aid": "Y"},
    ).leads[0]
    assert (lead["phone"], lead["capacity"], lead["state"], lead["zip"], lead["accepts_financial_aid"]) == (
        "+17025550143",
        1234,
        "NV",
        "89101-1234",
        True,
    )


def test_a_cell_that_is_not_its_type_is_blank_and_kept_as_an_invalid_value() -> None:
    trial = run("fields:\n  capacity: Total", {"Total": "12"}, {"Total": "a dozen"}, {"Total": ""})
    assert [lead["capacity"] for lead in trial.leads] == [12, None, None]
    assert trial.invalid_values == [
        {
            "record_number": 2,
            "field": "capacity",
            "header": "Total",
            "rule": "integer",
            "raw_value": "a dozen",
        }
    ]


def test_records_keep_their_numbers_where_others_between_them_could_not_be_read() -> None:
    mapping = mapping_of("fields:\n  capacity: {from: Total, on_invalid: reject}\n  min_age: Age")
    transform = Transform(mapping, ["Total", "Age"], today=date(2026, 1, 1))
    records = frame_of([{"Total": "1"}, {"Total": "x"}, {"Total": "3", "Age": "x"}], ["Total", "Age"])
    unread = pl.DataFrame(
        [(4, 5, None, "short_record", "1 cell instead of 2", "1")], schema=REJECTS, orient="row"
    )
    batch = transform.batch(records, numbers=[2, 5, 9], lines=[3, 6, 12]).with_unmapped(unread)
    assert batch.leads["record_number"].to_list() == [2, 9]
    assert batch.invalid_values["record_number"].to_list() == [9]
    assert batch.rejects.select("record_number", "line_number", "field", "rule").rows() == [
        (4, 5, None, "short_record"),
        (5, 6, "capacity", "integer"),
    ]
    assert batch.read == batch.leads.height + batch.rejects.height + batch.filtered == 4


def test_a_batch_may_have_no_record_that_could_be_read() -> None:
    transform = Transform(mapping_of("fields:\n  capacity: Total"), ["Total"], today=date(2026, 1, 1))
    batch = transform.batch(frame_of([], ["Total"]), numbers=[], lines=[])
    assert (batch.leads.height, batch.rejects.height, batch.read) == (0, 0, 0)


@pytest.mark.parametrize(
    "blank", ["\u00a0", "\u200b", "\ufeff", "\u2060", "\u3000", "\0", "\x1a", "\x7f", "\x85", "\t"]
)
def test_blanks_and_control_characters_of_all_kinds_are_taken_off_both_ends_of_a_cell(blank: str) -> None:
    cell = f"{blank} {blank}Oak{blank}Tree{blank} "
    assert values("fields:\n  schedule: Days", {"Days": cell}, field="schedule") == [f"Oak{blank}Tree"]
    assert values("fields:\n  operator: Owner", {"Owner": blank * 3}, field="operator") == [None]


def test_the_raw_value_is_kept_exactly_as_it_was() -> None:
    trial = run("fields:\n  capacity: Total", {"Total": "  a\ndozen "})
    assert trial.invalid_values[0]["raw_value"] == "  a\ndozen "


def test_on_invalid_reject_rejects_the_record_whole() -> None:
    yaml = "fields:\n  capacity: {from: Total, on_invalid: reject}\n  city: City"
    trial = run(yaml, {"Total": "x", "City": "Reno"}, {"Total": "1", "City": "Elko"})
    assert [lead["record_number"] for lead in trial.leads] == [2]
    assert trial.invalid_values == []
    (reject,) = trial.rejects
    assert json.loads(reject.pop("raw_record")) == {"Total": "x", "City": "Reno"}
    assert reject == {
        "record_number": 1,
        "line_number": 2,
        "field": "capacity",
        "rule": "integer",
        "message": "Total is not a whole number",
    }


def test_on_invalid_at_the_top_holds_for_every_field_that_does_not_say_it_itself() -> None:
    yaml = "on_invalid: reject\nfields:\n  capacity: {from: Total, on_invalid: blank}\n  min_age: Age"
    trial = run(yaml, {"Total": "x", "Age": "1"}, {"Total": "1", "Age": "x"})
    assert [lead["record_number"] for lead in trial.leads] == [1]
    assert [reject["field"] for reject in trial.rejects] == ["min_age"]


def test_on_invalid_hold_counts_the_values_to_hold_the_load_for() -> None:
    trial = run("fields:\n  capacity: {from: Total, on_invalid: hold}", {"Total": "x"}, {"Total": "2"})
    assert [batch.holding for batch in trial.batches] == [1]
    assert len(trial.leads) == 2


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u00a0"])
def test_a_record_without_a_required_value_is_rejected(name: str) -> None:
    trial = run("fields:\n  company: Name\n  city: City", {"Name": name, "City": "Reno"})
    assert trial.leads == []
    assert [(reject["field"], reject["rule"]) for reject in trial.rejects] == [("company", "required")]


def test_a_value_of_a_required_field_that_cannot_be_read_rejects_the_record() -> None:
    trial = run(
        'fields:\n  company: {from: Name, extract: "^Co: (.+)$"}', {"Name": "Acme"}, {"Name": "Co: Acme"}
    )
    assert [lead["company"] for lead in trial.leads] == ["Acme"]
    assert [(reject["rule"], reject["record_number"]) for reject in trial.rejects] == [("extract", 1)]


def test_where_leaves_records_out_and_counts_them() -> None:
    yaml = "where: \"Kind = 'Child care'\"\nfields:\n  city: City"
    trial = run(
        yaml, {"Kind": "Child care", "City": "A"}, {"Kind": "Bar", "City": "B"}, {"Kind": "", "City": "C"}
    )
    assert [lead["record_number"] for lead in trial.leads] == [1]
    assert [batch.filtered for batch in trial.batches] == [2]


@pytest.mark.parametrize(
    ("on_invalid", "kept", "rejected", "invalid"),
    [("blank", [1, 3], [], [(3, "where", "Age", "x")]), ("reject", [1], [(3, "where", "integer")], [])],
)
def test_a_record_is_not_left_out_because_a_value_cannot_be_read(
    on_invalid: str, kept: list[int], rejected: list[object], invalid: list[object]
) -> None:
    yaml = f"let:\n  age: {{from: Age, type: integer, on_invalid: {on_invalid}}}\nwhere: age > 5\nfields:\n  city: City"
    trial = run(
        yaml,
        {"Age": "6", "City": "A"},
        {"Age": "2", "City": "B"},
        {"Age": "x", "City": "C"},
        {"Age": "", "City": "D"},
    )
    assert [lead["record_number"] for lead in trial.leads] == kept
    assert [(each["record_number"], each["field"], each["rule"]) for each in trial.rejects] == rejected
    found = [
        (each["record_number"], each["field"], each["header"], each["raw_value"])
        for each in trial.invalid_values
    ]
    assert found == invalid
    assert [batch.filtered for batch in trial.batches] == [2]


def test_nulls_of_the_delivery_are_no_value_anywhere() -> None:
    yaml = 'source: t\ndelivery: {match: "*", nulls: [N/A]}\nfields:\n  company: Name\n  capacity: Cap'
    trial = run(yaml, {"Name": "Acme", "Cap": " N/A "})
    assert (trial.leads[0]["capacity"], trial.invalid_values) == (None, [])


def test_an_optional_header_may_be_missing() -> None:
    yaml = "fields:\n  phone2: {from: Fax, optional: true}\n  city: City"
    assert values(yaml, {"City": "Reno"}, field="phone2") == [None]


def test_missing_headers_are_all_named_with_the_likely_rename() -> None:
    mapping = mapping_of(
        "fields:\n  phone: Phone\n  license_status: {from: Status, values: {A: active}, otherwise: keep}"
    )
    with pytest.raises(DeliveryError) as error:
        Transform(mapping, ["Phone No", "City"], today=date(2026, 1, 1))
    assert "no header 'Phone', which phone reads (trial.yaml:5:3)" in error.value.message
    assert "no header 'Status', which license_status reads" in error.value.message
    assert "add the alias: from: [Phone, Phone No]" in error.value.hint


def test_a_header_that_only_sql_reads_must_be_there_too() -> None:
    mapping = mapping_of("fields:\n  min_age: {sql: \"CASE WHEN Infant = 'Y' THEN 0 END\"}")
    with pytest.raises(DeliveryError, match="no header 'Infant', which min_age reads"):
        Transform(mapping, ["Toddler"], today=date(2026, 1, 1))


def test_of_a_header_that_stands_very_often_a_few_places_are_told() -> None:
    with pytest.raises(
        DeliveryError, match=r"30 times, in columns 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 20 more"
    ):
        Transform(mapping_of("fields:\n  phone: Phone"), ["Phone"] * 30, today=date(2026, 1, 1))


def test_a_header_twice_is_an_error_when_it_is_read() -> None:
    with pytest.raises(DeliveryError, match="'Phone' occurs 2 times, in columns 1 and 3") as caught:
        Transform(mapping_of("fields:\n  phone: Phone"), ["Phone", "City", "Phone"], today=date(2026, 1, 1))
    assert "{header: 1, names: [...]}" in caught.value.hint


def test_a_header_twice_or_blank_is_no_error_when_it_is_not_read() -> None:
    transform = Transform(mapping_of("fields:\n  city: City"), ["X", "City", "X", ""], today=date(2026, 1, 1))
    records = frame_of([{"b": "Reno"}], ["a", "b", "c", "d"])
    assert transform.batch(records, numbers=range(1, 2), lines=range(2, 3)).leads["city"].to_list() == [
        "Reno"
    ]
    assert transform.binding.new == ("X",)


def test_new_headers_are_those_neither_read_nor_ignored() -> None:
    mapping = mapping_of('ignore: [Agency, "Old *"]\nfields:\n  city: City')
    transform = Transform(mapping, ["City", "AGENCY", "old\u200b Phone", "Fax"], today=date(2026, 1, 1))
    assert transform.binding.new == ("Fax",)


def test_the_order_of_columns_does_not_matter() -> None:
    yaml = "fields:\n  city: City\n  operator: Owner"
    one = run(yaml, {"City": "Reno", "Owner": "Ann"}).leads
    other = run(yaml, {"Owner": "Ann", "City": "Reno"}).leads
    assert one == other


def test_let_values_can_be_read_by_fields_sql_and_each_other() -> None:
    yaml = """
let:
  unit: {from: number, extract: "([A-Z]+)$"}
  number: {from: Age, nulls: [none]}
  count: {from: number, extract: "^([0-9]+)", type: integer}
fields:
  min_age: {sql: "CASE WHEN unit = 'YRS' THEN count ELSE FLOOR(count / 12) END"}
"""
    assert values(yaml, {"Age": "3 YRS"}, {"Age": "30 MOS"}, {"Age": "none"}, field="min_age") == [3, 2, None]


def test_blanks_around_what_means_no_value_do_not_count() -> None:
    yaml = "fields:\n  schedule: {from: A, nulls: [' none ', '\u00a0n/a']}"
    assert values(yaml, {"A": "none"}, {"A": " n/a"}, {"A": "x"}, field="schedule") == [None, None, "x"]


def test_a_let_value_that_cannot_be_read_makes_what_reads_it_invalid() -> None:
    yaml = 'let:\n  count: {from: Age, type: integer}\nfields:\n  min_age: {sql: "COALESCE(count, 0) + 1"}'
    trial = run(yaml, {"Age": "x"}, {"Age": "2"})
    assert [lead["min_age"] for lead in trial.leads] == [None, 3]
    assert trial.invalid_values == [
        {"record_number": 1, "field": "min_age", "header": "Age", "rule": "integer", "raw_value": "x"}
    ]


def test_a_let_value_named_like_a_header_is_refused() -> None:
    mapping = mapping_of("let:\n  City: {from: Town}\nfields:\n  city: City")
    with pytest.raises(DeliveryError, match="the let value 'City' is also a header of the file"):
        Transform(mapping, ["Town", "City"], today=date(2026, 1, 1))


def test_first_of_passes_to_the_next_part_where_one_does_not_recognize_its_cell() -> None:
    yaml = 'fields:\n  operator: {first_of: [{from: Name, extract: " DBA (.+)$"}, Name]}'
    trial = run(yaml, {"Name": "REED, ANN DBA PINE TREE"}, {"Name": "OAK, LLC"}, {"Name": ""})
    assert [lead["operator"] for lead in trial.leads] == ["PINE TREE", "OAK, LLC", None]
    assert trial.invalid_values == []


@pytest.mark.parametrize(
    ("entry", "first", "second", "outcome"),
    [
        ("{first_of: [A, B]}", "none", "(702) 555-0143", "+17025550143"),
        ("{first_of: [A, B]}", "702-555-0144", "(702) 555-0143", "+17025550144"),
        ("{first_of: [A, B]}", "", "(702) 555-0143", "+17025550143"),
        ("{first_of: [A, B]}", "none", "", INVALID),
        ("{first_of: [A, B]}", "none", "nobody", INVALID),
        ("{first_of: [A, B]}", "", "", None),
        ('{first_of: [A, B], replace: {"tel": ""}}', "tel 1", "tel 702-555-0143", "+17025550143"),
        ("{first_of: [A, B], default: 702-555-0145}", "", "", "+17025550145"),
        ("{first_of: [A, B], default: 702-555-0145}", "none", "", INVALID),
        ("{first_of: [{first_of: [A, B]}, {const: 702-555-0145}]}", "none", "702-555-0143", "+17025550143"),
        ("{first_of: [{first_of: [A, B]}, {const: 702-555-0145}]}", "none", "none", "+17025550145"),
        ("{first_of: [{join: [A, B]}, B]}", "none", "702-555-0143", "+17025550143"),
        ("{first_of: [A, B], when: \"B <> 'nobody'\"}", "none", "nobody", None),
    ],
)
def test_first_of_takes_the_first_part_that_is_valid_as_the_type(
    entry: str, first: str, second: str, outcome: object
) -> None:
    trial = run(f"fields:\n  phone: {entry}", {"A": first, "B": second})
    assert trial.leads[0]["phone"] == (None if outcome is INVALID else outcome)
    assert [each["rule"] for each in trial.invalid_values] == (["phone"] if outcome is INVALID else [])


def test_first_of_compares_numbers_of_sql_and_texts_in_the_order_written() -> None:
    yaml = 'fields:\n  capacity: {first_of: [{sql: "TRY_CAST(A AS INT)"}, B, {const: "7"}]}'
    records = [{"A": a, "B": b} for a, b in (("1", "2"), ("x", "2"), ("x", "y"))]
    assert values(yaml, *records, field="capacity") == [1, 2, 7]


STATUS = """\
fields:
  license_status:
    first_of:
      - {from: A, values: {Open: active}, otherwise: FATE}
      - {from: B, values: {Shut: closed}, otherwise: invalid}
"""


@pytest.mark.parametrize(
    ("fate", "first", "second", "outcome"),
    [
        ("invalid", "Asleep", "Shut", "closed"),
        ("stop", "Asleep", "Shut", INVALID),
        ("stop", "", "Shut", "closed"),
        ("stop", "Open", "Asleep", "active"),
        ("stop", "Asleep", "", INVALID),
        ("reject", "Asleep", "Shut", "rejected"),
        ("reject", "", "Shut", "closed"),
    ],
)
def test_a_part_can_say_that_nothing_stands_in_for_a_value_it_does_not_know(
    fate: str, first: str, second: str, outcome: object
) -> None:
    trial = run(STATUS.replace("FATE", fate), {"A": first, "B": second})
    if outcome == "rejected":
        assert [reject["rule"] for reject in trial.rejects] == ["values"]
        return
    assert trial.leads[0]["license_status"] == (None if outcome is INVALID else outcome)
    assert [each["rule"] for each in trial.invalid_values] == (["values"] if outcome is INVALID else [])


def test_what_comes_before_in_a_first_of_is_not_asked_what_comes_after() -> None:
    yaml = STATUS.replace("otherwise: invalid", "otherwise: stop").replace("FATE", "invalid")
    trial = run(yaml, {"A": "Open", "B": "Asleep"}, {"A": "Asleep", "B": "Awake"})
    assert [lead["license_status"] for lead in trial.leads] == ["active", None]
    assert [each["record_number"] for each in trial.invalid_values] == [2]


@pytest.mark.parametrize(
    "entry",
    [
        "{from: A, values: {x: y}, otherwise: reject}",
        "{first_of: [{from: A, values: {x: y}, otherwise: invalid}, {from: A, digits: true}]}",
        "{first_of: [{from: A, values: {x: y}, otherwise: stop}, A]}",
        "{join: [{from: A, values: {x: y}, otherwise: reject}, A]}",
        "{join: [{first_of: [{from: A, digits: true}]}, A]}",
        "broken",
    ],
)
@pytest.mark.parametrize("kind", ["no", ""])
def test_where_when_does_not_hold_nothing_inside_the_entry_can_fail(entry: str, kind: str) -> None:
    words = "{from: broken" if entry == "broken" else entry.removesuffix("}")
    yaml = (
        f"let:\n  broken: {{from: A, digits: true}}\nfields:\n  schedule: {words}, when: \"Kind = 'yes'\"}}"
    )
    trial = run(yaml, {"A": "none", "Kind": kind}, {"A": "none", "Kind": "yes"})
    assert trial.leads[0]["schedule"] is None
    assert [each["record_number"] for each in (*trial.rejects, *trial.invalid_values)] == [2]


@pytest.mark.parametrize(
    ("entry", "outcome"),
    [
        ("{from: B, optional: true}", None),
        ("{join: [A, {from: B, optional: true}]}", "a"),
        ("{join: [A, B], optional: true}", "a"),
        ("{first_of: [{from: B, optional: true}, A]}", "a"),
        ("{first_of: [{join: [{first_of: [B, C]}]}, A], optional: true}", "a"),
        ('{sql: "A || B", optional: true}', None),
        ("{from: A, when: \"B = 'x'\", optional: true}", None),
        ("{from: maybe}", None),
    ],
)
def test_an_optional_header_may_be_missing_wherever_it_stands(entry: str, outcome: str | None) -> None:
    yaml = f"let:\n  maybe: {{from: D, optional: true}}\nfields:\n  schedule: {entry}"
    assert values(yaml, {"A": "a"}, field="schedule") == [outcome]


def test_first_of_is_invalid_only_when_no_part_gives_a_value() -> None:
    yaml = 'fields:\n  operator: {first_of: [{from: A, extract: "^x(.+)"}, {from: B, extract: "^y(.+)"}]}'
    trial = run(yaml, {"A": "1", "B": "2"}, {"A": "1", "B": "y2"}, {"A": "", "B": ""})
    assert [lead["operator"] for lead in trial.leads] == [None, "2", None]
    assert [(value["record_number"], value["rule"]) for value in trial.invalid_values] == [(1, "extract")]


def test_a_part_that_cannot_be_read_makes_a_join_invalid() -> None:
    yaml = 'fields:\n  operator: {join: [A, {from: B, extract: "^y(.+)"}]}'
    trial = run(yaml, {"A": "1", "B": "2"}, {"A": "1", "B": "y2"})
    assert [lead["operator"] for lead in trial.leads] == [None, "1 2"]
    assert [(value["header"], value["raw_value"]) for value in trial.invalid_values] == [("B", "2")]


def test_a_value_made_of_several_cells_is_kept_with_all_of_them() -> None:
    trial = run("fields:\n  capacity: {join: [A, B]}", {"A": "1", "B": "x"})
    assert trial.invalid_values[0]["header"] == "A, B"
    assert json.loads(trial.invalid_values[0]["raw_value"]) == {"A": "1", "B": "x"}


def test_when_leaves_a_field_blank_without_a_complaint() -> None:
    yaml = "fields:\n  capacity: {from: Cap, when: \"Open = 'Y'\"}"
    trial = run(yaml, {"Cap": "x", "Open": "N"}, {"Cap": "3", "Open": "Y"})
    assert [lead["capacity"] for lead in trial.leads] == [None, 3]
    assert trial.invalid_values == []


@pytest.mark.parametrize(
    ("otherwise", "value", "invalid", "rejected"),
    [
        ("invalid", None, 1, 0),
        ("blank", None, 0, 0),
        ("keep", "Z", 0, 0),
        ("{const: other}", "other", 0, 0),
        ("reject", None, 0, 1),
    ],
)
def test_otherwise_tells_what_becomes_of_an_unmapped_value(
    otherwise: str, value: str | None, invalid: int, rejected: int
) -> None:
    trial = run(
        f"fields:\n  title: {{from: Role, values: {{A: Director}}, otherwise: {otherwise}}}", {"Role": "Z"}
    )
    assert [lead["title"] for lead in trial.leads] == [value] * (1 - rejected)
    assert (len(trial.invalid_values), len(trial.rejects)) == (invalid, rejected)


def test_a_default_never_hides_an_invalid_value() -> None:
    yaml = (
        'fields:\n  accepts_financial_aid: {from: Aid, values: {Y: "yes"}, otherwise: invalid, default: "no"}'
    )
    trial = run(yaml, {"Aid": "Y"}, {"Aid": ""}, {"Aid": "maybe"})
    assert [lead["accepts_financial_aid"] for lead in trial.leads] == [True, False, None]
    assert [value["record_number"] for value in trial.invalid_values] == [3]


def test_a_value_outside_the_vocabulary_of_the_load_table_is_invalid() -> None:
    trial = run("fields:\n  license_status: Status", {"Status": "active"}, {"Status": "sleeping"})
    assert [lead["license_status"] for lead in trial.leads] == ["active", None]
    assert trial.invalid_values[0]["rule"] == "one_of"


def test_a_text_longer_than_its_column_is_never_cut() -> None:
    trial = run("fields:\n  operator: Owner", {"Owner": "x" * 256}, {"Owner": "x" * 255})
    assert [lead["operator"] and len(lead["operator"]) for lead in trial.leads] == [None, 255]
    assert trial.invalid_values[0]["raw_value"] == "x" * 256


@pytest.mark.parametrize(
    ("entry", "cell", "value"),
    [
        ("{from: A, case: lower, values: {home: House}, otherwise: keep}", "HOME", "House"),
        ("{from: A, values: {HOME: House}, otherwise: keep, case: lower}", "HOME", "house"),
        ('{from: A, extract: "([0-9]+)", replace: {"1": x}}', "a12", "x2"),
        ('{from: A, replace: {"1": x}, extract: "([0-9]+)"}', "a12", "2"),
        ("{prefix: 0, pad: 4, from: A}", "1", "0001"),
        ("{pad: 4, prefix: 0, from: A}", "1", "00001"),
        ("{pattern: b, case: lower, required: true, from: A}", "B", "b"),
        ("{default: ann, case: upper, from: A}", "", "ANN"),
        ("{case: upper, default: ann, from: A}", "", "ann"),
        ("{suffix: x, nulls: [none], from: A}", "none", "nonex"),
    ],
)
def test_words_apply_in_the_order_in_which_they_are_written(entry: str, cell: str, value: str) -> None:
    assert values(f"fields:\n  schedule: {entry}", {"A": cell}, field="schedule") == [value]


def test_the_order_of_words_holds_in_parts_and_let_values_too() -> None:
    yaml = """\
let:
  kind: {values: {HOME: House}, otherwise: keep, case: lower, from: A}
fields:
  schedule: {join: [kind, {from: A, suffix: 1, pad: 6}, {from: A, pad: 6, suffix: 1}]}
"""
    assert values(yaml, {"A": "HOME"}, field="schedule") == ["house 0HOME1 00HOME1"]


def test_each_step_has_an_otherwise_of_its_own() -> None:
    steps = '[{split: "-", part: 2, otherwise: keep}, {values: {a: x}, otherwise: invalid}, {values: {x: y}, otherwise: blank}]'
    trial = run(
        f"fields:\n  schedule: {{from: A, steps: {steps}}}", *({"A": cell} for cell in ("z-a", "a", "b"))
    )
    assert [lead["schedule"] for lead in trial.leads] == ["y", "y", None]
    assert [each["record_number"] for each in trial.invalid_values] == [3]


def test_steps_apply_words_in_the_order_written_and_more_than_once() -> None:
    yaml = 'fields:\n  operator: {from: X, steps: [{case: lower}, {replace: {b: c}}, {split: "c"}, {case: upper}]}'
    assert values(yaml, {"X": "AABCC"}, field="operator") == ["AA"]


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_unique_keeps_the_first_record_of_a_value_however_the_file_is_cut(batch: int) -> None:
    yaml = "fields:\n  license_number: {from: No, unique: true, on_invalid: reject}"
    trial = run(yaml, {"No": "1"}, {"No": "2"}, {"No": "1"}, {"No": ""}, {"No": ""}, {"No": "1"}, batch=batch)
    assert [lead["record_number"] for lead in trial.leads] == [1, 2, 4, 5]
    assert [(reject["record_number"], reject["rule"]) for reject in trial.rejects] == [
        (3, "unique"),
        (6, "unique"),
    ]


def test_filled_fields_counts_what_a_lead_has() -> None:
    assert values(
        "fields:\n  city: City\n  zip: Zip", {"City": "Reno", "Zip": ""}, field="filled_fields"
    ) == [2]


def test_leads_with_the_same_phone_and_address_have_one_key() -> None:
    yaml = "fields:\n  phone: Phone\n  address1: Street"
    keys = values(
        yaml,
        {"Phone": "702-555-0143", "Street": "12 North Oak Street"},
        {"Phone": "(702) 555 0143", "Street": "12 N. OAK ST"},
        {"Phone": "(702) 555 0143", "Street": "14 N. OAK ST"},
        field="lead_key",
    )
    assert keys[0] == keys[1] != keys[2]


CELLS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["Y", "N", "12", "702-555-0143", "NV", "1/2/24", "active", "  ", "a@example.org", '"', "\\N", "\t"]
)
LAW = """
on_invalid: reject
where: "F IS NULL OR F <> 'N'"
fields:
  company: Name
  phone: {from: A, on_invalid: blank}
  capacity: {from: B, max: 50}
  license_issued: {from: C, formats: ["%m/%d/%y"]}
  license_status: {from: D, values: {Y: active}, otherwise: reject}
  email: {from: E, on_invalid: hold}
  license_number: {from: G, unique: true, on_invalid: blank}
"""


@given(
    st.lists(
        st.fixed_dictionaries(dict.fromkeys(("Name", "A", "B", "C", "D", "E", "F", "G"), CELLS)),
        min_size=1,
    ),
    st.integers(1, 5),
)
def test_no_record_is_lost_and_no_value_vanishes_whatever_the_cells_hold(
    records: list[Record], batch: int
) -> None:
    trial = run(LAW, *records, batch=batch)
    filtered = sum(each.filtered for each in trial.batches)
    assert len(records) == len(trial.leads) + len(trial.rejects) + filtered
    assert {lead["record_number"] for lead in trial.leads}.isdisjoint(
        r["record_number"] for r in trial.rejects
    )
    invalid = {(value["record_number"], value["field"]): value["raw_value"] for value in trial.invalid_values}
    read_from = {"phone": "A", "capacity": "B", "license_issued": "C", "email": "E", "license_number": "G"}
    for lead in trial.leads:
        raw = records[lead["record_number"] - 1]
        for name, header in read_from.items():
            if lead[name] is None and raw[header].strip(BLANKS):
                assert invalid[lead["record_number"], name] == raw[header]
            else:
                assert (lead["record_number"], name) not in invalid


@given(st.lists(st.fixed_dictionaries({"Name": CELLS, "A": CELLS, "G": CELLS}), min_size=1, max_size=12))
def test_how_the_file_is_cut_into_batches_changes_nothing(records: list[Record]) -> None:
    yaml = "fields:\n  company: Name\n  phone: A\n  license_number: {from: G, unique: true}"
    whole, pieces = run(yaml, *records), run(yaml, *records, batch=2)
    assert (whole.leads, whole.rejects, whole.invalid_values) == (
        pieces.leads,
        pieces.rejects,
        pieces.invalid_values,
    )


def test_the_values_of_a_trial_are_typed() -> None:
    lead: dict[str, Any] = run(
        "fields:\n  license_issued: {from: D, formats: ['%m/%d/%y']}", {"D": "7/1/30"}
    ).leads[0]
    assert lead["license_issued"] == date(1930, 7, 1)


def test_what_means_no_value_in_the_delivery_means_it_in_a_look_up_table() -> None:
    mapping = """\
source: trial
delivery: {match: "*.csv", nulls: [N/A, Elko]}
fields:
  company: {const: Acme}
  county: {from: Code, lookup: {file: counties.csv, key: FIPS, value: County}, otherwise: invalid}
  city: {from: Code, lookup: {file: counties.csv, key: FIPS, value: County}, otherwise: invalid, default: none}
"""
    trial = run(mapping, {"Code": "007"}, {"Code": "003"}, {"Code": "N/A"})
    assert [lead["county"] for lead in trial.leads] == [None, "Clark", None]
    assert [lead["city"] for lead in trial.leads] == ["none", "Clark", "none"]
    assert trial.invalid_values == []


TWO = """\
fields:
  company: {from: Name, required: true}
  license_number: {from: L, unique: true, on_invalid: reject}
  provider_id: {from: P, unique: true, on_invalid: reject}
where: "K <> 'no' OR K IS NULL"
"""
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "Name": st.sampled_from(["Oak", "Oak", ""]),
            "L": st.sampled_from(["", "1", "2", "3"]),
            "P": st.sampled_from(["", "1", "2", "3"]),
            "K": st.sampled_from(["", "", "no"]),
        }
    ),
    min_size=1,
    max_size=12,
)


def test_the_first_of_equal_values_stays_also_across_batches() -> None:
    numbers = [{"L": number} for number in ("a", "b", "a", "", "", "b", "c")]
    trial = run("fields:\n  license_number: {from: L, unique: true}", *numbers, batch=5)
    assert [lead["license_number"] for lead in trial.leads] == ["a", "b", None, None, None, None, "c"]
    assert [(each["record_number"], each["rule"]) for each in trial.invalid_values] == [
        (3, "unique"),
        (6, "unique"),
    ]


def test_values_that_were_there_before_are_seen() -> None:
    transform = Transform(
        mapping_of("fields:\n  license_number: {from: L, unique: true}"), ["L"], today=TODAY
    )
    transform.has_seen({"license_number": pl.Series(["a"])})
    records = frame_of([{"L": "a"}, {"L": "b"}], ["L"])
    assert transform.batch(records, numbers=[1, 2], lines=[2, 3]).leads["license_number"].to_list() == [
        None,
        "b",
    ]


@pytest.mark.parametrize("no_lead", [{"Name": "", "K": ""}, {"Name": "Oak", "K": "no"}])
def test_a_record_that_is_no_lead_takes_no_value_from_another(no_lead: Record) -> None:
    trial = run(TWO, {**no_lead, "L": "1", "P": "1"}, {"Name": "Oak", "L": "1", "P": "1", "K": ""})
    assert [(lead["record_number"], lead["license_number"]) for lead in trial.leads] == [(2, "1")]


@given(records=RECORDS, batch=st.integers(1, 5))
def test_a_record_is_a_lead_if_no_lead_before_it_has_one_of_its_values(
    records: list[Record], batch: int
) -> None:
    leads: list[int] = []
    taken: dict[str, set[str]] = {"L": set(), "P": set()}
    for number, record in enumerate(records, start=1):
        own = {(header, record[header]) for header in taken if record[header]}
        if (
            record["Name"]
            and record["K"] != "no"
            and not any(value in taken[header] for header, value in own)
        ):
            leads.append(number)
            for header, value in own:
                taken[header].add(value)
    assert [lead["record_number"] for lead in run(TWO, *records, batch=batch).leads] == leads


def finder() -> FaultFinder:
    return FaultFinder(
        Plan(columns=(0, 1), stages=(), result=(), outcomes=OUTCOMES, unique={}, trails={}),
        ["A", "B"],
    )


def mapped(**codes: list[int]) -> pl.DataFrame:
    columns = {failure_column(field): pl.Series(each, dtype=pl.UInt16) for field, each in codes.items()}
    return pl.DataFrame({ROW: pl.Series([0, 1, 2], dtype=pl.UInt32), **columns})


def test_what_was_left_blank_is_told_record_by_record_in_the_order_of_the_mapping() -> None:
    faults = finder().find(mapped(opened=[0, 4, 4], capacity=[1, 1, 0]))
    assert finder().invalid_values(faults, BATCH).rows() == [
        (11, "capacity", "A", "integer", "a"),
        (12, "opened", "A, B", "date", '{"A":"b","B":"y"}'),
        (12, "capacity", "A", "integer", "b"),
        (13, "opened", "A, B", "date", '{"A":"c","B":"z"}'),
    ]
    assert faults.holding == 2


def test_a_record_is_rejected_for_the_first_of_its_fields_and_tells_no_other_fault() -> None:
    find = finder()
    faults = find.find(mapped(capacity=[1, 1, 0], company=[2, 0, 0], city=[3, 0, 3]))
    assert find.rejects(faults, BATCH).rows() == [
        (11, 21, "company", "required", "B has no value, but is required", '{"A":"a","B":"x"}'),
        (13, 23, "city", "required", "city has no value, but is required", '{"A":"c","B":"z"}'),
    ]
    assert find.invalid_values(faults, BATCH)["record_number"].to_list() == [12]


def test_where_nothing_can_fail_or_nothing_has_there_is_nothing_to_tell() -> None:
    for find, rows in ((finder(), mapped()), (finder(), mapped(city=[0, 0, 0]))):
        faults = find.find(rows)
        assert find.rejects(faults, BATCH).schema == REJECTS
        assert find.invalid_values(faults, BATCH).schema == INVALID_VALUES
        assert faults.rejecting.is_empty()
        assert faults.holding == 0
