"""Tests of leadingest.reports.shares."""

import pytest

from leadingest.reports.shares import percent


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 9, ""),
        (0, 0, ""),
        (9, 9, "100 %"),
        (1, 3, "33 %"),
        (1, 1000, "<1 %"),
        (999, 1000, ">99 %"),
        (99, 100, "99 %"),
    ],
)
def test_a_share_never_looks_like_all_or_nothing(part: int, whole: int, text: str) -> None:
    assert percent(part, whole) == text
