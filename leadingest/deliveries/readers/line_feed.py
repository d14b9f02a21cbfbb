"""The lines of a window, one after the other, as Python's csv reader takes them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Final

from leadingest.deliveries.encoding import shown_text
from leadingest.deliveries.readers.record_shape import RecordShape
from leadingest.deliveries.readers.window import MOST_LINE_BYTES, Window

#: So far a record of several lines is read on in search of its end.
MOST_RECORD_BYTES: Final = MOST_LINE_BYTES
#: Bytes of lines that are taken from the window at once.
_STEP: Final = 1 << 13


class LineFeed:
    """An iterator over lines that can go back, and that ends where a record has become too long.

    A line ends with a line feed, a carriage return, or both. Bytes that are not UTF-8 are lone surrogates.
    """

    def __init__(self, window: Window, start: int, size: int, shape: RecordShape, encoding: str) -> None:
        #: The lines taken so far.
        self.lines: list[str] = []
        #: The same, where bytes that do not decode can be seen; empty as long as all do.
        self.shown: list[str] = []
        #: The place, in `lines`, of the line that comes next.
        self.at = 0
        #: The place of the line with which the record begins that is being read.
        self.begun = 0
        #: There are no more lines, as far as may be read, for the record that is being read.
        self.cut_off = False
        self._encoding = encoding
        self._window, self._start, self._offset = window, start, start
        self._most_lines = shape.most_lines
        self._take(size)

    def offset(self) -> int:
        """Where in the window the line that comes next begins."""
        return self._start + len("".join(self.lines[: self.at]).encode("utf-8", "surrogateescape"))

    def __iter__(self) -> LineFeed:
        return self

    def __next__(self) -> str:
        at = self.at
        if at >= self.begun + self._most_lines or (at >= len(self.lines) and not self._more()):
            raise StopIteration
        self.at = at + 1
        return self.lines[at]

    def _more(self) -> bool:
        """Take more lines for the record that is being read, if it is not too long; False where there are none."""
        if sum(map(len, self.lines[self.begun :])) > MOST_RECORD_BYTES:
            return False
        self.cut_off = not self._take(_STEP)
        return not self.cut_off

    def _take(self, size: int) -> bool:
        data = self._window.lines(self._offset, size)
        self._offset += len(data)
        before = len(self.lines)
        try:
            self.lines.extend(_lines(data.decode("utf-8")))
        except UnicodeDecodeError:
            self.lines.extend(_lines(data.decode("utf-8", "surrogateescape")))
            self.shown = self.shown or self.lines[:before]
            self.shown.extend(_lines(shown_text(data, self._encoding)))
        else:
            if self.shown:
                self.shown.extend(self.lines[before:])
        return bool(data)


def _lines(text: str) -> Iterable[str]:
    # A line without end is refused by who takes it; it is not worth a copy.
    return [text] if len(text) > MOST_LINE_BYTES else io.StringIO(text, newline="")
