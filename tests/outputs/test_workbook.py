"""Tests of leadingest.outputs.workbook, as another program reads what it writes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import polars as pl
import pytest

from leadingest.errors import LeadingestError, UsageError
from leadingest.outputs import workbook as module
from leadingest.outputs.workbook import workbook


def written(*batches: pl.DataFrame) -> BytesIO:
    file = BytesIO()
    with workbook(file) as book:
        book.sheet("leads", list(batches))
    return file


def cells(file: BytesIO) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(file)["leads"].iter_rows(values_only=True))


def test_values_come_through_as_they_are() -> None:
    rows = pl.DataFrame(
        {
            "text": ["Étoile 🚀 <b>", "0123", "https://example.org", None],
            "number": [7, -7, None, 10**16 + 1],
            "rate": [Decimal("7.50"), Decimal("-0.10"), None, Decimal("1234567890123456.78")],
            "open": [True, False, None, None],
            "day": [date(2026, 6, 30), date(1899, 12, 31), None, date(1900, 3, 1)],
            "moment": [datetime(2026, 6, 30, 12, 0, 1), None, None, None],
        }
    )
    head, *found = cells(written(rows.head(1), rows.slice(1)))
    assert head == ("text", "number", "rate", "open", "day", "moment")
    assert found == [
        ("Étoile 🚀 <b>", 7, 7.5, True, datetime(2026, 6, 30), datetime(2026, 6, 30, 12, 0, 1)),
        ("0123", -7, -0.1, False, "1899-12-31", None),
        ("https://example.org", None, None, None, None, None),
        (None, "10000000000000001", "1234567890123456.78", None, datetime(1900, 3, 1), None),
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", '  =HYPERLINK("http://x")', "@SUM(A1)", "+cmd|' /C calc'!A0", "{=1}", "\t=1"]
)
def test_a_formula_is_a_text_and_stays_one_when_it_is_typed_over(text: str) -> None:
    file = written(pl.DataFrame({"text": [text, "Elm"], "=name": ["x", "y"]}))
    sheet = openpyxl.load_workbook(file)["leads"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")
    assert sheet["A2"].quotePrefix == (text != "{=1}")
    assert not sheet["A3"].quotePrefix
    assert (sheet["B1"].value, sheet["B1"].data_type) == ("=name", "s")
    assert "<f>" not in zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml").decode()


def test_control_characters_and_what_looks_like_their_code_come_through() -> None:
    text = "a\x1b[31m\x00 _x0041_"
    # Excel writes a character that XML cannot hold as _xHHHH_, and such a text with its first sign so.
    raw = zipfile.ZipFile(written(pl.DataFrame({"text": [text]}))).read("xl/worksheets/sheet1.xml").decode()
    assert "a_x001B_[31m_x0000_ _x005F_x0041_" in raw


def test_a_sheet_without_rows_has_its_head() -> None:
    assert cells(written(pl.DataFrame(schema={"a": pl.String, "b": pl.Int64}))) == [("a", "b")]


def test_what_has_no_room_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LeadingestError, match="32,767 characters, but one text has 32,768"):
        written(pl.DataFrame({"a": ["x" * 32_768]}))
    monkeypatch.setattr(module, "MOST_ROWS", 3)
    assert len(cells(written(pl.DataFrame({"a": [1, 2]})))) == 3
    with pytest.raises(UsageError, match="can hold 3 rows"):
        written(pl.DataFrame({"a": [1]}), pl.DataFrame({"a": [2, 3]}))


def test_nothing_is_written_when_it_is_broken_off() -> None:
    file = BytesIO()

    def batches() -> Iterator[pl.DataFrame]:
        yield pl.DataFrame({"a": [1]})
        raise RuntimeError

    def broken_off() -> None:
        with workbook(file) as book:
            book.sheet("leads", batches())

    with pytest.raises(RuntimeError):
        broken_off()
    assert file.getvalue() == b""
