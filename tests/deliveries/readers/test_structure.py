import csv
import io
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.deliveries.readers.dialect import CsvDialect, RecordShape
from leadingest.deliveries.readers.structure import Structure, check_structure, mark_records

ALPHABET = st.text(alphabet='a",\n\r', max_size=200)


def shape(
    cells: int, *, escape: str | None = None, most_bytes: int = 1 << 20, most_lines: int = 1000
) -> RecordShape:
    return RecordShape(CsvDialect(",", '"', escape), cells, most_bytes, most_lines)


def proven(block: bytes, cells: int = 2) -> Structure:
    found = check_structure(block, shape(cells))
    assert found
    return found


@pytest.mark.parametrize(
    "block",
    [
        b"a,b\nc\n",
        b"a,b\nc,d,e\n",
        b'a,b\nc,d" e\n',
        b'a,b\n"c"d,e\n',
        b'a,b\n"c,d\ne,f\n',
        b'a,b\nc,"d""\n',
        b"a,b\rc,d\n",
        b'a,"b"\rc,d\n',
        b"a,b\n\nc,d\n",
        b"a,b\r\n\r\nc,d\r\n",
    ],
)
@pytest.mark.parametrize("before", [0, 1, 31, 200])
@pytest.mark.parametrize("after", [0, 1, 200])
def test_one_fault_anywhere_in_a_block_is_no_proof(block: bytes, before: int, after: int) -> None:
    assert check_structure(b"x,y\n" * before + block + b"x,y\n" * after, shape(2)) is None


@pytest.mark.parametrize("row", [b",", b'"",""', b' ,""', b'"\n", ', b"\xc2\xa0,"])
def test_a_blank_row_is_no_record(row: bytes) -> None:
    assert check_structure(b"a,b\n" + row + b"\nc,d\n", shape(2)) is None


@pytest.mark.parametrize("block", [b"a\n\nb\n", b"a\r\n\r\nb\r\n", b"\na\n", b'"a"\n\n"b"\n'])
def test_a_blank_line_is_no_record_of_one_column(block: bytes) -> None:
    assert check_structure(block, shape(1)) is None


@pytest.mark.parametrize("end", [b"\n", b""])
def test_lines_count_the_line_ends_inside_quotes(end: bytes) -> None:
    found = proven(b'a,b\n"c\n\nd",e\n"f\rg\r\nh",i\nj,k' + end)
    assert list(found.lines(10)) == [10, 11, 14, 17]
    assert found.line_ends == 8 - (not end)


@given(st.lists(st.sampled_from([b"a,b\n", b'"a\n\r",b\r\n', b'"",c\n']), min_size=1, max_size=9), st.data())
def test_records_within_a_block_are_made_of_what_they_are_alone(
    records: list[bytes], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(records) - 1))
    behind = data.draw(st.integers(first + 1, len(records)))
    part, alone = (
        mark_records(b"".join(records), shape(2)).structure(first, behind),
        proven(b"".join(records[first:behind])),
    )
    assert (part.records, part.line_ends) == (alone.records, alone.line_ends)
    assert list(part.lines(7)) == list(alone.lines(7))


@given(st.lists(st.sampled_from([b"a,b\n", b"a\n", b'"a\n",b\n', b"a,b,c\n", b"a\r,b\n", b"\n"]), min_size=1))
def test_each_record_is_proven_or_not_by_itself(records: list[bytes]) -> None:
    marked = mark_records(b"".join(records), shape(2))
    alone = [check_structure(record, shape(2)) is not None for record in records]
    assert marked.proven.tolist() == alone
    assert marked.ends.tolist() == list(accumulate(map(len, records)))


@pytest.mark.parametrize("fault", [b'a,b"c\n', b'"a"b,c\n', b'"a,b\n', b'"a,"b\n', b'"a\n"b",c\n'])
@pytest.mark.parametrize("before", [0, 1, 63, 64])
@pytest.mark.parametrize("times", [1, 3])
def test_a_line_with_a_quote_out_of_place_is_a_record_that_is_not_proven(
    fault: bytes, before: int, times: int
) -> None:
    faulty, *rest = fault.splitlines(keepends=True)
    sound = [*[b"a,b\n"] * before, b'"c\n""",d\n', b'e,"f,"\n']
    marked = mark_records(b"".join([*sound, *[faulty, *rest] * times, *sound]), shape(2))
    lengths = [*map(len, sound), *[len(faulty), *map(len, rest)] * times, *map(len, sound)]
    proven = [*[True] * len(sound), *[False, *map(bool, rest)] * times, *[True] * len(sound)]
    assert (marked.ends.tolist(), marked.proven.tolist()) == (list(accumulate(lengths)), proven)


def test_records_are_marked_up_to_a_quote_that_is_not_closed() -> None:
    marked = mark_records(b'a,b\nc"d,e\n"f,g\nh,i\n', shape(2))
    assert (marked.ends.tolist(), marked.proven.tolist()) == ([4, 10], [True, False])


def test_lines_are_a_range_where_no_cell_holds_a_line_end() -> None:
    assert proven(b'a,"b"\nc,d\n').lines(2) == range(2, 4)


def test_a_record_may_have_as_many_bytes_and_lines_as_the_shape_says() -> None:
    block = b'a,b\n"c\nd",e\n'
    assert check_structure(block, shape(2, most_bytes=8, most_lines=2))
    assert check_structure(block, shape(2, most_bytes=7)) is None
    assert check_structure(block, shape(2, most_lines=1)) is None


def test_an_escape_character_is_for_the_careful_reader() -> None:
    assert check_structure(b"a,b\n", shape(2, escape="\\"))
    assert check_structure(b"a,b\\\n", shape(2, escape="\\")) is None


def test_lines_that_look_like_swallowed_records_are_for_the_careful_reader() -> None:
    assert check_structure(b'1,a,"x\n2,b,y\n3,c",z\n', shape(4)) is not None
    assert check_structure(b'1,"a,x\n2,b,y\n3,c",z\n', shape(3)) is None


@given(ALPHABET, st.integers(1, 3))
def test_what_is_proven_is_what_the_strict_csv_reader_reads(text: str, cells: int) -> None:
    found = check_structure(text.encode(), shape(cells)) if text else None
    if found:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert [len(row) for row in rows] == [cells] * found.records


FILLED_ROWS = st.lists(st.text('a",\n', max_size=3), min_size=2, max_size=2).filter(
    lambda row: bool("".join(row).strip('",\n'))
)


@given(st.lists(FILLED_ROWS, min_size=1, max_size=40))
def test_what_a_csv_writer_writes_is_proven(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    block = out.getvalue().encode()
    assert proven(block).records == len(rows)
