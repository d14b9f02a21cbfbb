import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.deliveries.readers.structure import Fault, Structure, check_structure, record_ends

ALPHABET = st.text(alphabet='a",\n\r', max_size=200)


@pytest.mark.parametrize(
    ("block", "offset", "reason"),
    [
        (b"a,b\nc\n", 4, "1 cell instead of 2"),
        (b"a,b\nc,d,e\n", 4, "3 cells instead of 2"),
        (b'a,b\nc,d" e\n', 7, "a quote inside an unquoted cell"),
        (b'a,b\n"c"d,e\n', 6, "text after a closing quote"),
        (b'a,b\n"c,d\ne,f\n', 4, "the quote opened here is never closed"),
        (b'a,b\nc,"d""\n', 6, "the quote opened here is never closed"),
        (b"a,b\rc,d\n", 3, "a carriage return without a line feed"),
        (b'a,"b"\rc,d\n', 5, "a carriage return without a line feed"),
        (b"a,b\n\nc,d\n", 4, "a blank line"),
        (b"a,b\r\n\r\nc,d\r\n", 5, "a blank line"),
        (b"a,b\n\0,d\n", 4, "a NUL byte"),
        (b'a,b\nc\nd,e"\n', 4, "1 cell instead of 2"),
    ],
)
@pytest.mark.parametrize("before", [0, 1, 31, 200])
def test_the_first_fault_is_told_with_its_place(block: bytes, offset: int, reason: str, before: int) -> None:
    good = b"x,y\n" * before
    found = check_structure(good + block, delimiter=",", quote='"', cells=2)
    assert isinstance(found, Fault)
    assert (found.offset, found.reason) == (offset + len(good), reason)


def test_text_after_a_closing_quote_tells_where_the_quote_was_opened() -> None:
    found = check_structure(b'a,b\n"c,d\ne,"f"\n', delimiter=",", quote='"', cells=2)
    assert isinstance(found, Fault)
    assert (found.offset, found.opened) == (11, 4)


@pytest.mark.parametrize("block", [b"a\n\nb\n", b"a\r\n\r\nb\r\n", b"\na\n", b'"a"\n\n"b"\n'])
def test_a_blank_line_is_no_record_of_one_column(block: bytes) -> None:
    found = check_structure(block, delimiter=",", quote='"', cells=1)
    assert isinstance(found, Fault)
    assert found.reason == "a blank line"


def test_lines_count_the_line_ends_inside_quotes() -> None:
    found = check_structure(b'a,b\n"c\n\nd",e\nf,g', delimiter=",", quote='"', cells=2)
    assert isinstance(found, Structure)
    assert list(found.lines(10)) == [10, 11, 14]


def test_lines_are_a_range_where_no_cell_holds_a_line_end() -> None:
    found = check_structure(b'a,"b"\nc,d\n', delimiter=",", quote='"', cells=2)
    assert isinstance(found, Structure)
    assert found.lines(2) == range(2, 4)


@given(ALPHABET, st.integers(1, 3))
def test_what_is_proven_is_what_the_strict_csv_reader_reads(text: str, cells: int) -> None:
    found = check_structure(text.encode(), delimiter=",", quote='"', cells=cells) if text else None
    if isinstance(found, Structure):
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert [len(row) for row in rows] == [cells] * found.records


@given(st.lists(st.lists(st.text('a",\n', max_size=5), min_size=2, max_size=2), min_size=1, max_size=40))
def test_everything_that_a_csv_writer_writes_is_proven(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    found = check_structure(out.getvalue().encode(), delimiter=",", quote='"', cells=2)
    assert isinstance(found, Structure)
    assert found.records == len(rows) == record_ends(out.getvalue().encode(), '"').size
