"""Find the header of a text file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from leadingest.deliveries.encoding import not_utf8
from leadingest.deliveries.header_names import clean_names, holds_all
from leadingest.deliveries.readers.dialect import Dialect
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat

#: A header that is found by its names must start within so many lines, and have no more lines itself.
LINES_SEARCHED: Final = 100


@dataclass(frozen=True)
class TextHeader:
    """The names, and where the records begin: a byte offset of the head, and a line counted from 1."""

    names: tuple[str, ...]
    offset: int
    line: int


def find_text_header(
    head: bytes, fmt: DeliveryFormat, dialect: Dialect, *, line_end: bytes, name: str
) -> TextHeader:
    """The header within the first bytes of a file. Raises DeliveryError when it is not there.

    Rows are lines here: a preamble is not parsed, so a stray quote in it does no harm.
    """
    lines = _Lines(head, line_end)
    if fmt.header == "none":
        start = lines.start_of(fmt.skip_lines)
        return TextHeader(clean_names(fmt.names or ()), start, fmt.skip_lines + 1)
    if isinstance(fmt.header, tuple):
        return _matching(lines, fmt, dialect, fmt.header, name)
    row = fmt.skip_lines + (fmt.header - 1 if fmt.header else 0)
    if fmt.header is None:
        row = lines.first_not_blank(row)
    record = lines.record(row, dialect, name)
    if not any(cell.strip() for cell in record.names):
        raise DeliveryError(
            f"{name}: line {row + 1}: there is no header: the line is blank or past the end of the file",
            hint="set `header` and `skip_lines` of the mapping to where the header is",
            line=row + 1,
        )
    return record


def _matching(
    lines: _Lines, fmt: DeliveryFormat, dialect: Dialect, wanted: tuple[str, ...], name: str
) -> TextHeader:
    for row in range(fmt.skip_lines, min(len(lines), fmt.skip_lines + LINES_SEARCHED)):
        try:
            record = lines.record(row, dialect, name)
        except DeliveryError:
            continue
        if holds_all(record.names, wanted):
            return record
    raise no_such_header(name, wanted, LINES_SEARCHED)


def no_such_header(name: str, wanted: tuple[str, ...], searched: int) -> DeliveryError:
    """What to say when no record holds the names that the header is to be found by."""
    return DeliveryError(
        f"{name}: none of the first {searched} rows holds all of the header names {', '.join(wanted)}",
        hint="check `header` of the mapping against the file: the names must be spelt as they are there",
    )


class _Lines:
    """The lines of the head, by number from 0, with where each starts."""

    def __init__(self, head: bytes, line_end: bytes) -> None:
        self._head = head
        self._end = line_end
        self._starts = [0]

    def __len__(self) -> int:
        return self._head.count(self._end) + (not self._head.endswith(self._end))

    def start_of(self, line: int) -> int:
        while len(self._starts) <= line:
            end = self._head.find(self._end, self._starts[-1])
            self._starts.append(end + 1 if end >= 0 else len(self._head))
        return self._starts[line]

    def first_not_blank(self, line: int) -> int:
        while self.start_of(line) < len(self._head) and not self._text(line).strip():
            line += 1
        return line

    def _text(self, line: int) -> bytes:
        return self._head[self.start_of(line) : self.start_of(line + 1)]

    def record(self, line: int, dialect: Dialect, name: str) -> TextHeader:
        """The one record that starts on this line."""
        taken = 0

        def decoded() -> Iterator[str]:
            nonlocal taken
            for here in islice(range(line, len(self)), LINES_SEARCHED):
                raw = self._text(here)
                wrong = not_utf8(raw, name, here + 1)
                if wrong:
                    raise wrong
                if b"\0" in raw:
                    raise DeliveryError(
                        f"{name}: line {here + 1}: a NUL byte in the header",
                        hint="if the file is UTF-16, declare it with `encoding`",
                        line=here + 1,
                    )
                taken += 1
                yield raw.decode("utf-8")

        try:
            cells = next(csv.reader(decoded(), **dialect.csv_options), [])
        except csv.Error as error:
            raise DeliveryError(
                f"{name}: line {line + 1}: the header has a quote that is not closed or is followed by text",
                hint="check `header`, `skip_lines` and `quote` of the mapping",
                line=line + 1,
            ) from error
        return TextHeader(clean_names(cells), self.start_of(line + taken), line + taken + 1)
