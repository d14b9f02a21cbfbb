"""Tests of leadingest.addresses.zip_prefixes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.addresses.us_states import STATES
from leadingest.addresses.zip_prefixes import state_of


@pytest.mark.parametrize(
    ("zip_code", "state"),
    [
        ("02134", "MA"),
        ("10001", "NY"),
        ("20001", "DC"),
        ("22030", "VA"),
        ("60614", "IL"),
        ("68102", "NE"),
        ("73301", "TX"),
        ("73401", "OK"),
        ("79936-1234", "TX"),
        ("88501", "TX"),
        ("89501", "NV"),
        ("99501", "AK"),
        ("00000", ""),
        ("09012", "AE"),
        ("05501", "MA"),
        ("05601", "VT"),
        ("96799", "AS"),
    ],
)
def test_the_first_digits_tell_the_state(zip_code: str, state: str) -> None:
    assert state_of(zip_code) == state


@given(st.integers(0, 999))
def test_every_prefix_is_of_one_state_or_of_none(prefix: int) -> None:
    assert state_of(f"{prefix:03}01") in {"", "AA", "AE", "AP", *STATES}
