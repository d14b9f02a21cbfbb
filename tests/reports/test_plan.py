"""Tests of leadingest.reports.plan: what each format tells of the same change.

`make generated` writes the files.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import click
import pytest

from leadingest import ChangePlan, Project, SourcePlan
from leadingest.comparing.changed_leads import FieldChange
from leadingest.planning.effect import FieldEffect, ValueChange
from leadingest.planning.plan import FAILURES
from leadingest.reports.plan import PlanReport
from tests.cli.made_up_project import MadeUpProject
from tests.planning.made_up_change import made_up_change, shown
from tests.reports.rendering import text, written
from tests.snapshots import snapshot

EXPECTED = Path(__file__).parent / "expected_plan"
#: What a comment on GitHub may have. Source: the error of its API for a longer one, "body is too long (maximum is
#: 65536 characters)".
MOST_CHARACTERS = 65_536


@pytest.fixture(scope="module", name="made_up")
def _made_up(tmp_path_factory: pytest.TempPathFactory) -> tuple[ChangePlan, Path]:
    """The plan of the made-up change, and the folder of its project."""
    folder = tmp_path_factory.mktemp("project")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        made_up_change(MadeUpProject(folder))
        return Project.open().plan(base="main"), folder


@pytest.mark.rewrites
@pytest.mark.parametrize("name", ["text", "markdown", "json", "html", "github"])
def test_each_format_tells_the_same_in_its_way(made_up: tuple[ChangePlan, Path], name: str) -> None:
    plan, folder = made_up
    came_out = shown(written(PlanReport(plan, ["removed-leads"]), name), folder)
    assert came_out == snapshot(EXPECTED / f"plan.{name}", came_out)


def test_a_terminal_keeps_its_width(made_up: tuple[ChangePlan, Path]) -> None:
    for width in (80, 100):
        lines = click.unstyle(text(PlanReport(made_up[0]), width=width)).splitlines()
        assert max(map(len, lines)) <= width


def everything_changes(plan: ChangePlan, sources: int) -> ChangePlan:
    """A plan of so many sources in which every field changes, in signs that mean something in Markdown."""
    (source,) = plan.sources
    (effect,) = source.effects
    bad = "@&<>" * 100
    fields = tuple(
        FieldEffect(
            f"field_of_the_load_table_{number}",
            FieldChange(9, 1, 1),
            tuple(ValueChange(bad, bad, 1, 1_000_000) for _ in range(20)),
        )
        for number in range(60)
    )
    all_of_it = replace(effect, file=f"{bad[:100]}.csv", fields=fields)
    failing = replace(effect.now, error=bad, hint=bad)
    made = [replace(source, source=f"source_{number}", effects=(all_of_it,)) for number in range(sources)]
    made.append(SourcePlan("failing", "changed", "mappings/x.yaml", (replace(all_of_it, now=failing),)))
    made += [
        SourcePlan(f"lost_{number}", "changed", "mappings/x.yaml", message=bad, hint="look", error_code=2)
        for number in range(sources)
    ]
    return replace(plan, sources=tuple(made))


@pytest.mark.parametrize("sources", [0, 1, 9, 100])
def test_a_comment_is_never_too_long(made_up: tuple[ChangePlan, Path], sources: int) -> None:
    plan = everything_changes(made_up[0], sources)
    comment = written(PlanReport(plan, FAILURES), "markdown")
    assert len(comment) < MOST_CHARACTERS
    assert not re.search(r"[<@]", comment)


def test_programs_get_it_all(made_up: tuple[ChangePlan, Path]) -> None:
    plan = everything_changes(made_up[0], 9)
    assert len(json.loads(written(PlanReport(plan), "json"))["sources"]) == 2 * 9 + 1


def test_what_is_left_out_is_counted(made_up: tuple[ChangePlan, Path]) -> None:
    comment = written(PlanReport(everything_changes(made_up[0], 300)), "text")
    assert "291 more deliveries" in comment
    assert "290 more sources not compared" in comment
    assert "also changed: field_of_the_load_table_" in comment


def test_no_change_is_told(made_up: tuple[ChangePlan, Path]) -> None:
    plan = replace(made_up[0], sources=(), base="HEAD", commit="0123456789ab", untouched=2)
    assert written(PlanReport(plan), "text") == (
        "no mapping has changed since HEAD (commit 0123456789ab); 2 mappings compared\n"
    )
    assert written(PlanReport(plan), "github") == ""
