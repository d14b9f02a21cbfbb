from __future__ import annotations

import polars as pl

from leadingest.expressions.let import let


def test_the_value_is_evaluated_once_however_often_it_is_used() -> None:
    calls: list[int] = []

    def counted(values: pl.Series) -> pl.Series:
        calls.append(len(values))
        return values + 1

    value = pl.col("a").map_batches(counted, return_dtype=pl.Int64, is_elementwise=True)
    frame = pl.DataFrame({"a": [1, None]}).lazy().select(b=let(value, lambda it: it * it + it)).collect()
    assert frame["b"].to_list() == [6, None]
    assert sum(calls) == 2


def test_one_may_stand_in_another() -> None:
    expr = let(pl.col("a") + 1, lambda outer: let(outer * 2, lambda inner: inner + inner) + outer)
    assert pl.DataFrame({"a": [1]}).select(b=expr)["b"].to_list() == [10]


def test_the_columns_it_reads_are_known() -> None:
    assert let(pl.col("a"), lambda it: it + it).meta.root_names() == ["a"]
