"""The Parquet files of leads: their columns, and how a file is looked at without reading it."""

from __future__ import annotations

from typing import Final

import polars as pl

from leadingest.destinations.leads import lead_types
from leadingest.tables.load_table import LoadTable

#: Beside a lead: whether its load has other leads with the same `lead_key` that are not the same lead, see `SharedKeys`.
#: So one table is enough for an engine to tell which leads are shown.
KEY_IS_SHARED: Final = "key_is_shared"


def file_types(table: LoadTable) -> dict[str, pl.DataType]:
    """The columns of a file of leads, in their order.

    They are those of `lead_types`, except that times name their zone, which is UTC: an engine reads one without a zone
    as local time, or not at all.
    """
    types = lead_types(table) | {KEY_IS_SHARED: pl.Boolean()}
    return {
        name: pl.Datetime("us", "UTC") if dtype == pl.Datetime else dtype for name, dtype in types.items()
    }
