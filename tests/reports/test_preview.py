"""Tests of leadingest.reports.preview: what is printed, to the letter."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import click

from leadingest.ingest.preview import FirstRecords, TheseRecords
from leadingest.reports.preview import PreviewReport
from tests.ingest.made_up_delivery import CSV
from tests.reports.previews import made_up_preview
from tests.reports.rendering import text, written

PRINTED = """\
ohio: ohio.csv
  6 read = 3 leads + 2 rejected + 1 filtered
  2 rejects (1 capacity: integer, 1 company: required)
  4 invalid values (1 email, 1 license_number: unique, 1 license_status: values, 1 phone)

record 1, line 2
field           lead          as it came
company         Oak Tree      Name: Oak Tree
phone           +17402003000  Phone: 740-200-3000
city            Athens        Place: ATHENS, OH
license_status  active        Status: Open
license_number  A1            License: A1
capacity        12            Places: 12
blank: email

record 2, line 3
field           lead                                       as it came
company         Pine                                       Name: Pine
phone           +17402003001 x12                           Phone: 740-200-3001  ·  Ext: 12
city            Akron                                      Place: Akron
license_status  ✗ invalid: Status is not in the value map  Status: Asleep
license_number  A2                                         License: A2
capacity        8                                          Places: 8
email           ✗ invalid: E-mail is not an email address  E-mail: none

record 3, line 4: filtered by where
header   cell
Name     Bar None
Phone    740-200-3002
Place    Akron
Status   Open
License  A3
Places   8
Kind     Bar

record 4, line 5: rejected: Name has no value, but is required (company: required)
header   cell
Phone    740-200-3003
Place    Akron
Status   Shut
License  A4
Places   8
Kind     Home

field           filled  invalid  distinct  values, the most frequent first
company           100%                  3  Elm  ·  Oak Tree  ·  Pine
phone              67%      33%         2  ✗ Phone: 740-200, Ext: 5  ·  +17402003000  ·  …
city              100%                  2  Akron ×2  ·  Athens
license_status     67%      33%         1  ✗ Asleep  ·  active ×2
license_number     67%      33%         2  ✗ A1  ·  A1  ·  A2
capacity          100%                  2  8 ×2  ·  12
email                       33%            ✗ none

