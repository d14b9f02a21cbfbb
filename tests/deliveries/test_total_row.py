"""Tests of leadingest.deliveries.total_row."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leadingest.deliveries.total_row import looks_like_total
from tests.deliveries.conftest import Whole


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
    told = (
        "line 4: the last record looks like a total; to leave it out, set `footer` in the delivery section of the mapping",
    )
    assert read(b"a,b\nOak,1\nTotal,2\nTotal,3\n\n").remarks == told
    assert read(b"a,b\nTotal,2\nOak,1\n").remarks == ()
    assert read(b"a,b\nOak,1\nTotal,3\n", footer=1).remarks == ("the footer is the last line",)
