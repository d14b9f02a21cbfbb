"""The Parquet files of leads: their columns, and whether a file is what the ledger says of it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
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

#: A Parquet file ends with its footer, the length of that in 4 bytes, and these.
_MAGIC: Final = b"PAR1"
_TAIL: Final = 8
#: Takes in most footers: one has about 100 bytes for each column of each row group.
_LIKELY_FOOTER: Final = 1 << 16


def file_types(table: LoadTable) -> dict[str, pl.DataType]:
    """The columns of a file of leads, in their order.

    They are those of `lead_types`, except that times name their zone, which is UTC: an engine reads one without a zone
    as local time, or not at all.
    """
    types = lead_types(table) | {KEY_IS_SHARED: pl.Boolean()}
    return {
        name: pl.Datetime("us", "UTC") if dtype == pl.Datetime else dtype for name, dtype in types.items()
    }


def refuse_unlike(store: Store, file: DataFile, types: Mapping[str, pl.DataType]) -> None:
    """Look at the end of a file of the store, which is that of `<table>/leads/`.

    A file may be older than a column of the load table. Raises DestinationError where the file is missing, has another
    size or number of rows than is said, no lineage, or a column of another type than these.
    """
    wrong = _wrong(store, file, types)
    if wrong:
        raise DestinationError(
            f"{store.at(file.path)}: {wrong}",
            hint="the file was removed or replaced by something else than leadingest; restore it, or load the delivery anew",
        )


def _wrong(store: Store, file: DataFile, types: Mapping[str, pl.DataType]) -> str:
    try:
        size, end = store.end(file.path, _LIKELY_FOOTER)
        if size != file.size:
            return f"it has {size:,} bytes, and was written with {file.size:,}"
        length = int.from_bytes(end[-_TAIL:-4], "little") + _TAIL
        if len(end) < length <= size:
            _, end = store.end(file.path, length)
    except FileNotFoundError:
        return "it is not there"
    try:
        # What tells of the data is all at the end; nothing else is looked at.
        footer = BytesIO(_MAGIC + end[-length:])
        has = pl.read_parquet_schema(footer)
        rows = pl.scan_parquet(footer).select(pl.len()).collect().item()
    except pl.exceptions.PolarsError:
        return "it is not a Parquet file"
    if rows != file.rows:
        return f"it has {rows:,} rows, and was written with {file.rows:,}"
    if missing := [name for name in (*LINEAGE, KEY_IS_SHARED) if name not in has]:
        return f"it has no column {missing[0]}"
    if other := [name for name, dtype in types.items() if has.get(name, dtype) != dtype]:
        return f"its column {other[0]} is {has[other[0]]}, and {types[other[0]]} in the load table"
    return ""
