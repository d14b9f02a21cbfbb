"""Tests of leadingest.reports.run."""

import json
from dataclasses import replace

import click
import pytest

from leadingest.destinations.leads import HiddenLeads, LeadInFront
from leadingest.destinations.ledger import DriftNote, RecordCounts
from leadingest.ingest.result import SourceResult
from leadingest.ingest.tally import FaultCount
from leadingest.reports.render.text import blocks_text
from leadingest.reports.run import RunReport
from tests.reports import rendering

LOADED = SourceResult(
    "texas",
    "loaded",
    "texas.csv",
    load_id=3,
    counts=RecordCounts(read=1204, loaded=1200, rejected=3, filtered=1, invalid_values=2),
    seconds=0.24,
    hidden=HiddenLeads(),
    written_by="LOAD DATA on 2 connections",
    remarks=("2 hidden rows were read like the others",),
    new_headers=("Fee", "Notes"),
    reject_counts=(FaultCount("company", "required", 3),),
    invalid_value_counts=(FaultCount("phone", "phone", 2),),
)
MANY = RecordCounts(read=1000000, loaded=999000, rejected=800, filtered=200, invalid_values=1234)

HELD = SourceResult(
    "utah",
    "held",
    "utah.csv",
    load_id=4,
    counts=RecordCounts(read=5, loaded=5, rejected=0, filtered=0, invalid_values=0),
    seconds=1.0,
    message="2 invalid values in fields with `on_invalid: hold`",
    hint="look at load_invalid_values, then publish it: leadingest approve 4",
)
FAILED = SourceResult(
    "ohio",
    "failed",
    "ohio.csv",
    seconds=0.1,
    message="ohio.csv: the file is empty",
    hint="ask for the file again",
)
NO_DELIVERY = SourceResult("iowa", "no delivery", message="no file iowa*.csv in /in", hint="put one there")


def skipped(source: str, load: int) -> SourceResult:
    reason = f"the same file was loaded under the same mapping as load {load}"
    return SourceResult(source, "skipped", f"{source}.csv", load, message=reason, hint="again: --again")


def text(
    *results: SourceResult, database: str | None = "sqlite:///leads.db", width: int | None = None
) -> str:
    return click.unstyle(rendering.text(RunReport(results, database), width=width))


def test_a_source_alone_is_told_with_its_sum_and_where_it_went() -> None:
    assert text(LOADED) == (
        "texas: loaded texas.csv as load 3 in 0.2 s\n"
        "  1,204 read = 1,200 loaded + 3 rejected + 1 filtered\n"
        "  published in sqlite:///leads.db, by LOAD DATA on 2 connections\n"
        "texas: 3 rejects (company: required): leadingest rejects --load 3\n"
        "texas: 2 invalid values (phone): leadingest invalid-values --load 3\n"
        "texas: 2 hidden rows were read like the others\n"
        "texas: headers not in the mapping: 'Fee' and 'Notes'\n"
        "hint: map them under `fields`, or list them under `ignore`\n"
    )


def test_a_held_load_says_that_it_is_not_published_and_how_it_can_be() -> None:
    assert text(HELD) == (
        "utah: held utah.csv as load 4 in 1.0 s\n"
        "  5 read = 5 loaded + 0 rejected + 0 filtered\n"
        "  not published: held in sqlite:///leads.db until approved\n"
        "utah: held: 2 invalid values in fields with `on_invalid: hold`\n"
        "hint: look at load_invalid_values, then publish it: leadingest approve 4\n"
    )


