"""Find the header of a text file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final

from leadingest.deliveries.encoding import undecodable_byte
from leadingest.deliveries.header_names import ROW_NAMES, clean_names, holds_all, joined_names
from leadingest.deliveries.readers.dialect import CsvDialect
from leadingest.deliveries.readers.window import LINE_END
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat, RowNames
from leadingest.tables.rejects import UNDECODABLE

#: A header that is found by its names must start within so many lines, and have no more lines itself.
LINES_SEARCHED: Final = 100


@dataclass(frozen=True)
class TextHeader:
    """The names, and where the records begin: a byte offset of the head, and a line counted from 1."""

    names: tuple[str, ...]
    #: The cells as they stand in the file; the names where it has no header.
    cells: tuple[str, ...]
    offset: int
    line: int
    #: The line on which the header itself begins; None where there is none.
    row: int | None = None
    #: The cells of the rows above the last one of a header that has several.
    upper: tuple[tuple[str, ...], ...] = ()
    #: What stands there in the place of the names, where the mapping gives them.
    replaced: tuple[str, ...] = ()

    @property
    def first_line(self) -> int:
        """The line with which the table begins: that of the header, else that of the first record."""
        return self.line if self.row is None else self.row


def find_text_header(
    head: bytes, fmt: DeliveryFormat, dialect: CsvDialect, *, encoding: str, name: str
) -> TextHeader:
    """The header within the first bytes of a file. Raises DeliveryError when it is not there.

    Rows are lines here: a preamble is not parsed, so a stray quote in it does no harm.
    """
    lines = _Lines(head, encoding)
    if fmt.header == "none":
        start = lines.start_of(fmt.skip_lines)
        names = fmt.names or ()
        return TextHeader(clean_names(names), names, start, fmt.skip_lines + 1)
    if isinstance(fmt.header, tuple):
        return _matching(lines, fmt, dialect, fmt.header, name)
    row = fmt.skip_lines + (fmt.header - 1 if isinstance(fmt.header, int) else 0)
    if not isinstance(fmt.header, int):
        row = lines.first_not_blank(row, dialect)
    record = lines.header(row, fmt.header_rows, dialect, name)
    if isinstance(fmt.header, RowNames):
        record = replace(record, names=(ROW_NAMES, *record.names), cells=(ROW_NAMES, *record.cells))
    record = _named(record, fmt)
    if not any(cell.strip() for cell in record.names):
        raise DeliveryError(
            f"{name}: line {row + 1}: no header found: the line is blank or past the end of the file",
            hint="set `header` and `skip_lines` in the mapping to where the header is",
            line=row + 1,
        )
    return record


def _matching(
    lines: _Lines, fmt: DeliveryFormat, dialect: CsvDialect, wanted: tuple[str, ...], name: str
) -> TextHeader:
    for row in takewhile(lines.there, range(fmt.skip_lines, fmt.skip_lines + LINES_SEARCHED)):
        try:
            record = lines.header(row, fmt.header_rows, dialect, name)
        except DeliveryError:
            continue
        if holds_all(record.names, wanted):
            return _named(record, fmt)
    raise no_such_header(name, wanted, LINES_SEARCHED)


def _named(header: TextHeader, fmt: DeliveryFormat) -> TextHeader:
    """The header, with the names that the mapping gives in its place."""
    return replace(header, names=clean_names(fmt.names), replaced=header.names) if fmt.names else header


def no_such_header(name: str, wanted: tuple[str, ...], searched: int) -> DeliveryError:
    """What to say when no record holds the names that the header is to be found by."""
    return DeliveryError(
        f"{name}: none of the first {searched} rows contains all the header names {', '.join(wanted)}",
        hint="compare `header` in the mapping with the file: the names must be spelled as in the file",
    )


class _Lines:
    """The lines of the head, by number from 0, with where each starts."""

    def __init__(self, head: bytes, encoding: str) -> None:
        self._head = head
        self._encoding = encoding
        self._starts = [0]
        self._ends = (match.end() for match in LINE_END.finditer(head))

    def start_of(self, line: int) -> int:
        """Where the line starts; past the last one, the end of the head."""
        while len(self._starts) <= line:
            self._starts.append(next(self._ends, len(self._head)))
        return self._starts[line]

    def there(self, line: int) -> bool:
        """Whether there is such a line."""
        return self.start_of(line) < len(self._head)

    def first_not_blank(self, line: int, dialect: CsvDialect) -> int:
        """The first line from this one on with more in it than delimiters, quotes and white space."""
        hollow = f" \t\r\n\v\f{dialect.delimiter}{dialect.quote or ''}".encode()
        while self.there(line) and not self._text(line).strip(hollow):
            line += 1
        return line

    def _text(self, line: int) -> bytes:
        return self._head[self.start_of(line) : self.start_of(line + 1)]

    def header(self, line: int, rows: int, dialect: CsvDialect, name: str) -> TextHeader:
        """The header of so many rows that starts on this line."""
        records = [self.record(line, dialect, name)]
        while len(records) < rows:
            records.append(self.record(records[-1].line - 1, dialect, name))
        if rows == 1:
            return records[0]
        names = joined_names([record.names for record in records])
        upper = tuple(record.cells for record in records[:-1])
        return replace(records[-1], names=names, row=records[0].row, upper=upper)

    def record(self, line: int, dialect: CsvDialect, name: str) -> TextHeader:
        """The one record that starts on this line."""
        taken = 0

        def decoded() -> Iterator[str]:
            nonlocal taken
            for here in takewhile(self.there, range(line, line + LINES_SEARCHED)):
                text = self._text(here).decode("utf-8", "surrogateescape")
                byte = undecodable_byte(text, self._encoding)
                if byte is not None:
                    raise DeliveryError(
                        f"{name}: line {here + 1}: byte 0x{byte:02X} in the header is not {self._encoding}",
                        hint=UNDECODABLE.hint,
                        line=here + 1,
                    )
                if "\0" in text:
                    raise DeliveryError(
                        f"{name}: line {here + 1}: a NUL byte in the header",
                        hint="if the file is UTF-16, declare it with `encoding`",
                        line=here + 1,
                    )
                taken += 1
                yield text

        try:
            cells = next(csv.reader(decoded(), **dialect.csv_options), [])
        except csv.Error as error:
            raise DeliveryError(
                f"{name}: line {line + 1}: the header has a quote that is not closed or is followed by text",
                hint="check `header`, `skip_lines` and `quote` of the mapping",
                line=line + 1,
            ) from error
        return TextHeader(
            clean_names(cells), tuple(cells), self.start_of(line + taken), line + taken + 1, line + 1
        )
