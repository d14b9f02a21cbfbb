"""Text files for property tests: any table in any dialect, and the same with something broken in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from hypothesis import strategies as st

Rows = list[list[str]]

#: Anything, and above all what means something in a text file.
ANY_CELL = st.text(
    st.one_of(
        st.sampled_from("a1 ,;|\t\"'\\\n\r\0éß\ufeff€"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=6,
)
#: The same between letters. A cell that begins and ends with a delimiter or line end may look the same from
#: the outside of its quotes as from the inside, and then nobody can tell where a stray quote belongs.
PLAIN_CELL = st.sampled_from(["", "a", "7"]) | st.builds(
    "{}{}{}".format,
    st.sampled_from("abc"),
    st.text(st.sampled_from("a1 ,;|\t\"'\\\né"), max_size=8),
    st.sampled_from("xyz"),
)


def tables(cells: st.SearchStrategy[str], *, most_rows: int = 12) -> st.SearchStrategy[Rows]:
    """Tables of one to four columns."""
    return st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=most_rows
        )
    )


@dataclass(frozen=True)
class Written:
    """A text file: its header, and the bytes of each record."""

    header: bytes
    records: tuple[bytes, ...]

    @property
    def body(self) -> bytes:
        """The records."""
        return b"".join(self.records)

    @property
    def content(self) -> bytes:
        """The whole file."""
        return self.header + self.body

    def spans(self) -> list[tuple[int, int]]:
        """Where in the body each record begins and ends."""
        ends = list(accumulate(map(len, self.records)))
        return list(zip([0, *ends], ends, strict=False))


def written(rows: Rows, **dialect: object) -> Written:
    """The table under a header h0, h1, ... in a dialect of Python's csv writer."""
    header = [f"h{position}" for position in range(len(rows[0]))]
    return Written(_line(header, dialect), tuple(_line(row, dialect) for row in rows))


def _line(row: Sequence[str], dialect: dict[str, object]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerow(row)  # type: ignore[arg-type]  # the keywords are the dialect's
    return out.getvalue().encode()


@dataclass(frozen=True)
class Corruption:
    """The bytes of a body from `start` to `stop` are others now."""

    start: int
    stop: int
    put: bytes

    def of(self, body: bytes) -> bytes:
        """The body with it."""
        return body[: self.start] + self.put + body[self.stop :]

    def untouched(self, spans: Sequence[tuple[int, int]]) -> dict[int, int]:
        """The records that it leaves alone: where they begin afterwards, and which they are."""
        moved = len(self.put) - (self.stop - self.start)
        before = {begin: number for number, (begin, end) in enumerate(spans) if end < self.start}
        after = {begin + moved: number for number, (begin, _) in enumerate(spans) if begin > self.stop}
        return before | after


@st.composite
def corruptions(draw: st.DrawFn, file: Written, line_end: bytes) -> Corruption:
    """A byte changed, removed or added, a line cut, or two lines joined."""
    kind = draw(st.sampled_from(["change", "remove", "add", "cut", "join"]))
    begin, end = draw(st.sampled_from(file.spans()))
    at = draw(st.integers(begin, end - 1))
    if kind == "cut":
        return Corruption(at, end, line_end)
    if kind == "join":
        return Corruption(end - len(line_end), end, b"")
    put = draw(st.sampled_from([b'"', b",", b"\n", b"\r", b"x", b"\xff", b"\0"]))
    return Corruption(at, at + (kind != "add"), b"" if kind == "remove" else put)


#: What is put in place of bytes of a file, and where.
CUTS = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.integers(0, 2),
        st.sampled_from([b'"', b",", b"\n", b"\r", b"\xff", b"\0", b"", b"x^"]),
    ),
    max_size=4,
)


def broken(file: Written, cuts: list[tuple[int, int, bytes]]) -> bytes:
    """The whole file with other bytes in its body."""
    body = file.body
    for place, length, put in cuts:
        at = place % (len(body) + 1)
        body = Corruption(at, at + length, put).of(body)
    return file.header + body
