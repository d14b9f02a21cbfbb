"""Tests of leadingest.expressions."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.errors import FaultError
from leadingest.expressions import (
    BLANKS,
    ERRORS,
    LONGEST,
    LONGEST_SHAPE,
    checked_pattern,
    let,
    on_distinct,
    shape,
    squeezed,
    trimmed,
    usually,
    with_own_texts,
)
from tests.engine.trial import run
from tests.searched import examples


def test_the_few_rows_that_are_held_do_not_hold_the_texts_of_all() -> None:
    many = pl.DataFrame({"a": [f"a text that is long enough {number}" for number in range(2_000)], "b": 1})
    few = many.filter(pl.int_range(pl.len()) % 100 == 0)
    own = with_own_texts(few)
    assert own.equals(few)
    assert own.columns == few.columns
    assert held(own) * 50 < held(few)


def held(rows: pl.DataFrame) -> int:
    """Bytes that the texts keep in memory; polars itself counts those of the rows alone."""
    texts = rows["a"].to_arrow(compat_level=pl.CompatLevel.newest())
    return int(texts.nbytes)


def test_the_value_is_evaluated_once_however_often_it_is_used() -> None:
    calls: list[int] = []

    def counted(values: pl.Series) -> pl.Series:
        calls.append(len(values))
        return values + 1

    value = pl.col("a").map_batches(counted, return_dtype=pl.Int64, is_elementwise=True)
    frame = pl.DataFrame({"a": [1, None]}).lazy().select(b=let(value, lambda it: it * it + it)).collect()
    assert frame["b"].to_list() == [6, None]
    assert sum(calls) == 2


def test_one_let_may_stand_in_another() -> None:
    expr = let(pl.col("a") + 1, lambda outer: let(outer * 2, lambda inner: inner + inner) + outer)
    assert pl.DataFrame({"a": [1]}).select(b=expr)["b"].to_list() == [10]


def test_the_columns_it_reads_are_known() -> None:
    assert let(pl.col("a"), lambda it: it + it).meta.root_names() == ["a"]


TEXT = pl.col("text")


def quick(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains("^[a-m]+$")).then(text.str.to_uppercase())


def thorough(text: pl.Expr) -> pl.Expr:
    written = pl.concat_str([pl.lit("<"), text, pl.lit(">")])
    return let(written, lambda it: pl.when(it.str.len_chars() < 5).then(it))


@given(texts=st.lists(st.none() | st.text(st.sampled_from("amz1"), min_size=1, max_size=4)))
def test_it_gives_what_coalesce_gives(texts: list[str | None]) -> None:
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    value = frame.lazy().select(usually(TEXT, quick, thorough).alias("value")).collect()["value"]
    assert value.to_list() == frame.select(pl.coalesce(quick(TEXT), thorough(TEXT)))["text"].to_list()


def test_the_thorough_work_is_done_only_where_it_is_needed() -> None:
    seen: list[str] = []

    def noted(texts: pl.Series) -> pl.Series:
        seen.extend(texts)
        return texts

    def watched(text: pl.Expr) -> pl.Expr:
        return text.map_batches(noted, return_dtype=pl.String, is_elementwise=True)

    frame = pl.DataFrame({"text": ["ab", "1", None, "z"]})
    assert frame.select(usually(TEXT, quick, watched).alias("value"))["value"].to_list() == [
        "AB",
        "1",
        None,
        "z",
    ]
    assert seen == ["1", "z"]


def test_one_may_stand_in_another() -> None:
    digits = lambda text: pl.when(text.str.contains("^[0-9]+$")).then(text)  # noqa: E731
    expr = usually(TEXT, quick, lambda rest: usually(rest, digits, thorough))
    frame = pl.DataFrame({"text": ["ab", "12345", "z"]})
    assert frame.select(expr.alias("value"))["value"].to_list() == ["AB", "12345", "<z>"]


@pytest.mark.parametrize("times", [1, 1_000])
def test_the_function_is_called_once_for_each_distinct_value_and_never_for_null(times: int) -> None:
    calls: list[str] = []

    def shortened(text: str) -> str | None:
        calls.append(text)
        return text[0] if len(text) > 1 else None

    frame = pl.DataFrame({"a": ["Reno", None, "Elko", "Reno", "x"] * times})
    made = frame.select(on_distinct(pl.col("a"), shortened))["a"]
    assert made.to_list() == ["R", None, "E", "R", None] * times
    assert sorted(calls) == ["Elko", "Reno", "x"]


@pytest.mark.parametrize("times", [1, 1_000])
def test_what_it_makes_may_have_parts(times: int) -> None:
    frame = pl.DataFrame({"a": ["Reno NV", None, "Elko"] * times})
    parts = pl.Struct({"city": pl.String, "state": pl.String})
    made = on_distinct(pl.col("a"), lambda text: {"city": text[:4]} if "NV" in text else None, parts)
    column = frame.select(made)["a"]
    assert column.to_list() == [{"city": "Reno", "state": None}, None, None] * times
    assert column.dtype == parts


def test_a_column_without_values_stays_one() -> None:
    for values in ([], [None, None]):
        frame = pl.DataFrame({"a": values}, schema={"a": pl.String})
        assert frame.select(on_distinct(pl.col("a"), str.upper))["a"].to_list() == values


@pytest.mark.parametrize("times", [1, 2_000])
def test_a_text_that_is_too_long_is_not_given_to_the_function(times: int) -> None:
    frame = pl.DataFrame({"a": ["x" * LONGEST, "x" * (LONGEST + 1)] * times})
    made = frame.select(on_distinct(pl.col("a"), lambda _: "read"))["a"]
    assert made.to_list() == ["read", None] * times
    unlimited = on_distinct(pl.col("a"), lambda _: "read", longest=None)
    assert frame.select(unlimited)["a"].to_list() == ["read", "read"] * times


TEXTS = st.text(st.sampled_from([*BLANKS, *"abé-"]) | st.characters(codec="utf-8"), max_size=12)
UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202e\u2060\u2066\ufeff"


def made(text: str, expression: pl.Expr) -> str:
    return str(pl.DataFrame({"text": [text]}).select(expression).item())


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("Las  Vegas", "Las Vegas"),
        ("Las\u00a0Vegas", "Las Vegas"),
        ("Las \u2009\t\r\n Vegas", "Las Vegas"),
        ("Las Ve\u00adgas", "Las Vegas"),
        ("\u200eLas Vegas\u200f", "Las Vegas"),
        ("Las \u200b Vegas", "Las Vegas"),
        ("Las Vegas", "Las Vegas"),
        ("Peña  Blanca", "Peña Blanca"),
        (UNSEEN, ""),
    ],
)
def test_there_is_one_blank_for_several_and_nothing_unseen(text: str, becomes: str) -> None:
    assert made(text, squeezed(pl.col("text"))) == becomes


@given(text=TEXTS)
def test_squeezing_takes_blanks_alone_and_leaves_single_ones_inside(text: str) -> None:
    result = made(text, squeezed(pl.col("text")))
    kept = [sign for sign in text if sign not in BLANKS]
    assert [sign for sign in result if sign not in BLANKS] == kept
    assert not re.search("  ", result)
    assert set(result) & set(BLANKS) <= {" "}
    assert made(result, squeezed(pl.col("text"))) == result == result.strip(BLANKS)


@given(text=TEXTS)
def test_trimming_is_what_python_would_strip(text: str) -> None:
    assert made(text, trimmed(pl.col("text"))) == text.strip(BLANKS)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("702-555-0143", "999-999-9999"),
        ("12 N. Elm St., #4", "99 a. a a., #9"),
        ("José Ñandú", "a a"),
        ("José", "a"),
        ("K820000017", "a999999999"),
        ("office@pine.example", "a@a.a"),
        ("٣٤", "99"),
        ("李", "a"),
    ],
)
def test_nothing_of_a_cell_is_left_but_how_it_is_written(cell: str, written: str) -> None:
    assert pl.select(shape(pl.lit(cell))).item() == written


def test_a_long_one_is_cut() -> None:
    assert pl.select(shape(pl.lit("9" * 100))).item() == "9" * LONGEST_SHAPE + "…"


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("(K[0-9]+", "at character 1, a ( is not closed"),
        ("ÖÖ(ü", "at character 3, a ( is not closed"),
        ("a\n(b", "a ( is not closed"),
        ("a)", "at character 2, a ) closes nothing"),
        ("[a", "at character 1, a [ is not closed"),
        ("a{", "at character 2, a { is not closed; \\{ is the sign itself"),
        ("x{2,1}", "at character 2, the first number in { } is larger than the second"),
        (
            "[z-a]",
            "at character 2, the start of a range in [ ] is after its end; \\- is the sign itself",
        ),
        ("*a", "at character 1, there is nothing to repeat; \\*, \\+ and \\? are the signs themselves"),
        ("(?=a)", "at character 1, there is no look-ahead and no look-behind"),
        ("(a)\\1", "at character 4, there are no back-references"),
        ("\\", "at character 1, a \\ ends it; \\\\ is the sign itself"),
        ("\\xZZ", "at character 3, a character is not written as \\x7F or \\x{10FFFF}"),
        ("x{1000}{1000}{1000}", "it is too large: use fewer or smaller repetitions"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(pattern: str, message: str) -> None:
    with pytest.raises(FaultError) as refused:
        checked_pattern(pattern)
    assert str(refused.value) == f"must be a regular expression: {message}"


PIECES = st.sampled_from(
    [
        *"()[]{}*+?|^$.\\-,:<>=!",
        "(?",
        "(?P<",
        "(?i)",
        "\\p{",
        "\\x{",
        "\\u",
        "\\b{",
        "[[:",
        "{2,1}",
        "a",
        "9",
        "é",
        "\n",
    ]
)


@settings(max_examples=examples(500), deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_no_word_of_another_program_is_shown(pattern: str) -> None:
    with contextlib.suppress(FaultError):
        try:
            checked_pattern(pattern)
        except FaultError as error:
            message = str(error)
            assert "\n" not in message
            assert "cannot be read" not in message
            for theirs in ("regex", "error", "polars", "ErrorKind", "str.contains", "literal"):
                assert theirs not in message
            raise


CELLS = {"Name": "Acme", "More": "Child Care", "City": "Reno"}
ENTRIES = {
    "a cell": "Name",
    "a word": "{from: Name, case: upper}",
    "a join": "{join: [Name, More]}",
    "an expression": "{sql: 'UPPER(Name)'}",
    "a let value": "{from: name}",
    "a condition": "{from: More, when: \"Name <> 'x'\"}",
}


def assert_no_lead_is_made_of(cells: Sequence[str], likes: Sequence[str], entry: str, rule: str) -> None:
    """A lead is made of a sound cell and of each that is like one of the cells, but of none of the cells themselves."""
    mapping = f"let:\n  name: {{from: Name}}\nfields:\n  licensee_name: {entry}\n  city: City\n"
    trial = run(mapping, CELLS, *({**CELLS, "Name": cell} for cell in (*cells, *likes)))
    names = [each["licensee_name"] for each in trial.leads]
    assert names[1 : len(cells) + 1] == [None] * len(cells)
    assert all([names[0], *names[len(cells) + 1 :]])
    assert [(each["record_number"], each["field"], each["rule"]) for each in trial.invalid_values] == [
        (number, "licensee_name", rule) for number in range(2, len(cells) + 2)
    ]
    for cell, invalid in zip(cells, trial.invalid_values, strict=True):
        assert cell.strip() in invalid["raw_value"].replace("\\/", "/")


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_no_lead_is_made_of_an_error(entry: str) -> None:
    assert_no_lead_is_made_of(ERRORS, [f"{error} Inc" for error in ERRORS], entry, "error_cell")


SHORTENED = st.from_regex(
    r"[+-]?[1-9](\.[0-9]{1,9})?[Ee]\+[0-9]{2,3}", fullmatch=True, alphabet="+-.,Ee0123456789"
)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
@settings(max_examples=examples(50, least=5))
@given(numbers=st.lists(SHORTENED, min_size=10, max_size=30), blank=st.sampled_from(["", " "]))
def test_no_lead_is_made_of_a_shortened_number(entry: str, numbers: list[str], blank: str) -> None:
    likes = [f"Unit {number}" for number in numbers]
    assert_no_lead_is_made_of([blank + each for each in numbers], likes, entry, "damaged_number")


@pytest.mark.parametrize(
    "sound", ["1E5", "E+11", "12E+03", "1.E+11", "+15551234567", "2E+10A", "1E-05", "C++"]
)
def test_what_may_be_a_code_is_no_shortened_number(sound: str) -> None:
    assert read_records("Name", {"Name": sound}) == ([sound], [])


@pytest.mark.parametrize("field", ["phone", "capacity", "license_number", "license_issued", "zip"])
def test_a_shortened_number_is_told_as_that_whatever_the_type(field: str) -> None:
    trial = run(f"fields:\n  {field}: Cell\n  city: City\n", {"Cell": "1.23457E+11", "City": "Reno"})
    [invalid] = trial.invalid_values
    assert (invalid["field"], invalid["rule"], invalid["raw_value"]) == (
        field,
        "damaged_number",
        "1.23457E+11",
    )


def test_a_record_whose_required_field_is_a_shortened_number_says_so() -> None:
    trial = run("fields:\n  company: Name\n", {"Name": "1.23457E+11"})
    [reject] = trial.rejects
    assert reject["message"] == (
        "Name is a number that a spreadsheet program has shortened: its other digits are lost"
    )


def read_records(
    entry: str, *records: dict[str, str], nulls: str = "['']"
) -> tuple[list[Any], list[tuple[Any, ...]]]:
    trial = run(
        f"source: trial\ndelivery: {{match: '*.csv', nulls: {nulls}}}\nfields:\n  licensee_name: {entry}\n",
        *records,
    )
    faults = [(each["header"], each["rule"], each["raw_value"]) for each in trial.invalid_values]
    return [lead["licensee_name"] for lead in trial.leads], faults


def test_an_error_that_the_mapping_calls_a_null_is_blank() -> None:
    assert read_records("Name", {"Name": "#N/A"}, nulls="['', '#N/A']") == ([None], [])


def test_the_next_part_stands_in_for_an_error() -> None:
    record = {"Name": "#REF!", "More": "Child Care"}
    assert read_records("{first_of: [Name, More]}", record) == (["Child Care"], [])
    assert read_records("{first_of: [Name, More]}", {**record, "More": ""}) == (
        [None],
        [("Name", "error_cell", "#REF!")],
    )


def test_a_record_whose_required_field_is_an_error_is_rejected() -> None:
    trial = run("fields:\n  company: Name\n", {"Name": "#REF!"}, {"Name": "Acme"})
    [reject] = trial.rejects
    assert (reject["field"], reject["rule"]) == ("company", "error_cell")
    assert reject["message"] == "Name is an error of a spreadsheet program"
    assert [lead["company"] for lead in trial.leads] == ["Acme"]


def test_a_record_that_where_cannot_be_told_of_is_kept_and_told() -> None:
    trial = run("where: State = 'NV'\nfields:\n  city: City\n", {"State": "#N/A", "City": "Reno"})
    assert [lead["city"] for lead in trial.leads] == ["Reno"]
    assert [(each["field"], each["rule"]) for each in trial.invalid_values] == [("where", "error_cell")]


def test_the_second_of_two_equal_values_is_told_beside_an_error() -> None:
    cells = [
        {"Number": number, "City": city} for number, city in (("7", "#N/A"), ("7", "Reno"), ("7", "Elko"))
    ]
    trial = run("fields:\n  license_number: {from: Number, unique: true}\n  city: City\n", *cells, batch=1)
    rules = [(each["record_number"], each["rule"]) for each in trial.invalid_values]
    assert rules == [(1, "error_cell"), (2, "unique"), (3, "unique")]
