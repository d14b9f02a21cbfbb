from __future__ import annotations

import polars as pl

from leadingest.expressions.distinct import LONGEST, on_distinct


def test_the_function_is_called_once_for_each_distinct_value_and_never_for_null() -> None:
    calls: list[str] = []

    def shortened(text: str) -> str | None:
        calls.append(text)
        return text[0] if len(text) > 1 else None

    frame = pl.DataFrame({"a": ["Reno", None, "Elko", "Reno", "x"]})
    assert frame.select(on_distinct(pl.col("a"), shortened))["a"].to_list() == ["R", None, "E", "R", None]
    assert sorted(calls) == ["Elko", "Reno", "x"]


def test_a_column_without_values_stays_one() -> None:
    for values in ([], [None, None]):
        frame = pl.DataFrame({"a": values}, schema={"a": pl.String})
        assert frame.select(on_distinct(pl.col("a"), str.upper))["a"].to_list() == values


def test_a_text_that_is_too_long_is_not_given_to_the_function() -> None:
    frame = pl.DataFrame({"a": ["x" * LONGEST, "x" * (LONGEST + 1)]})
    assert frame.select(on_distinct(pl.col("a"), lambda _: "read"))["a"].to_list() == ["read", None]
    unlimited = on_distinct(pl.col("a"), lambda _: "read", longest=None)
    assert frame.select(unlimited)["a"].to_list() == ["read", "read"]
