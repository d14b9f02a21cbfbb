"""Open a file of delimited text: its encoding, its dialect, its header.

What a mapping does not say of the dialect is found out. What is usual stays, unless something else gives several columns
and fits the first records better.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from leadingest.deliveries.byte_streams import HeadedStream
from leadingest.deliveries.compression import open_unpacked
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.encoding import as_utf8, bytes_in_file, marked_bytes
from leadingest.deliveries.fitting_encoding import OtherEncoding, fitting_encoding
from leadingest.deliveries.foreign_file import refuse_foreign
from leadingest.deliveries.header_names import clean_names
from leadingest.deliveries.noticed import Noticed
from leadingest.deliveries.readers.careful_reader import CarefulReader, RecordPosition
from leadingest.deliveries.readers.dialect import CsvDialect, RecordShape, found_out
from leadingest.deliveries.readers.regions import Regions
from leadingest.deliveries.readers.text_header import TextHeader, find_text_header
from leadingest.deliveries.readers.text_records import TextLayout, TextRecords
from leadingest.deliveries.readers.window import LINE_END, Window
from leadingest.deliveries.records import PREAMBLE_CHARACTERS, PREAMBLE_LINES, Layout, Records, batch_records
from leadingest.deliveries.repeat import Repeat
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat

#: The header must end within so many bytes.
_HEAD_SIZE: Final = 4 << 20
#: What kind of file it is is told from so many bytes.
_LOOKED_AT: Final = 1 << 16
_DELIMITERS: Final = (",", "\t", ";", "|")
_SINGLE_QUOTED: Final = re.compile(rb"(?:\A|[\r\n,\t;|])'")
#: What a writer with backslashes puts behind them: a quote, a delimiter, another one, a line end.
_BACKSLASH_THAT_MEANS_NOTHING: Final = re.compile(rb"(?<!\\)(?:\\\\)*+\\[^\\\"',;|\t\r\n]")
#: So many bytes are tried.
_TRIED: Final = 1 << 16
#: So many of the records must have the cells of the header.
_ALIKE: Final = 0.9
#: Of so many and more, one that is broken tells nothing, however short the list is.
_FEW: Final = 5
#: One record that fits better with an escape character may be one that somebody has broken.
_FEWEST_FIXED: Final = 2


@contextmanager
def read_csv(
    delivery: Delivery, fmt: DeliveryFormat, /, *, format_name: str, block_size: int
) -> Iterator[Records]:
    """The records of a csv or tsv file (they differ in the default delimiter only)."""
    name = delivery.name
    declared, other = fitting_encoding(delivery, fmt)
    noticed = Noticed()
    with open_unpacked(delivery, fmt) as plain:
        headed = HeadedStream(plain, _LOOKED_AT)
        refuse_foreign(headed, name)
        text, encoding = as_utf8(headed, declared, name, noticed=noticed)
        if other:
            text = OtherEncoding(text, other, noticed)
        stream = HeadedStream(text, _HEAD_SIZE)
        usual = CsvDialect.of(fmt, default_delimiter="\t" if format_name == "tsv" else ",")
        dialect, header = find_dialect(stream.head, fmt, usual, encoding=encoding, name=name)
        if header.offset == len(stream.head) and not stream.whole:
            raise DeliveryError(
                f"{name}: the header does not end within the first {_HEAD_SIZE >> 20} MiB",
                hint="check `delimiter`, `quote` and `header` of the mapping",
            )
        stream.skip(header.offset)
        mark = marked_bytes(headed.head) if encoding == "utf-8" else 0
        in_file = bytes_in_file(encoding) or len
        shape = RecordShape(
            dialect,
            len(header.names),
            fmt.record_bytes,
            fmt.record_lines,
            fmt.quotes == "lenient",
            fmt.broken_lines == "join",
        )
        file = TextLayout(
            name=name,
            headers=header.names,
            header_rows=(*header.upper, header.cells),
            fill_down=fmt.fill_down,
            repeat=Repeat.of(fmt, header.names),
            format=format_name,
            encoding=encoding,
            other_encoding=other,
            layout=_layout(stream.head, header, dialect),
            shape=shape,
            footer=fmt.footer,
            block_size=block_size,
            most_records=batch_records(header.names, name, places=fmt.places),
            found_out=tuple(found_out(usual, dialect, encodings=fmt.encoding, encoding=encoding)),
        )
        yield TextRecords(
            file=file,
            window=file.window(stream),
            noticed=noticed,
            place=RecordPosition(1, header.line),
            start=mark + in_file(stream.head[: header.offset]),
        )


def _layout(head: bytes, header: TextHeader, dialect: CsvDialect) -> Layout:
    preamble = _preamble(head, header.first_line)
    replaced = header.replaced
    if header.row is None and preamble:
        # The last line that is passed over may be the header that the names of the mapping stand for.
        replaced = _cells(preamble[-1], dialect)
    fits = len(replaced) == len(header.names)
    quote = dialect.quote or ""
    return Layout(header.row, dialect.delimiter, quote, preamble, replaced if fits else ())


def _cells(line: str, dialect: CsvDialect) -> tuple[str, ...]:
    try:
        return clean_names(next(csv.reader([line], **dialect.csv_options), []))
    except csv.Error:
        return ()


def _preamble(head: bytes, end: int) -> tuple[str, ...]:
    """The lines before line `end`, counted from 1; how many are kept, and how long, is that of the layout."""
    wanted = min(end - 1, PREAMBLE_LINES)
    # To `split`, none is no limit.
    lines = LINE_END.split(head, wanted)[:wanted] if wanted else []
    # A byte that is not UTF-8 is not there to be told a date by.
    return tuple(
        line[: 4 * PREAMBLE_CHARACTERS].decode("utf-8", "replace")[:PREAMBLE_CHARACTERS] for line in lines
    )


@dataclass(frozen=True)
class _Trial:
    """A dialect, the header that it gives, and how many of the first records it makes good or bad."""

    dialect: CsvDialect
    header: TextHeader
    records: int
    rejects: int

    @property
    def fits(self) -> bool:
        """Whether there are several columns, and most records have as many cells."""
        most = self.share >= _ALIKE or (self.rejects == 1 and self.records >= _FEW)
        return len(self.header.names) > 1 and self.records > 0 and most

    @property
    def share(self) -> float:
        """How many of the records are good."""
        return self.records / max(self.records + self.rejects, 1)

    @property
    def rank(self) -> tuple[float, bool, int]:
        """The higher, the better."""
        names = self.header.names
        quoted = all(len(name) > 1 and name[0] == name[-1] == "'" for name in names)
        return self.share, not quoted, len(names)


def find_dialect(
    head: bytes, fmt: DeliveryFormat, usual: CsvDialect, *, encoding: str, name: str
) -> tuple[CsvDialect, TextHeader]:
    """The dialect of a file that begins with `head`, and its header; `usual` is as the mapping says, or default.

    Raises DeliveryError when there is no header.
    """
    trial = _Finder(head, fmt, encoding, name).find(usual)
    return trial.dialect, trial.header


class _Finder:
    def __init__(self, head: bytes, fmt: DeliveryFormat, encoding: str, name: str) -> None:
        self._head, self._fmt, self._encoding, self._name = head, fmt, encoding, name

    def find(self, usual: CsvDialect) -> _Trial:
        """The best of what the mapping leaves open; one that does not fit where none does."""
        others = _DELIMITERS if self._fmt.delimiter is None else ()
        best = self._best(usual, [usual.delimiter]) or self._best(usual, others) or self._tried(usual)
        return self._with_escape(best)

    def _best(self, usual: CsvDialect, delimiters: Iterable[str]) -> _Trial | None:
        quotes = [usual.quote, "'"] if self._may_have_single_quotes() else [usual.quote]
        fitting = []
        for dialect in (replace(usual, delimiter=d, quote=q) for d in delimiters for q in quotes):
            try:
                trial = self._tried(dialect)
            except DeliveryError:
                continue
            fitting += [trial] if trial.fits else []
        return max(fitting, key=lambda trial: trial.rank, default=None)

    def _may_have_single_quotes(self) -> bool:
        if "quote" in self._fmt.model_fields_set or b'"' in self._head[:_TRIED]:
            return False
        return bool(_SINGLE_QUOTED.search(self._head, 0, _TRIED))

    def _with_escape(self, usual: _Trial) -> _Trial:
        """With a backslash as the escape character, where one stands before quotes or delimiters and nowhere else."""
        quote = usual.dialect.quote
        if self._fmt.escape is not None or quote is None or b"\\" not in self._head:
            return usual
        signs = (quote, usual.dialect.delimiter)
        first = max(self._head.find(f"\\{sign}".encode(), usual.header.offset) for sign in signs)
        size = first - usual.header.offset + _TRIED
        if first < 0 or _BACKSLASH_THAT_MEANS_NOTHING.search(self._head, usual.header.offset, size):
            return usual
        without = self._tried(usual.dialect, size)
        escaped = self._tried(replace(usual.dialect, escape="\\"), size)
        better = escaped.fits and escaped.rejects <= without.rejects - _FEWEST_FIXED
        return escaped if better else usual

    def _tried(self, dialect: CsvDialect, size: int = _TRIED) -> _Trial:
        """What comes of the first records in the dialect. Raises DeliveryError where it gives no header."""
        header = find_text_header(self._head, self._fmt, dialect, encoding=self._encoding, name=self._name)
        tried = self._head[header.offset : header.offset + size]
        # Where what is tried is cut off, the last line may be, too.
        whole = header.offset + size >= len(self._head)
        window = Window(io.BytesIO(tried), held=0 if whole else 1)
        shape = RecordShape(dialect, len(header.names), self._fmt.record_bytes, self._fmt.record_lines)
        careful = CarefulReader(window, shape, encoding=self._encoding, name=self._name)
        records = rejects = 0
        for region in Regions(window, shape, careful, size=size, place=RecordPosition(1, header.line)):
            records += region.records
            rejects += region.careful.rejects.height
        return _Trial(dialect, header, records, rejects)
