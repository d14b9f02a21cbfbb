"""Tests of leadingest.operations.sql_branches."""

from __future__ import annotations

import polars as pl
import pytest

from leadingest.operations.sql.node import column_of
from leadingest.operations.sql_branches import sql_branches

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
