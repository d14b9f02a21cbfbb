"""Tests of leadingest.exporting.formats: the same leads in every kind of file, read by another program where there is one."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import polars as pl
import pytest

from leadingest.exporting.formats import FORMATS, write_leads

LEADS = pl.DataFrame(
    {
        "company": ['Elm, "Inc."\nEast', "=HYPERLINK(1)", "  @SUM(A1)", "Étoile 🚀", "\tTab"],
        "phone": ["+17022003001", "+17022003002 x12", None, "+1+1", "-1+1"],
        "capacity": [10, -1, None, 0, 7],
        "rate": [Decimal("7.50"), None, None, None, None],
        "open": [True, False, None, None, None],
        "issued": [date(2026, 6, 30), None, None, None, None],
        "seen": [datetime(2026, 6, 30, 12, 0, 1), None, None, None, None],
    }
)


def read_csv(file: bytes) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in csv.reader(StringIO(file.decode(), newline=""))]


def read_xlsx(file: bytes) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(BytesIO(file))["leads"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b", "d"}
    return list(sheet.iter_rows(values_only=True))


def read_parquet(file: bytes) -> list[tuple[Any, ...]]:
    leads = pl.read_parquet(BytesIO(file))
    assert leads.schema == LEADS.schema
    return [tuple(leads.columns), *leads.rows()]


READ: dict[str, Callable[[bytes], list[tuple[Any, ...]]]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "parquet": read_parquet,
}
CSV = [
    ('Elm, "Inc."\nEast', "+17022003001", "10", "7.50", "true", "2026-06-30", "2026-06-30 12:00:01"),
    ("'=HYPERLINK(1)", "+17022003002 x12", "-1", "", "false", "", ""),
    ("'  @SUM(A1)", "", "", "", "", "", ""),
    ("Étoile 🚀", "'+1+1", "0", "", "", "", ""),
    ("'\tTab", "'-1+1", "7", "", "", "", ""),
]
XLSX = [
    (*row[:3], row[3] and float(row[3]), row[4], row[5] and datetime(2026, 6, 30), row[6])
    for row in LEADS.rows()
]
EXPECTED: dict[str, list[tuple[Any, ...]]] = {"csv": CSV, "xlsx": XLSX, "parquet": LEADS.rows()}


def written(name: str, *batches: pl.DataFrame) -> bytes:
    file = BytesIO()
    write_leads(name, iter(batches), file)
    return file.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_every_value_comes_through_and_no_text_is_run(name: str) -> None:
    head, *rows = READ[name](written(name, LEADS.head(2), LEADS.clear(), LEADS.slice(2)))
    assert head == tuple(LEADS.columns)
    assert rows == EXPECTED[name]


@pytest.mark.parametrize("name", FORMATS)
def test_without_a_lead_there_is_a_head(name: str) -> None:
    assert READ[name](written(name, LEADS.clear())) == [tuple(LEADS.columns)]


def test_in_a_workbook_a_formula_stays_a_text_when_it_is_typed_over() -> None:
    sheet = openpyxl.load_workbook(BytesIO(written("xlsx", LEADS)))["leads"]
    assert [sheet.cell(row, 1).quotePrefix for row in range(1, 7)] == [False, False, True, True, False, True]
