"""Tests of leadingest.reports.duplicates."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import click
import pytest

from leadingest.comparing.duplicate_rules import RULES
from leadingest.comparing.duplicates import Duplicates, find_duplicates
from leadingest.reports.duplicates import DuplicatesReport
from tests.destinations.made_up import MadeUpLoads, made_up_table
from tests.reports.rendering import text, written


@pytest.fixture
def found(sqlite_url: str, tmp_path: Path) -> Iterator[list[Duplicates]]:
    """One group of two sources, and one of seven records."""
    loads = MadeUpLoads(sqlite_url, made_up_table(tmp_path))
    loads.destination.prepare()
    twins = [{"company": f"Twin {at}", "phone": "+17022003002", "lead_key": str(at)} for at in range(7)]
    bad = {"company": "=1 \x1b[31m<b>Elm</b>", "phone": "+17022003001"}
    loads.load(*twins, {"company": "Alone", "phone": "+17022003003"}, {**bad, "capacity": 1})
    loads.load(bad, source="beta")
    yield find_duplicates(
        loads.destination.leads, loads.table.columns, [rule for rule in RULES if rule.name == "same_phone"]
    )
    loads.destination.close()


def test_text_tells_the_counts_and_the_first_groups(found: list[Duplicates]) -> None:
    assert click.unstyle(text(DuplicatesReport(found, groups=2))) == (
        "                           of several  shown more\n"
        "rule        groups  leads     sources   than once\n"
        "same_phone       2      9           1           1\n"
        "\n"
        "same_phone: leads with the same phone number, extensions aside\n"
        "   source      record  the view                         company                phone\n"
        "1  acme             9  shown                            =1 \\x1b[31m<b>Elm</b>  +17022003001\n"
        "   beta             1  hidden by acme 9: more complete  =1 \\x1b[31m<b>Elm</b>  +17022003001\n"
        "2  acme             1  shown                            Twin 0                 +17022003002\n"
        "   acme             2  shown                            Twin 1                 +17022003002\n"
        "   acme             3  shown                            Twin 2                 +17022003002\n"
        "   acme             4  shown                            Twin 3                 +17022003002\n"
        "   acme             5  shown                            Twin 4                 +17022003002\n"
        "   and 2 more\n"
    )


def test_text_says_that_there_is_more(found: list[Duplicates]) -> None:
    shown = click.unstyle(text(DuplicatesReport(found, groups=1), width=80))
    assert "; the first 1 of 2 groups" in " ".join(shown.split())
    assert shown.endswith("\nshow more with --limit N, all with --format csv or json\n")
    assert max(map(len, shown.splitlines())) <= 80


def test_csv_has_a_row_for_each_lead_and_runs_nothing(found: list[Duplicates]) -> None:
    rows = list(csv.DictReader(StringIO(written(DuplicatesReport(found), "csv"))))
    assert len(rows) == 9
    assert rows[1] == {
        "rule": "same_phone",
        "group": "1",
        "value": "+17022003001",
        "source_name": "beta",
        "load_id": "2",
        "source_record_number": "1",
        "shown": "false",
        "why": "hidden by acme record 9: more complete",
        "company": "'=1  [31m<b>Elm</b>",
        "phone": "+17022003001",
    }


def test_json_has_the_groups_of_each_rule(found: list[Duplicates]) -> None:
    (rule,) = json.loads(written(DuplicatesReport(found), "json"))["rules"]
    assert rule["counts"] == {"groups": 2, "leads": 9, "across_sources": 1, "shown_more_than_once": 1}
    assert [len(group["leads"]) for group in rule["groups"]] == [2, 7]
    assert [lead["why"] for lead in rule["groups"][0]["leads"]] == [
        "the best of 2 with its lead_key",
        "hidden by acme record 9: more complete",
    ]
    assert rule["groups"][1]["leads"][0]["why"] == "the only one with its lead_key"
