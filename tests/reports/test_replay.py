"""Tests of leadingest.reports.replay."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from leadingest.deliveries.kept.dead_letters import DeadLetter, DeliveryFailure
from leadingest.destinations.leads import HiddenLeads
from leadingest.destinations.ledger import LoadRow, RecordCounts
from leadingest.ingest.replay.replay_deliveries import ReplayedLetter
from leadingest.ingest.replay.replayed_rejects import (
    CorrectedRecords,
    ReasonChange,
    ReplayedRejects,
    StillRefused,
)
from leadingest.ingest.result import SourceResult
from leadingest.reports.replay import DeadLettersReport, ReplayReport
from tests.reports import rendering

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
LOAD = LoadRow(
    load_id=3,
    source_name="texas",
    load_table="lead_sources",
    status="loaded",
    file_name="texas.csv",
    file_size=900,
    file_sha256="a" * 64,
    mapping_hash="m" * 64,
    encoding="utf-8",
    records_read=2000,
    records_loaded=400,
    records_rejected=1600,
    records_filtered=0,
    invalid_values=0,
    extract_time=NOON,
    started_at=NOON,
    finished_at=NOON,
    reason="",
    run_by="process 4711 on box1",
    program_version="0.1.0",
    published=True,
)
REPLAYED = ReplayedRejects(
    load=LOAD,
    status="replayed",
    rejects=1600,
    loaded=1500,
    filtered=10,
    invalid_values=2,
    reasons=(
        ReasonChange("license_status", "values", 1510, 0),
        ReasonChange(None, "short_record", 90, 88),
        ReasonChange("phone", "phone", 0, 2),
    ),
)


def text(replayed: ReplayedRejects, *, width: int | None = None) -> str:
    return click.unstyle(rendering.text(ReplayReport(replayed, "sqlite:///leads.db"), width=width))


def test_rejects_are_told_by_reason_before_and_after() -> None:
    assert text(REPLAYED) == (
        "texas: replayed the 1,600 rejects of load 3 (texas.csv) in sqlite:///leads.db: 1,500 loaded, 10 filtered,"
        " 90 left\n"
        "\n"
        "field           rule          before  after\n"
        "license_status  values         1,510      0\n"
        "                short_record      90     88\n"
        "phone           phone              0      2\n"
        "                all            1,600     90\n"
        "\n"
        "2 invalid values more: leadingest invalid-values --load 3\n"
        "90 rejects left: leadingest rejects --load 3\n"
    )


def test_one_reason_alone_needs_no_sum() -> None:
    one = replace(
        REPLAYED,
        rejects=1,
        loaded=1,
        filtered=0,
        invalid_values=0,
        reasons=(ReasonChange("phone", "phone", 1, 0),),
    )
    assert text(one) == (
        "texas: replayed the 1 reject of load 3 (texas.csv) in sqlite:///leads.db: 1 loaded, 0 left\n"
        "\n"
        "field  rule   before  after\n"
        "phone  phone       1      0\n"
    )


def test_a_dry_run_says_that_it_changed_nothing() -> None:
    output = text(replace(REPLAYED, status="tried"))
    assert output.startswith("texas: dry run of the 1,600 rejects of load 3 (texas.csv): 1,500")
    assert output.endswith("\ndry run: nothing was changed\n")


def test_a_held_load_says_that_it_is_held_still() -> None:
    output = text(replace(REPLAYED, load=replace(LOAD, status="held")))
    assert "\nload 3 is still held: leadingest approve 3\n" in output


def test_values_for_which_a_load_is_to_be_held_are_told_with_what_to_do() -> None:
    output = text(replace(REPLAYED, status="refused", holding=2), width=100)
    assert output.endswith(
        "\n"
        "nothing was changed: 2 invalid values in fields with `on_invalid: hold`, and load 3 is not held\n"
        "hint: fix the mapping, or load the delivery again so that it is held: leadingest replay --source\n"
        "      texas --load 3 --whole\n"
    )


def test_the_json_has_all_of_it() -> None:
    document = json.loads(rendering.written(ReplayReport(REPLAYED, "sqlite:///leads.db"), "json"))
    assert document["reasons"][1] == {
        "field": None,
        "rule": "short_record",
        "before": 90,
        "after": 88,
    }
    del document["reasons"]
    assert document == {
        "version": 1,
        "database": "sqlite:///leads.db",
        "source": "texas",
        "load_id": 3,
        "file": "texas.csv",
        "status": "replayed",
        "rejects": 1600,
        "loaded": 1500,
        "filtered": 10,
        "left": 90,
        "invalid_values": 2,
        "holding": 0,
        "corrected": None,
    }


def letter(name: str, reason: str, tries: int = 1) -> DeadLetter:
    return DeadLetter(
        source="texas",
        file=name,
        path=f"/in/{name}",
        size=9,
        sha256="a" * 64,
        modified=NOON,
        failure=DeliveryFailure("DeliveryError", reason, None, "texas.yaml", "m" * 64),
        first_failed_at=NOON,
        last_failed_at=NOON,
        tries=tries,
        copy=Path("dead_letters/texas") / name,
    )


LETTERS = [
    ReplayedLetter(
        letter("texas_1.csv", "the file has no header 'Phone', which phone reads (texas.yaml:4:9)", 3),
        SourceResult(
            "texas",
            "loaded",
            "texas_1.csv",
            load_id=8,
            counts=RecordCounts(2, 2, 0, 0, 0),
            hidden=HiddenLeads(0, ()),
            written_by="INSERT",
        ),
    ),
    ReplayedLetter(
        letter("texas_2.csv", "texas_2.csv: the file is empty"),
        SourceResult("texas", "failed", "texas_2.csv", message="no", remarks=("kept as x, failed 2 times",)),
    ),
]


def test_dead_letters_are_told_with_why_they_had_failed_and_what_came_of_them() -> None:
    assert click.unstyle(rendering.text(DeadLettersReport(LETTERS, "sqlite:///leads.db"), width=80)) == (
        "file         tries  before                                      after\n"
        "texas_1.csv      3  the file has no header 'Phone', which pho…  loaded as load 8\n"
        "texas_2.csv      1  texas_2.csv: the file is empty              failed\n"
        "\n"
        "texas: kept as x, failed 2 times\n"
        "loaded into sqlite:///leads.db, by INSERT\n"
    )


def test_of_several_reasons_the_first_is_told() -> None:
    letter = LETTERS[0].letter
    failure = replace(letter.failure, reason="no header 'A'\nno header 'B'\nno header 'C'")
    several = replace(LETTERS[0], letter=replace(letter, failure=failure))
    assert "no header 'A' (and 2 more)" in click.unstyle(rendering.text(DeadLettersReport([several], None)))


def test_dead_letters_as_json() -> None:
    first, second = json.loads(rendering.written(DeadLettersReport(LETTERS, None), "json"))["dead_letters"]
    assert (first["file"], first["tries"], first["copy"]) == (
        "texas_1.csv",
        3,
        "dead_letters/texas/texas_1.csv",
    )
    assert (first["after"]["status"], first["after"]["load_id"]) == ("loaded", 8)
    assert (second["before"], second["after"]["message"]) == ("texas_2.csv: the file is empty", "no")


def test_a_corrected_file_is_told_with_what_of_it_is_still_refused() -> None:
    first = (
        StillRefused(4, 7, "phone", "phone", "Phone is not a valid phone number"),
        StillRefused(9, None, None, "short_record", "3 cells instead of 7"),
    )
    replayed = replace(REPLAYED, corrected=CorrectedRecords("fixed.csv", 1_600, 40, 50, first))
    assert text(replayed).startswith(
        "texas: fixed.csv joins load 3 (texas.csv) in sqlite:///leads.db: of 1,600 records 1,500 loaded, 10 "
        "filtered, 50 "
        "still rejected, 40 no longer rejects; 90 rejects left\n"
    )
    assert (
        "still rejected in fixed.csv\n\n"
        "line  record  field  rule          message\n"
        "   4       7  phone  phone         Phone is not a valid phone number\n"
        "   9                 short_record  3 cells instead of 7\n"
        "and 48 more\n"
    ) in text(replayed)
    assert "fixed.csv would join load 3" in text(replace(replayed, status="tried"))
    assert "fixed.csv does not join load 3" in text(replace(replayed, status="refused"))
    nothing = replace(replayed, loaded=0, filtered=0)
    assert "texas: no record of fixed.csv joins load 3" in text(nothing)
