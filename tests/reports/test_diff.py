"""Tests of leadingest.reports.diff: what each format tells of the same two loads, bad texts among them.

`make generated` writes the files.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import click
import openpyxl
import pytest

from leadingest.comparing.compare_loads import LoadComparison, compare_loads
from leadingest.reports.diff import DiffReport
from leadingest.reports.render import rendered
from tests.destinations.made_up import MadeUpLoads, made_up_table
from tests.reports.rendering import text
from tests.snapshots import snapshot

EXPECTED = Path(__file__).parent / "expected_diff"

ELM = {
    "company": "Elm School",
    "phone": "+17022003001",
    "capacity": 12,
    "rate": Decimal("7.50"),
    "open": True,
}
OAK = {"company": 'Oak Tree, "Inc."', "phone": "+17022003002 x12", "issued": date(2024, 4, 30)}
#: What a page, a terminal or a spreadsheet program might act on.
BAD = {"company": "<script>alert(1)</script> \x1b[31mred", "phone": "+17022003003"}
FORMULA = {"company": '=HYPERLINK("http://example.org","Elm")', "phone": "+17022003004", "capacity": -1}
TWICE = {"company": "Twice", "phone": "+17022003005"}
NOBODY = {"company": "Nobody"}


@pytest.fixture
def comparison(sqlite_url: str, tmp_path: Path) -> Iterator[LoadComparison]:
    """The loads 2 and 3 of acme, after load 1."""
    loads = MadeUpLoads(sqlite_url, made_up_table(tmp_path))
    loads.destination.prepare()
    loads.load(OAK, FORMULA, file_name="acme_2026-06.csv")
    loads.load(ELM, BAD, TWICE, TWICE, NOBODY, {**OAK, "phone": "+17022003009"}, file_name="acme_2026-07.csv")
    changed = {**ELM, "capacity": 14, "open": None, "company": "+Elm <b>School</b>"}
    loads.load(
        FORMULA,
        TWICE,
        changed,
        {**OAK, "phone": "+17022003008"},
        NOBODY,
        NOBODY,
        file_name="acme_2026-08.csv",
    )
    yield compare_loads(loads.destination, "acme", key=(), fields=tuple(loads.table.columns))
    loads.destination.close()


def written(comparison: LoadComparison, name: str) -> bytes:
    return b"".join(rendered(DiffReport(comparison), name))


@pytest.mark.rewrites
@pytest.mark.parametrize("name", ["text", "csv", "json", "html"])
def test_each_format_tells_the_same_in_its_way(comparison: LoadComparison, name: str) -> None:
    came_out = written(comparison, name).decode()
    assert came_out == snapshot(EXPECTED / f"diff.{name}", came_out)


@pytest.mark.parametrize("name", ["text", "csv", "json", "html"])
def test_no_format_has_a_control_character(comparison: LoadComparison, name: str) -> None:
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", written(comparison, name).decode())


def test_a_terminal_gets_no_control_character_and_keeps_its_width(comparison: LoadComparison) -> None:
    for width in (80, 100, 120):
        shown = click.unstyle(text(DiffReport(comparison), width=width))
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", shown)
        assert max(map(len, shown.splitlines())) <= width


def test_csv_has_a_row_for_each_field_and_runs_nothing(comparison: LoadComparison) -> None:
    rows = list(csv.DictReader(StringIO(written(comparison, "csv").decode())))
    assert [
        (row["field"], row["value before"], row["value now"]) for row in rows if row["change"] == "changed"
    ] == [
        ("company", "Elm School", "'+Elm <b>School</b>"),
        ("capacity", "12", "14"),
        ("open", "true", ""),
    ]
    assert {row["value now"] for row in rows if row["change"] == "reappeared"} == {
        '\'=HYPERLINK("http://example.org","Elm")',
        "+17022003004",
        "-1",
    }
    # A key begins with its name, and the phone in it can be dialled.
    assert rows[0]["key lead_key"] == "+17022003001"


def test_json_has_every_lead_with_its_values_as_they_are(comparison: LoadComparison) -> None:
    document = json.loads(written(comparison, "json"))
    assert document["counts"]["leads"] == {"before": 6, "now": 6}
    assert [lead["company"] for lead in document["reappeared"]] == [FORMULA["company"]]
    assert [lead["company"] for lead in document["removed"]] == [BAD["company"], OAK["company"]]
    assert document["changed"][0]["fields"]["open"] == {"before": True, "now": None}


def test_a_workbook_has_a_sheet_for_each_group_and_runs_nothing(comparison: LoadComparison) -> None:
    book = openpyxl.load_workbook(BytesIO(written(comparison, "xlsx")))
    assert book.sheetnames == [
        *("loads", "counts", "changed fields", "changed", "new", "reappeared", "removed", "ambiguous"),
    ]
    assert list(book["loads"].iter_rows(min_row=2, values_only=True)) == [
        ("before", "acme", 2, "acme_2026-07.csv", datetime(2026, 6, 30, 12), "lead_key"),
        ("now", "acme", 3, "acme_2026-08.csv", datetime(2026, 6, 30, 12), "lead_key"),
    ]
    counts = {name: both for name, *both in book["counts"].iter_rows(min_row=2, values_only=True)}
    assert (counts["removed"], counts["leads"]) == ([2, None], [6, 6])
    company = book["reappeared"]["B2"]
    assert (company.value, company.data_type, company.quotePrefix) == (FORMULA["company"], "s", True)
    assert [cell.value for cell in book["ambiguous"][2]] == [TWICE["phone"], "before", 3]


def test_two_loads_without_a_difference(sqlite_url: str, tmp_path: Path) -> None:
    loads = MadeUpLoads(sqlite_url, made_up_table(tmp_path))
    loads.destination.prepare()
    for _ in range(2):
        loads.load(ELM)
    same = compare_loads(loads.destination, "acme", key=(), fields=tuple(loads.table.columns))
    assert click.unstyle(text(DiffReport(same))) == (
        "acme, leads matched by lead_key\n"
        "  before: load 1 (loaded), acme.csv of 2026-06-30 12:00 UTC\n"
        "  now:    load 2 (published), acme.csv of 2026-06-30 12:00 UTC\n"
        "\n"
        "           before  now\n"
        "unchanged       1    1\n"
        "changed         0    0\n"
        "leads           1    1\n"
        "\n"
        "no difference\n"
    )
    assert openpyxl.load_workbook(BytesIO(written(same, "xlsx"))).sheetnames == ["loads", "counts"]
    assert b"<h2>" not in written(same, "html")
    assert len(written(same, "csv").splitlines()) == 1
    loads.destination.close()
