"""Tests of leadingest.wording."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.wording import counted, number, percent

SHARES = st.tuples(st.integers(0, 10**9), st.integers(1, 10**9)).map(lambda pair: Fraction(*sorted(pair)))


@pytest.mark.parametrize(("value", "text"), [(None, ""), (0, "0"), (999, "999"), (1234567, "1,234,567")])
def test_a_number_has_its_thousands_apart(value: int | None, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(("value", "text"), [(0, "0 leads"), (1, "1 lead"), (2000, "2,000 leads")])
def test_a_count_agrees_with_its_word(value: int, text: str) -> None:
    assert counted(value, "lead") == text


def test_a_plural_without_an_s_is_named() -> None:
    assert (counted(1, "is", "are"), counted(2, "is", "are")) == ("1 is", "2 are")


@pytest.mark.parametrize(
    ("share", "beside", "text"),
    [
        (0, None, "0%"),
        (1, None, "100%"),
        (Fraction(1, 3), None, "33%"),
        (0.426, None, "43%"),
        (0.99, None, "99%"),
        (0.004, None, "0.4%"),
        (Fraction(1, 1_000_000), None, "0.0001%"),
        (Fraction(9996, 10_000), None, "99.96%"),
        (1.5, None, "150%"),
        (Fraction(5001, 10_000), Fraction(1, 2), "50.01%"),
        (Fraction(1, 2), Fraction(1, 2), "50%"),
        (0.0246, 0.025, "2.46%"),
    ],
)
def test_a_share_has_the_decimals_that_it_needs(share: float, beside: float | None, text: str) -> None:
    assert percent(share, beside=beside) == text


@given(SHARES, st.none() | SHARES)
def test_a_share_never_looks_like_none_or_all_and_stands_on_its_side_of_another(
    share: Fraction, beside: Fraction | None
) -> None:
    shown = Fraction(percent(share, beside=beside).removesuffix("%")) / 100
    assert (shown == 0, shown == 1) == (share == 0, share == 1)
    if beside is not None and float(share) != float(beside):
        assert (shown > beside, shown < beside) == (share > beside, share < beside)
