"""Every format of drift, on a header and values that want to be something else."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import click
import pytest

from leadingest.drift.fixes import AddAlias
from leadingest.drift.kind import Difference, DriftDetail
from leadingest.drift.source_drift import SourceDrift
from leadingest.reports.drift import DriftReport
from tests.reports.rendering import text, written

NASTY = "=1+1|<script>alert(1)</script>\x1b[31m@all `x` *b* ::error::"
RENAMED = Difference(
    "DR102",
    "renamed_column",
    "missing",
    DriftDetail(
        "breaking",
        "Phone",
        "'Phone', read by phone",
        "'Phone#', score 100",
        "if it is the same column, add the alias: from: [Phone, Phone#]; --fix does",
        fixes=(AddAlias((("fields", "phone"),), "Phone#"),),
    ),
)
UNKNOWN = Difference(
    "DR202",
    "unknown_value",
    "values",
    DriftDetail("lossy", "Status", "a known value", "'Asleep' once", "add it"),
)
ADDED = Difference(
    "DR103", "column_added", "added", DriftDetail("safe", NASTY, "no such column", "column 4", "read it")
)
ORDER = Difference(
    "DR105", "column_order", "order", DriftDetail("safe", "", "an order", "another", "nothing")
)
ACME = SourceDrift(
    "acme",
    "acme.csv",
    "mappings/acme.yaml",
    records=1_200,
    load_id=7,
    differences=(RENAMED, UNKNOWN, ADDED, ORDER),
)
QUIET = SourceDrift("quiet", "quiet.csv", "mappings/quiet.yaml", records=1)
FAILED = SourceDrift("gone", message="no file gone*.csv in inbox", hint="put one there", error_code=3)


def report(name: str, *drifts: SourceDrift, width: int | None = 110) -> str:
    """The report without colors."""
    built = DriftReport(drifts)
    return click.unstyle(text(built, width=width)) if name == "text" else written(built, name)


def test_text_is_a_table_with_what_to_do() -> None:
    assert (
        report("text", ACME, QUIET, FAILED)
        == """\
acme: acme.csv, 1,200 records, compared with the mapping and with load 7

class           column                  expected                found                what to do
breaking DR102  Phone                   'Phone', read by phone  'Phone#', score 100  if it is the same column,
                                                                                     add the alias: from:
                                                                                     [Phone, Phone#]; --fix
                                                                                     does
lossy DR202     Status                  a known value           'Asleep' once        add it
safe DR103      =1+1|<script>alert(1)<  no such column          column 4             read it
                /script>\\x1b[31m@all
                `x` *b* ::error::
safe DR105      (the delivery)          an order                another              nothing

1 breaking, 1 lossy, 2 safe; --fix can fix 1

quiet: quiet.csv, 1 record, compared with the mapping only: no load is published yet
no drift

error: gone: no file gone*.csv in inbox
hint: put one there

3 sources: 1 with drift and 1 not compared
"""
    )


def test_json_is_for_programs() -> None:
    document = json.loads(report("json", ACME, FAILED))
    assert document["summary"] == {
        "sources": 2,
        "breaking": 1,
        "lossy": 1,
        "safe": 2,
        "fixable": 1,
        "fixed": 0,
    }
    acme, gone = document["sources"]
    assert (acme["source"], acme["load_id"], acme["records"]) == ("acme", 7, 1200)
    assert acme["differences"][0] == {
        "code": "DR102",
        "name": "renamed_column",
        "on_drift": "missing",
        "class": "breaking",
        "column": "Phone",
        "expected": "'Phone', read by phone",
        "found": "'Phone#', score 100",
        "advice": "if it is the same column, add the alias: from: [Phone, Phone#]; --fix does",
        "fixable": True,
    }
    assert acme["differences"][2]["column"] == NASTY
    assert (gone["error"], gone["hint"]) == ("no file gone*.csv in inbox", "put one there")


def test_markdown_is_a_table_in_which_nothing_is_markdown() -> None:
    assert (
        report("markdown", ACME, QUIET, FAILED)
        == """\
### acme: acme.csv

1,200 records, compared with the mapping and with load 7: **1 breaking, 1 lossy, 2 safe; --fix can fix 1**

| class | column | expected | found | what to do |
|---|---|---|---|---|
| breaking DR102 | Phone | 'Phone', read by phone | 'Phone\\#', score 100 | if it is the same column, add the alias: from: \\[Phone, Phone\\#\\]; --fix does |
| lossy DR202 | Status | a known value | 'Asleep' once | add it |
| safe DR103 | =1\\+1\\|&lt;script&gt;alert(1)&lt;/script&gt;\\\\x1b\\[31m&#64;all \\`x\\` \\*b\\* ::error:: | no such column | column 4 | read it |
| safe DR105 | (the delivery) | an order | another | nothing |

### quiet: quiet.csv

1 record, compared with the mapping only: no load is published yet: **no drift**

**error**: gone: no file gone\\*.csv in inbox

**hint**: put one there

3 sources: 1 with drift and 1 not compared
"""
    )


def test_html_is_one_page_in_which_nothing_is_html() -> None:
    page = report("html", ACME, QUIET, FAILED)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert '<span class="bad">breaking DR102</span>' in page
    assert "breaking: the load fails or is held" in page
    assert "no drift" in page and "error: gone: no file gone*.csv in inbox" in page
    assert "http" not in page.replace("http-equiv", "")


def test_github_gets_an_annotation_for_each_difference() -> None:
    lines = report("github", ACME, QUIET, FAILED).splitlines()
    assert lines[0] == (
        "::error file=mappings/acme.yaml,title=DR102 renamed_column::acme: acme.csv: 'Phone': expected 'Phone', "
        "read by phone, found 'Phone#', score 100. What to do: if it is the same column, add the alias: from: [Phone, "
        "Phone#]; --fix does"
    )
    assert [line.split(" ")[0] for line in lines] == [
        "::error",
        "::error",
        "::warning",
        "::notice",
        "::notice",
    ]
    assert report("github", QUIET) == ""


def test_junit_fails_for_all_but_what_is_safe() -> None:
    root = ElementTree.fromstring(report("junit", ACME, QUIET, FAILED))
    assert root.attrib == {"name": "leadingest drift", "tests": "6", "failures": "2", "errors": "1"}
    assert [suite.get("name") for suite in root] == ["acme", "quiet", "gone"]
    assert [failure.get("type") for failure in root.iter("failure")] == ["breaking", "lossy"]


@pytest.mark.parametrize("name", ["text", "json", "markdown", "html", "github", "junit"])
def test_no_format_lets_the_terminal_be_told_what_to_do(name: str) -> None:
    assert "\x1b" not in report(name, ACME)
