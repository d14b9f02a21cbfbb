"""Find out what a mapping does not say of a text file: its delimiter, its quotes, its escape character.

What is usual stays, unless something else gives several columns and fits the first records better.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from leadingest.deliveries.readers.careful_reader import CarefulReader
from leadingest.deliveries.readers.dialect import CsvDialect, RecordShape
from leadingest.deliveries.readers.regions import Regions
from leadingest.deliveries.readers.text_header import TextHeader, find_text_header
from leadingest.deliveries.readers.window import Window
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat

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
_FEWEST_MENDED: Final = 2


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
        if self._fmt.escape is not None or quote is None:
            return usual
        signs = (quote, usual.dialect.delimiter)
        first = max(self._head.find(f"\\{sign}".encode(), usual.header.offset) for sign in signs)
        size = first - usual.header.offset + _TRIED
        if first < 0 or _BACKSLASH_THAT_MEANS_NOTHING.search(self._head, usual.header.offset, size):
            return usual
        without = self._tried(usual.dialect, size)
        escaped = self._tried(replace(usual.dialect, escape="\\"), size)
        better = escaped.fits and escaped.rejects <= without.rejects - _FEWEST_MENDED
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
        for region in Regions(window, shape, careful, size=size, first_line=header.line):
            records += region.records
            rejects += region.careful.rejects.height
        return _Trial(dialect, header, records, rejects)
