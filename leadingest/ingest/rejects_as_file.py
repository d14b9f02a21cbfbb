"""The rejects of a load as a file, to be mended by hand and to join their load: `leadingest replay --file`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from leadingest.errors import UsageError
from leadingest.ingest.replay.rejects_layout import RejectsLayout


def rejects_as_file(batches: Iterable[pl.DataFrame], layout: RejectsLayout) -> Iterator[bytes]:
    """The bytes of the file, piece by piece; `batches` are shaped as REJECTS.

    A header, and each record behind its number: one that could be read is written anew, one that could not stands
    there as it came. It is UTF-8, however the delivery was written and whatever stood above and below its records.
    """
    writer = _Writer(layout)
    yield writer.record((layout.numbered_by, *layout.columns))
    for batch in batches:
        for number, field, raw in batch.select("record_number", "field", "raw_record").iter_rows():
            cells = _cells(raw) if field is not None else None
            yield writer.as_it_came(number, raw or "") if cells is None else writer.record((number, *cells))


def _cells(raw: str | None) -> list[str] | None:
    """The cells of a record that the mapping refused; None where the database could not take the whole of it."""
    try:
        cells = json.loads(raw or "")
    except ValueError:
        return None
    return [str(cell) for cell in cells.values()] if isinstance(cells, dict) else None


class _Writer:
    """Lines and records of a layout."""

    def __init__(self, layout: RejectsLayout) -> None:
        dialect = layout.dialect
        self._delimiter = dialect.delimiter
        self._buffer = io.StringIO(newline="")
        self._csv = csv.writer(
            self._buffer,
            delimiter=dialect.delimiter,
            quoting=csv.QUOTE_NONE if dialect.quote is None else csv.QUOTE_MINIMAL,
            quotechar=dialect.quote,
            escapechar=dialect.escape,
            doublequote=dialect.escape is None,
            # Cells with one of the two in them are quoted then.
            lineterminator="\r\n",
        )

    def as_it_came(self, number: int, raw: str) -> bytes:
        """A record whose cells nobody can tell."""
        return f"{number}{self._delimiter}{raw}\n".encode()

    def record(self, cells: Sequence[object]) -> bytes:
        """A line with these cells."""
        self._buffer.seek(0)
        self._buffer.truncate()
        try:
            self._csv.writerow(cells)
        except csv.Error as error:
            raise UsageError(
                f"record {cells[0]} has {self._delimiter!r} or a line end in a cell, which cannot be "
                "written with `quote: none`",
                hint="remove `quote: none` from the mapping, or set `escape`",
            ) from error
        return self._buffer.getvalue().removesuffix("\r\n").encode() + b"\n"
