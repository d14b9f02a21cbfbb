"""Tests of leadingest.operations.sql.functions: what each function gives, record by record."""

from __future__ import annotations

import datetime as dt
import random

import polars as pl
import pytest
from polars.testing import assert_series_equal

from leadingest.errors import FaultError
from leadingest.operations.sql.functions import FUNCTIONS
from leadingest.operations.sql.functions.function import Function
from leadingest.operations.sql.node import column_of
from leadingest.operations.sql.operators import DATE_PARTS, OPERATORS, REFUSED, TYPES, UNICODE_FORMS
from leadingest.operations.sql_expression import kind_of_sql, parse_sql

#: Records with a text, two numbers, a condition, a date and a time each; some with nothing.
RECORDS = pl.DataFrame(
    {
        "t": ["Reno, NV", "ann", "", None, "A-1,b", "É", "x\ny", "007"],
        "u": [",", "a", "x", "y", None, "É", "y", "0"],
        "n": [7, -7, 0, None, 3, 1, 2, 12],
        "f": [0.5, -0.5, 0.0, None, 0.25, 1.0, 2.5, 1e9],
        "b": [True, False, None, True, False, True, True, False],
        "d": [dt.date(2026, 2, 28), dt.date(2024, 2, 29), None, dt.date(1999, 12, 31)] * 2,
        "w": [dt.datetime(2026, 2, 28, 10, 20, 30), dt.datetime(2024, 2, 29), None, dt.datetime(1999, 12, 31)]
        * 2,
    }
)
#: As expressions read them.
COLUMNS = RECORDS.rename(column_of)
LIST = "STRING_TO_ARRAY(t, u)"


def calls(function: Function) -> list[str]:
    """Calls of the function over names, with whatever goes into it."""
    written = {
        "TRIM": ["TRIM(t)", "TRIM(BOTH 'x' FROM t)", "TRIM(LEADING '0' FROM t)", "TRIM(TRAILING t)"],
        "SUBSTRING": ["SUBSTRING(t FROM 2 FOR 2)", "SUBSTRING(t, n)", "SUBSTRING(t FROM n FOR ABS(n))"],
        "POSITION": ["POSITION(u IN t)"],
        "NORMALIZE": [f"NORMALIZE(t, {form})" for form in UNICODE_FORMS],
        "EXTRACT": [f"EXTRACT({part} FROM w)" for part in DATE_PARTS],
        "DATE_PART": [f"DATE_PART('{part.lower()}', w)" for part in DATE_PARTS],
        "TRY_CAST": [f"TRY_CAST({name} AS {kind})" for kind in TYPES for name in "tnfbdw"],
        "SAFE_CAST": ["SAFE_CAST(t AS INT)"],
        "IF": ["IF(b, t, u)", "IF(n > 1, n, f)"],
        "STRFTIME": ["STRFTIME(d, '%d.%m.%Y %j')", "STRFTIME(w, '%H:%M:%S')"],
        "REGEXP_LIKE": ["REGEXP_LIKE(t, '^[a-r]', 'i')", "REGEXP_LIKE(u, 'x')"],
        "REGEXP_REPLACE": ["REGEXP_REPLACE(t, '([a-z])', '<\\1>')"],
        "ARRAY_GET": [f"ARRAY_GET({LIST}, 2)", f"ARRAY_GET({LIST}, n)"],
        "ARRAY_CONTAINS": [f"ARRAY_CONTAINS({LIST}, u)"],
    }
    if function.name in written:
        return written[function.name]
    if function.name.startswith("ARRAY"):
        more = ", '; '" if len(function.arguments) > 1 else ""
        call = f"{function.name}({LIST}{more})"
        return [
            call if function.name in ("ARRAY_LENGTH", "ARRAY_TO_STRING") else f"ARRAY_TO_STRING({call}, '|')"
        ]
    if function.name == "STRING_TO_ARRAY":
        return [f"ARRAY_TO_STRING({LIST}, '|')", "ARRAY_TO_STRING(STRING_TO_ARRAY(t, ','), '|')"]
    values = {"count": "2", "text": "'x'", "pattern": "'a'", "flags": "'i'", "value": "{}"}
    wanted = [values[each] for each in function.arguments] + (["{}"] if function.variadic else [])
    shorter = [
        wanted[:length] for length in range(len(function.arguments) - function.optional, len(wanted) + 1)
    ]
    filled = [
        ("t", "u", "u"),
        ("n", "n", "n"),
        ("f", "n", "n"),
        ("t", "n", "n"),
        ("d", "d", "d"),
        ("w", "w", "w"),
    ]
    filled += [("t", "u", "n")]
    return [
        f"{function.name}({', '.join(piece.format(name) for piece, name in zip(pieces, names, strict=False))})"
        for pieces in shorter
        for names in filled
    ]


