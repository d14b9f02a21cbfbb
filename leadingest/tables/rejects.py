"""The shape of rejects, wherever they come from."""

from typing import Final

import polars as pl

#: One row per rejected record. `field` is null where the record could not be read at all.
REJECTS: Final[dict[str, type[pl.DataType]]] = {
    "record_number": pl.Int64,
    "line_number": pl.Int64,
    "field": pl.String,
    "rule": pl.String,
    "message": pl.String,
    "raw_record": pl.String,
}

#: What a text that is kept as it came ends with where a database could not take the whole of it.
CUT = " [... cut: longer than what the server's max_allowed_packet takes]"
