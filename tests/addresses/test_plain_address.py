"""Tests of leadingest.addresses.plain_address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.addresses import street_words
from leadingest.addresses.one_line_address import take_apart
from leadingest.addresses.plain_address import plain_address

NO_ADDRESS = dict.fromkeys(("street", "unit", "line", "city", "state", "zip"))


def plainly(*cells: str) -> list[dict[str, str | None] | None]:
    return pl.select(plain_address(pl.lit(pl.Series(cells, dtype=pl.String)))).to_series().to_list()


def taken_apart(cell: str) -> dict[str, str | None]:
    address = take_apart(cell)
    return asdict(address) if address else {**NO_ADDRESS}


@pytest.mark.parametrize(
    ("cells", "are_plain"),
    [
        (("12 Elm St, Reno, NV 89501", "4501 Willow Ave, Elko, NV 89801"), True),
        (("12 N. ELM ST., RENO NV, 89501-1234", "45 S. OAK ST., ELKO NV, 89801"), True),
        (("1205 5th Ave NW, Fargo, ND 58102", "1 42nd Ave NW, Minot, ND 58701"), True),
        (("12 Elm St Apt 4, Oak Tree, NV 89501", "45 Oak St Apt 9, Elm Tree, NV 89501"), True),
        (("12 ELM ST LAS VEGAS, NV 89101", "45 OAK ST FORT WORTH, TX 76101"), True),
        (("12 ELM ST NORTH LAS VEGAS, NV 89030", "451 WILLOW ST NORTH LAS VEGAS, NV 89030"), True),
        (("12 ELM ST STE A RENO NV 89501", "45 OAK ST STE A ELKO NV 89801"), True),
        (("12B Elm St, Unit 4, Reno, NV 89501", "45C Oak St, Unit 9, Elko, NV 89801"), True),
        (("105-43 93rd St, Ozone Park, NY 11417", "112-05 101st St, Ozone Park, NY 11417"), True),
        (("12 Highway 50, Fallon, NV 89406", "4501 Highway 95, Fallon, NV 89406"), True),
        (("PO Box 12, Elko, NV 89801", "PO Box 345, Reno, NV 89501"), True),
        (("12 Mellow Breeze, Reno, NV 89501", "45 Quiet Hollow, Elko, NV 89801"), True),
        (("12 ST. ROSE PKWY RENO, NV 89501", "45 ST. ROSE PKWY ELKO, NV 89801"), True),
        (("12 Elm St, Sunny Kids, Reno, NV 89501", "45 Oak St, Happy Tots, Elko, NV 89801"), True),
        (("12 Elm St, Reno Reno, NV 89501",), False),
        (("12 Reno St, Reno, NV 89501",), False),
        (("12 Elm St, , Ste 4, Reno, NV 89501",), False),
        (("12 Elm StRENO, NV 89501",), False),
        (("12 Elm St, none, NV 89501",), False),
        (("12 King, Jr Blvd, Reno, NV 89501",), False),
        (("12 Elm St, Reno",), False),
        (("12 1/2 Elm St, Reno, NV 89501",), False),
        (("12 Quillham Zorbla Reno, NV 89501",), False),
        (("",), False),
    ],
)
def test_an_address_is_plain_where_its_form_tells_how_it_is_taken_apart(
    cells: Sequence[str], are_plain: bool
) -> None:
    assert plainly(*cells) == [taken_apart(cell) if are_plain else None for cell in cells]


WORDS = st.sampled_from(
    sorted(
        frozenset().union(*(words for words in vars(street_words).values() if isinstance(words, frozenset)))
    )
)
NAMES = st.sampled_from(
    ["ELM", "JOE", "OLD WILLOW", "5TH", "213", "LAKE", "PCR", "ST", "ST JOHNS", "MARTIN", "O'NEAL"]
)
HOUSES = st.sampled_from(["", "12", "4501", "12B", "105-43", "PO BOX 4", "HIGHWAY", "FM", "AVENUE"])
SUFFIXES = st.sampled_from(["ST", "AVE", "RD.", "TRCE", "LOOP", "HWY", "50", "K", ""])
DIRECTIONS = st.sampled_from(["", "", "N", "SW", "East"])
UNITS = st.sampled_from(["", "", "STE 4", "# 12B", "APT. A", "FL 2", "REAR", "STE200"])
CITIES = st.sampled_from(
    [
        *(
            "RENO",
            "LAS VEGAS",
            "NORTH LAS VEGAS",
            "ST LOUIS",
            "FORT WORTH",
            "OAK",
            "NONE",
            "LAKE CITY",
            "JR",
            "NY",
        ),
        *("WALLA WALLA", "RENO RENO", "LEE'S SUMMIT", "WEST ALLIS", "KATY", "ZORBLA"),
    ]
)
BETWEEN = st.sampled_from([" ", ", ", ", , "])


@given(
    signs=st.tuples(BETWEEN, BETWEEN, st.sampled_from([", ", " "]), st.sampled_from(["89501", "89501-1234"])),
    streets=st.lists(
        st.tuples(HOUSES, DIRECTIONS, NAMES | WORDS, SUFFIXES, DIRECTIONS), min_size=2, max_size=3
    ),
    unit=UNITS,
    cities=st.lists(CITIES | WORDS, min_size=2, max_size=2),
    state=st.sampled_from(["NV", "MO", "TX", "NE", "NY", "XX"]),
    capitals=st.booleans(),
)
def test_a_plain_address_has_the_parts_that_its_words_give(
    signs: tuple[str, str, str, str],
    streets: list[tuple[str, ...]],
    unit: str,
    cities: list[str],
    state: str,
    capitals: bool,
) -> None:
    before, behind, apart, code = signs
    cells = []
    for street in streets:
        line = " ".join(filter(None, street)) + (before + unit if unit else "")
        for city in cities:
            text = f"{line}{behind}{city}"
            cells.append(f"{text if capitals else text.title()}{apart}{state} {code}")
    for cell, plain in zip(cells, plainly(*cells), strict=True):
        assert plain is None or plain == taken_apart(cell)


def test_two_addresses_beside_other_cells_are_taken_apart_each_in_its_place() -> None:
    cells = ["12 Elm St, Reno, NV 89501", "", "45 Oak St, Elko, NV 89801", None, "12 Elm St, Reno, NV 89501"]
    found = pl.DataFrame({"cell": cells}).select(plain_address(pl.col("cell"))).to_series().to_list()
    assert [parts and parts["city"] for parts in found] == ["Reno", None, "Elko", None, "Reno"]


@pytest.mark.parametrize(
    ("city", "no_city"),
    [
        ("12 Elm St North Platte, NE 69101", "12 Elm St North Zorbla, NE 69101"),
        ("12 Elm St, North Platte NE 69101", "12 Elm St, North Zorbla NE 69101"),
        ("12 Elm Garden Reno, NV 89501", "12 Elm Garden Zorbla, NV 89501"),
        ("12 Elm St, Reno, NV 89501", "12 Elm St, Reno, NY 89501"),
    ],
)
def test_what_is_a_city_in_one_address_is_none_in_another(city: str, no_city: str) -> None:
    for cell in (city, no_city, city):
        assert plainly(cell) in ([None], [taken_apart(cell)])
