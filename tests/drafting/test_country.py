"""Tests of leadingest.drafting.country."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from leadingest.drafting.country import Country, country_of

#: Headers · values of columns · which of them are phones · the country, and whether more than one thing says so.
LISTS: dict[str, tuple[list[str], list[list[str]], list[int], Country]] = {
    "nothing": ([], [], [], Country("US", sure=True)),
    "numbers of the United States": ([], [["702-200-3000", "702-200-3001"]], [0], Country("US", sure=True)),
    "numbers that are none": ([], [["123-456-7890"]], [0], Country("US", sure=True)),
    "provinces of Canada": (
        [],
        [["416-555-0123", "416-555-0124"], ["ON", "BC"]],
        [0],
        Country("CA", sure=True),
    ),
    "numbers alone": ([], [["01407 830414", "01248 810451"]], [0], Country("GB", sure=False)),
    "numbers and headers": (
        ["Einrichtung", "Ort", "Telefon"],
        [["030 23125 101", "030 23125 102"]],
        [0],
        Country("DE", sure=True),
    ),
    "numbers and hosts": (
        [],
        [["091 555 01 23"], ["a@kita.example.ch", "b@kita.example.ch"]],
        [0],
        Country("CH", sure=True),
    ),
    "post codes alone": ([], [["1234 AB", "5678 CD"]], [], Country("NL", sure=False)),
    "states of Australia": (
        [],
        [["NSW", "VIC", "QLD"], ["(02) 5550 1234", "(03) 7010 1234"]],
        [1],
        Country("AU", sure=True),
    ),
    "days are no numbers": ([], [["03-04-2019", "05-06-2020"]], [], Country("US", sure=True)),
}


@pytest.mark.parametrize(("headers", "columns", "phones", "country"), LISTS.values(), ids=LISTS)
def test_the_country_is_that_which_most_speaks_for(
    headers: list[str], columns: list[list[str]], phones: list[int], country: Country
) -> None:
    values = [pl.Series(each) for each in columns]
    found = country_of(headers, values, phones=[values[each] for each in phones], today=date(2026, 3, 1))
    assert found == country
