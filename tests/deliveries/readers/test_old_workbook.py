"""Tests of leadingest.deliveries.readers.old_workbook; an xls file is read in tests/deliveries/corpus."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.readers.old_workbook import sheets_of
from leadingest.deliveries.workbook import old_workbook
from leadingest.errors import DeliveryError

Read = Callable[..., Any]

XLS = (Path(__file__).parents[1] / "corpus" / "old_workbook" / "delivery.xls").read_bytes()
_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(rows: str) -> bytes:
    """An OpenDocument workbook with these rows in its one sheet, S."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {_SPACES}><office:body><office:spreadsheet>'
            f'<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return out.getvalue()


def row(*cells: str) -> str:
    """A row of an OpenDocument workbook; a cell without attributes is a text."""
    written = (
        f"<table:table-cell {cell}/>"
        if cell.startswith(("office:", "table:"))
        else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row>{''.join(written)}</table:table-row>"


def xlsb(*rows: tuple[str | float, ...]) -> bytes:
    """A binary workbook ([MS-XLSB], section 2.4) with these rows in its one sheet, S."""

    def record(kind: int, content: bytes = b"") -> bytes:
        head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return head + bytes([len(content)]) + content

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    sheet = record(129) + record(148, struct.pack("<4I", 0, len(rows) - 1, 0, len(rows[0]) - 1)) + record(145)
    for number, cells in enumerate(rows):
        sheet += record(0, struct.pack("<I", number) + bytes(13))
        for column, cell in enumerate(cells):
            place = struct.pack("<2I", column, 0)
            sheet += (
                record(6, place + text(cell))
                if isinstance(cell, str)
                else record(5, place + struct.pack("<d", cell))
            )
    sheet += record(146) + record(130)
    book = (
        record(131)
        + record(143)
        + record(156, struct.pack("<2I", 0, 1) + text("rId1") + text("S"))
        + record(144)
        + record(132)
    )
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
        relation = f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.bin"/>'
        archive.writestr("xl/_rels/workbook.bin.rels", relations.format(relation))
    return out.getvalue()


def refused(read: Read, content: bytes, **keys: object) -> tuple[str, str]:
    """Message and hint of what comes of reading the content."""
    with pytest.raises(DeliveryError) as caught:
        read(content, **{"name": "leads.ods", **keys})
    return caught.value.message, caught.value.hint


@pytest.mark.parametrize("block_size", [1, 1 << 20])
def test_an_open_document_is_read(read: Read, block_size: int) -> None:
    content = ods(
        row("License", "Opened", "Fee", "Open")
        + row(
            "007",
            'office:value-type="date" office:date-value="2021-05-01"',
            *(
                'office:value-type="float" office:value="12.50"',
                'office:value-type="boolean" office:boolean-value="true"',
            ),
        )
        + '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        + row("008", 'table:number-columns-repeated="2"', "x")
    )
    whole = read(content, name="leads.ods", block_size=block_size)
    assert (whole.headers, whole.format) == (("License", "Opened", "Fee", "Open"), "ods")
    assert whole.rows == [("007", "2021-05-01", "12.5", "true"), ("008", "", "", "x")]
    assert whole.lines == [2, 6]
    assert whole.remarks == (
        "errors and formulas without a value are blank: this file format does not distinguish them",
    )


def test_a_binary_workbook_is_read(read: Read) -> None:
    whole = read(xlsb(("License", "Fee"), ("007", 12.5), ("008", 45.0)), name="leads.xlsb")
    assert (whole.headers, whole.rows, whole.format) == (
        ("License", "Fee"),
        [("007", "12.5"), ("008", "45")],
        "xlsb",
    )


def test_the_kind_of_the_file_is_told_by_what_is_in_it(read: Read) -> None:
    content = ods(row("License") + row("007"))
    assert read(content, name="leads.xls").rows == [("007",)]
    assert read(content, name="leads.bin", format="xls").rows == [("007",)]


def test_a_text_file_that_is_named_like_a_workbook_is_read_as_text(read: Read) -> None:
    whole = read(b"a\tb\n1\t2\n", name="leads.xls")
    assert (whole.rows, whole.format) == ([("1", "2")], "csv")


def test_a_sheet_that_is_not_there_or_empty_is_told(read: Read) -> None:
    assert refused(read, ods(row("a")), sheet="T") == (
        "leads.ods: there is no sheet 'T'; its sheets are 'S'",
        "set `sheet` in the delivery section of the mapping to one of them",
    )
    assert refused(read, ods("")) == ("leads.ods: the sheet 'S' is empty", "ask for the file again")


@pytest.mark.parametrize(
    "content",
    [
        ods("<broken"),
        XLS[:5000],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
        # A million cells in each of a million rows.
        ods(
            '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
            'table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>'
            "</table:table-row>"
        ),
    ],
    ids=["XML that ends nowhere", "cut off", "nothing but a head", "larger than memory"],
)
def test_a_damaged_or_hostile_workbook_fails_alone(
    read: Read, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old_workbook, "_SECONDS_TO_OPEN", 1)
    assert refused(read, content) == (
        "leads.ods: the workbook is damaged, or takes too much to read: more than 1 GiB of memory, or 1 seconds to open",
        "open it in a spreadsheet program and save it again as xlsx",
    )


def test_without_python_calamine_it_is_said_what_to_install(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert refused(read, XLS, name="leads.xls") == (
        "leads.xls: reading this kind of workbook requires python-calamine, which is not installed",
        "pip install 'leadingest[excel]', or save the workbook as xlsx",
    )


def test_a_workbook_that_is_too_large_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old_workbook, "MOST_BYTES", 1 << 10)
    assert refused(read, XLS, name="leads.xls") == (
        "leads.xls: the workbook is larger than 0 MiB, the limit for its format",
        "open it in a spreadsheet program and save it as xlsx",
    )


def test_the_sheets_are_told_and_those_of_a_text_file_are_none(tmp_path: Path) -> None:
    for name, content, sheets in (("a.xls", XLS, ["Providers"]), ("b.xls", b"a,b\n1,2\n", [])):
        (tmp_path / name).write_bytes(content)
        assert [sheet.name for sheet in sheets_of(fingerprint(tmp_path / name))] == sheets
