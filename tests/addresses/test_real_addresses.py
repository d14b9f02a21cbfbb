"""Real one-line addresses, which lie beside the repository and are no part of it: no part of one is wrong.

What is compared are counts, so that no address is shown where a test fails.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from leadingest.addresses.one_line_address import Address, take_apart
from leadingest.addresses.plain_address import plain_address
from tests.real_deliveries import DATA, SAMPLES, real

pytestmark = [real, pytest.mark.long]

#: What is left out by name.
_LEFT_OUT = re.compile(r"c/o\b[^,]*|, (?:none|same)(?=,)")

#: A cell, and the city, the state and the ZIP code that it must give.
Case = tuple[str, str, str, str]


def _sheet(name: str) -> Iterator[list[str]]:
    workbook = CalamineWorkbook.from_path(SAMPLES / name)
    for row in workbook.get_sheet_by_index(0).to_python(skip_empty_area=False):
        yield [str(cell).strip() for cell in row]


def _records(name: str) -> list[dict[str, str]]:
    with (SAMPLES / name).open(encoding="utf-8", errors="replace", newline="") as file:
        return [
            {key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(file)
        ]


def _exercise() -> Iterator[Case]:
    """`... CITY, ST 12345`, with nothing before the city: where it begins is held by tests/test_exercise.py."""
    for folder in ("exercise", "exercise/earlier_delivery"):
        with (DATA / folder / "source1.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                before, _, ending = row["Address"].strip().rpartition(", ")
                yield row["Address"].strip(), before, *ending.split(" ")


def _missouri() -> Iterator[Case]:
    """`street, unit, city, ST, 12345`."""
    for name in ("2022-r2.xlsx", "2022-r3.xlsx"):
        for row in _sheet(f"mo_relief_ppp/{name}"):
            *_, city, state, code = ["", "", *row[6].split(",")]
            if code.strip()[:5].isdecimal():
                yield row[6], city.strip(), state.strip(), code.strip()


def _texas() -> Iterator[Case]:
    """`street, city, ST, 12345`, with the city, the state and the ZIP code in columns of their own."""
    for row in _sheet("tx_childcare_full/2022-02.xlsx"):
        if row[7][:5].isdecimal():
            yield row[21], row[5], row[6], row[7]


def _put_together(form: str) -> Iterator[Case]:
    """Columns of three lists, put together to one cell: every tenth record."""
    for name, *columns in (
        ("tx_childcare_full/2022-02.csv", "Address", "City", "State", "Zip"),
        ("ne_childcare/2026-02-16.csv", "Address", "City", "State", "Zip_Code"),
        ("nys_home_daycare/2014-08-25.csv", "Street Number", "Street Name", "City", "State", "Zip Code"),
    ):
        for record in _records(name)[::10]:
            *street, city, state, code = (record.get(column, "") for column in columns)
            if all([*street, city, state]) and len(code) == 5 and "," not in "".join(street):
                yield form.format(" ".join(street), city, state, code), city, state, code


LISTS: dict[str, tuple[Callable[[], Iterable[Case]], float]] = {
    "the exercise": (_exercise, 0),
    "Texas": (_texas, 0.01),
    # A twentieth of the list has the name of a school, a second street or a box in the cell.
    "Missouri": (_missouri, 0.07),
    "put together with commas": (lambda: _put_together("{}, {}, {} {}"), 0.02),
    "put together with one comma": (lambda: _put_together("{} {}, {} {}"), 0.04),
    "put together without commas": (lambda: _put_together("{} {} {} {}"), 0.04),
}


def _is_wrong(case: Case, address: Address, *, city_ends: bool) -> bool:
    cell, city, state, code = (" ".join(part.casefold().split()).rstrip(" .,") for part in case)
    cell = _LEFT_OUT.sub("", cell)
    found = address.city.casefold()
    right = city.endswith(f" {found}") if city_ends else found == city
    letters = [sign for sign in cell if sign.isalnum()]
    parts = [sign for sign in f"{address.line}{found}{state}{code}".casefold() if sign.isalnum()]
    return not (right and address.state.casefold() == state and address.zip == code and letters == parts)


@pytest.mark.parametrize("name", LISTS)
def test_no_part_is_wrong_and_few_are_refused(name: str) -> None:
    cases, most_refused = LISTS[name]
    distinct = sorted(set(cases()))
    assert distinct
    addresses = [(case, take_apart(case[0])) for case in distinct]
    read = [(case, address) for case, address in addresses if address]
    wrong = sum(_is_wrong(case, address, city_ends=name == "the exercise") for case, address in read)
    assert wrong == 0
    refused = 1 - len(read) / len(distinct)
    assert refused <= most_refused
    plain = pl.select(plain_address(pl.lit(pl.Series([case[0] for case in distinct])))).to_series()
    assert plain.drop_nulls().len() > len(read) * 0.9
    by_words = [asdict(address) if address else None for _, address in addresses]
    differ = sum(
        parts is not None and (parts if parts["street"] is not None else None) != others
        for parts, others in zip(plain, by_words, strict=True)
    )
    assert differ == 0
