"""Tests of leadingest.operations.sql_range: a calculation gives what it must, or is told to be out of range."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.errors import FaultError
from leadingest.operations.sql.node import column_of
from leadingest.operations.sql_expression import kind_of_sql, parse_sql
from leadingest.operations.sql_range import out_of_range, refuse_uncertain, sql_branches
from tests.searched import examples

#: What a table can hold of a date.
DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 31))
#: Many of them are near an end of some type.
WHOLE = st.integers(-(2**63), 2**63 - 1) | st.sampled_from(
    [0, 1, -1, 127, 128, 2**31 - 1, 2**31, -(2**31), 2**53, 2**53 + 1, 2**62, -(2**63)]
)


def calculated(text: str, **values: object) -> object:
    """What the expression gives for a record, or "out of range"."""
    frame = pl.DataFrame({name: [value] for name, value in values.items()})
    return calculated_of(text, frame)


def calculated_of(text: str, frame: pl.DataFrame) -> object:
    stray = out_of_range(text, frame.schema)
    columns = frame.rename(column_of)
    if stray is not None and columns.select(stray.alias("stray")).item():
        return "out of range"
    return columns.select(parse_sql(text).alias("value")).item()


@settings(max_examples=examples(400), deadline=None)
@given(WHOLE, st.sampled_from("+-*/%"), WHOLE, st.sampled_from("+-*"), WHOLE)
def test_whole_numbers_give_the_right_number_or_none(a: int, one: str, b: int, other: str, c: int) -> None:
    given_as = "(TRY_CAST(a AS BIGINT) {} TRY_CAST(b AS BIGINT)) {} TRY_CAST(c AS BIGINT)"
    found = calculated(given_as.format(one, other), a=str(a), b=str(b), c=str(c))
    if found == "out of range":
        return
    assert isinstance(found, int | float)
    exact = by_hand(other, by_hand(one, Fraction(a), Fraction(b)), Fraction(c))
    assert Fraction(found) == exact if isinstance(found, int) else found == pytest.approx(float(exact))


@settings(max_examples=examples(200), deadline=None)
@given(st.integers(-(2**31), 2**31 - 1), st.sampled_from("+-*"), st.integers(-(2**31), 2**31 - 1))
def test_so_do_those_of_a_let_value(a: int, sign: str, b: int) -> None:
    frame = pl.DataFrame({"a": [a], "b": [b]}, schema={"a": pl.Int32, "b": pl.Int32})
    for text in (f"a {sign} b", f"- (a {sign} b)", f"ABS(a) {sign} b", f"a {sign} {abs(b)}"):
        found = calculated_of(text, frame)
        second = abs(b) if "b" not in text.replace("ABS", "") else b
        exact = by_hand(sign, Fraction(abs(a) if "ABS" in text else a), Fraction(second))
        assert found in ("out of range", -exact if text.startswith("-") else exact)


def by_hand(sign: str, a: Fraction, b: Fraction) -> Fraction:
    """What polars must give. What is left of a division has the sign of what is divided."""
    match sign:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
        case "/":
            return a / b
    return a - b * int(a / b)


@settings(max_examples=examples(200), deadline=None)
@given(DAYS, st.sampled_from("+-"), st.integers(0, 9999), st.sampled_from(["day", "week", "month", "year"]))
def test_a_date_stays_in_its_years_or_is_out_of_range(day: date, sign: str, count: int, unit: str) -> None:
    found = calculated(f"d {sign} INTERVAL '{count} {unit}'", d=day)
    assert found == "out of range" or (isinstance(found, date) and 1000 <= found.year <= 9999)
    if unit == "day":
        expected = date.toordinal(day) + (count if sign == "+" else -count)
        inside = date(1000, 1, 1).toordinal() <= expected <= date(9999, 12, 31).toordinal()
        assert found == (date.fromordinal(expected) if inside else "out of range")


@pytest.mark.parametrize(
    "text",
    [
        "7 / n",
        "7% n",
        "MOD(7, n)",
        "DIV(7, n)",
        "n / n",
        "LOG(n, 2)",
        "LN(n)",
        "SQRT(n - 1)",
        "EXP(1000 + n)",
        "POW(10, 400 + n)",
        "TRY_CAST('nan' AS DOUBLE)",
        "TRY_CAST('-inf' AS FLOAT)",
        "TRY_CAST('12345678901234567890' AS DOUBLE)",
        "9007199254740992 + 1 + n",
        "COALESCE(NULLIF(n, 0), 1 / n)",
        "IF(1 / n > 5, 'many', 'few')",
        "CASE WHEN n = 0 THEN 1 / n ELSE n END",
        "ROUND(1 / n)",
        "TRY_CAST(1 / n AS INT)",
        "TRY_CAST(1 / n AS TEXT)",
        "n = 1 OR 1 / n > 0",
        "DATE '9999-12-31' + INTERVAL '1 day'",
        "DATE '1000-01-01' - INTERVAL '1 day'",
        "STRFTIME(DATE '9999-12-31' + INTERVAL '9 years', '%Y')",
        "TIMESTAMP '9999-12-31 23:59:59' + INTERVAL '1 second'",
    ],
)
def test_what_has_no_number_and_no_date_is_out_of_range(text: str) -> None:
    assert calculated(text, n=0) == "out of range"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("IF(n <> 0, 1 / n, 5)", 5),
        ("CASE WHEN n <> 0 THEN 1 / n ELSE 5 END", 5),
        ("CASE n WHEN 1 THEN 1 / n WHEN 0 THEN 5 END", 5),
        ("COALESCE(n, 1 / n)", 0),
        ("n <> 0 AND 1 / n > 0", False),
        ("n = 0 OR 1 / n > 0", True),
        ("1 / NULLIF(n, 0)", None),
        ("TRY_CAST('3000000000' AS BIGINT) * 1000000 + n", 3_000_000_000_000_000),
        ("LENGTH('abc') - 10", -7),
        ("MONTH(DATE '2026-03-01') * 100", 300),
        ("GREATEST(2000000000, n) * 3", 6_000_000_000),
        ("1.5 * 2 + n", 3.0),
    ],
)
def test_what_is_not_looked_at_cannot_fail(text: str, value: object) -> None:
    assert calculated(text, n=0) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("m * 2", "must not calculate with a decimal: TRY_CAST(x AS DOUBLE) makes a number of it"),
        ("TRY_CAST(t AS DECIMAL(10, 2)) / 0", "must not calculate with a decimal: TRY_CAST(x AS DOUBLE)"),
        ("TRY_CAST(n AS DATE)", "must not make a date of a text or number: a `let` value with `type: date`"),
        ("TRY_CAST('+12345-01-01' AS DATE)", "must not make a date of a text or number"),
        ("TRY_CAST(n AS TIMESTAMP)", "must not make a timestamp of a text or number"),
        ("d + ((d - d) + (d - d))", "must not calculate with spans of time, but for a date and a span"),
        ("d + (d - d) * 2", "must not calculate with spans of time, but for a date and a span"),
    ],
)
def test_what_polars_would_stop_at_is_refused(text: str, message: str) -> None:
    kinds = {"m": pl.Decimal(10, 2), "n": pl.Int32(), "t": pl.String(), "d": pl.Date()}
    with pytest.raises(FaultError) as refused:
        refuse_uncertain(text, kinds)
    assert str(refused.value).startswith(message)


def test_values_that_are_not_calculated_with_are_as_large_as_they_are() -> None:
    frame = pl.DataFrame({"m": [Decimal("1.50")], "n": [2**62], "w": [datetime(2026, 3, 1) + timedelta(1)]})
    for text in ("m", "n", "w", "COALESCE(n, 1)", "n > 1 AND m > 1.4", "'1' || n"):
        assert out_of_range(text, frame.schema) is None
        kind_of_sql(text, frame.schema)


AGES = "CASE WHEN Infant = 'Y' THEN 0 WHEN School = 'Y' THEN 5 END"
NESTED = "CASE WHEN a = '1' THEN CASE WHEN b = '2' THEN 'x' ELSE 'y' END ELSE 'z' END"


def taken(text: str, **cells: str | None) -> list[str]:
    """The branches that are taken for these cells."""
    frame = pl.DataFrame(
        {column_of(name): [cell] for name, cell in cells.items()},
        schema=dict.fromkeys(map(column_of, cells), pl.String),
    )
    return [branch.written for branch in sql_branches(text) if frame.select(branch.taken.alias("x")).item()]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (AGES, ["WHEN Infant = 'Y'", "WHEN School = 'Y'", "ELSE"]),
        (NESTED, ["WHEN a = '1'", "WHEN b = '2'", "ELSE", "ELSE"]),
        ("case a when 'x' then 1 else 2 end", ["WHEN 'x'", "ELSE"]),
        ("a || b", []),
        ("NULLIF(a, 'x')", []),
        ("CASE WHEN a = 'WHEN x THEN y' THEN 1 END", ["WHEN a = 'WHEN x THEN y'", "ELSE"]),
        ("CASE WHEN a = '1' THEN NULLIF(b, 'x') END", ["WHEN a = '1'", "ELSE"]),
    ],
)
def test_branches_are_told_as_they_are_written(text: str, written: list[str]) -> None:
    assert [branch.written for branch in sql_branches(text)] == written


@pytest.mark.parametrize(
    ("infant", "school", "branch"),
    [
        ("Y", "Y", "WHEN Infant = 'Y'"),
        ("N", "Y", "WHEN School = 'Y'"),
        ("N", None, "ELSE"),
        (None, "Y", "WHEN School = 'Y'"),
    ],
)
def test_just_one_branch_is_taken(infant: str | None, school: str | None, branch: str) -> None:
    assert taken(AGES, Infant=infant, School=school) == [branch]


def test_a_branch_inside_another_is_taken_with_it() -> None:
    assert taken(NESTED, a="1", b="2") == ["WHEN a = '1'", "WHEN b = '2'"]
    assert taken(NESTED, a="1", b="3") == ["WHEN a = '1'", "ELSE"]
    assert taken(NESTED, a="2", b="2") == ["ELSE"]
