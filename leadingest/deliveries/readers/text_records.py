"""The records of a text file: what is proven is parsed by polars, what is not was read carefully."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Final

import polars as pl

from leadingest.deliveries.readable import with_readable
from leadingest.deliveries.readers.careful import CarefulReader, Place
from leadingest.deliveries.readers.record_shape import RecordShape
from leadingest.deliveries.readers.regions import Proven, Regions
from leadingest.deliveries.readers.window import Window
from leadingest.deliveries.records import Layout, RecordBatch
from leadingest.errors import BalanceError
from leadingest.mapping.delivery_format import FooterMatch

#: polars takes bytes that begin like this for packed (zlib) or drops them (a byte order mark).
_MISREAD_BEGINNINGS: Final = (b"x", b"\x1f", b"(", b"\xef")


@dataclass(frozen=True, kw_only=True)
class TextRecords:
    """An opened text file; `window` begins behind the header, with line `first_line`."""

    name: str
    headers: tuple[str, ...]
    format: str
    encoding: str
    layout: Layout
    window: Window
    shape: RecordShape
    first_line: int
    footer: int | FooterMatch
    block_size: int
    remarks: tuple[str, ...] = ()

    @property
    def dialect(self) -> str:
        return self.shape.dialect.as_text

    def batches(self) -> Iterator[RecordBatch]:
        """The records, a region of the file at a time."""
        regions = _one_ahead(iter(self._regions()))
        batches = (
            _joined([self._parsed(part) if isinstance(part, Proven) else part for part in parts])
            for parts in regions
        )
        return with_readable(batches, self.name)

    def _regions(self) -> Regions:
        footer = re.compile(self.footer.match) if isinstance(self.footer, FooterMatch) else None
        return Regions(
            self.window,
            self.shape,
            self._careful(self.window),
            size=self.block_size,
            first_line=self.first_line,
            footer=footer,
        )

    def _careful(self, window: Window) -> CarefulReader:
        return CarefulReader(window, self.shape, encoding=self.encoding, name=self.name)

    def _parsed(self, proven: Proven) -> RecordBatch:
        """The records as polars reads them; it refuses what is not UTF-8, and this is then read carefully."""
        try:
            frame = parse_block(proven.data, self.shape)
        except pl.exceptions.PolarsError:
            return self._decoded(proven)
        expected = proven.structure.records
        if frame.height != expected:
            raise self._unbalanced(proven, f"{frame.height} records were parsed")
        numbers = range(proven.first_record, proven.first_record + expected)
        return RecordBatch(frame, numbers, proven.structure.lines(proven.first_line))

    def _decoded(self, proven: Proven) -> RecordBatch:
        careful = self._careful(Window(io.BytesIO(proven.data)))
        place = Place(proven.first_record, proven.first_line)
        batch = _joined(list(careful.pieces(len(proven.data), place)))
        if place.record - proven.first_record != proven.structure.records or batch.rejects.is_empty():
            raise self._unbalanced(
                proven, f"{batch.frame.height} records and {batch.rejects.height} rejects were read"
            )
        return batch

    def _unbalanced(self, proven: Proven, what: str) -> BalanceError:
        return BalanceError(
            f"{self.name}: {what} from line {proven.first_line} on, but "
            f"{proven.structure.records} well-formed records are there",
            hint="this is a fault of leadingest: please report it",
        )


def parse_block(block: bytes, shape: RecordShape) -> pl.DataFrame:
    """A block of proven structure as String columns "0", "1", ... Raises PolarsError unless it is UTF-8."""
    delimiter = shape.dialect.delimiter
    guarded = block.startswith(_MISREAD_BEGINNINGS)
    if guarded:
        block = delimiter.encode() * (shape.cells - 1) + b"\n" + block
    frame = pl.read_csv(
        block,
        has_header=False,
        schema={str(position): pl.String() for position in range(shape.cells)},
        separator=delimiter,
        quote_char=shape.dialect.quote,
        infer_schema=False,
        empty_string_is_null=False,
        glob=False,
    )
    return frame.slice(1) if guarded else frame


def _joined(parts: Sequence[RecordBatch]) -> RecordBatch:
    if len(parts) == 1:
        return parts[0]
    return RecordBatch(
        pl.concat([part.frame for part in parts], rechunk=True),
        list(chain.from_iterable(part.numbers for part in parts)),
        list(chain.from_iterable(part.lines for part in parts)),
        pl.concat([part.rejects for part in parts]),
    )


def _one_ahead(regions: Iterator[list[Proven | RecordBatch]]) -> Iterator[list[Proven | RecordBatch]]:
    """Go through the next region while the one before is being parsed."""
    with ThreadPoolExecutor(1, thread_name_prefix="leadingest-prove") as pool:
        coming = pool.submit(next, regions, None)
        while (here := coming.result()) is not None:
            coming = pool.submit(next, regions, None)
            yield here
