"""Tests of leadingest.reports.loads."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import click
import pytest

from leadingest.destinations.ledger import LoadRow
from leadingest.reports.loads import LoadsReport
from tests.reports.rendering import text, written

AT_NOON = datetime(2026, 8, 1, 12, 0, 30, tzinfo=UTC)
PUBLISHED = LoadRow(
    load_id=12,
    source_name="texas",
    load_table="lead_sources",
    status="loaded",
    file_name="texas_2026-08.csv",
    file_size=90_000,
    file_sha256="ab12",
    mapping_hash="cd34",
    encoding="utf-8",
    dialect='{"delimiter": ";", "quote": null, "escape": null}',
    records_read=1204,
    records_loaded=1200,
    records_rejected=3,
    records_filtered=1,
    invalid_values=2,
    extract_time=AT_NOON,
    started_at=AT_NOON,
    finished_at=AT_NOON,
    reason="",
    run_by="process 4711 on box1",
    program_version="0.1.0",
    published=True,
)
OLDER = replace(PUBLISHED, load_id=7, file_name="texas_2026-07.csv", published=False)
FAILED = replace(
    OLDER,
    load_id=9,
    source_name="utah",
    status="failed",
    file_name="utah.csv",
    records_read=0,
    records_loaded=0,
    records_rejected=0,
    records_filtered=0,
    invalid_values=0,
    reason="the file has no header 'Phone', which phone reads (mappings/utah.yaml:4:3)",
)


def test_loads_are_a_table_that_marks_the_published_one_and_tells_errors() -> None:
    assert click.unstyle(text(LoadsReport([PUBLISHED, FAILED, OLDER]))) == (
        "                                                                                      invalid\n"
        "load  source  file               started (UTC)      read  loaded  rejected  filtered   values  status\n"
        "  12  texas   texas_2026-08.csv  2026-08-01 12:00  1,204   1,200         3         1        2  published\n"
        "   9  utah    utah.csv           2026-08-01 12:00      0       0         0         0        0  failed\n"
        "   7  texas   texas_2026-07.csv  2026-08-01 12:00  1,204   1,200         3         1        2  loaded\n"
        "\n"
        "error: load 9: the file has no header 'Phone', which phone reads (mappings/utah.yaml:4:3)\n"
    )


def test_a_held_load_says_why_and_how_to_publish_it() -> None:
    held = replace(OLDER, status="held", reason="the delivery is older than the published one")
    assert click.unstyle(text(LoadsReport([held]))).endswith(
        "\n\nload 7 is held: the delivery is older than the published one\n"
        "hint: `leadingest leads --load 7` shows its rows, `leadingest rejects --load 7` its rejects; publish it "
        "with: leadingest approve 7\n"
    )


@pytest.mark.parametrize("width", [80, 100, 120])
def test_the_table_keeps_to_the_terminal(width: int) -> None:
    long = replace(PUBLISHED, source_name="a_source_with_a_long_name", records_read=1_000_000)
    table = click.unstyle(text(LoadsReport([long, OLDER]), width=width))
    assert max(len(line) for line in table.splitlines()) <= width


def test_no_loads_are_said_to_be_none() -> None:
    assert text(LoadsReport([])) == "no loads yet\n"


def test_json_has_every_column_of_the_history() -> None:
    assert json.loads(written(LoadsReport([PUBLISHED]), "json")) == {
        "version": 1,
        "loads": [
            {
                "load_id": 12,
                "source": "texas",
                "load_table": "lead_sources",
                "status": "loaded",
                "published": True,
                "file": "texas_2026-08.csv",
                "file_size": 90000,
                "file_sha256": "ab12",
                "mapping_hash": "cd34",
                "read": 1204,
                "loaded": 1200,
                "rejected": 3,
                "filtered": 1,
                "invalid_values": 2,
                "extract_time": "2026-08-01T12:00:30+00:00",
                "started_at": "2026-08-01T12:00:30+00:00",
                "finished_at": "2026-08-01T12:00:30+00:00",
                "reason": "",
                "run_by": "process 4711 on box1",
                "encoding": "utf-8",
                "dialect": {"delimiter": ";", "quote": None, "escape": None},
                "program_version": "0.1.0",
                "copy_of": None,
            }
        ],
    }
