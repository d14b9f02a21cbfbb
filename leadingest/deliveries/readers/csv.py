"""Read delimited text: proven block by block, parsed by polars."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import polars as pl

from leadingest.deliveries.byte_stream import HeadedStream
from leadingest.deliveries.compression import open_unpacked
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.encoding import as_utf8, not_utf8
from leadingest.deliveries.foreign import refuse_foreign
from leadingest.deliveries.readers.blocks import MOST_RECORD_BYTES, Block, record_blocks
from leadingest.deliveries.readers.careful import careful_batches
from leadingest.deliveries.readers.dialect import Dialect
from leadingest.deliveries.readers.structure import Fault, Structure, check_structure
from leadingest.deliveries.readers.text_faults import fault_error
from leadingest.deliveries.readers.text_header import TextHeader, find_text_header
from leadingest.deliveries.records import RecordBatch, Records
from leadingest.errors import BalanceError, DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat

#: The header must end within so many bytes.
_HEAD_SIZE: Final = 4 << 20
#: The kind of line end is told from so many bytes.
_LINE_END_SIZE: Final = 1 << 16
#: polars takes bytes that begin like this for packed (zlib) or drops them (a byte order mark).
_MISREAD_BEGINNINGS: Final = (b"x", b"\x1f", b"(", b"\xef")


@contextmanager
def read_csv(
    delivery: Delivery, fmt: DeliveryFormat, /, *, format_name: str, block_size: int
) -> Iterator[Records]:
    """The records of a csv or tsv file (they differ in the default delimiter only)."""
    name = delivery.name
    with open_unpacked(delivery, fmt) as plain:
        headed = HeadedStream(plain, _LINE_END_SIZE)
        refuse_foreign(headed, name)
        text, encoding = as_utf8(headed, fmt.encoding, name)
        stream = HeadedStream(text, _HEAD_SIZE)
        dialect = Dialect.of(fmt, default_delimiter="\t" if format_name == "tsv" else ",")
        returns_only = b"\n" not in stream.head[:_LINE_END_SIZE] and b"\r" in stream.head[:_LINE_END_SIZE]
        header = find_text_header(
            stream.head, fmt, dialect, line_end=b"\r" if returns_only else b"\n", name=name
        )
        if header.offset == len(stream.head) and not stream.whole:
            raise DeliveryError(
                f"{name}: line {header.line}: the header does not end within {_HEAD_SIZE >> 20} MiB",
                hint="check `delimiter`, `quote` and `header` of the mapping",
            )
        stream.skip(header.offset)
        yield _CsvRecords(
            name=name,
            header=header,
            encoding=encoding,
            format=format_name,
            stream=stream,
            dialect=dialect,
            fmt=fmt,
            block_size=block_size,
            returns_only=returns_only,
        )


@dataclass(frozen=True)
class _Proven:
    block: bytes
    structure: Structure
    first_line: int


@dataclass(frozen=True, kw_only=True)
class _CsvRecords:
    name: str
    header: TextHeader
    encoding: str
    format: str
    stream: HeadedStream
    dialect: Dialect
    fmt: DeliveryFormat
    block_size: int
    #: Lines end with a carriage return alone, as on old Macs.
    returns_only: bool

    @property
    def headers(self) -> tuple[str, ...]:
        return self.header.names

    def batches(self) -> Iterator[RecordBatch]:
        batches = self._careful() if self.returns_only or self.dialect.escape else self._fast()
        empty = True
        for batch in batches:
            empty = False
            yield batch
        if empty:
            raise DeliveryError(
                f"{self.name}: there are no records, only a header", hint="ask for the file again"
            )

    def _careful(self) -> Iterator[RecordBatch]:
        return careful_batches(
            self.stream,
            self.dialect,
            cells=len(self.headers),
            first_line=self.header.line,
            footer=self.fmt.footer,
            returns_only=self.returns_only,
            name=self.name,
        )

    def _fast(self) -> Iterator[RecordBatch]:
        first_record = 1
        for proven in _one_ahead(self._proven()):
            frame = self._parsed(proven)
            numbers = range(first_record, first_record + frame.height)
            yield RecordBatch(frame, numbers, proven.structure.lines(proven.first_line))
            first_record += frame.height

    def _proven(self) -> Iterator[_Proven]:
        line = self.header.line
        blocks = record_blocks(
            self.stream, quote=self.dialect.quote, size=self.block_size, footer=self.fmt.footer
        )
        for block in blocks:
            structure = self._structure(block, line)
            yield _Proven(block.data, structure, line)
            line += structure.newlines

    def _structure(self, block: Block, line: int) -> Structure:
        found = check_structure(
            block.data, delimiter=self.dialect.delimiter, quote=self.dialect.quote, cells=len(self.headers)
        )
        if isinstance(found, Structure) and not block.whole:
            found = Fault(0, f"a record longer than {MOST_RECORD_BYTES >> 20} MiB")
        if isinstance(found, Fault):
            raise not_utf8(block.data[: found.offset], self.name, line) or fault_error(
                found, block.data, self.name, line
            )
        return found

    def _parsed(self, proven: _Proven) -> pl.DataFrame:
        """The block as polars reads it. Anything else than the proven records is an error of ours."""
        try:
            frame = parse_block(proven.block, self.dialect, len(self.headers))
        except pl.exceptions.PolarsError as error:
            wrong = not_utf8(proven.block, self.name, proven.first_line)
            if wrong:
                raise wrong from error
            raise BalanceError(
                f"{self.name}: well-formed records from line {proven.first_line} on cannot be parsed",
                hint="this is a fault of leadingest: please report it",
            ) from error
        if frame.height != proven.structure.records:
            raise BalanceError(
                f"{self.name}: {frame.height} records were parsed from line {proven.first_line} on, "
                f"but {proven.structure.records} are there",
                hint="this is a fault of leadingest: please report it",
            )
        return frame


def parse_block(block: bytes, dialect: Dialect, cells: int) -> pl.DataFrame:
    """A block of proven structure as String columns "0", "1", ... Raises PolarsError unless it is UTF-8."""
    guarded = block.startswith(_MISREAD_BEGINNINGS)
    if guarded:
        block = dialect.delimiter.encode() * (cells - 1) + b"\n" + block
    frame = pl.read_csv(
        block,
        has_header=False,
        schema={str(i): pl.String() for i in range(cells)},
        separator=dialect.delimiter,
        quote_char=dialect.quote,
        infer_schema=False,
        empty_string_is_null=False,
        glob=False,
    )
    return frame.slice(1) if guarded else frame


def _one_ahead(proven: Iterator[_Proven]) -> Iterator[_Proven]:
    """Prove the next block while the one before is being parsed."""
    with ThreadPoolExecutor(1, thread_name_prefix="leadingest-prove") as pool:
        coming = pool.submit(next, proven, None)
        while (here := coming.result()) is not None:
            coming = pool.submit(next, proven, None)
            yield here
