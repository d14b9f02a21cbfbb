"""Tests of leadingest.drafting.find_settings."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from leadingest.deliveries.delivery import fingerprint
from leadingest.drafting.find_settings import find_settings
from leadingest.errors import DeliveryError

PLAIN = "Name,City,Phone\nOak Tree,Reno,702-200-3000\nPine Care,Elko,702-200-3001\n"
MANY = "".join(f"Oak {number},Reno,{number}\n" for number in range(300))

TODAY = date(2026, 8, 1)

CASES: dict[str, tuple[str, bytes, dict[str, Any]]] = {
    "plain": ("a.csv", PLAIN.encode(), {}),
    "with a byte order mark": ("a.csv", PLAIN.encode("utf-8-sig"), {}),
    "UTF-16 with its mark": ("a.csv", PLAIN.encode("utf-16"), {}),
    "UTF-16 without": ("a.csv", PLAIN.encode("utf-16-le"), {"encoding": "utf-16-le"}),
    "cp1252": ("a.csv", PLAIN.replace("Reno", "Ceñón").encode("cp1252"), {"encoding": "cp1252"}),
    "accents of DOS": (
        "a.csv",
        PLAIN.replace("Reno", "Pe\u00f1asco").replace("Elko", "Am\u00e9lia").encode("cp850"),
        {"encoding": "cp850"},
    ),
    "accents of an old Macintosh": (
        "a.csv",
        PLAIN.replace("Reno", "Pe\u00f1asco").replace("Elko", "Am\u00e9lia").encode("mac_roman"),
        {"encoding": "mac_roman"},
    ),
    "what only latin-1 takes": ("a.csv", PLAIN.encode() + b"Elm,\x81,1\n", {"encoding": "latin-1"}),
    "one byte at the end": ("a.csv", f"a,b,c\n{MANY * 200}".encode() + b"\xe9,b,1\n", {"encoding": "cp1252"}),
    "semicolons": ("a.csv", PLAIN.replace(",", ";").encode(), {"delimiter": ";"}),
    "pipes, with commas in the cells": (
        "a.txt",
        PLAIN.replace(",", "|").replace("Reno", "Reno, NV").encode(),
        {"delimiter": "|"},
    ),
    "tabs": ("a.csv", PLAIN.replace(",", "\t").encode(), {"delimiter": "tab"}),
    "tabs in a tsv": ("a.tsv", PLAIN.replace(",", "\t").encode(), {}),
    "packed": ("a.csv.gz", gzip.compress(PLAIN.encode()), {}),
    "blanks before quotes": (
        "a.csv",
        b'Name, Address, City\nOak, "7 Oak Ave, Unit 2", Reno\nElm, 8 Elm St, Elko\nFir, "9 Fir St, #3", Reno\n',
        {"blanks": "skip"},
    ),
    "row names": (
        "a.csv",
        b'"Name","City","Phone"\n"1","Oak","Reno","702-200-3000"\n"2","Elm","Elko","702-200-3001"\n',
        {"header": {"row_names": True}},
    ),
    "a delimiter at the end of every record": (
        "a.csv",
        PLAIN.replace("\n", ",\n").replace("Phone,", "Phone").encode(),
        {"header": 1, "names": ["Name", "City", "Phone", ""]},
    ),
    "inches": ("a.csv", PLAIN.replace("Oak", '5" Oak').encode(), {"quote": "none"}),
    "quotes": ("a.csv", PLAIN.replace("Oak Tree", '"Oak, Tree"').encode(), {}),
    "a backslash before quotes": (
        "a.csv",
        PLAIN.replace("Oak Tree", '"The \\"Oak\\" Tree"').encode(),
        {"escape": "\\"},
    ),
    "a backslash before commas": (
        "a.csv",
        PLAIN.replace("Oak Tree", "Oak Tree\\, Inc").encode(),
        {"escape": "\\"},
    ),
    "a title above": (
        "a.csv",
        f"Providers of Nevada\n\n{PLAIN}".encode(),
        {"header": {"match": ["Name", "City"]}},
    ),
    "a day above": (
        "a.csv",
        f"Providers of Nevada\nAs of 3/1/2026\n{PLAIN}".encode(),
        {"extract_time": {"preamble": "As of %m/%d/%Y"}, "header": {"match": ["Name", "City"]}},
    ),
    "titles above the names": (
        "a.csv",
        b"List\n\nCenter,,Contact,\nName,City,Name,Phone\nOak Tree,Reno,Ann,702-200-3000\nPine,Elko,May,702-200-3001\n",
        {"header": {"match": ["Center Name", "Center City"], "rows": 2}},
    ),
    "names in two rows": (
        "a.csv",
        (
            "Facility,Phone,License,Zip\nName,Number,Number,Code\n" + "Oak Tree,702-200-3000,1234,89501\n" * 4
        ).encode(),
        {"header": {"row": 1, "rows": 2}},
    ),
    "a remark below": (
        "a.csv",
        (
            "Name,City,State,Zip\n" + "Oak Tree,Reno,NV,89501\n" * 3 + "Lists may change without a word\n"
        ).encode(),
        {"footer": {"match": '^[,"\\s]*Lists may'}},
    ),
    "a total below": (
        "a.csv",
        f"{PLAIN}Total: 2\n".encode(),
        {"footer": {"match": '^[,"\\s]*Total'}},
    ),
    "no header": (
        "a.csv",
        PLAIN.split("\n", 1)[1].encode(),
        {"header": "none", "names": ["Column 1", "Column 2", "Phone"]},
    ),
    "records broken over lines": (
        "a.csv",
        PLAIN.replace("Elko", "El\nko").encode() + b"Elm,Reno,702-200-3002\n",
        {"broken_lines": "join"},
    ),
    "short lines below the records": ("a.csv", f"{PLAIN}Sum,2\nOf,3\n".encode(), {}),
    "one column": ("a.csv", b"Name\nOak Tree\nPine Care\n", {}),
}


@pytest.mark.parametrize(("name", "content", "expected"), CASES.values(), ids=CASES)
def test_what_differs_from_the_defaults_is_said(
    name: str, content: bytes, expected: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert find_settings(fingerprint(file), today=TODAY).values == expected


def test_the_fullest_sheet_is_read_and_its_header_is_found(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        workbook.add_worksheet("Cover").write_row(0, 0, ["About this list"])
        sheet = workbook.add_worksheet("Providers")
        sheet.write(0, 0, "Providers of Nevada")
        for number, row in enumerate([["Name", "City", "Zip"], ["Oak", "Reno", "89501"], ["Total"]], 2):
            sheet.write_row(number, 0, row)
    assert find_settings(fingerprint(file), today=TODAY).values == {
        "sheet": "Providers",
        "header": {"match": ["Name", "City"]},
        "footer": {"match": '^[,"\\s]*Total'},
    }


NO_LISTS = {
    "empty": (b"", "is empty"),
    "blank": (b"\n\n", "only blank lines"),
    "a PDF": (b"%PDF-1.7\n...", "a PDF"),
    "bytes": (bytes(range(256)) * 20, "this is not text"),
}


@pytest.mark.parametrize(("content", "message"), NO_LISTS.values(), ids=NO_LISTS)
def test_what_is_no_list_is_refused_with_a_word(content: bytes, message: str, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    with pytest.raises(DeliveryError, match=message):
        find_settings(fingerprint(file), today=TODAY)
