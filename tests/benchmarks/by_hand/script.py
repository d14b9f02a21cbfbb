"""How a script by hand goes through the list of one source: lazily, batch by batch, in the order of its records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl


class Made(NamedTuple):
    """What a batch of records became."""

    leads: pl.DataFrame
    rejects: pl.DataFrame
    invalid_values: pl.DataFrame


class Script(NamedTuple):
    """What is known of the one list that the script is for."""

    #: The fields of a lead, out of the cells, on a day.
    fields: Callable[[date], dict[str, pl.Expr]]
    #: Each field that may be unreadable, with its header.
    checked: Mapping[str, str]
    #: Adds the key of each lead, out of its fields.
    with_key: Callable[[pl.LazyFrame], pl.LazyFrame]

    def made(self, file: Path, *, today: date) -> Iterator[Made]:
        """What the records of the file become, batch by batch."""
        raw = pl.scan_csv(file, infer_schema=False, glob=False)
        headers = raw.collect_schema().names()
        stripped = pl.col(headers).str.strip_chars()
        cells = raw.with_columns(pl.when(stripped != "").then(stripped))
        fields = self.fields(today)
        filled = pl.sum_horizontal(pl.col(name).is_not_null() for name in fields).cast(pl.Int16)
        leads = self.with_key(cells.with_columns(**fields)).with_columns(filled_fields=filled)
        numbered = leads.with_row_index("record_number", offset=1)
        for batch in numbered.collect_batches(chunk_size=50_000, maintain_order=True):
            yield self._parted(batch, headers, list(fields))

    def _parted(self, batch: pl.DataFrame, headers: list[str], fields: list[str]) -> Made:
        """Leads, rejects and invalid values apart."""
        rejected = batch.filter(pl.col("company").is_null())
        leads = batch.filter(pl.col("company").is_not_null()) if rejected.height else batch
        invalid = [
            leads.filter(pl.col(field).is_null() & pl.col(header).is_not_null()).select(
                "record_number",
                pl.lit(field).alias("field"),
                pl.lit(header).alias("header"),
                raw_value=header,
            )
            for field, header in self.checked.items()
        ]
        return Made(
            leads.select("record_number", *fields, "filled_fields", "lead_key"),
            rejected.select("record_number", pl.struct(headers).struct.json_encode().alias("raw_record")),
            pl.concat(invalid).sort("record_number", maintain_order=True),
        )
