from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.deliveries.filled_down import filled_down
from leadingest.deliveries.noticed import Noticed
from leadingest.deliveries.records import RecordBatch
from leadingest.errors import DeliveryError
from leadingest.tables.rejects import REJECTS

Row = tuple[str, str, str] | None
HEADERS = ("State", "County", "City")
CELLS = st.sampled_from(["", " ", "a", "b"])
#: Rows of a file; None is one that cannot be read.
ROWS = st.lists(st.none() | st.tuples(CELLS, CELLS, CELLS), max_size=12)


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
    told = {n: row for each in batches for n, row in zip(each.numbers, each.frame.rows(), strict=True)}
    assert (told, noticed.titles) == one_by_one(rows)
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
