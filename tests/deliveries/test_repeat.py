"""Tests of leadingest.deliveries.repeat."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.records import RecordBatch, cut
from leadingest.deliveries.repeat import Repeat
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.tables.rejects import REJECTS
from tests.workbooks import table, workbook

LISTS = {"Contact": ["Contact 1", "Contact 2", "Contact 3"], "Phone": ["Phone 1", "Phone 2", "Phone 3"]}
FMT = DeliveryFormat.model_validate({"nulls": ["", "N/A"], "repeat": LISTS})
HEADERS = ("Phone 2", "Name", "Contact 1", "Phone 1", "Contact 3", "Contact 2", "Phone 3")
CELLS = st.sampled_from(["", " ", "N/A", "a", "b"])
#: Rows of a file; None is one that cannot be read.
ROWS = st.lists(st.none() | st.tuples(*[CELLS] * len(HEADERS)), max_size=8)


def one_by_one(rows: list[tuple[str, ...] | None]) -> dict[int, tuple[str, ...]]:
    """The records by number, each made by hand, under Phone, Name and Contact."""
    records: dict[int, tuple[str, ...]] = {}
    for number, row in enumerate(rows):
        cells = dict(zip(HEADERS, row or (), strict=False))
        places = [(cells[f"Phone {at}"], cells[f"Contact {at}"]) for at in (1, 2, 3)] if row else []
        filled = [
            at for at, place in enumerate(places) if any(cell.strip() not in ("", "N/A") for cell in place)
        ]
        for at in filled or [0] * bool(row):
            records[3 * number + at + 1] = (places[at][0], cells["Name"], places[at][1])
    return records


def batch_of(rows: list[tuple[str, ...] | None]) -> RecordBatch:
    numbers = [number for number, row in enumerate(rows, 1) if row]
    broken = [number for number, row in enumerate(rows, 1) if not row]
    rejects = {name: [None] * len(broken) for name in REJECTS} | {"record_number": broken}
    schema = dict.fromkeys(map(str, range(len(HEADERS))), pl.String)
    frame = pl.DataFrame([row for row in rows if row], schema=schema, orient="row")
    return RecordBatch(
        frame, numbers, [number + 1 for number in numbers], pl.DataFrame(rejects, schema=REJECTS)
    )


@given(ROWS, st.integers(1, 9))
def test_each_place_in_which_anything_stands_is_a_record_however_a_file_is_cut(
    rows: list[tuple[str, ...] | None], most: int
) -> None:
    repeat = Repeat.of(FMT, HEADERS)
    assert repeat.headers == ("Phone", "Name", "Contact")
    batches = list(repeat.batches(cut(batch_of(rows), most)))
    numbers = [number for batch in batches for number in batch.numbers]
    records = [row for batch in batches for row in batch.frame.rows()]
    assert dict(zip(numbers, records, strict=True)) == one_by_one(rows)
    assert numbers == sorted(numbers)
    assert [line for batch in batches for line in batch.lines] == [
        (number - 1) // 3 + 2 for number in numbers
    ]
    rejected = [number for batch in batches for number in batch.rejects["record_number"]]
    assert rejected == [3 * at + 1 for at, row in enumerate(rows) if row is None]


def rows_of(path: Path, **options: Any) -> tuple[tuple[str, ...], list[tuple[str, ...]], tuple[str, ...]]:
    """The headers, the records, and what the file lacks."""
    with open_records(fingerprint(path), FMT, **options) as records:
        rows = [row for batch in records.batches() for row in batch.frame.rows()]
        return records.headers, rows, records.absent


def test_a_workbook_is_read_so_too(tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(workbook(list=table(HEADERS, ("2", "Oak", "Ann", "1", None, "Bob"), (None, "Elm"))))
    assert rows_of(file) == (
        ("Phone", "Name", "Contact"),
        [("1", "Oak", "Ann"), ("2", "Oak", "Bob"), ("", "Elm", "")],
        (),
    )


def test_a_column_that_the_file_lacks_is_told_or_blank(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(
        "Name,contact 1,Phone 1,Contact 2,Contact 3,Phone 3\nOak,Ann,1,Bob,,3\n", encoding="utf-8"
    )
    with pytest.raises(DeliveryError, match="has no header 'Phone 2', which `repeat` reads"):
        rows_of(file)
    assert rows_of(file, may_lack_columns=True) == (
        ("Name", "Contact", "Phone"),
        [("Oak", "Ann", "1"), ("Oak", "Bob", ""), ("Oak", "", "3")],
        ("Phone 2",),
    )


def test_a_column_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(",".join((*HEADERS, "Phone 1")) + "\n" + "x," * 7 + "x\n", encoding="utf-8")
    with pytest.raises(DeliveryError, match="'Phone 1', which `repeat` reads, occurs 2 times"):
        rows_of(file, may_lack_columns=True)
