"""Tests of leadingest.deliveries.readers.broken_lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from leadingest.deliveries.readers.broken_lines import record_lengths
from leadingest.errors import DeliveryError
from leadingest.tables.rejects import SHORT_RECORD
from tests.deliveries.conftest import Whole

Read = Callable[..., Whole]

#: With a break in some cells, at the beginning and the end, too.
BROKEN_CELLS = st.text("ab1 \n", max_size=4)


@pytest.mark.parametrize(
    ("cells", "lengths"),
    [
        ([2, 2], [2]),
        ([2, 1, 2], [3]),
        ([2, 2, 2, 2], [2, 2]),
        ([2], []),
        ([2, 2, 2], []),
        ([1, 2, 2], []),
        ([2, 2, 1], []),
        ([2, 2, 1, 2, 2], []),
        ([], []),
    ],
)
def test_pieces_make_records_only_where_there_is_one_way(cells: list[int], lengths: list[int]) -> None:
    assert record_lengths(cells, 3) == lengths


def test_it_is_only_done_where_the_mapping_says_so_and_told(read: Read) -> None:
    content = b"a,b,c\nOak,Reno,1\nFir,El\nko,2\nElm,Elko,3\n"
    strict, joined = (read(content, broken_lines=each) for each in ("reject", "join"))
    assert (len(strict.rows), len(strict.rejects), strict.remarks) == (2, 2, ())
    assert joined.rows == [("Oak", "Reno", "1"), ("Fir", "El\nko", "2"), ("Elm", "Elko", "3")]
    assert (joined.numbers, joined.lines) == ([1, 2, 3], [2, 3, 5])
    assert joined.remarks == ("1 record joined from broken lines",)
    assert "`broken_lines: join`" in SHORT_RECORD.hint


@pytest.mark.parametrize(
    "lines",
    [
        b'1,"Oak\n2,x\ny,3\n',  # behind a quote that is never closed
        b'Fir,"El"\nko,2\n',  # a part of the cell is quoted
        b'Fir,El\n"ko",2\n',
        b'Fir,5"\nko,2\n',  # a quote that may mean anything
        b"Fir,El\n\nko,2\n",  # a blank row between
        b"Fir,E\xff\nko,2\n",
    ],
)
def test_a_piece_that_is_not_certain_stays_a_reject(read: Read, lines: bytes) -> None:
    content = b"a,b,c\nOak,Reno,1\n" + lines + b"Elm,Elko,3\n"
    keys = {"delimiter": ",", "quote": '"'}
    joined, strict = (read(content, broken_lines=each, **keys) for each in ("join", "reject"))
    assert (joined.rows, joined.rejects) == (strict.rows, strict.rejects)


def test_a_file_all_of_whose_records_are_short_is_gone_through_in_bounded_memory(read: Read) -> None:
    content = b"a,b,c\n" + b"Fir,El\nko,2\n" * 6 + b"Oak,Reno,1\n" + b"Fir,El\nko,2\n"
    read_ten, read_all = (
        read(content, broken_lines="join", record_lines=most, block_size=1) for most in (10, 12)
    )
    assert (len(read_ten.rows), len(read_ten.rejects)) == (2, 12)
    assert (len(read_all.rows), len(read_all.rejects)) == (8, 0)


@given(
    table=st.integers(2, 4).flatmap(
        lambda width: st.lists(st.lists(BROKEN_CELLS, min_size=width, max_size=width), min_size=1, max_size=8)
    ),
    block_size=st.sampled_from([1, 7, 1 << 20]),
)
@example([["a", "b\n", "1"], ["\na", "b", "1"], ["a", "b\nb", "1"]], 1)
@example([["", "\na", "b", "1", "b"], ["a", "b\n", "\n", "1", "b"]], 1)
@example([["a", "b", "1"], ["", "\n", ""], ["a", "b\nb", "1"]], 1)
def test_what_is_joined_is_a_record_of_the_table_and_no_line_is_lost(
    read: Read, table: list[list[str]], block_size: int
) -> None:
    header = ",".join(f"h{at}" for at in range(len(table[0])))
    text = "\n".join([header, *map(",".join, table)]) + "\n"
    try:
        whole = read(text.encode(), block_size=block_size, broken_lines="join", delimiter=",")
    except DeliveryError:  # there are rejects only
        assume(False)
    joined = [row for row in whole.rows if any("\n" in cell for cell in row)]
    records = [[cell.strip() for cell in record] for record in table]
    assert all([cell.strip() for cell in row] in records for row in joined)
    starts = sorted([*whole.lines, *(reject[1] for reject in whole.rejects)])
    joined_lines = {line: ",".join(row) for line, row in zip(whole.lines, whole.rows, strict=True)}
    joined_lines |= {reject[1]: reject[4] for reject in whole.rejects}
    lines = text.split("\n")
    taken = {line + at for line in starts for at in range(joined_lines[line].count("\n") + 1)}
    assert all("\n".join(lines[line - 1 :]).startswith(joined_lines[line]) for line in starts)
    assert not any(lines[at - 1].strip(" ,") for at in range(2, len(lines) + 1) if at not in taken)
