from __future__ import annotations

import io

import polars as pl
import pytest

from leadingest.deliveries.workbook.merged_cells import FilledDown, merged_ranges
from leadingest.errors import DeliveryError


def damaged() -> DeliveryError:
    return DeliveryError("damaged")


def ranges(xml: str) -> list[tuple[int, int, int]]:
    return merged_ranges(io.BytesIO(xml.encode()), damaged).rows()


def merge(*references: str) -> str:
    return "".join(f'<mergeCell ref="{reference}"/>' for reference in references)


def test_ranges_over_several_rows_are_told_with_their_first_column() -> None:
    assert ranges(f"<d>{merge('A1:A3', 'B2:D2', 'AB2:AC9')}</d>") == [(1, 3, 1), (2, 9, 28)]


def test_ranges_are_found_in_any_spelling_and_place() -> None:
    padding = "x" * ((1 << 20) - 30)
    assert ranges(f"{padding}<x:mergeCell xr:uid='1' ref = 'A1:A2' />{merge('B1:B2')}") == [
        (1, 2, 1),
        (1, 2, 2),
    ]


def test_more_ranges_than_a_person_merges_are_refused() -> None:
    with pytest.raises(DeliveryError, match="damaged"):
        ranges(merge("A1:A2") * 262_145)


def filled(references: str, *batches: list[tuple[int, int, str]]) -> list[list[tuple[int, int, str]]]:
    down = FilledDown(merged_ranges(io.BytesIO(references.encode()), damaged), damaged)
    schema = {"row": pl.Int64, "column": pl.Int64, "text": pl.String}
    frames = [pl.DataFrame(batch, schema=schema, orient="row") for batch in batches]
    return [sorted(down.batch(frame).rows()) for frame in frames]


def test_what_is_merged_goes_down_through_batches_to_rows_with_something_of_their_own() -> None:
    batches = filled(
        merge("A1:A5", "C4:C5"),
        [(1, 1, "x"), (1, 2, "b1"), (2, 2, "b2")],
        [(4, 2, "b4"), (4, 3, "y"), (5, 2, "b5"), (6, 2, "b6")],
        [(7, 2, "b7")],
    )
    assert batches == [
        [(1, 1, "x"), (1, 2, "b1"), (2, 1, "x"), (2, 2, "b2")],
        [
            (4, 1, "x"),
            (4, 2, "b4"),
            (4, 3, "y"),
            (5, 1, "x"),
            (5, 2, "b5"),
            (5, 3, "y"),
            (6, 2, "b6"),
        ],
        [(7, 2, "b7")],
    ]


def test_a_cell_with_something_of_its_own_keeps_it() -> None:
    assert filled(merge("A1:A2"), [(1, 1, "x"), (2, 1, "own")]) == [[(1, 1, "x"), (2, 1, "own")]]


def test_ranges_that_lie_on_each_other_without_end_are_refused() -> None:
    rows = [(row, 1, "x") for row in range(1, 10_001)]
    references = "".join(f'<mergeCell ref="A{row}:A20000"/>' for row in range(1, 10_001))
    with pytest.raises(DeliveryError, match="damaged"):
        filled(references, rows)
