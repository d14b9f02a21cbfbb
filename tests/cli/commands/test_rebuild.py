"""Tests of leadingest.cli.commands.rebuild."""

from __future__ import annotations

import shutil

import polars as pl

from tests.cli.made_up_project import MadeUpProject


def test_a_log_that_was_damaged_is_made_anew(project: MadeUpProject) -> None:
    lake = ("--database-url", "lake:///lake")
    project.call("run", "--all", *lake)
    leads = project.folder / "lake/lead_sources/leads"
    before = pl.scan_delta(str(leads)).collect().sort("source_name", "source_record_number")
    assert before.height == 4
    for log in (leads / "_delta_log").iterdir():
        log.write_text("nonsense")
    result = project.call("rebuild", *lake)
    assert (result.exit_code, result.stdout) == (
        0,
        "the Delta table of lead_sources shows what is published\n",
    )
    after = pl.scan_delta(str(leads)).collect().sort("source_name", "source_record_number")
    assert after.equals(before)


def test_a_lost_log_is_made_anew(project: MadeUpProject) -> None:
    lake = ("--database-url", "lake:///lake")
    project.call("run", "--all", *lake)
    leads = project.folder / "lake/lead_sources/leads"
    shutil.rmtree(leads / "_delta_log")
    assert project.call("rebuild", *lake).exit_code == 0
    assert pl.scan_delta(str(leads)).collect().height == 4


def test_a_database_has_no_such_table(project: MadeUpProject) -> None:
    project.call("run", "--all")
    result = project.call("rebuild")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "only a lake has a table for other programs" in result.stderr


def test_without_a_lake_there_is_nothing_to_make_anew(project: MadeUpProject) -> None:
    assert project.call("rebuild", "--database-url", "lake:///lake").exit_code == 3