def test_several_sources_are_a_table_with_what_is_worth_knowing_below() -> None:
    assert text(LOADED, HELD, FAILED, NO_DELIVERY, skipped("maine", 1), skipped("idaho", 2)) == (
        "                                                      invalid\n"
        "source  file        read  loaded  rejected  filtered   values  seconds  status\n"
        "texas   texas.csv  1,204   1,200         3         1        2      0.2  loaded\n"
        "utah    utah.csv       5       5         0         0        0      1.0  held\n"
        "ohio    ohio.csv                                                   0.1  failed\n"
        "iowa                                                                    no delivery\n"
        "maine   maine.csv                                                       skipped\n"
        "idaho   idaho.csv                                                       skipped\n"
        "\n"
        "texas: 3 rejects (company: required): leadingest rejects --load 3\n"
        "texas: 2 invalid values (phone): leadingest invalid-values --load 3\n"
        "texas: 2 hidden rows were read like the others\n"
        "texas: headers not in the mapping: 'Fee' and 'Notes'\n"
        "hint: map them under `fields`, or list them under `ignore`\n"
        "utah: held: 2 invalid values in fields with `on_invalid: hold`\n"
        "hint: look at load_invalid_values, then publish it: leadingest approve 4\n"
        "iowa: no delivery: no file iowa*.csv in /in\n"
        "hint: put one there\n"
        "maine: skipped: the same file was loaded under the same mapping as load 1\n"
        "idaho: skipped: the same file was loaded under the same mapping as load 2\n"
        "hint: again: --again\n"
        "loaded into sqlite:///leads.db, by LOAD DATA\n"
    )


def test_what_was_kept_of_a_failure_or_a_skipped_delivery_is_told() -> None:
    kept = ("kept as dead_letters/ohio/x_ohio.csv",)
    assert text(replace(FAILED, remarks=kept)) == (
        "ohio: failed on ohio.csv\n"
        "  kept as dead_letters/ohio/x_ohio.csv\n"
    )  # fmt: skip
    assert text(replace(skipped("iowa", 1), remarks=("no room",))).endswith("--again\niowa: no room\n")
    shown = text(replace(FAILED, remarks=kept), replace(skipped("iowa", 1), remarks=("no room",)))
    assert "\nohio: kept as dead_letters/ohio/x_ohio.csv\niowa: skipped: " in shown
    assert shown.endswith("--again\niowa: no room\n")


def test_of_many_skipped_sources_only_the_first_are_told_below_the_table() -> None:
    shown = text(*(skipped(f"s{at}", at) for at in range(30)))
    assert shown.count("skipped\n") == 30
    assert shown.count(": skipped: ") == 5


def test_failures_are_told_apart_each_with_its_source() -> None:
    assert click.unstyle(blocks_text(RunReport([LOADED, FAILED], None).errors())) == (
        "\n"
        "error: ohio: ohio.csv: the file is empty\n"
        "hint: ask for the file again\n"
    )  # fmt: skip


def test_of_many_reasons_the_most_frequent_are_named() -> None:
    reasons = tuple(FaultCount(f"f{at}", "length", 10 - at) for at in range(8))
    counts = RecordCounts(read=60, loaded=60, rejected=0, filtered=0, invalid_values=52)
    result = SourceResult("texas", "checked", "t.csv", counts=counts, invalid_value_counts=reasons)
    assert "(10 f0: length, 9 f1: length," in text(result, database=None)
    assert "5 f5: length, 7 more)\n" in text(result, database=None)


def test_records_that_could_not_be_read_are_told_by_their_reason() -> None:
    reasons = (FaultCount(None, "short_record", 2), FaultCount("phone", "required", 1))
    counts = RecordCounts(read=3, loaded=0, rejected=3, filtered=0, invalid_values=0)
    result = SourceResult("texas", "checked", "t.csv", counts=counts, reject_counts=reasons)
    output = text(result, database=None)
    assert "3 rejects (2 short_record, 1 phone: required)\n" in output
    assert "hint: check `delimiter`, `quote` and `footer`" in output


def test_of_many_new_headers_the_first_are_named() -> None:
    many = SourceResult("texas", "checked", "t.csv", new_headers=tuple(f"H{at}" for at in range(12)))
    assert "'H8', 'H9' and 2 more\n" in text(many, database=None)


