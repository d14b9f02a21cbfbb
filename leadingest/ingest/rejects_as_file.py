"""The rejects of a load as a file like the delivery, to be mended by hand and loaded."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import polars as pl

from leadingest.deliveries.readers.dialect import Dialect
from leadingest.mapping.delivery_format import DeliveryFormat, RowNames

#: Stands in lines and rows that the mapping passes over.
_PASSED_OVER: Final = "-"


def rejects_as_file(
    batches: Iterable[pl.DataFrame], headers: Sequence[str], fmt: DeliveryFormat, *, dialect: str = ""
) -> Iterator[bytes]:
    """The bytes of the file, piece by piece; `batches` are shaped as REJECTS.

    `dialect` is what the load was read in, as `loads` has it; it counts where the mapping does not name one.

    The mapping whose `fmt` it is reads the file like the delivery: lines to be passed over, the header, the
    footer, delimiter and encoding are as it says. A record that could be read is written anew; one that could
    not stands there as it came.
    """
    writer = _Writer(fmt, _dialect(fmt, dialect))
    yield from map(writer.line, [_PASSED_OVER] * _lines_before(fmt))
    if fmt.header != "none":
        yield writer.record(headers[1:] if isinstance(fmt.header, RowNames) else headers)
    for batch in batches:
        for field, raw in batch.select("field", "raw_record").iter_rows():
            if field is None:
                yield writer.line(raw or "")
            else:
                yield writer.record([str(cell) for cell in json.loads(raw).values()])
    yield from map(writer.line, [_PASSED_OVER] * (fmt.footer if isinstance(fmt.footer, int) else 0))


def _lines_before(fmt: DeliveryFormat) -> int:
    """How many lines the mapping passes over before the header."""
    return fmt.skip_lines + (fmt.header - 1 if isinstance(fmt.header, int) else 0)


def _dialect(fmt: DeliveryFormat, found: str) -> Dialect:
    if found and fmt.delimiter is None:
        return Dialect.from_text(found)
    return Dialect.of(fmt, default_delimiter="\t" if fmt.format == "tsv" else ",")


class _Writer:
    """Lines and records, as the mapping reads them."""

    def __init__(self, fmt: DeliveryFormat, dialect: Dialect) -> None:
        self._encoding = fmt.encoding[0] if fmt.encoding else "utf-8"
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

    def line(self, text: str) -> bytes:
        """A line that is written as it is."""
        # What the encoding has no sign for stands as in the table: `\xe9`.
        return f"{text}\n".encode(self._encoding, "backslashreplace")

    def record(self, cells: Sequence[str]) -> bytes:
        """A line with these cells."""
        self._buffer.seek(0)
        self._buffer.truncate()
        self._csv.writerow(cells)
        return self.line(self._buffer.getvalue().removesuffix("\r\n"))
