"""Tests of leadingest.addresses.plain_address."""

from __future__ import annotations

from dataclasses import asdict

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.addresses import street_words
from leadingest.addresses.one_line_address import take_apart
from leadingest.addresses.plain_address import plain_address

_WORDS_OF_STREETS = sorted(
    frozenset().union(*(words for words in vars(street_words).values() if isinstance(words, frozenset)))
)
_NAMES = st.sampled_from(["ELM", "OLD WILLOW", "5TH", "LAKE", "PCR", "ST", "MARTIN"])
_SUFFIXES = st.sampled_from(["ST", "AVE", "RD.", "TRCE", "LOOP", "HWY"])
_DIRECTIONS = st.sampled_from(["", "", "N", "SW", "East"])
_UNITS = st.sampled_from(["", "STE 4", "# 12B", "APT. 3", "FL 2", "REAR"])
_CITIES = st.sampled_from(
    ["RENO", "LAS VEGAS", "NORTH LAS VEGAS", "ST LOUIS", "OAK", "NONE", "LAKE CITY", "JR"]
)
_BETWEEN = st.sampled_from([" ", ", ", ", , "])


def plainly(text: str) -> dict[str, str] | None:
    found: dict[str, str] | None = pl.select(plain_address(pl.lit(text))).item()
    return found if found and found["street"] is not None else None


@pytest.mark.parametrize(
    "text",
    [
        "12 Elm St, Reno, NV 89501",
        "12 N. ELM ST., RENO NV, 89501-1234",
        "1205 5th Ave NW, Fargo, ND 58102",
        "12 Elm St Apt 4, Oak Tree, NV 89501",
        "12 Lake Park Rd, # 4B, , Reno, NV, 89501",
        "12 ELM ST LAS VEGAS, NV 89101",
        "12 ELM ST STE 4 LAS VEGAS NV 89101",
    ],
)
def test_most_addresses_are_plain(text: str) -> None:
    assert plainly(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "12 Elm St Oak Tree, NV 89501",
        "12 Elm St, Ste 4 Reno, NV 89501",
        "12 Elm StreetRENO, NV 89501",
        "12 Elm, Reno, NV 89501",
        "12 Highway 50, Reno, NV 89501",
        "12 Elm St St Louis, MO 63101",
        "12 Elm St, Reno",
        "12 Elm St, 45 Oak St, Reno, NV 89501",
        "Various, NV",
        "",
    ],
)
def test_what_words_must_tell_is_left_to_them(text: str) -> None:
    assert plainly(text) is None


@given(
    st.tuples(_DIRECTIONS, _NAMES | st.sampled_from(_WORDS_OF_STREETS), _SUFFIXES, _DIRECTIONS),
    st.tuples(_BETWEEN, _UNITS, _BETWEEN),
    _CITIES | st.sampled_from(_WORDS_OF_STREETS),
    st.sampled_from(["NV", "MO", "IN", "XX"]),
    st.booleans(),
)
def test_a_plain_address_has_the_parts_that_its_words_give(
    street: tuple[str, ...], around: tuple[str, str, str], city: str, state: str, capitals: bool
) -> None:
    before, unit, behind = around
    text = " ".join(filter(None, ["12", *street])) + (before + unit if unit else "") + behind + city
    address = f"{text if capitals else text.title()}, {state} 89501"
    plain = plainly(address)
    if plain is not None:
        parts = take_apart(address)
        assert parts is not None
        assert plain == asdict(parts)
