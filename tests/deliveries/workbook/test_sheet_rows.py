from __future__ import annotations

import warnings
from datetime import datetime, time
from pathlib import Path

import openpyxl
import pytest

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.workbook.book import read_book
from leadingest.deliveries.workbook.package import open_workbook
from leadingest.deliveries.workbook.sheet_rows import SheetRows
from leadingest.mapping.delivery_format import DeliveryFormat
from tests.real_deliveries import SAMPLES, real
from tests.workbooks import hand_made

#: Bytes. To read a larger one with the other reader takes many seconds.
_LARGE = 1 << 20
WORKBOOKS = [
    pytest.param(
        path, id=f"{path.parent.name}-{path.stem}", marks=[pytest.mark.long] * (path.stat().st_size > _LARGE)
    )
    for path in sorted(SAMPLES.rglob("*.xlsx"))
]

Texts = dict[tuple[int, int], str]


def every_sheet(path: Path) -> dict[str, Texts]:
    """The texts of each sheet by row and column."""
    found = {}
    with open_workbook(fingerprint(path), DeliveryFormat()) as package:
        book = read_book(package)
        for sheet in book.sheets:
            rows = SheetRows(package, book, sheet, size=1 << 20)
            found[sheet.name] = {
                (row, column): text
                for piece in rows.pieces()
                for row, column, text in piece.select("row", "column", "text").iter_rows()
            }
    return found


def as_text(value: object) -> str:
    """A value of openpyxl as a text."""
    if isinstance(value, datetime):
        return str(value).removesuffix(" 00:00:00")
    if isinstance(value, float):
        return f"{value:.15g}"
    return value.isoformat() if isinstance(value, time) else str(value)


@real
@pytest.mark.parametrize("path", WORKBOOKS)
def test_every_cell_of_a_real_workbook_is_what_another_reader_finds(path: Path) -> None:
    with warnings.catch_warnings(action="ignore"):
        book = openpyxl.load_workbook(path, data_only=True)
    expected = {
        sheet.title: {
            (cell.row, cell.column): as_text(cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value not in (None, "")
        }
        for sheet in book.worksheets
    }
    found = every_sheet(path)
    assert {name: len(texts) for name, texts in found.items()} == {
        name: len(texts) for name, texts in expected.items()
    }
    for name, texts in expected.items():
        different = {place for place, text in texts.items() if found[name].get(place) != text}
        # Places alone: what stands in the cells is not ours to print.
        assert different == set()


def test_hidden_rows_below_the_header_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "leads.xlsx"
    row = '<row hidden="1"><c><v>1</v></c></row>'
    path.write_bytes(hand_made(f'{row}<row><c><v>1</v></c></row>{row}{row}<row hidden="1"/>'))
    with open_workbook(fingerprint(path), DeliveryFormat()) as package:
        book = read_book(package)
        rows = SheetRows(package, book, book.sheet(None, "leads.xlsx"), size=1)
        list(rows.pieces())
    assert rows.hidden_after(1) == 2
