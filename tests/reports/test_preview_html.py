"""Tests of leadingest.reports.preview_html: what is read on the page, and that it needs nothing beside it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from leadingest.reports.preview_html import preview_html
from tests.ingest.made_up_delivery import CSV
from tests.reports.previews import made_up_preview


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
    page = Rows(preview_html(made_up_preview(tmp_path)))
    assert page.outside.split("\n") == [
        "ohio.csv",
        "as ohio. A preview: nothing was loaded.",
        *("6", "records", "3", "leads", "2", "rejected", "1", "filtered", "4", "invalid values"),
        "2 rejects (1 capacity by integer, 1 company by required)",
        "4 invalid values (1 email, 1 license_number by unique, 1 license_status by values, 1 phone)",
        "Not in the mapping: 'Notes'",
        "Fields",
        "Records",
        *("record 1", "line 2", "record 2", "line 3", "record 3", "line 4", "filtered by where"),
        *("record 4", "line 5", "rejected: Name has no value, and must have one"),
        "",
    ]
    assert page.rows[:9] == [
        ["field", "filled", "invalid", "distinct", "values, the most frequent first"],
        ["company", "100 %", "", "3", "Elm Oak Tree Pine"],
        ["phone", "67 %", "33 %", "2", "✗ Phone: 740-200, Ext: 5 +17402003000 +17402003001 x12"],
        ["city", "100 %", "", "2", "Akron ×2 Athens"],
        ["license_status", "67 %", "33 %", "1", "✗ Asleep active ×2"],
        ["license_number", "67 %", "33 %", "2", "✗ A1 A1 A2"],
        ["capacity", "100 %", "", "2", "8 ×2 12"],
        ["email", "0 %", "33 %", "", "✗ none"],
        ["field", "lead", "as it came"],
    ]
    assert ["license_status", "✗ invalid: Status is not in the value map", "Status: Asleep"] in page.rows
    assert ["email", "blank", ""] in page.rows
    assert ["Kind", "Bar"] in page.rows


def test_a_cell_is_text_and_nothing_else(tmp_path: Path) -> None:
    page = preview_html(made_up_preview(tmp_path, csv=CSV.replace("Oak Tree", "<script>alert(1)</script>")))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_page_needs_nothing_beside_it(tmp_path: Path) -> None:
    page = preview_html(made_up_preview(tmp_path))
    assert re.findall(r"https?://|src=|href=|@import|url\(", page) == []
