"""Cells that hold for the records below them, until another one is filled: `fill_down`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from leadingest.deliveries.noticed import Noticed
from leadingest.deliveries.records import RecordBatch
from leadingest.deliveries.repeated_header import without_rows
from leadingest.errors import DeliveryError
from leadingest.expressions import trimmed
from leadingest.mapping.header_spelling import position_of


def filled_down(
    batches: Iterator[RecordBatch], names: Sequence[str], headers: Sequence[str], noticed: Noticed, name: str
) -> Iterator[RecordBatch]:
    """The batches with blank cells of the columns filled with the text above, in the order of the file.

    A record with nothing else in it is a title, and is left out. A column that is filled ends what those named after
    it have. Below a record that cannot be read nothing is filled until the next text, for it may have held another one.
    Both are counted in `noticed`. Raises DeliveryError where `headers` lacks one of the names.
    """
    positions = [position_of(column, headers) for column in names]
    if None in positions:
        raise DeliveryError(
            f"{name}: the header {names[positions.index(None)]!r} to fill down is missing or occurs more than once",
            hint="check `fill_down` in the delivery section of the mapping against the file",
        )
    columns = list(map(str, positions))
    above = dict.fromkeys(columns, "")
    after_reject = False
    for batch in batches:
        rejects = batch.rejects["record_number"].sort()
        numbers = pl.Series(batch.numbers, dtype=pl.Int64)
        before = rejects.search_sorted(numbers).cast(pl.Int64)
        broken = (before.diff().fill_null(before.head(1).sum() + after_reject) > 0).alias("broken")
        filled = bool(columns) and batch.frame.height > 0
        yield _filled(batch, columns, above, broken, noticed) if filled else batch
        if rejects.len():
            after_reject = numbers.is_empty() or rejects[-1] > numbers[-1]
        elif numbers.len():
            after_reject = False


def _filled(
    batch: RecordBatch, columns: Sequence[str], above: dict[str, str], broken: pl.Series, noticed: Noticed
) -> RecordBatch:
    """The batch filled; `above` has the texts that hold at its beginning, and then those at its end."""
    frame = batch.frame
    others = [pl.col(column) for column in frame.columns if column not in columns]
    has_own = {column: frame.select(trimmed(pl.col(column)) != "").to_series() for column in columns}
    given = pl.Series([False]).new_from_index(0, frame.height)
    filled: list[pl.Series] = []
    blank = pl.repeat("", frame.height, eager=True)
    for column in columns:
        own = has_own[column]
        # A text of this row, "" where nothing holds any more, null where that of the row above does.
        stops = ~own & (given | broken)
        values = frame[column].zip_with(
            own | stops, pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
        )
        values = values.zip_with(~stops, blank)
        filled.append(values.fill_null(strategy="forward").fill_null(above[column]).alias(column))
        given = given | own
        above[column] = filled[-1][-1]
        noticed.not_filled += int((~own & broken).sum())
    titles = frame.select(
        pl.all_horizontal(pl.lit(True), *(trimmed(each) == "" for each in others))
    ).to_series()
    rows = (titles & given).arg_true().to_list() if others else []
    noticed.titles += len(rows)
    batch = replace(batch, frame=frame.with_columns(filled))
    return without_rows(batch, rows) if rows else batch
