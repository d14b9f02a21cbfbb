"""Tests of leadingest.operations.sql_expression: what a mapping may compute, and what it may not."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from leadingest.operations.sql_expression import kind_of, names_read, parse_sql


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


@pytest.mark.parametrize(
    "text",
    [
        "(SELECT a FROM read_csv('{file}'))",
        "a IN (SELECT 1)",
        "EXISTS (SELECT 1)",
        "(FROM read_csv('{file}'))",
        "SELECT 1",
    ],
)
def test_no_expression_reads_a_file_or_a_table(text: str, tmp_path: Path) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"must be an SQL expression|is not an SQL expression"):
        parse_sql(text.format(file=file))


@pytest.mark.parametrize(
    "text",
    [
        "MAX(a)",
        "a || MAX(a)",
        "COUNT(*)",
        "FIRST(a)",
        "ROW_NUMBER() OVER (ORDER BY a)",
        "RANK() OVER (ORDER BY a)",
        "SUM(a) > 1",
    ],
)
def test_no_expression_looks_at_other_records(text: str) -> None:
    with pytest.raises(ValueError, match="must look at one record only"):
        parse_sql(text)


@pytest.mark.parametrize("text", ["CAST(a AS INT)", "a::INT > 1", "NOT a", "NOT CAST(a AS BOOLEAN)"])
def test_no_expression_stops_at_a_bad_value(text: str) -> None:
    with pytest.raises(ValueError, match="write TRY_CAST"):
        parse_sql(text)


@pytest.mark.parametrize("text", ["DATE(a)", "STRPTIME(a, '%Y') IS NULL", "TIMESTAMP(a)"])
def test_no_expression_stops_at_a_text_that_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="must not read dates"):
        parse_sql(text)


@pytest.mark.parametrize("text", ["", "a =", "nonsense(a)", "a; DROP TABLE b"])
def test_what_is_no_expression_is_said_so(text: str) -> None:
    with pytest.raises(ValueError, match="is not an SQL expression"):
        parse_sql(text)


def test_the_kind_of_what_an_expression_gives_is_known() -> None:
    assert kind_of(parse_sql("CASE WHEN a = 'x' THEN 1 END"), {"a": pl.String()}) == pl.Int32


@pytest.mark.parametrize("text", ["a = 1", "a + 1 > 2", "REGEXP_LIKE(a, '(')"])
def test_what_cannot_be_computed_is_said_so(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be computed: "):
        kind_of(parse_sql(text), {"a": pl.String()})
