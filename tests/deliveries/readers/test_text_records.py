"""Tests of leadingest.deliveries.readers.text_records: what holds for every table and every broken file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import compress
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from leadingest.deliveries.readers import regions
from leadingest.deliveries.readers.structure import Marked
from leadingest.errors import DeliveryError
from leadingest.expressions import BLANKS
from tests.deliveries.conftest import Whole
from tests.deliveries.made_up_text import (
    ANY_CELL,
    CUTS,
    PLAIN_CELL,
    Corruption,
    Rows,
    Written,
    broken,
    corruptions,
    tables,
    written,
)
from tests.searched import examples

Read = Callable[..., Whole]


def looks_swallowed(row: list[str], raw: bytes, delimiter: str) -> bool:
    """Whether each line of the record has the delimiters of one, and there are many: it is taken for several."""
    lines = re.split(r"\r\n|\n|\r", raw.decode().rstrip("\r\n"))
    aligned = all(line.count(delimiter) == len(row) - 1 for line in lines[1:])
    return len(lines) > 1 and aligned and (len(lines) - 1) * (len(row) - 1) >= 4


@given(
    table=tables(ANY_CELL),
    delimiter=st.sampled_from([",", ";", "|", "\t"]),
    quote=st.sampled_from(['"', "'"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    escape=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]),
    block_size=st.integers(1, 200),
    final_line_end=st.booleans(),
)
@settings(max_examples=examples(400))
@example([["x\x01", "b"]], ",", '"', "\n", 0, False, "utf-8", 1, True)
@example([["x^"]], ",", '"', "\n", 0, False, "utf-8", 1, True)
@example([["\ufeffa"], ["\ufeffb"]], ",", '"', "\n", 0, False, "utf-8", 1, True)
def test_any_table_written_in_any_dialect_comes_back_exactly(
    read: Read,
    table: Rows,
    delimiter: str,
    quote: str,
    line_end: str,
    quoting: int,
    escape: bool,
    encoding: str,
    block_size: int,
    final_line_end: bool,
) -> None:
    dialect: dict[str, object] = {"delimiter": delimiter, "quotechar": quote, "lineterminator": line_end}
    if escape:
        dialect |= {"escapechar": "\\", "doublequote": False}
    if quoting == csv.QUOTE_MINIMAL:
        # Python's writer leaves a line end unquoted that is not its own, and blanks that make a line blank.
        table = [[re.sub(r"[\r\n]", "", cell) or "a" for cell in row] for row in table]
        assume(all(cell.strip(" \t\0") for row in table for cell in row))
    file = written(table, quoting=quoting, **dialect)
    assume(
        not any(looks_swallowed(row, raw, delimiter) for row, raw in zip(table, file.records, strict=True))
    )
    text = file.content.decode()
    if not final_line_end:
        text = text.removesuffix(line_end)
    keys = {"delimiter": delimiter, "quote": quote}
    keys |= {"escape": "\\"} if escape else {}
    keys |= {"encoding": encoding} if encoding == "utf-16-be" else {}
    whole = read(text.encode(encoding), block_size=block_size, **keys)
    assert whole.rejects == []
    filled = [not blank_row(row) for row in table]
    assert whole.rows == list(compress(map(tuple, table), filled))
    assert whole.lines == list(compress(lines_of(file), filled))


def blank_row(row: Iterable[str]) -> bool:
    return not any(cell.strip(BLANKS) for cell in row)


def lines_of(file: Written) -> Iterator[int]:
    """Where each record starts: lines end with a line feed, a carriage return, or both."""
    line = 2
    for record in file.records:
        yield line
        line += len(re.findall(rb"\r\n|\n|\r", record))


@given(table=tables(ANY_CELL), delimiter=st.sampled_from([",", "|"]), escape=st.booleans())
def test_a_file_without_quoting_comes_back_exactly(
    read: Read, table: Rows, delimiter: str, escape: bool
) -> None:
    taken = r"[\r\n]" if escape else rf"[\r\n{re.escape(delimiter)}]"
    table = [[re.sub(taken, "", cell) + "a" for cell in row] for row in table]
    keys: dict[str, Any] = {"escapechar": "\\"} if escape else {}
    if not escape:
        table = [[cell.replace('"', "") for cell in row] for row in table]
    file = written(table, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_NONE, **keys)
    whole = read(file.content, delimiter=delimiter, quote="none", **({"escape": "\\"} if escape else {}))
    assert whole.rows == [tuple(row) for row in table]


@st.composite
def corrupted_files(draw: st.DrawFn) -> tuple[Rows, Written, Corruption]:
    """A table, the file that it was written to, and what was done to it."""
    rows = draw(tables(PLAIN_CELL))
    line_end = draw(st.sampled_from(["\n", "\r\n"]))
    file = written(rows, lineterminator=line_end, quoting=draw(st.sampled_from([0, 1])))
    return rows, file, draw(corruptions(file, line_end.encode()))


@given(corrupted=corrupted_files(), block_size=st.sampled_from([1, 7, 50, 1 << 20]))
@settings(max_examples=examples(800))
def test_a_corruption_loses_nothing_and_changes_only_what_it_touches(
    read: Read, corrupted: tuple[Rows, Written, Corruption], block_size: int
) -> None:
    rows, file, corruption = corrupted
    body = corruption.of(file.body)
    # A broken file may look as if it had another dialect.
    dialect = {"delimiter": ",", "quote": '"', "escape": "none"}
    whole = outcome(read, file.header + body, block_size, **dialect)
    if isinstance(whole, str):
        assert re.search("cannot be read|can be read", whole)
        return
    untouched = corruption.untouched(file.spans())
    pieces = list(pieces_of(whole, body))
    assert blank(body[: pieces[0][0]] if pieces else body)
    for begin, raw, record in pieces:
        if isinstance(record, str):
            shown = raw.decode("utf-8", "backslashreplace")
            assert shown.startswith(record) and blank(shown[len(record) :].encode())
            continue
        assert next(csv.reader(io.StringIO(raw.decode(), newline=""))) == list(record)
        if begin in untouched:
            assert list(record) == rows[untouched[begin]]
        # A part of a record that is whole must never pass for a record.
        lengths = {start: len(file.records[number]) for start, number in untouched.items()}
        assert not [start for start, length in lengths.items() if start < begin < start + length]


def pieces_of(whole: Whole, body: bytes) -> Iterator[tuple[int, bytes, tuple[str, ...] | str]]:
    """Each record, or the raw text of a reject, with the bytes from its line to that of the next one."""
    starts = [0, *(match.end() for match in re.finditer(rb"\r\n|\n|\r", body))]
    read: list[tuple[int, tuple[str, ...] | str]] = list(zip(whole.lines, whole.rows, strict=True))
    read += [(line, raw) for _, line, _, _, raw in whole.rejects]
    read.sort(key=lambda piece: piece[0])
    begins = [starts[line - 2] for line, _ in read]
    for (_, record), begin, end in zip(read, begins, [*begins, len(body)][1:], strict=True):
        yield begin, body[begin:end], record


def blank(text: bytes) -> bool:
    """Whether there are but blank rows."""
    return not re.sub(rb'"[\s\0]*"', b"", text).strip(b" \t\r\n\0,")


@given(
    table=tables(ANY_CELL),
    cuts=CUTS,
    block_size=st.integers(1, 100),
    quotes=st.sampled_from(["strict", "lenient"]),
    broken_lines=st.sampled_from(["reject", "join"]),
)
@settings(max_examples=examples(500))
def test_how_a_file_is_cut_into_blocks_changes_nothing_however_broken_it_is(
    read: Read,
    table: Rows,
    cuts: list[tuple[int, int, bytes]],
    block_size: int,
    quotes: str,
    broken_lines: str,
) -> None:
    content = broken(written(table), cuts)
    keys = {"quotes": quotes, "broken_lines": broken_lines}
    assert outcome(read, content, block_size, **keys) == outcome(read, content, 1 << 20, **keys)


@given(
    table=tables(ANY_CELL | PLAIN_CELL, most_rows=30),
    line_end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    cuts=CUTS,
    quotes=st.sampled_from(["strict", "lenient"]),
)
def test_the_careful_way_reads_a_file_as_the_quick_way_does_however_broken_it_is(
    read: Read, table: Rows, line_end: str, quoting: int, cuts: list[tuple[int, int, bytes]], quotes: str
) -> None:
    content = broken(written(table, quoting=quoting, lineterminator=line_end), cuts)
    quickly = outcome(read, content, 1 << 20, quotes=quotes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regions, "mark_records", lambda data, shape: Marked.nothing())
        assert outcome(read, content, 1 << 20, quotes=quotes) == quickly


def outcome(read: Read, content: bytes, block_size: int, **keys: str) -> Whole | str:
    try:
        return read(content, block_size=block_size, **keys)
    except DeliveryError as error:
        return str(error)


#: Cells of a table in which a delimiter may be forgotten before one that has delimiters itself.
FORGETFUL_CELL = st.sampled_from(["Happy Kids", "7", "", 'The "Oaks"', "7 Oak Ave, Unit 2", "a, b, c", "x,"])


@given(
    row=st.lists(FORGETFUL_CELL, min_size=3, max_size=6),
    cell=st.sampled_from(["7 Oak Ave, Unit 2", "a, b, c", 'an "x", b']),
    at=st.integers(1, 5),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    again=st.booleans(),
    quotes=st.sampled_from(["strict", "lenient"]),
)
@settings(max_examples=examples(400))
def test_a_delimiter_forgotten_before_a_quoted_cell_shifts_no_column(
    read: Read, row: list[str], cell: str, at: int, quoting: int, again: bool, quotes: str
) -> None:
    at = min(at, len(row) - 1)
    row[at] = cell
    pieces = [written([[each]], quoting=quoting, lineterminator="").records[0] for each in row]
    line = b",".join(pieces[:at]) + b",".join(pieces[at:]) + b"\n"
    header = b",".join(b"h%d" % number for number in range(len(row))) + b"\n"
    whole = b",".join(b"x" for _ in row) + b"\n"
    table = header + whole + line + whole
    got = read(table + table * again, delimiter=",", quote='"', escape="none", quotes=quotes)
    assert got.rows == [("x",) * len(row)] * (2 + 2 * again)
    assert (len(got.rejects), len(got.repeated)) == (1 + again, again)


@given(
    table=tables(PLAIN_CELL), times=st.integers(2, 4), marked=st.booleans(), block_size=st.integers(1, 200)
)
def test_files_pasted_together_give_the_records_of_each(
    read: Read, table: Rows, times: int, marked: bool, block_size: int
) -> None:
    dialect = {"delimiter": ",", "quote": '"', "escape": "none"}
    file = written(table, lineterminator="\n").content
    alone = read(file, **dialect)
    pasted = (b"\xef\xbb\xbf" if marked else b"").join([b"", *[file] * times])
    together = read(pasted, block_size=block_size, **dialect)
    assert together.rows == alone.rows * times
    assert len(together.repeated) == times - 1


def test_inches_are_text(read: Read) -> None:
    assert read(b'a,b,c\n5" pipe,3" elbow,Reno\n').rows == [('5" pipe', '3" elbow', "Reno")]


def test_blank_rows_are_no_records_and_are_told(read: Read) -> None:
    whole = read(b'a,b\nOak,1\n,\n"", \n,,,\n\nElm,2\n')
    assert (whole.rows, whole.numbers, whole.lines) == ([("Oak", "1"), ("Elm", "2")], [1, 2], [2, 7])
    assert (whole.rejects, whole.remarks) == ([], ("3 blank rows are left out",))


TOTAL = {"footer": {"match": "^Total"}}


@pytest.mark.parametrize("block_size", [1, 40, 1 << 20])
@pytest.mark.parametrize(
    ("footer", "taken"),
    [
        ("", 0),
        ("Total,,3\n", 1),
        ('"Total: 6,634",,\n,,\nPage 1 of 1,,\n', 2),
        (",,Total: 3\n", 1),
        ("Total: 3\nTotal capacity: 5\n\nThe end", 3),
        ('Total 3 "pipes\n', 1),
    ],
)
def test_a_footer_is_searched_from_the_end_up(read: Read, footer: str, taken: int, block_size: int) -> None:
    records = [("Oak", "702-555-0143", "12"), ("Pine", "702-555-0144", "8")] * 100
    records[150] = ("Totally\nKids" if taken else "Pine", "702-555-0145", "9")
    file = written([list(record) for record in records], lineterminator="\n")
    whole = read(file.content + footer.encode(), block_size=block_size, **TOTAL)
    lines = "the last line" if taken == 1 else f"the last {taken} lines"
    assert (whole.rows, whole.rejects) == (records, [])
    assert [each for each in whole.remarks if "footer" in each] == [f"the footer is {lines}"] * bool(taken)


def test_a_footer_with_records_behind_it_is_refused(read: Read) -> None:
    records = [["Totally Kids", "702-555-0145", "9"], *[["Oak", "702-555-0143", "12"]] * 42]
    with pytest.raises(
        DeliveryError, match="line 2: it matches `footer`, but 42 rows after it look like records"
    ):
        read(written(records).content, **TOTAL)


@pytest.mark.parametrize("block_size", [1, 1 << 20])
def test_a_record_may_go_on_in_the_lines_that_are_searched_for_a_footer(read: Read, block_size: int) -> None:
    records = [["Oak", "1"], ["Pine\n" * 90, "2"], *[["Elm", "3"]] * 50]
    whole = read(written(records, lineterminator="\n").content + b"Total,", block_size=block_size, **TOTAL)
    assert (whole.rows, whole.rejects) == (list(map(tuple, records)), [])


def test_a_file_that_is_bad_everywhere_is_refused_with_the_first_fault(read: Read) -> None:
    with pytest.raises(DeliveryError) as caught:
        read(b"a,b\n1;2\n3;4\n")
    assert caught.value.message == (
        "leads.csv: line 2: 1 cell instead of 2; none of the 2 records can be read"
    )
    assert caught.value.line == 2
    assert "`delimiter`" in caught.value.hint
    with pytest.raises(DeliveryError, match="3 cells instead of 2; the only record cannot be read"):
        read(b"a,b\n1,2,3\n")
