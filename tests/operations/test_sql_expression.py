"""Tests of leadingest.operations.sql_expression: what a mapping may compute, and what it may not."""

from __future__ import annotations

import polars as pl
import pytest

from leadingest.errors import FaultError
from leadingest.operations.sql.node import column_of
from leadingest.operations.sql_expression import kind_of, kind_of_sql, names_read, parse_sql


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("CASE WHEN Infant = 'Y' THEN 0 ELSE 1 END", ("Infant",)),
        ("\"Street No\" || ' ' || Street", ("Street No", "Street")),
        ("a LIKE 'x%' AND b NOT IN ('q')", ("a", "b")),
        ("TRY_CAST(a AS INT) > 0", ("a",)),
        ("a = 'select one from many over all'", ("a",)),
        ("TRIM(LEADING 'x' FROM a)", ("a",)),
        ("a IS DISTINCT FROM b", ("a", "b")),
        ("NOT (a = 'x' OR b = 'y')", ("a", "b")),
        ("NOT a LIKE 'x%'", ("a",)),
        ("NOT (a IS NULL)", ("a",)),
        ("'always'", ()),
    ],
)
def test_the_names_an_expression_reads_are_known(text: str, names: tuple[str, ...]) -> None:
    assert names_read(text) == names


def test_the_kind_of_what_an_expression_gives_is_known() -> None:
    assert kind_of(parse_sql("CASE WHEN a = 'x' THEN 1 END"), {column_of("a"): pl.String()}) == pl.Int32


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1", "cannot be computed: a = 1 takes a text and a number, which does not work"),
        ("b || UPPER(a + 1)", "cannot be computed: a + 1 takes a text and a number, which does not work"),
        (
            "TRY_CAST(a AS DATE) IS NULL",
            "cannot be computed: TRY_CAST(a AS DATE) takes a text, which does not work",
        ),
        ("YEAR(a)", "cannot be computed: YEAR(a) takes a text, which does not work"),
        (
            "STRING_TO_ARRAY(a, ',')",
            "gives a list; ARRAY_GET(list, n) or ARRAY_TO_STRING(list, ', ') makes a value",
        ),
        ("d - d", "gives a span of time; compare it"),
    ],
)
def test_what_cannot_be_computed_is_told_in_our_words(text: str, message: str) -> None:
    with pytest.raises(FaultError) as refused:
        kind_of_sql(text, {"a": pl.String(), "b": pl.String(), "d": pl.Date()})
    assert str(refused.value).startswith(message)