headers not in the mapping: 'Notes'
"""


def test_records_stand_beside_their_leads_and_fields_are_summed_up(tmp_path: Path) -> None:
    assert click.unstyle(text(PreviewReport(made_up_preview(tmp_path)), width=90)) == PRINTED


def test_what_is_wrong_is_red(tmp_path: Path) -> None:
    shown = text(PreviewReport(made_up_preview(tmp_path)), width=90)
    assert "\x1b[31m✗ invalid: Status is not in the value map\x1b[0m" in shown


def test_a_preview_of_the_first_records_says_so(tmp_path: Path) -> None:
    shown = text(PreviewReport(made_up_preview(tmp_path, choice=FirstRecords(0), limit=2)))
    assert shown.startswith("ohio: ohio.csv, first records only\n  2 read = 2 leads")


def test_a_cell_cannot_change_the_terminal(tmp_path: Path) -> None:
    csv = CSV.replace("Oak Tree", "Oak\x1b[2J [bold]Tree")
    shown = click.unstyle(text(PreviewReport(made_up_preview(tmp_path, csv=csv)), width=90))
    # In the lead one blank stands for it: the names of places and companies are squeezed.
    assert "company         Oak [2J [bold]Tree  Name: Oak\\x1b[2J [bold]Tree\n" in shown


CELLS = {
    "Name": "Pine",
    "Phone": "740-200-3001",
    "Ext": "12",
    "Place": "Akron",
    "Status": "Asleep",
    "License": "A2",
    "Places": "8",
    "E-mail": "none",
    "Kind": "Home",
    "Notes": "likes cats",
}


def test_the_document_has_all_that_the_preview_tells(tmp_path: Path) -> None:
    seen = made_up_preview(tmp_path, choice=TheseRecords(frozenset({2, 4})))
    document = json.loads(written(PreviewReport(seen), "json"))
    lead, reject = document.pop("records")
    fields = {field.pop("name"): field for field in document.pop("fields")}
    assert document == {
        "version": 1,
        "source": "ohio",
        "file": "ohio.csv",
        "whole": True,
        "read": 6,
        "leads": 3,
        "rejected": 2,
        "filtered": 1,
        "superseded": 0,
        "invalid_values": 4,
        "reject_counts": [
            {"field": "capacity", "rule": "integer", "count": 1},
            {"field": "company", "rule": "required", "count": 1},
        ],
        "invalid_value_counts": [
            {"field": "email", "rule": "email", "count": 1},
            {"field": "license_number", "rule": "unique", "count": 1},
            {"field": "license_status", "rule": "values", "count": 1},
            {"field": "phone", "rule": "phone", "count": 1},
        ],
        "new_headers": ["Notes"],
    }
    assert (lead["number"], lead["line"], lead["outcome"], lead["refusal"]) == (2, 3, "lead", None)
    assert lead["cells"] == CELLS
    assert lead["fields"]["capacity"] == {"value": 8, "headers": ["Places"], "invalid": None}
    assert lead["fields"]["license_status"] == {
        "value": None,
        "headers": ["Status"],
        "invalid": {"rule": "values", "message": "Status is not in the value map"},
    }
    assert reject["refusal"] == {
        "field": "company",
        "rule": "required",
        "message": "Name has no value, but is required",
    }
    assert fields["license_status"] == {
        "filled": 2,
        "invalid": 1,
        "distinct": 1,
        "more": False,
        "examples": [{"value": "active", "count": 2}],
        "invalid_examples": [{"cells": {"Status": "Asleep"}, "rule": "values", "count": 1}],
    }


class Rows(HTMLParser):
    """The rows of the tables, and the text outside of them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.open: list[str] = []
        self.outside = ""
        self.feed(page.partition("</head>")[2].removesuffix("</html>\n"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if "td" in self.open or "th" in self.open:
            self.rows[-1][-1] = f"{self.rows[-1][-1]} {text}".strip()
        elif text:
            self.outside += f"{text}\n"


def test_the_page_reads_as_the_preview_tells(tmp_path: Path) -> None:
    page = Rows(written(PreviewReport(made_up_preview(tmp_path)), "html"))
    assert page.outside.split("\n") == [
        "ohio.csv",
        "as ohio. A preview: nothing was loaded.",
        *("6", "records", "3", "leads", "2", "rejected", "1", "filtered", "4", "invalid values"),
        "2 rejects (1 capacity: integer, 1 company: required)",
        "4 invalid values (1 email, 1 license_number: unique, 1 license_status: values, 1 phone)",
        "Headers not in the mapping: 'Notes'",
        "Fields",
        "Records",
        *("record 1", "line 2", "record 2", "line 3", "record 3", "line 4", "filtered by where"),
        *("record 4", "line 5", "rejected: Name has no value, but is required"),
        "",
    ]
    assert page.rows[:9] == [
        ["field", "filled", "invalid", "distinct", "values, the most frequent first"],
        ["company", "100%", "", "3", "Elm Oak Tree Pine"],
        ["phone", "67%", "33%", "2", "✗ Phone: 740-200, Ext: 5 +17402003000 +17402003001 x12"],
        ["city", "100%", "", "2", "Akron ×2 Athens"],
        ["license_status", "67%", "33%", "1", "✗ Asleep active ×2"],
        ["license_number", "67%", "33%", "2", "✗ A1 A1 A2"],
        ["capacity", "100%", "", "2", "8 ×2 12"],
        ["email", "0%", "33%", "", "✗ none"],
        ["field", "lead", "as it came"],
    ]
    assert ["license_status", "✗ invalid: Status is not in the value map", "Status: Asleep"] in page.rows
    assert ["email", "blank", ""] in page.rows
    assert ["Kind", "Bar"] in page.rows


def test_a_cell_is_text_and_nothing_else(tmp_path: Path) -> None:
    page = written(
        PreviewReport(made_up_preview(tmp_path, csv=CSV.replace("Oak Tree", "<script>alert(1)</script>"))),
        "html",
    )
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_page_needs_nothing_beside_it(tmp_path: Path) -> None:
    page = written(PreviewReport(made_up_preview(tmp_path)), "html")
    assert re.findall(r"https?://|src=|href=|@import|url\(", page) == []
