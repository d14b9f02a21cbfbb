"""Tests of leadingest.reports.heat."""

import pytest

from leadingest.reports.heat import level, shown_share


@pytest.mark.parametrize(
    ("share", "shown", "name"),
    [
        (0, 0, "h0"),
        (0.0001, 1, "h1"),
        (0.244, 24, "h1"),
        (0.245, 24, "h1"),
        (0.25, 25, "h2"),
        (0.746, 75, "h4"),
        (0.949, 95, "h5"),
        (0.9999, 99, "h5"),
        (1, 100, "h5"),
    ],
)
def test_a_share_has_the_colour_of_the_number_that_is_shown(share: float, shown: int, name: str) -> None:
    assert (shown_share(share), level(share)) == (shown, name)
