"""The country of the leads, and what is read by its rules, in a load table for lists of any country."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl

from leadingest.drafting.country import HOME
from leadingest.drafting.proposal import Proposal, named
from leadingest.drafting.sample import SampleColumn, Task, share
from leadingest.tables.types.country import CountryCode
from leadingest.tables.types.regional import Regional

#: So much of the values must be read: as countries, or by the rules of those.
_MOST: Final = 0.8
_SURE: Final = 0.5
#: What else headers call such a field: lists of the United States have these.
_ALSO_CALLED: Final = {"postal_code": ("zip",), "subdivision": ("state", "province", "county")}


def recognize_country(task: Task) -> Iterator[Proposal]:
    """The one country of a list without a column of countries."""
    for name, field in task.table.columns.items():
        if isinstance(field.type, CountryCode) and not _of_countries(task, name):
            doubt = f"the list looks like one of {task.country.code}"
            yield Proposal(name, {"const": task.country.code}, (), _SURE, (doubt,))


def recognize_regional(task: Task) -> Iterator[Proposal]:
    """Columns whose header names a field that is read by the country of the lead, with values that can be read so."""
    for name, field in task.table.columns.items():
        where = field.type.region_of if isinstance(field.type, Regional) else None
        if not isinstance(field.type, Regional) or where is None:
            continue
        countries = _countries(task, where.column)
        for meaning in (name, *_ALSO_CALLED.get(name, ())):
            for column in task.sample.ranked(meaning):
                ways = [field.type.parse_in(pl.col("value"), country) for country in countries]
                values = column.values.alias("value").to_frame()
                if share(values.select(pl.coalesce(ways).is_not_null()).to_series()) >= _MOST:
                    yield Proposal(name, column, (column,), column.sure(meaning), named(column, meaning))


def country_abroad(task: Task) -> str | None:
    """The country that most of the list is of, unless that is the United States."""
    code = task.country.code
    if column := _of_countries(task, "country"):
        read = pl.DataFrame({"code": _codes(column), "times": column.times}).drop_nulls("code")
        code = read.group_by("code").sum().sort("times", "code", descending=[True, False])["code"][0]
    return None if code == HOME else code


def _countries(task: Task, field: str) -> list[str]:
    column = _of_countries(task, field)
    return (
        _codes(column).drop_nulls().unique(maintain_order=True).to_list() if column else [task.country.code]
    )


def _of_countries(task: Task, field: str) -> SampleColumn | None:
    """The column that the field is filled with: its header names it, and its values are countries."""
    columns = task.sample.ranked(field)
    return next((each for each in columns if share(_codes(each).is_not_null()) >= _MOST), None)


def _codes(column: SampleColumn) -> pl.Series:
    values = column.values.alias("value").to_frame()
    return values.select(CountryCode().parse(pl.col("value"), today=date.min)).to_series()
