"""The Parquet files of leads: their columns, and whether a file is what the ledger says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from leadingest.destinations.lake.readers import DataFile
from leadingest.destinations.leads import LINEAGE, lead_types
from leadingest.errors import DestinationError
from leadingest.stores.store import Store
from leadingest.tables.load_table import LoadTable

#: Beside a lead: whether its load has other leads with the same `lead_key` that are not the same lead, see `SharedKeys`.
#: So one table is enough for an engine to tell which leads are shown.
KEY_IS_SHARED: Final = "key_is_shared"


def file_types(table: LoadTable) -> dict[str, pl.DataType]:
    """The columns of a file of leads, in their order.

    They are those of `lead_types`, except that numbers have 64 bits, and times name their zone, which is UTC: an engine
    reads one without a zone as local time, or not at all.
    """
    types = lead_types(table) | {KEY_IS_SHARED: pl.Boolean()}
    return {name: type_in_file(dtype) for name, dtype in types.items()}


def type_in_file(dtype: pl.DataType) -> pl.DataType:
    """How the type of a frame is kept."""
    if dtype.is_integer():
        return pl.Int64()
    return pl.Datetime("us", "UTC") if isinstance(dtype, pl.Datetime) else dtype


def scan(store: Store, *keys: str, schema: Mapping[str, pl.DataType] | None = None) -> pl.LazyFrame:
    """The rows of Parquet files, one behind the other, read where they lie.

    With `schema` they have these columns, whatever else they have; one that a file lacks is blank.
    """
    places = [store.to_scan(key) for key in keys]
    return pl.scan_parquet(
        [place.source for place in places],
        schema=dict(schema) if schema else None,
        missing_columns="insert" if schema else "raise",
        extra_columns="ignore" if schema else "raise",
        storage_options=places[0].options or None,
        # It has its credentials from the variables, as everything else; to look for others takes half a second.
        credential_provider=None,
        glob=False,
        hive_partitioning=False,
    )


def refuse_unlike(store: Store, file: DataFile, types: Mapping[str, pl.DataType]) -> None:
    """Look at the end of a file of the store, which is that of `<table>/leads/`.

    A file may be older than a column of the load table. Raises DestinationError where the file is missing, has another
    size or number of rows than is said, no lineage, or a column of another type than these.
    """
    if wrong := _wrong(store, file, types):
        raise DestinationError(
            f"{store.at(file.path)}: {wrong}",
            hint="the file was removed or replaced by something else than leadingest; restore it, or load the delivery anew",
        )


def _wrong(store: Store, file: DataFile, types: Mapping[str, pl.DataType]) -> str:
    found = store.found(file.path)
    if found is None:
        return "it is not there"
    if found.size != file.size:
        return f"it has {found.size:,} bytes, and was written with {file.size:,}"
    scanned = scan(store, file.path)
    try:
        # Both stand at the end of the file; nothing else is read.
        has = scanned.collect_schema()
        rows = scanned.select(pl.len()).collect().item()
    except pl.exceptions.PolarsError:
        return "it is not a Parquet file"
    if rows != file.rows:
        return f"it has {rows:,} rows, and was written with {file.rows:,}"
    if missing := [name for name in (*LINEAGE, KEY_IS_SHARED) if name not in has]:
        return f"it has no column {missing[0]}"
    if other := [name for name, dtype in types.items() if has.get(name, dtype) != dtype]:
        return f"its column {other[0]} is {has[other[0]]}, and {types[other[0]]} in the load table"
    return ""
