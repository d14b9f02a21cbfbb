"""Tests of leadingest.planning.plan: which mappings are compared, on what, and what it is failed for."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from leadingest import ChangePlan, ConfigurationError, Project, SourcePlan, UsageError
from leadingest.planning.plan import FAILURES, FailOn
from tests.cli.made_up_project import NEVADA, NEVADA_CSV, UTAH, UTAH_CSV, MadeUpProject
from tests.planning.made_up_change import Expected, delivery, made_up_change
from tests.planning.repositories import committed, git


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeUpProject:
    monkeypatch.chdir(tmp_path)
    return MadeUpProject(tmp_path)


@pytest.fixture
def small(project: MadeUpProject) -> MadeUpProject:
    """Two sources, both loaded and kept in the archive; all of it is committed."""
    project.write("pyproject.toml", '[tool.leadingest]\narchive = "archive"\n')
    project.write("mappings/nevada.yaml", NEVADA)
    project.write("mappings/utah.yaml", UTAH)
    project.write("inbox/nevada.csv", NEVADA_CSV)
    project.write("inbox/utah.csv", UTAH_CSV)
    assert project.call("run", "--all", "--jobs", "1").exit_code == 0
    committed(project.folder)
    return project


def only(plan: ChangePlan) -> SourcePlan:
    (source,) = plan.sources
    return source


def test_exactly_the_leads_that_change_are_told(project: MadeUpProject) -> None:
    made_up_change(project)
    expected = Expected.of(delivery())
    plan = Project.open().plan(base="main")
    source = only(plan)
    (effect,) = source.effects
    assert (source.source, plan.untouched) == ("nevada", 1)
    assert (effect.unchanged, effect.changed) == (expected.unchanged, len(expected.changed))
    assert (effect.removed.leads, effect.removed.records) == (
        len(expected.removed),
        tuple(expected.removed[:20]),
    )
    assert (effect.added.leads, effect.changed_keys) == (0, 0)
    (status,) = effect.fields
    transitions = {(each.was, each.now): (each.leads, each.record) for each in status.examples}
    for was, now in set(expected.changed.values()):
        records = [number for number, pair in expected.changed.items() if pair == (was, now)]
        key = (was and repr(was), now and repr(now))
        assert transitions.pop(key) == (len(records), records[0])
    assert transitions == {}
    assert effect.now.counts.rejected == len(expected.removed)
    assert effect.before.counts.invalid_values > effect.now.counts.invalid_values > 0


def test_nothing_is_loaded_and_nothing_written(small: MadeUpProject) -> None:
    small.write("mappings/nevada.yaml", NEVADA.replace("Open: active", "Open: pending"))
    before = {path: path.stat().st_mtime_ns for path in small.folder.rglob("*") if ".git" not in path.parts}
    assert only(Project.open().plan()).effects[0].changed == 2
    assert before == {
        path: path.stat().st_mtime_ns for path in small.folder.rglob("*") if ".git" not in path.parts
    }


def test_a_delivery_is_mapped_as_on_the_day_of_its_load(small: MadeUpProject) -> None:
    with closing(sqlite3.connect(small.folder / "leads.db")) as database, database:
        database.execute("UPDATE loads SET started_at = '2056-03-01 12:00:00.000000'")
    expired = "license_status: {const: expired, when: \"today >= DATE '2056-03-01'\"}"
    small.write("mappings/utah.yaml", UTAH.replace("city: Town", f"city: Town, {expired}"))
    (effect,) = only(Project.open().plan()).effects
    assert [each.field for each in effect.fields] == ["license_status"]


def test_a_comment_changes_nothing(small: MadeUpProject) -> None:
    small.write("mappings/nevada.yaml", f"# what we know of Nevada\n{NEVADA}")
    plan = Project.open().plan()
    assert (plan.sources, plan.untouched, plan.exit_code(FAILURES)) == ((), 2, 0)


def test_a_file_that_is_extended_and_the_load_table_touch_those_that_use_them(small: MadeUpProject) -> None:
    small.write("mappings/_base.yaml", "fields:\n  state: {const: UT}\n")
    small.write("mappings/utah.yaml", f"extends: _base.yaml\n{UTAH}")
    committed(small.folder)
    small.write("mappings/_base.yaml", "fields:\n  state: {const: NV}\n")
    source = only(Project.open().plan())
    assert (source.source, [each.field for each in source.effects[0].fields]) == ("utah", ["state"])
    committed(small.folder)
    shipped = Path(__file__).parents[2] / "ddl" / "lead_sources.yaml"
    text = shipped.read_text(encoding="utf-8")
    small.write("ddl/lead_sources.yaml", text)
    committed(small.folder, "ddl")
    small.write("ddl/lead_sources.yaml", text.replace("length: ", "length: 1", 1))
    assert [each.source for each in Project.open().plan().sources] == ["nevada", "utah"]


def test_a_changed_key_is_told_as_such(small: MadeUpProject) -> None:
    small.write("mappings/nevada.yaml", NEVADA.replace("phone: Phone", "phone: {const: 702-200-4000}"))
    (effect,) = only(Project.open().plan()).effects
    assert (effect.added.leads, effect.removed.leads, effect.changed, effect.changed_keys) == (0, 0, 3, 3)
    # No lead has an address: the three phones that are one now make three names under one key.
    assert [each.field for each in effect.fields] == ["phone"]


def test_records_that_are_counted_from_elsewhere_are_matched_by_key(small: MadeUpProject) -> None:
    small.write(
        "mappings/nevada.yaml",
        NEVADA.replace('"nevada*.csv"', '"nevada*.csv", skip_lines: 0, header: 2')
        .replace("company: Name", "company: Little Acorns")
        .replace("phone: Phone", "phone: 702-200-3000")
        .replace("city: City", "city: Reno")
        .replace("capacity: Places", 'capacity: "12"')
        .replace("from: Status", "from: Open"),
    )
    (effect,) = only(Project.open().plan()).effects
    assert (effect.now.error, effect.matched_by) == ("", ("lead_key",))
    assert (effect.unchanged, effect.changed, effect.removed.leads, effect.removed.records) == (2, 0, 1, (1,))


def test_a_delivery_that_cannot_be_loaded_any_more_fails(small: MadeUpProject) -> None:
    small.write("mappings/nevada.yaml", NEVADA.replace("phone: Phone", "phone: Telephone"))
    plan = Project.open().plan()
    (effect,) = only(plan).effects
    assert "Telephone" in effect.now.error
    assert (effect.removed.leads, effect.now.counts.loaded, plan.exit_code()) == (3, 0, 1)
    assert {each.code for each in effect.new_drift} >= {"DR102"}


def test_a_delivery_that_can_be_loaded_again_is_no_fault(small: MadeUpProject) -> None:
    small.write("mappings/nevada.yaml", NEVADA.replace("phone: Phone", "phone: Telephone"))
    committed(small.folder)
    small.write("mappings/nevada.yaml", NEVADA)
    plan = Project.open().plan()
    (effect,) = only(plan).effects
    assert "Telephone" in effect.before.error
    assert (effect.added.leads, plan.exit_code()) == (3, 0)
    assert {each.code for each in effect.settled_drift} >= {"DR102"}


@pytest.mark.parametrize("before", [None, "source: nevada\nfields: {compny: Name}\n"])
def test_a_new_mapping_and_one_that_had_faults_add_all_leads(
    project: MadeUpProject, before: str | None
) -> None:
    project.write("mappings/nevada.yaml", before) if before else project.write("mappings/utah.yaml", UTAH)
    committed(project.folder)
    project.write("mappings/nevada.yaml", NEVADA)
    file = project.write("new.csv", NEVADA_CSV)
    source = only(Project.open().plan("nevada", file=file))
    assert (source.change, source.effects[0].added.leads) == ("added", 3)


def test_a_removed_mapping_is_told(small: MadeUpProject) -> None:
    (small.folder / "mappings" / "utah.yaml").unlink()
    plan = Project.open().plan()
    source = only(plan)
    assert (source.source, source.change, source.effects, plan.exit_code()) == ("utah", "removed", (), 0)
    assert "what is published stays" in source.message


def test_a_mapping_with_faults_is_told_and_the_others_are_compared(small: MadeUpProject) -> None:
    small.write("mappings/utah.yaml", UTAH.replace("company", "compny"))
    small.write("mappings/nevada.yaml", NEVADA.replace("Open: active", "Open: pending"))
    plan = Project.open().plan()
    nevada, utah = plan.sources
    assert nevada.effects[0].changed == 2
    assert "mappings/utah.yaml" in utah.message
    assert plan.exit_code() == 2


def test_the_last_deliveries_are_taken_the_newest_first(small: MadeUpProject) -> None:
    for day, records in (
        (2, NEVADA_CSV + "Elm,702-200-3009,Reno,12,Open\n"),
        (1, NEVADA_CSV[:-1] + "\n" * 2),
    ):
        path = small.write("inbox/nevada.csv", records)
        os.utime(path, (2e9 + day * 86_400, 2e9 + day * 86_400))
        small.call("run", "--source", "nevada")
    small.write("mappings/nevada.yaml", NEVADA.replace("Open: active", "Open: pending"))
    effects = only(Project.open().plan(last=2)).effects
    assert [effect.now.counts.loaded for effect in effects] == [4, 3]
    assert len(only(Project.open().plan(last=9)).effects) == 3


def test_where_the_archive_is_off_it_is_said_how_to_turn_it_on(small: MadeUpProject) -> None:
    small.write("mappings/nevada.yaml", NEVADA.replace("Open: active", "Open: pending"))
    plan = Project.open(archive="off").plan()
    assert "LEADINGEST_ARCHIVE is off" in only(plan).message
    assert "set LEADINGEST_ARCHIVE to a folder" in only(plan).hint
    assert plan.exit_code() == ConfigurationError.exit_code


def test_a_source_without_a_delivery_in_the_archive_is_told_and_no_fault(small: MadeUpProject) -> None:
    small.write("mappings/idaho.yaml", UTAH.replace("utah", "idaho"))
    plan = Project.open().plan()
    assert "has no delivery of idaho yet" in only(plan).message
    assert plan.exit_code() == 0


def test_it_is_told_whether_what_is_published_was_loaded_with_the_mapping(small: MadeUpProject) -> None:
    small.write("mappings/nevada.yaml", NEVADA.replace("Open: active", "Open: pending"))
    source = only(Project.open().plan())
    assert (source.load_id, source.base_is_published) == (1, True)
    committed(small.folder)
    small.write("mappings/nevada.yaml", NEVADA)
    source = only(Project.open().plan())
    assert (source.load_id, source.base_is_published) == (1, False)


WORSE: dict[FailOn, str] = {
    "removed-leads": NEVADA.replace(
        "capacity: Places", "capacity: {from: Places, max: 30, on_invalid: reject}"
    ),
    "added-leads": NEVADA,
    "changed-leads": NEVADA.replace("Open: active", "Open: pending"),
    "changed-keys": NEVADA.replace("phone: Phone", "phone: {const: 702-200-4000}"),
    "rejects": NEVADA.replace("capacity: Places", "capacity: {from: Places, max: 30, on_invalid: reject}"),
    "invalid-values": NEVADA.replace("Shut: closed", "Gone: closed"),
    "hidden-leads": NEVADA.replace("phone: Phone", "phone: {const: 702-200-4000}").replace(
        "company: Name", "company: {const: One}"
    ),
    "drift": NEVADA.replace("Shut: closed", "Gone: closed"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_it_fails_for_what_it_is_asked_to(small: MadeUpProject, name: FailOn) -> None:
    if name == "added-leads":
        small.write("mappings/nevada.yaml", f"{NEVADA}where: Places <> '40'\n")
        committed(small.folder)
    small.write("mappings/nevada.yaml", WORSE[name])
    plan = Project.open().plan()
    assert (only(plan).failures([name]), plan.exit_code(), plan.exit_code([name])) == ((name,), 0, 1)
    git(small.folder, "checkout", "--quiet", "mappings")
    mapping = (small.folder / "mappings" / "nevada.yaml").read_text(encoding="utf-8")
    small.write("mappings/nevada.yaml", f"{mapping}ignore: [Nothing]\n")
    better = Project.open().plan()
    assert (only(better).failures(FAILURES), better.exit_code(FAILURES)) == ((), 0)


def test_mappings_in_a_bucket_cannot_be_compared_with_git(project: MadeUpProject) -> None:
    with pytest.raises(UsageError, match="the mappings are in s3://made-up/mappings"):
        Project.open(mappings="s3://made-up/mappings").plan()


def test_an_unknown_source_is_told(small: MadeUpProject) -> None:
    with pytest.raises(UsageError, match="nevda"):
        Project.open().plan("nevda")
