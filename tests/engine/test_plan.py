from __future__ import annotations

import polars as pl

from leadingest.engine.plan import Plan, raw_column

PLAN = Plan(
    columns=(0, 2),
    stages=(
        (pl.col(raw_column(0)).str.to_uppercase().alias("a"), pl.col(raw_column(2)).alias("c")),
        ((pl.col("a") + pl.col("c")).alias("ac"),),
        ((pl.col("ac") + pl.col("c")).alias("acc"),),
    ),
    result=(pl.col("acc").alias("field"), pl.col("a").is_null().alias("blank")),
    outcomes=(),
    fallible=(),
    unique={},
    trails={},
)
RECORDS = pl.LazyFrame({"0": ["x", "y"], "1": ["", ""], "2": ["1", "2"]})


def test_columns_go_when_nothing_reads_them_any_more_and_the_result_is_the_same() -> None:
    result = PLAN.apply(RECORDS).collect()
    assert result.to_dict(as_series=False) == {"field": ["X11", "Y22"], "blank": [False, False]}
    assert result.equals(PLAN.every_column(RECORDS).select(PLAN.result).collect())
    plan = PLAN.apply(RECORDS).explain(optimized=False)
    (last,) = [line for line in plan.splitlines() if '.alias("acc")' in line]
    assert 'col("a")' in last
    assert raw_column(0) not in last


def test_every_column_is_there_for_those_who_want_to_see_the_way() -> None:
    assert PLAN.every_column(RECORDS).collect_schema().names() == [
        raw_column(0),
        raw_column(2),
        "a",
        "c",
        "ac",
        "acc",
    ]
