"""Tests of leadingest.engine.story: what is told of an entry is what the transform does."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from leadingest.engine.story import EntryInput, Passage, Story, Storyteller, ValueFailure
from leadingest.engine.transform import Transform
from tests.engine.trial import TODAY, Record, frame_of, mapping_of
from tests.example_deliveries import ROOT


def teller(yaml: str, record: Record) -> Storyteller:
    """Tells of the record under a mapping."""
    headers = list(record)
    return Storyteller(Transform(mapping_of(yaml), headers, today=TODAY), frame_of([record], headers))


def story(entry: str, record: Record, *, field: str = "operator", before: str = "") -> Story:
    """The story of a field with the entry."""
    return teller(f"{before}\nfields:\n  {field}: {entry}\n", record).field(field)


def words(found: Story) -> list[tuple[str, str, object]]:
    """Each word, what is said, and the value after it."""
    return [(each.word, each.text, each.value) for each in found.passages]


def test_the_value_after_each_word_is_told_in_the_order_written() -> None:
    found = story(
        '{case: title, split: " - ", part: 2, from: Name, prefix: "x "}', {"Name": " A - OAK TREE "}
    )
    assert words(found) == [
        ("from", "", "A - OAK TREE"),
        ("case", "title", "A - Oak Tree"),
        ("split", "' - ', part: 2", "Oak Tree"),
        ("prefix", "'x '", "x Oak Tree"),
        ("text", "", "x Oak Tree"),
    ]
    assert found.reads == (EntryInput("Name", " A - OAK TREE "),)
    assert (found.value, found.failure) == ("x Oak Tree", None)


def test_steps_are_told_as_they_are_written() -> None:
    found = story('{from: Name, steps: [{case: upper}, {split: "B"}, {case: lower}]}', {"Name": "abc"})
    assert words(found)[1:4] == [("case", "upper", "ABC"), ("split", "B", "A"), ("case", "lower", "a")]


def test_of_several_headers_the_one_that_the_file_has_is_told() -> None:
    found = story("[Title, Role, Duty]", {"Role": "Cook"})
    assert found.reads == (EntryInput("Role", "Cook", named=("Title", "Duty")),)


def test_a_header_that_may_be_missing_is_told_to_be() -> None:
    found = story("{from: Role, optional: true, case: upper}", {"Name": "Oak"})
    assert found.reads == (EntryInput("Role", None, there=False),)
    assert words(found) == [("from", "", None), ("case", "upper", None), ("text", "", None)]


def test_a_type_is_told_with_what_the_mapping_says_of_it() -> None:
    found = story(
        '{from: Since, formats: ["%m/%d/%y"], two_digit_years: window}',
        {"Since": "7/1/22"},
        field="license_issued",
    )
    assert found.passages[-1] == Passage("date", "['%m/%d/%y'], two_digit_years: window", date(2022, 7, 1))


@pytest.mark.parametrize(
    ("record", "held", "value"),
    [
        ({"Kind": "a", "Fax": "1"}, True, "1"),
        ({"Kind": "b", "Fax": "1"}, False, None),
        ({"Kind": "", "Fax": "1"}, None, None),
    ],
)
def test_a_condition_is_told_to_hold_or_not(record: Record, held: bool | None, value: str | None) -> None:
    found = story("{from: Fax, when: \"Kind = 'a'\"}", record)
    assert (found.condition, found.holds, found.value) == ("Kind = 'a'", held, value)
    assert found.reads[1] == EntryInput("Kind", record["Kind"])


def test_an_expression_is_told_with_the_cells_it_reads() -> None:
    found = story("{sql: \"CASE WHEN A = 'Y' THEN 1 ELSE 2 END\"}", {"A": "Y", "B": "x"}, field="min_age")
    assert words(found) == [("sql", "CASE WHEN A = 'Y' THEN 1 ELSE 2 END", 1)]
    assert found.reads == (EntryInput("A", "Y"),)


def test_a_part_that_fails_is_told_and_need_not_fail_the_whole() -> None:
    found = story('{first_of: [{from: Name, extract: "DBA (.+)"}, Name]}', {"Name": "Oak"})
    first, second = found.parts
    assert first.failure == ValueFailure("extract", "Name does not match the pattern of extract", "blank")
    assert (first.value, second.value, found.value, found.failure) == (None, "Oak", "Oak", None)


@pytest.mark.parametrize(
    ("entry", "failure"),
    [
        ("Places", ValueFailure("integer", "Places is not a whole number", "blank")),
        ("{from: Places, on_invalid: hold}", ValueFailure("integer", "Places is not a whole number", "hold")),
        ("{from: Places, required: true}", ValueFailure("integer", "Places is not a whole number", "reject")),
    ],
)
def test_what_cannot_be_read_is_told_with_its_fate(entry: str, failure: ValueFailure) -> None:
    assert story(entry, {"Places": "many"}, field="capacity").failure == failure


def test_checks_are_told() -> None:
    found = story("{from: Places, min: 1, max: 500}", {"Places": "0"}, field="capacity")
    assert found.checks == (("min", "1"), ("max", "500"))
    assert found.failure == ValueFailure("min", "Places is less than the minimum", "blank")


def test_let_values_are_told_that_a_field_needs() -> None:
    before = "let:\n  a: Age\n  b: {from: a, digits: true}\n  c: Name\n"
    found = teller(f"{before}fields:\n  operator: {{from: b}}\n", {"Age": "5 y", "Name": "Oak"})
    assert found.lets(["operator"]) == ["a", "b"]
    assert found.field("operator").reads == (EntryInput("b", "5", let=True),)
    assert words(found.let("b")) == [("from", "", "5 y"), ("digits", "true", "5")]


@pytest.mark.parametrize("source", ["source1", "source2", "source3", "ne_childcare", "nys_home_daycare"])
def test_every_story_ends_with_the_value_of_the_lead(source: str) -> None:
    mapping = mapping_of((ROOT / f"mappings/{source}.yaml").read_text(encoding="utf-8"))
    with (ROOT / f"examples/{source}/delivery.csv").open(encoding="utf-8", newline="") as file:
        headers, *rows = csv.reader(file)
    records = [dict(zip(headers, row, strict=True)) for row in rows if row]
    transform = Transform(mapping, headers, today=TODAY)
    frame = frame_of(records, headers)
    numbers = range(1, len(records) + 1)
    leads = transform.batch(frame, numbers=numbers, lines=numbers).leads
    for lead in leads.iter_rows(named=True):
        found = Storyteller(transform, frame[lead["record_number"] - 1])
        assert {name: found.field(name).value for name in mapping.fields} == {
            name: lead[name] for name in mapping.fields
        }
