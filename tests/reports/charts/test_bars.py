"""Tests of leadingest.reports.charts.bars."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from leadingest.reports.charts.bars import ACROSS, bars_of
from tests.reports.charts.rows import load_row


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=60), st.sampled_from(["left", "right"]))
def test_bars_stand_beside_each_other_within_the_chart(loaded: list[int], at: str) -> None:
    rows = [load_row(number, count) for number, count in enumerate(loaded)]
    bars = bars_of(rows, height=100, at=at)  # type: ignore[arg-type]  # left or right
    middles = [bars.middle(number) for number in range(len(rows))]
    assert all(earlier + bars.width < later for earlier, later in pairwise(middles))
    assert middles[0] >= bars.width / 2
    assert middles[-1] + bars.width / 2 <= ACROSS
    assert all(0 <= bars.high(count) <= 100 for count in loaded)
    assert all(bars.high(count) > 1 for count in loaded if count)


def test_a_few_loads_stand_at_the_end_that_was_asked_for() -> None:
    rows = [load_row(2, 20), load_row(1, 10)]
    left, right = bars_of(rows, height=100, at="left"), bars_of(rows, height=100, at="right")
    assert [row.load_id for row in left.loads] == [1, 2]
    assert abs(left.middle(0) - (ACROSS - right.middle(1))) <= 1
    assert (left.most, left.high(20), left.high(10)) == (20, 100, 50)
