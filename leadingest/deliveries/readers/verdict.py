"""What becomes of the lines that Python's strict csv reader has taken for one record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from leadingest.deliveries.readers.dialect import CsvDialect, RecordShape
from leadingest.deliveries.readers.stray_quotes import (
    lines_before_open_quote,
    lines_before_swallowing,
)
from leadingest.deliveries.readers.window import MOST_RECORD_BYTES
from leadingest.expressions import BLANKS
from leadingest.tables.rejects import (
    BARE_QUOTE,
    LARGE_RECORD,
    LONG_RECORD,
    OPEN_QUOTE,
    SHORT_RECORD,
    TEXT_AFTER_QUOTE,
    Reason,
)
from leadingest.wording import counted


class Parsed(NamedTuple):
    """What the csv reader made of some lines: the cells of a record, or None and why it refused them."""

    lines: Sequence[str]
    cells: list[str] | None
    refusal: str = ""

    @property
    def unfinished(self) -> bool:
        """Whether a quote is open after the last line; else that line is the one refused."""
        return "unexpected end" in self.refusal


class Verdict(NamedTuple):
    """The first `lines` of those taken are one record, or a `blank` row; a `reason` makes it a reject.

    A blank row with a reason may be a piece of a record that is broken over lines.
    """

    lines: int
    reason: Reason | None = None
    message: str = ""
    blank: bool = False


#: A line is a record as it is.
ONE_LINE: Final = Verdict(1)


class Judge:
    """Decides over records that are not plainly right.

    It errs on the side of rejecting: what it accepts has the cells that it must have in every sensible
    reading. After a fault of quotes only the lines up to the quote are rejected, and the next line starts
    a record again, unless what the quote opened is clearly a cell of several lines.
    """

    def __init__(self, shape: RecordShape) -> None:
        self._shape = shape
        self._well_formed = well_formed(shape.dialect)
        self._blank_before_quote = _blank_before_quote(shape.dialect)
        self._not_the_cells = lru_cache(self._miscounted)

    def of(self, parsed: Parsed, first_line: int, *, doubtful: bool) -> Verdict:
        """The verdict on lines of which the first is `first_line` of the file.

        `doubtful`: the record before was rejected, so this may be a part of it. It must then be well-formed.
        """
        lines, cells = parsed.lines, parsed.cells
        if len(lines) == 1:
            return self._of_line(parsed, first_line, doubtful=doubtful)
        if within := _within(MOST_RECORD_BYTES, lines):
            complaint = f"is not closed within {MOST_RECORD_BYTES >> 20} MiB"
            return self._open_quote(lines[:within], len(lines), first_line, complaint)
        if parsed.unfinished:
            return self._never_closed(lines, first_line)
        if cells is None or not self._well_formed.fullmatch("".join(lines)):
            return self._open_quote(lines[:-1], len(lines), first_line, "is not closed as it should be")
        if not any(cell.strip(BLANKS) for cell in cells):
            return self._blank(len(cells), len(lines))
        if opened := lines_before_swallowing(lines, cells, self._shape):
            return _swallowing(opened, len(lines) - opened, _where(opened, first_line))
        if large := self._too_large(lines):
            return large
        fits = len(cells) == self._shape.cells
        return Verdict(len(lines)) if fits else self._not_the_cells(len(cells), len(lines))

    def of_line(self, line: str, cells: list[str], *, doubtful: bool) -> Verdict:
        """The verdict on one line that was parsed to these cells."""
        if not any(cell.strip(BLANKS) for cell in cells):
            return self._blank(len(cells), 1)
        if 4 * len(line) > self._shape.most_bytes and (large := self._too_large([line])):
            return large
        found = len(cells)
        if found != self._shape.cells:
            return self._not_the_cells(found, 1)
        certain = not doubtful and self._is_certain(line)
        if not certain and not self._well_formed.fullmatch(line):
            return Verdict(1, BARE_QUOTE, "a quote inside a cell that is not quoted")
        return ONE_LINE

    def _of_line(self, parsed: Parsed, first_line: int, *, doubtful: bool) -> Verdict:
        (line,), cells = parsed.lines, parsed.cells
        if cells is not None:
            return self.of_line(line, cells, doubtful=doubtful)
        if large := self._too_large(parsed.lines):
            return large
        if parsed.unfinished:
            return self._never_closed(parsed.lines, first_line)
        return Verdict(1, TEXT_AFTER_QUOTE, "text after a closing quote")

    def _too_large(self, lines: Sequence[str]) -> Verdict | None:
        most = self._shape.most_bytes
        if not _within(most, lines):
            return None
        size = sum(map(_size, lines))
        return Verdict(len(lines), LARGE_RECORD, f"{size:,} bytes instead of at most {most:,}")

    def _blank(self, found: int, lines: int) -> Verdict:
        piece = self._shape.joins and 1 < found < self._shape.cells
        return (self._not_the_cells(found, lines) if piece else Verdict(lines))._replace(blank=True)

    def _miscounted(self, found: int, lines: int) -> Verdict:
        reason = SHORT_RECORD if found < self._shape.cells else LONG_RECORD
        message = f"{counted(found, 'cell')} instead of {self._shape.cells}"
        return Verdict(lines, reason, message)

    def _never_closed(self, lines: Sequence[str], first_line: int) -> Verdict:
        most = self._shape.most_lines
        complaint = "is never closed" if len(lines) < most else f"is not closed within {most:,} lines"
        return self._open_quote(lines, len(lines), first_line, complaint)

    def _open_quote(self, lines: Sequence[str], taken: int, first_line: int, complaint: str) -> Verdict:
        """A quote is still open after `lines`; of so many more as were `taken` the last is to blame."""
        opened = lines_before_open_quote(lines, self._shape)
        after = lines[opened:]
        if taken > opened and 2 * sum(map(self._shape.aligned, after)) >= len(after):
            return _swallowing(opened, taken - opened, _where(opened, first_line))
        return Verdict(len(lines), OPEN_QUOTE, f"the quote opened {_where(opened, first_line)} {complaint}")

    def _is_certain(self, line: str) -> bool:
        """Whether a line has its cells even if all quotes mean nothing: then they end there in every reading.

        A quote behind a blank at the beginning of a cell was meant to be one, and makes it uncertain again.
        """
        quote = self._shape.dialect.quote
        if not self._shape.aligned(line) or self._lacks_delimiter(line):
            return False
        return not ((f" {quote}" in line or f"\t{quote}" in line) and self._blank_before_quote.search(line))

    def _lacks_delimiter(self, line: str) -> bool:
        """Whether a delimiter may be missing before a quoted cell that holds one, so that they add up by chance.

        Two neighboring quotes then enclose a delimiter; the first stands behind text, the second where a cell ends.
        """
        delimiter, quote = self._shape.dialect.delimiter, self._shape.dialect.quote
        if quote is None:
            return False
        pieces = line.rstrip("\r\n").split(quote)
        return any(
            delimiter in inside
            and not before.endswith(delimiter)
            and (at > 0 or before != "")
            and (after.startswith(delimiter) or (after == "" and at == len(pieces) - 3))
            for at, (before, inside, after) in enumerate(zip(pieces, pieces[1:], pieces[2:], strict=False))
        )


@lru_cache
def _swallowing(opened: int, swallowed: int, where: str) -> Verdict:
    lines = "line" if swallowed == 1 else f"{swallowed:,} lines"
    message = f"the quote opened {where} would swallow the next {lines}"
    return Verdict(opened, OPEN_QUOTE, message)


def _where(opened: int, first_line: int) -> str:
    return "here" if opened == 1 else f"on line {first_line + opened - 1}"


def _within(most: int, lines: Sequence[str]) -> int:
    """How many of the lines, at least one, have no more bytes together than `most`; 0 if all have."""
    if 4 * sum(map(len, lines)) <= most:
        return 0
    sizes = list(accumulate(map(_size, lines)))
    return 0 if sizes[-1] <= most else max(1, sum(size <= most for size in sizes))


def _size(line: str) -> int:
    return len(line) if line.isascii() else len(line.encode("utf-8", "surrogateescape"))


def well_formed(dialect: CsvDialect) -> re.Pattern[str]:
    """One record as RFC 4180 has it, with the characters of the dialect, and its line end if it has one."""
    if dialect.quote is None:
        return re.compile(r"[\s\S]*")
    delimiter, quote = re.escape(dialect.delimiter), re.escape(dialect.quote)
    escape = re.escape(dialect.escape) if dialect.escape else ""
    escaped = rf"|{escape}[\s\S]" if escape else ""
    plain = rf"(?:[^{delimiter}{quote}{escape}\r\n]{escaped})*+"
    quoted = rf"{quote}(?:[^{quote}{escape}]|{quote}{quote}{escaped})*+{quote}"
    blanks = " *+" if dialect.skip_blanks else ""
    cell = rf"{blanks}(?:{quoted}|{plain})"
    return re.compile(rf"{cell}(?:{delimiter}{cell})*+(?:\r\n|\n|\r)?")


def _blank_before_quote(dialect: CsvDialect) -> re.Pattern[str]:
    """A cell that was meant to be quoted, but for a blank in front of the quote."""
    delimiter, quote = re.escape(dialect.delimiter), re.escape(dialect.quote or "")
    return re.compile(rf"(?<![^{delimiter}])[ \t]+{quote}")
