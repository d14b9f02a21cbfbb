"""Profiles as they are kept with a load: a JSON document for the delivery, and one for each column."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final, TypeVar

import polars as pl
from pydantic import TypeAdapter, ValidationError

from leadingest.drift.profiles.profile import ColumnProfile, DeliveryProfile

#: Raised when what is kept changes its meaning. Of a document of another version nothing is taken.
VERSION: Final = 1

#: The position of the row that is about the delivery as a whole.
_WHOLE: Final = 0
#: What has a column of its own in the table.
_ASIDE: Final = ("position", "header", "filled")

PROFILES: Final = {
    "position": pl.Int32(),
    "header": pl.String(),
    "filled": pl.Int64(),
    "profile": pl.String(),
}

Profile = TypeVar("Profile")


def profiles_frame(profile: DeliveryProfile) -> pl.DataFrame:
    """The rows of `load_profiles`: position 0 for the delivery as a whole, then one for each column."""
    whole = {name: value for name, value in vars(profile).items() if name != "columns"}
    rows = [(_WHOLE, "", profile.records, _document(whole))]
    for column in profile.columns:
        more = {name: value for name, value in vars(column).items() if name not in _ASIDE}
        rows.append((*(getattr(column, name) for name in _ASIDE), _document(more)))
    return pl.DataFrame(rows, schema=PROFILES, orient="row")


def read_profile(rows: pl.DataFrame) -> DeliveryProfile | None:
    """What `profiles_frame` wrote; None where there are no rows.

    Where a document is missing, broken or of another version, the headers are known all the same, and how much is
    filled.
    """
    whole: dict[str, Any] = {}
    columns = []
    for position, header, filled, text in rows.sort("position").iter_rows():
        if position == _WHOLE:
            whole = {**_parsed(text), "records": filled}
        else:
            columns.append({**_parsed(text), "position": position, "header": header, "filled": filled})
    if not columns:
        return None
    records = whole.get("records", max(column["filled"] for column in columns))
    read = tuple(_column(column, records) for column in columns)
    bare = DeliveryProfile(records=records, columns=read)
    return _validated(_of_deliveries(), {**whole, "records": records, "columns": read}, bare)


def _column(column: dict[str, Any], records: int) -> ColumnProfile:
    bare = {name: column[name] for name in _ASIDE}
    nothing_more = ColumnProfile(**bare, records=records, measured=False)
    return _validated(_of_columns(), column, nothing_more) if "records" in column else nothing_more


def _document(content: dict[str, Any]) -> str:
    # What is in it are dataclasses, which are small, but many: `asdict` would copy all of them first.
    return json.dumps({"version": VERSION, **content}, ensure_ascii=False, default=vars)


def _parsed(text: str | None) -> dict[str, Any]:
    """The content of a document; nothing of one that is broken or of another version."""
    try:
        content = json.loads(text or "")
    except ValueError:
        return {}
    if not isinstance(content, dict) or content.pop("version", None) != VERSION:
        return {}
    return content


@cache
def _of_deliveries() -> TypeAdapter[DeliveryProfile]:
    """It is made when there is something to read: a source that was never loaded has no profile."""
    return TypeAdapter(DeliveryProfile)


@cache
def _of_columns() -> TypeAdapter[ColumnProfile]:
    return TypeAdapter(ColumnProfile)


def _validated(model: TypeAdapter[Profile], content: dict[str, Any], otherwise: Profile) -> Profile:
    try:
        return model.validate_python(content)
    except ValidationError:
        return otherwise