def test_a_dry_run_has_no_load_to_look_at() -> None:
    counts = RecordCounts(read=2, loaded=1, rejected=1, filtered=0, invalid_values=0)
    assert text(SourceResult("texas", "checked", "t.csv", counts=counts), database=None) == (
        "texas: checked t.csv in 0.0 s\n"
        "  2 read = 1 loaded + 1 rejected + 0 filtered\n"
        "  dry run: nothing was written\n"
        "texas: 1 reject\n"
    )


@pytest.mark.parametrize("result", [LOADED, HELD, FAILED, NO_DELIVERY, skipped("maine", 1)])
def test_a_table_of_eighty_cells_is_never_wider(result: SourceResult) -> None:
    wide = SourceResult(
        "a_source_with_a_long_name", "loaded", "its_delivery_of_2026-08-01_final_version.csv", 7, MANY
    )
    table = text(wide, result, width=80).partition("\n\n")[0]
    assert max(len(line) for line in table.splitlines()) <= 80


def test_json_has_every_count() -> None:
    document = json.loads(rendering.written(RunReport([LOADED], "mysql+mysqldb://me:***@db/leads"), "json"))
    assert document["database"] == "mysql+mysqldb://me:***@db/leads"
    assert document["results"] == [
        {
            "source": "texas",
            "status": "loaded",
            "file": "texas.csv",
            "load_id": 3,
            "read": 1204,
            "loaded": 1200,
            "rejected": 3,
            "filtered": 1,
            "invalid_values": 2,
            "hidden": {"number": 0, "behind": []},
            "seconds": 0.24,
            "way": "LOAD DATA on 2 connections",
            "tries": 1,
            "cleared": [],
            "message": "",
            "hint": "",
            "drift": [],
            "new_headers": ["Fee", "Notes"],
            "remarks": ["2 hidden rows were read like the others"],
            "reject_counts": [{"field": "company", "rule": "required", "count": 3}],
            "invalid_value_counts": [{"field": "phone", "rule": "phone", "count": 2}],
        }
    ]


def test_leads_that_stand_behind_others_are_told_with_those_they_stand_behind() -> None:
    hidden = HiddenLeads(12, (LeadInFront("texas", 4, 7), LeadInFront("ohio", 9, 2)))
    output = rendering.text(RunReport([replace(LOADED, hidden=hidden)], "sqlite:///leads.db"))
    assert (
        "texas: the view shows 1,188 of 1,200 leads; hidden by leads with the same lead_key: 7 by record 4, 2 by ohio"
        " record 9 and 3 by others: leadingest duplicates --rule same_key --source texas\n"
    ) in output


def test_of_a_load_too_large_to_look_up_it_is_told_who_knows() -> None:
    output = rendering.text(RunReport([replace(LOADED, hidden=None)], "sqlite:///leads.db"))
    assert "1,200 leads; to see which are hidden by others: leadingest duplicates" in output


def test_a_load_that_is_held_shows_the_evidence_of_its_drift() -> None:
    worst = DriftNote(
        code="DR210",
        name="swapped_columns",
        kind_class="breaking",
        header="A",
        expected="'A' as it was",
        found="'B' in its place",
        advice="ask",
    )
    notes = (worst, replace(worst, kind_class="lossy", header=""), replace(worst, kind_class="safe"))
    text = click.unstyle(rendering.text(RunReport([replace(HELD, drift=notes)], "d")))
    assert (
        "utah: swapped_columns 'A': expected 'A' as it was; found 'B' in its place\n"
        "utah: swapped_columns: expected 'A' as it was; found 'B' in its place\n"
        "utah: drift, and what to do about it: leadingest drift --history --source utah\n"
    ) in text
    more = click.unstyle(rendering.text(RunReport([replace(HELD, drift=notes[:1] * 5)], "d")))
    assert "utah: drift: 2 more: leadingest drift --history --source utah\n" in more
    loaded = click.unstyle(rendering.text(RunReport([replace(LOADED, drift=notes)], "d")))
    assert "expected" not in loaded
