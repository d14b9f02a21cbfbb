"""The part of a text stream that is being read: from the next record on, as far as it has been looked at."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from itertools import islice, pairwise
from typing import Final

from leadingest.deliveries.byte_streams import Readable
from leadingest.deliveries.encoding import shown_text
from leadingest.deliveries.readers.dialect import RecordShape

#: A longer line is none of a list: a file with one is refused, for it would fill the memory.
MOST_LINE_BYTES: Final = 16 << 20
#: A line ends with one of these.
LINE_END: Final = re.compile(rb"\r\n|\n|\r")
#: Held lines are first looked for in so many bytes.
_TAIL: Final = 1 << 14
#: So far a record of several lines is read on in search of its end.
MOST_RECORD_BYTES: Final = MOST_LINE_BYTES
#: Bytes that are read at once.
_PIECE: Final = 1 << 18
#: Bytes of lines that are taken from the window at once.
_STEP: Final = 1 << 13


class Window:
    """`data` begins with the next record; its first `readable` bytes may be read as records now.

    The last `held` lines that are not blank are not among them: they may be a footer. At the end of the
    stream (`ended`) they are what is left; where they are `searched` for one, the rest of them is released.
    A line is blank with nothing in it but white space and `hollow` bytes.
    """

    def __init__(
        self,
        stream: Readable,
        *,
        held: int = 0,
        searched: bool = False,
        hollow: bytes = b"",
        bytes_in_file: Callable[[bytes], int] = len,
    ) -> None:
        self.data = b""
        self.readable = 0
        self.ended = False
        #: What is done with: bytes of the stream, and the bytes of the file that they were.
        self.passed = self.passed_in_file = 0
        self._bytes_in_file = bytes_in_file
        self._stream = stream
        #: Read already, and to come next; nothing at the end.
        self._ahead = b""
        self._held, self._hollow = held, hollow + b" \t\r\n\v\f"
        self.searched = searched

    def fill(self, size: int) -> None:
        """Make `size` bytes readable, fewer only at the end."""
        while (missing := size - self.readable) > 0 and not self.ended:
            self.data = b"".join([self.data, *self._read(missing)])
            self.readable = self._start_of_held() if self._held else len(self.data)

    def fill_lines(self, size: int) -> None:
        """Make about `size` bytes readable, which end with a line where one ends near: `data` need not be cut there."""
        if self._held or size <= self.readable:
            self.fill(size)
            return
        *pieces, last = [self.data, *self._read(size - self.readable)]
        end = len(last) if self.ended else last.rfind(b"\n") + 1 or len(last)
        self._ahead = last[end:]
        self.data = b"".join([*pieces, last[:end]])
        self.readable = len(self.data)

    def drop(self, size: int) -> None:
        """Be done with the first bytes."""
        self.passed += size
        # To copy bytes only to count them costs half of what it costs to prove them.
        self.passed_in_file += size if self._bytes_in_file is len else self._bytes_in_file(self.data[:size])
        self.data = self.data[size:]
        self.readable -= size

    def release(self) -> None:
        """Make the held lines readable, too."""
        self._held, self.readable, self.searched = 0, len(self.data), False

    def filled_lines(self, start: int = 0) -> int:
        """How many lines from `start` on are not blank."""
        return sum(bool(line.strip(self._hollow)) for line in LINE_END.split(self.data[start:]))

    def line_start(self, line: int) -> int:
        """Where the line starts, counted from 0; the end where there are not so many."""
        if line == 0:
            return 0
        ends = islice(LINE_END.finditer(self.data), line - 1, None)
        return next((end.end() for end in ends), len(self.data))

    def lines(self, start: int, size: int) -> bytes:
        """The lines that end within `size` bytes from `start` on, or the first one if none does; nothing at the end.

        None of no bytes. A line longer than MOST_LINE_BYTES comes without its end.
        """
        if not size:
            return b""
        looked_at = size
        while True:
            # One more tells whether this is the end.
            self.fill(start + looked_at + 1)
            stop = min(start + looked_at, self.readable)
            at_end = self.ended and stop == self.readable
            if looked_at == size:
                end = stop if at_end else self._after_last_line_end(start, stop)
            else:
                end = self._after_first_line_end(start, stop, or_at=stop if at_end else start)
            if end > start or at_end:
                return self.data[start:end]
            if looked_at > MOST_LINE_BYTES:
                return self.data[start:stop]
            looked_at = min(2 * looked_at, MOST_LINE_BYTES + 1)

    def _after_last_line_end(self, start: int, stop: int) -> int:
        """A carriage return ends a line where no line feed does, if what follows it is known to be none."""
        end = self.data.rfind(b"\n", start, stop) + 1
        if end <= start:
            end = self.data.rfind(b"\r", start, min(stop, len(self.data) - 1)) + 1
            if end > start and self.data[end : end + 1] == b"\n":
                end += 1
        return end

    def _after_first_line_end(self, start: int, stop: int, *, or_at: int) -> int:
        """As the last one, but the first; `or_at` where there is none."""
        found = LINE_END.search(self.data, start, stop)
        if found is None or (found.end() == len(self.data) and not self.ended and found[0] == b"\r"):
            return or_at
        return found.end() + (found[0] == b"\r" and self.data[found.end() : found.end() + 1] == b"\n")

    def _read(self, size: int) -> list[bytes]:
        """The next bytes, fewer only at the end: in pieces, for the memory of small ones is soon used again."""
        pieces, found = [self._ahead[:size]] if self._ahead else [], min(len(self._ahead), size)
        self._ahead = self._ahead[size:]
        while found < size and not self.ended:
            wanted = min(size - found, _PIECE)
            pieces.append(self._stream.read(wanted))
            found += len(pieces[-1])
            self.ended = len(pieces[-1]) < wanted
        return pieces

    def _start_of_held(self) -> int:
        looked_at = _TAIL
        while True:
            begin = max(len(self.data) - looked_at, 0)
            tail = self.data[begin:]
            ends = [match.end() for match in LINE_END.finditer(tail)]
            # What stands before the first line end is a line only at the beginning of the window.
            starts = ends if begin else [0, *ends]
            bounds = pairwise([*starts, len(tail)])
            filled = [start for start, end in bounds if tail[start:end].strip(self._hollow)]
            if len(filled) >= self._held:
                return begin + filled[-self._held]
            if not begin:
                return 0
            looked_at *= 2


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
