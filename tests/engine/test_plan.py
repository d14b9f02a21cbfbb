from __future__ import annotations

import polars as pl

from leadingest.engine.plan import Plan, raw_column
from leadingest.engine.transform import Transform
from tests.engine.trial import TODAY, mapping_of, run, values

PLAN = Plan(
    columns=(0, 2),
    stages=(
        (pl.col(raw_column(0)).str.to_uppercase().alias("a"), pl.col(raw_column(2)).alias("c")),
        ((pl.col("a") + pl.col("c")).alias("ac"),),
        ((pl.col("ac") + pl.col("c")).alias("acc"),),
    ),
    result=(pl.col("acc").alias("field"), pl.col("a").is_null().alias("blank")),
    outcomes=(),
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


def test_a_value_of_which_several_fields_take_parts_is_taken_apart_once() -> None:
    yaml = """
fields:
  address1: {from: Address, us_address: street}
  city: {from: Address, us_address: city, case: title}
  zip: {from: Address, replace: {"*": ""}, us_address: zip}
"""
    transform = Transform(mapping_of(yaml), ["Address"], today=TODAY)
    computed = [expr.meta.output_name() for stage in transform.plan.stages for expr in stage]
    assert len([column for column in computed if column.endswith("apart by us_address")]) == 2
    lead = run(yaml, {"Address": "12 N. WILLOW ST., STE 4 RENO, NV 89501"}).leads[0]
    assert (lead["address1"], lead["city"], lead["zip"]) == ("12 N. WILLOW ST.", "Reno", "89501")


def test_what_two_fields_do_alike_at_first_is_done_once() -> None:
    yaml = """
fields:
  first_name: {from: Contact, split: "/", part: 1, person: first}
  last_name: {from: Contact, split: "/", part: 1, person: last}
  title: {from: Contact, split: "/", part: 2}
"""
    transform = Transform(mapping_of(yaml), ["Contact"], today=TODAY)
    computed = [expr.meta.output_name() for stage in transform.plan.stages for expr in stage]
    assert len([column for column in computed if column.endswith("split")]) == 2
    assert len([column for column in computed if column.endswith("apart by person")]) == 1
    made = run(yaml, {"Contact": "ANN REED/Owner"}, {"Contact": "Vacant"})
    assert [made.leads[0][name] for name in ("first_name", "last_name", "title")] == ["Ann", "Reed", "Owner"]
    assert {each["field"] for each in made.invalid_values} == {"first_name", "last_name", "title"}


def test_a_mapping_of_constants_alone_gives_as_many_leads_as_there_are_records() -> None:
    assert (
        values("fields:\n  schedule: {const: daily}", {"A": ""}, {"A": "x"}, field="schedule")
        == ["daily"] * 2
    )
