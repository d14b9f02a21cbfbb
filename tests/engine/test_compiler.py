"""Tests of leadingest.engine.compiler: names that mean something to polars, and calculations that come to nothing."""

from __future__ import annotations

import pytest

from tests.engine.trial import run, values

#: Headers that polars would take for patterns of names, or for names of ours.
NAMES = [
    "*",
    "^.*$",
    "^Name$",
    "**",
    "^",
    "$",
    "=Name",
    "==",
    "\\*",
    "(?i)name",
    "a.b",
    "Näme",
    'a"b',
    "'",
    "`x`",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "entry",
    [
        "{{from: {name}}}",
        "{{from: [Gone, {name}]}}",
        "{{first_of: [{{from: {name}}}, Name]}}",
        "{{join: [{{from: {name}}}]}}",
        "{{sql: {sql}}}",
        "{{from: {name}, when: {condition}}}",
        "value",
    ],
)
def test_a_header_is_never_taken_for_a_pattern(name: str, entry: str) -> None:
    doubled = '"' + name.replace('"', '""') + '"'
    quoted = {
        "name": yaml_text(name),
        "sql": yaml_text(doubled),
        "condition": yaml_text(f"{doubled} = 'Oak'"),
    }
    let = f"let: {{value: {{from: {quoted['name']}}}}}\n" if entry == "value" else ""
    mapping = f"{let}fields:\n  schedule: {entry.format(**quoted)}"
    records = [{"Name": "Elm", name: "Oak", "Other": "Ash"}, {"Name": "Fir", name: "", "Other": ""}]
    assert values(mapping, *records, field="schedule") == ["Oak", None if "first_of" not in entry else "Fir"]


@pytest.mark.parametrize("name", ["*", "^.*$", "=x"])
def test_a_let_value_is_never_taken_for_a_pattern(name: str) -> None:
    quoted = yaml_text(name)
    mapping = f"let:\n  {quoted}: {{from: Name, case: upper}}\nfields:\n  schedule: {{from: {quoted}}}"
    assert values(mapping, {"Name": "Elm", "Other": "x"}, field="schedule") == ["ELM"]


def yaml_text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@pytest.mark.parametrize(
    ("entry", "cells", "given", "kept"),
    [
        ("{sql: TRY_CAST(A AS INT) / TRY_CAST(B AS INT)}", ("7", "0"), None, '{"A":"7","B":"0"}'),
        ("{sql: TRY_CAST(A AS BIGINT) * 1000000}", ("9223372036854", "0"), None, "9223372036854"),
        ("{sql: TRY_CAST(A AS INT) * 1000000}", ("2147", "0"), "2147000000", None),
        ('{from: A, when: "1 / TRY_CAST(B AS INT) > 0"}', ("x", "0"), None, '{"A":"x","B":"0"}'),
        ("{sql: TRY_CAST(A AS INT) / TRY_CAST(B AS INT), when: \"B <> '0'\"}", ("7", "0"), None, None),
        ("{first_of: [{sql: 1 / TRY_CAST(A AS INT)}, B]}", ("0", "x"), "x", None),
    ],
)
def test_what_is_out_of_range_is_an_invalid_value_that_keeps_the_cell(
    entry: str, cells: tuple[str, str], given: str | None, kept: str | None
) -> None:
    trial = run(f"fields:\n  schedule: {entry}", dict(zip("AB", cells, strict=True)), {"A": "", "B": ""})
    assert [lead["schedule"] for lead in trial.leads] == [given, None]
    assert [each["raw_value"] for each in trial.invalid_values] == ([] if kept is None else [kept])
    assert {each["rule"] for each in trial.invalid_values} <= {"sql", "when"}


def test_a_day_that_no_table_takes_is_an_invalid_value() -> None:
    mapping = (
        "let: {d: {from: A, type: date}}\nfields:\n  license_issued: {sql: \"d + INTERVAL '8000 years'\"}"
    )
    trial = run(mapping, {"A": "1999-12-31"}, {"A": "2000-01-01"})
    assert [str(lead["license_issued"]) for lead in trial.leads] == ["9999-12-31", "None"]
    assert [each["raw_value"] for each in trial.invalid_values] == ["2000-01-01"]


def test_a_record_of_which_where_cannot_be_told_is_kept_and_told() -> None:
    trial = run(
        'where: "1 / TRY_CAST(A AS INT) > 5"\nfields:\n  company: B',
        {"A": "0", "B": "Oak"},
        {"A": "7", "B": "Elm"},
    )
    assert [lead["company"] for lead in trial.leads] == ["Oak"]
    assert [(each["field"], each["raw_value"]) for each in trial.invalid_values] == [("where", "0")]
