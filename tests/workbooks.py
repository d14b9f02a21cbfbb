"""Made-up workbooks: as a program writes them, and XML put together by hand for what programs rarely write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from xml.sax.saxutils import escape

import xlsxwriter

#: Cells by row and column, both from 0.
Cells = Mapping[tuple[int, int], object]

_DATE_FORMATS = {
    date: "m/d/yyyy",
    datetime: "m/d/yyyy h:mm",
    time: "h:mm",
    timedelta: "[h]:mm:ss",
}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class Formula:
    """A formula with the value stored for it."""

    text: str
    value: object = ""


def table(*rows: tuple[object, ...], at: tuple[int, int] = (0, 0)) -> dict[tuple[int, int], object]:
    """Rows of cells with their places; "" is no cell."""
    return {
        (at[0] + i, at[1] + j): cell for i, row in enumerate(rows) for j, cell in enumerate(row) if cell != ""
    }


def workbook(options: Mapping[str, object] | None = None, /, **sheets: Cells) -> bytes:
    """A workbook as XlsxWriter writes it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, dict(options or {})) as book:
        formats = {kind: book.add_format({"num_format": code}) for kind, code in _DATE_FORMATS.items()}
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            for (row, column), value in cells.items():
                if isinstance(value, Formula):
                    sheet.write_formula(row, column, value.text, None, value.value)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                else:
                    sheet.write(row, column, value, formats.get(type(value)))
    return out.getvalue()


def hand_made(
    sheet_data: str,
    *,
    before: str = "",
    after: str = "",
    shared: str | None = None,
    styles: str | None = None,
    book: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A workbook with one sheet, S, of this XML; `parts` replace or add parts of the archive by their path."""
    held: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations(r1=("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{book}'
        '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            r1=("worksheet", "worksheets/sheet1.xml"),
            r2=("sharedStrings", "sharedStrings.xml"),
            r3=("styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{_MAIN}">'
        f"{before}<sheetData>{sheet_data}</sheetData>{after}</worksheet>",
    }
    if shared is not None:
        held["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{shared}</sst>'
    if styles is not None:
        held["xl/styles.xml"] = f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in {**held, **(parts or {})}.items():
            archive.writestr(path, content)
    return out.getvalue()


def rows_xml(*rows: tuple[str, ...]) -> str:
    """Rows of texts as the XML of a sheet, without saying where they are."""
    return "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in row) + "</row>"
        for row in rows
    )


def _relations(**targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'