def computable(texts: list[str]) -> dict[str, pl.Series]:
    """The expressions whose types go together, each with what it gives: lint has said that it can be computed."""
    found = {}
    for text in texts:
        try:
            kind_of_sql(text, RECORDS.schema)
        except FaultError:
            continue
        found[text] = COLUMNS.select(parse_sql(text).alias("value"))["value"]
    return found


def assert_each_record_is_by_itself(text: str, whole: pl.Series) -> None:
    """What the expression gives for shuffled, repeated and single records is what it gave for all."""
    expression = parse_sql(text).alias("value")
    constant = len(whole) != RECORDS.height
    order = random.Random(7).choices(range(RECORDS.height), k=3 * RECORDS.height)
    mixed = COLUMNS[order].with_columns(expression)["value"]
    alone = pl.concat(
        [COLUMNS[at : at + 1].with_columns(expression)["value"] for at in range(RECORDS.height)]
    )
    expected = pl.Series("value", [whole[0]] * RECORDS.height, whole.dtype) if constant else whole
    assert_series_equal(mixed, expected[order])
    assert_series_equal(alone, expected)


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_the_example_of_a_function_gives_what_it_says(function: Function) -> None:
    assert pl.select(parse_sql(function.example).cast(pl.String)).item() == function.gives


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_what_a_function_gives_for_a_record_depends_on_that_record_alone(function: Function) -> None:
    found = computable(calls(function))
    assert found
    for text, whole in found.items():
        assert_each_record_is_by_itself(text, whole)


FORMS = [
    "NOT b = TRUE",
    "t IS NULL",
    "b IS NOT TRUE",
    "t IS DISTINCT FROM u",
    "n IS NOT DISTINCT FROM 7",
    "t IN ('ann', u, NULL)",
    "n NOT IN (7, 3)",
    "t BETWEEN 'a' AND u",
    "n NOT BETWEEN 0 AND 5",
    "t LIKE '%a_'",
    "t NOT ILIKE 'A%'",
    "t RLIKE '[0-9]'",
    "t NOT REGEXP 'n'",
    "CASE WHEN n > 1 THEN t WHEN b THEN u END",
    "CASE t WHEN 'ann' THEN 1 WHEN u THEN 2 ELSE n END",
    "d + INTERVAL '1 month 2 days'",
    "w - INTERVAL '90 minutes'",
    "d - DATE '2026-01-01' > INTERVAL '30 days'",
    "w >= TIMESTAMP '2024-03-01 10:00'",
    "- n + + f",
]


@pytest.mark.parametrize("text", FORMS)
def test_what_a_form_gives_for_a_record_depends_on_that_record_alone(text: str) -> None:
    ((text, whole),) = computable([text]).items()
    assert_each_record_is_by_itself(text, whole)


@pytest.mark.parametrize("sign", OPERATORS)
def test_what_an_operator_gives_for_a_record_depends_on_that_record_alone(sign: str) -> None:
    right = ["'a%'"] if OPERATORS[sign].pattern else ["t", "u", "n", "f", "b", "d", "w"]
    found = computable([f"{left} {sign} {each}" for left in "tunfbdw" for each in right])
    assert found
    for text, whole in found.items():
        assert_each_record_is_by_itself(text, whole)


@pytest.mark.parametrize("word", [word for word in REFUSED if word not in FUNCTIONS])
def test_what_is_not_on_the_list_is_refused_with_the_reason(word: str) -> None:
    with pytest.raises(FaultError, match=f"must not use {word}: it "):
        parse_sql(f"UPPER({word}(t))")


def test_no_function_is_both_allowed_and_refused() -> None:
    assert not set(FUNCTIONS) & set(REFUSED)
