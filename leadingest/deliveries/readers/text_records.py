"""The records of a text file: what is proven is parsed by polars, what is not was read carefully."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter
from typing import Final

import polars as pl

from leadingest.deliveries.batch_filters import (
    filled_down,
    with_readable,
    with_total_row,
    without_repeated_header,
)
from leadingest.deliveries.byte_streams import Readable
from leadingest.deliveries.encoding import bytes_in_file
from leadingest.deliveries.footer import held_back
from leadingest.deliveries.noticed import Noticed
from leadingest.deliveries.readers.broken_lines import together, with_joined_lines
from leadingest.deliveries.readers.careful_reader import CarefulReader, RecordPosition
from leadingest.deliveries.readers.decodable import decodable
from leadingest.deliveries.readers.dialect import RecordShape
from leadingest.deliveries.readers.regions import Known, Proven, Region, Regions
from leadingest.deliveries.readers.window import Window
from leadingest.deliveries.records import Layout, RecordBatch, cut
from leadingest.deliveries.repeat import Repeat
from leadingest.errors import BalanceError
from leadingest.mapping.delivery_format import FooterMatch

#: polars takes bytes that begin like this for packed (zlib) or drops them (a byte order mark).
_MISREAD_BEGINNINGS: Final = (b"x", b"\x1f", b"(", b"\xef")


@dataclass(frozen=True, kw_only=True)
class TextLayout:
    """All that must be known of a text file to read its records: it can be sent to another process."""

    name: str
    #: Those of the file.
    headers: tuple[str, ...]
    header_rows: tuple[tuple[str, ...], ...]
    #: The columns whose cells hold for the records below them.
    fill_down: tuple[str, ...]
    #: What the records become that have several leads.
    repeat: Repeat
    format: str
    encoding: str
    #: That of the lines which are not in it, if there are any.
    other_encoding: str | None
    layout: Layout
    shape: RecordShape
    footer: int | FooterMatch
    block_size: int
    most_records: int
    found_out: tuple[str, ...] = ()

    def window(self, stream: Readable) -> Window:
        """The records of the stream, which is UTF-8, as they are read."""
        return Window(
            stream,
            held=held_back(self.footer),
            searched=isinstance(self.footer, FooterMatch),
            hollow=self.shape.hollow.encode(),
            bytes_in_file=bytes_in_file(self.encoding) or len,
        )


@dataclass(frozen=True, kw_only=True)
class TextRecords:
    """Records of a text file: those of the window, which begins behind the header or with a later record."""

    file: TextLayout
    window: Window
    noticed: Noticed
    #: The first record of the window.
    place: RecordPosition
    #: The byte of the file with which it begins.
    start: int
    #: Whether the file has other records, and the bytes in which those begin that are to be read; None for all to its end.
    is_part: bool = False
    own: int | None = None
    #: What of these bytes was proven before.
    known: tuple[Known, ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        return self.file.repeat.headers

    @property
    def absent(self) -> tuple[str, ...]:
        return self.file.repeat.absent

    @property
    def encoding(self) -> str:
        return self.file.encoding

    @property
    def format(self) -> str:
        return self.file.format

    @property
    def layout(self) -> Layout:
        return self.file.layout

    @property
    def remarks(self) -> tuple[str, ...]:
        return (*self.file.found_out, *self.noticed.remarks())

    @property
    def dialect(self) -> str:
        return self.file.shape.dialect.as_text

    def batches(self) -> Iterator[RecordBatch]:
        """The records, a region of the file at a time, or less."""
        file, regions = self.file, _one_ahead(iter(self.regions(replace(self.place))))
        pieces = (piece for region in regions for piece in cut(self._batch(region), file.most_records))
        batches: Iterator[RecordBatch] = pieces
        if file.shape.joins:
            batches = with_joined_lines(batches, file.shape, self.noticed)
        for row in file.header_rows:
            batches = without_repeated_header(batches, row, self.noticed)
        if file.fill_down:
            batches = filled_down(batches, file.fill_down, file.headers, self.noticed, file.name)
        # A part of a list may have nothing but rejects.
        filled = filter(attrgetter("records"), batches)
        readable = filled if self.is_part else with_readable(batches, file.name)
        return file.repeat.batches(with_total_row(readable, self.noticed))

    def regions(self, place: RecordPosition, *, most: int | None = None) -> Regions:
        """The records as they are told apart, by so many bytes; `place` is where the first is, and moves on with them."""
        return Regions(
            self.window,
            self.file.shape,
            self._careful(self.window),
            size=min(self.file.block_size, most or self.file.block_size),
            place=place,
            own=self.own,
            known=self.known,
            footer=self.file.footer,
        )

    def _careful(self, window: Window) -> CarefulReader:
        careful = CarefulReader(window, self.file.shape, encoding=self.encoding, name=self.file.name)
        careful.noticed = self.noticed
        return careful

    def _batch(self, region: Region) -> RecordBatch:
        """All records of a region, what is proven parsed in one go: each call of polars costs something."""
        careful, frame = [region.careful], self._parsed(region)
        if frame is None:
            # Something is not UTF-8, and only the records that have it must be read carefully.
            region = self._decodable(region)
            careful.append(region.careful)
            frame = self._parsed(region)
        if frame is None:
            raise self._unbalanced(region, "nothing could be parsed")
        if not region.proven:
            return together(careful)
        numbers = _one_after_another([_numbers(part) for part in region.proven])
        lines = _one_after_another([part.structure.lines(part.first_line) for part in region.proven])
        return together([RecordBatch(frame, numbers, lines), *careful])

    def _parsed(self, region: Region) -> pl.DataFrame | None:
        """The proven records as polars reads them; None where it refuses them, for something is not UTF-8."""
        if not region.proven:
            return pl.DataFrame()
        try:
            frame = parse_block(region.data, self.file.shape)
        except pl.exceptions.PolarsError:
            return None
        if frame.height != region.proven_records:
            raise self._unbalanced(region, f"{frame.height} records were parsed")
        return frame

    def _decodable(self, region: Region) -> Region:
        rest = decodable(region, self.file.shape, self._careful)
        if rest.records + rest.careful.rejects.height != region.proven_records:
            what = f"{rest.careful.frame.height} records and {rest.careful.rejects.height} rejects were read"
            raise self._unbalanced(region, what)
        return rest

    def _unbalanced(self, region: Region, what: str) -> BalanceError:
        return BalanceError(
            f"{self.file.name}: {what} from line {region.proven[0].first_line} on, but {region.proven_records} well-formed "
            "records are there",
            hint="this is a bug in leadingest: please report it",
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
    # Of several pieces polars would compute each by itself, and every expression costs something each time.
    return frame.slice(int(guarded)).rechunk()


def _numbers(proven: Proven) -> range:
    return range(proven.first_record, proven.first_record + proven.structure.records)


def _one_after_another(parts: Sequence[Sequence[int]]) -> Sequence[int]:
    """The numbers of all parts: a range where they go on from each to the next."""
    first, total = parts[0][0], sum(map(len, parts))
    if all(isinstance(part, range) for part in parts) and parts[-1][-1] - first + 1 == total:
        return range(first, first + total)
    return list(chain.from_iterable(parts))


def _one_ahead(regions: Iterator[Region]) -> Iterator[Region]:
    """Go through the next region while the one before is being parsed."""
    with ThreadPoolExecutor(1, thread_name_prefix="leadingest-prove") as pool:
        coming = pool.submit(next, regions, None)
        while (here := coming.result()) is not None:
            coming = pool.submit(next, regions, None)
            yield here
