"""Tests of leadingest.deliveries.batch_filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.deliveries.batch_filters import filled_down, looks_like_total
from leadingest.deliveries.noticed import Noticed
from leadingest.deliveries.records import RecordBatch
from leadingest.errors import DeliveryError
from leadingest.tables.rejects import REJECTS
from tests.deliveries.conftest import Whole

Read = Callable[..., Whole]
Row = tuple[str, str, str] | None
HEADERS = ("State", "County", "City")
CELLS = st.sampled_from(["", " ", "a", "b"])
#: Rows of a file; None is one that cannot be read.
ROWS = st.lists(st.none() | st.tuples(CELLS, CELLS, CELLS), max_size=12)


@pytest.mark.parametrize(
    "again", [b" Name,License  No,\n", b'"Name","License  No",""\n', b"Name ,License  No, \n"]
)
def test_white_space_aside_the_header_once_more_is_left_out_and_told(read: Read, again: bytes) -> None:
    whole = read(b"Name ,License  No,\nOak,1,\n" + again + b"Elm,2,x\n")
    assert (whole.rows, whole.numbers, whole.repeated) == ([("Oak", "1", ""), ("Elm", "2", "x")], [1, 3], [2])
    assert whole.remarks == ("1 repeated header is left out and counted as filtered",)


def test_names_that_the_mapping_gives_are_a_header_too(read: Read) -> None:
    assert read(b"a,b\n1,2\n", header="none", names=["a", "b"]).repeated == [1]
    assert read(b"a,b\n1,2\na,b\nx,y\n", header=1, names=["x", "y"]).repeated == [2]


def test_a_record_that_has_some_of_its_names_is_a_record(read: Read) -> None:
    assert read(b"Name,Kind\nName,Bar\nOak,Kind\n").repeated == []


def batch_of(rows: Sequence[Row], first: int) -> RecordBatch:
    numbers = [number for number, row in enumerate(rows, start=first) if row]
    broken = [number for number, row in enumerate(rows, start=first) if not row]
    rejects = {name: [None] * len(broken) for name in REJECTS} | {"record_number": broken}
    frame = pl.DataFrame([row for row in rows if row], schema=dict.fromkeys("012", pl.String), orient="row")
    return RecordBatch(frame, numbers, numbers, pl.DataFrame(rejects, schema=REJECTS))


def one_by_one(rows: Sequence[Row]) -> tuple[dict[int, tuple[str, ...]], int]:
    """The records by number, each filled by hand, and how many titles there are."""
    held, records, titles = ["", ""], {}, 0
    for number, row in enumerate(rows, start=1):
        if row is None:
            held = ["", ""]
            continue
        if row[0].strip():
            held = [row[0], ""]
        if row[1].strip():
            held[1] = row[1]
        if not row[2].strip() and (row[0].strip() or row[1].strip()):
            titles += 1
        else:
            records[number] = (*held, row[2])
    return records, titles


@given(rows=ROWS, size=st.integers(1, 12))
def test_every_cell_has_the_text_above_it_however_the_file_is_cut(rows: list[Row], size: int) -> None:
    noticed = Noticed()
    pieces = (batch_of(rows[start : start + size], start + 1) for start in range(0, len(rows), size))
    batches = list(filled_down(pieces, ["State", "County"], HEADERS, noticed, "leads.csv"))
    by_number = {n: row for each in batches for n, row in zip(each.numbers, each.frame.rows(), strict=True)}
    assert (by_number, noticed.titles) == one_by_one(rows)
    assert sum(each.records for each in batches) == len(rows)


def test_a_header_in_other_capitals_is_meant(read: Callable[..., Any]) -> None:
    whole = read(b"COUNTY,Name\nClark,Oak\n,Elm\n", fill_down=["County"])
    assert whole.rows == [("Clark", "Oak"), ("Clark", "Elm")]


def test_a_header_that_is_not_there_is_told(read: Callable[..., Any]) -> None:
    with pytest.raises(DeliveryError) as caught:
        read(b"a,b\n1,2\n", fill_down=["County"])
    assert caught.value.message == (
        "leads.csv: the header 'County' to fill down is missing or occurs more than once"
    )


def test_the_run_says_what_was_filled_and_what_was_not(read: Callable[..., Any]) -> None:
    whole = read(b"a,b\nx,\n,1\n,1,2\n,3\n", fill_down=["a"])
    assert whole.rows == [("x", "1"), ("", "3")]
    assert whole.remarks == (
        "1 title is filled down, left out as records and counted as filtered",
        "once nothing was filled down below a reject, which may have contained another title",
    )


@pytest.mark.parametrize(
    "cells",
    [
        ("Total", "", ""),
        ("", "Grand Total: 6,634", ""),
        ("TOTALS", "12", "$1,204.50"),
        ("Total records: 42",),
        ("Sub-total", "7%"),
    ],
)
def test_a_total_stands_before_numbers_alone(cells: tuple[str, ...]) -> None:
    assert looks_like_total(cells)


@pytest.mark.parametrize(
    "cells",
    [
        ("Totally Kids", "12"),
        ("Total Care", ""),
        ("Total", "Reno"),
        ("12", "Total"),
        ("", ""),
        ("Total", "12-B"),
    ],
)
def test_what_has_other_words_is_a_record(cells: tuple[str, ...]) -> None:
    assert not looks_like_total(cells)


def test_only_of_the_last_record_it_is_told(read: Callable[..., Whole]) -> None:
    remark = (
        "line 4: the last record looks like a total; to leave it out, set `footer` in the delivery section of the mapping",
    )
    assert read(b"a,b\nOak,1\nTotal,2\nTotal,3\n\n").remarks == remark
    assert read(b"a,b\nTotal,2\nOak,1\n").remarks == ()
    assert read(b"a,b\nOak,1\nTotal,3\n", footer=1).remarks == ("the footer is the last line",)
