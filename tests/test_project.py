"""Tests of leadingest.project, and of what `leadingest` makes public."""

from __future__ import annotations

import builtins
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import polars as pl
import pytest

import leadingest
from leadingest import Events, Listener, NothingToDoError, Project, UsageError
from leadingest.cli.main import COMMANDS, main
from leadingest.project.loads import LoadMethods
from leadingest.project.mappings import MappingMethods
from tests.docs.python_page import public_methods

ROOT = Path(__file__).parents[1]
MAPPING = """\
source: {source}
delivery: {{match: "{source}*.csv"}}
fields: {{company: Name, phone: Phone}}
"""
PARTS = (MappingMethods, Project, LoadMethods)
#: Calls from the command to the reader of the first record; of ours, not of click.
MOST_CALLS = 11


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("mappings", "inbox"):
        (tmp_path / name).mkdir()
    (tmp_path / "pyproject.toml").write_text("[tool.leadingest]\n")
    for source in ("ohio", "utah"):
        (tmp_path / "mappings" / f"{source}.yaml").write_text(MAPPING.format(source=source))
    (tmp_path / "inbox/utah.csv").write_text("Name,Phone\nOak,702-200-3000\n,none\n,\n")
    return tmp_path


def test_a_source_is_run_and_its_results_are_read(folder: Path) -> None:
    project = Project.open(folder)
    assert project.sources() == ["ohio", "utah"]
    ohio, utah = project.run()
    assert (ohio.status, utah.status, utah.counts.loaded) == ("no delivery", "loaded", 1)
    assert [load.source_name for load in project.loads()] == ["utah"]
    assert project.load(source="utah").load_id == utah.load_id == 1
    assert project.leads(source="utah").select("company", "phone").rows() == [("Oak", "+17022003000")]
    assert [(group.field, group.rule) for group in project.rejects(1)] == [("company", "required")]


def test_results_of_several_loads_are_published_again_and_pruned(folder: Path) -> None:
    Project.open(folder).run("utah")
    (folder / "inbox/utah.csv").write_text("Name,Phone\nElm,702-200-3001\n")
    project = Project.open(folder)
    (second,) = project.run("utah")
    assert project.rollback("utah").load_id == 1
    assert project.leads()["company"].to_list() == ["Oak"]
    assert project.rollback("utah", to=second.load_id).load_id == 2
    assert [load.load_id for load in project.prune(keep=1)] == [1]


def test_a_held_load_is_approved(folder: Path) -> None:
    (folder / "inbox/utah.csv").write_text("Name,Phone\n")
    project = Project.open(folder)
    (held,) = project.run("utah")
    assert (held.status, held.is_retryable) == ("held", False)
    assert project.approve(held.load_id or 0).published


def test_a_mapping_is_drafted_checked_and_tried_before_anything_is_loaded(folder: Path) -> None:
    (folder / "iowa.csv").write_text("Name,Phone\nOak,702-200-3000\nElm,702-200-3001\n")
    new = Project.open(folder).new("iowa", folder / "iowa.csv")
    assert (new.path, new.draft.source) == (folder / "mappings/iowa.yaml", "iowa")
    project = Project.open(folder)
    assert project.source_of("iowa.csv") == "iowa"
    assert project.lint("iowa", sample=folder / "iowa.csv").exit_code(strict=False) == 0
    assert [each.source for each in project.test()] == ["iowa", "ohio", "utah"]
    seen = project.preview(file=folder / "iowa.csv", numbers=[2])
    assert [(record.number, record.outcome) for record in seen.records] == [(2, "lead")]
    assert project.explain(1, "iowa", file=folder / "iowa.csv").lead_key == "phone=+17022003000"
    assert '"source"' in project.schema()
    assert not (folder / "leads.db").exists()


def test_drift_is_told_fixed_and_remembered(folder: Path) -> None:
    records = "".join(f"Oak {number},702-200-{number}\n" for number in range(3000, 3040))
    (folder / "inbox/utah.csv").write_text(f"Name,Phone\n{records}")
    Project.open(folder).run("utah")
    (folder / "inbox/utah.csv").write_text(f"Name,Phone No\n{records}")
    project = Project.open(folder)
    (found,) = project.drift("utah")
    (text,) = project.drift_fixes(found)
    assert (found.fixable, "Phone No" in text.text) == (1, True)
    (fixed,) = project.drift("utah", fix=True)
    assert fixed.fixed == 1
    Project.open(folder).run("utah")
    assert [row.load_id for row in project.drift_history("utah")] == [2]


def test_loads_are_compared_and_leads_handed_over(folder: Path) -> None:
    Project.open(folder).run("utah")
    (folder / "inbox/utah.csv").write_text("Name,Phone\nElm,702-200-3001\n")
    project = Project.open(folder)
    project.run("utah")
    with project.diff("utah", fields=["company"]) as comparison:
        assert (comparison.new.height, comparison.fields) == (1, ("company",))
    assert [each.rule.name for each in project.duplicates(rules=["same_phone"])] == ["same_phone"]
    done = project.export(folder / "leads.csv", columns=["company"])
    assert (done.counts.written, (folder / "leads.csv").read_text()) == (1, "company\nElm\n")
    assert [state.leads for state in project.report(folder / "report").sources] == [0, 1]
    assert (folder / "report/index.html").is_file()
    assert "CREATE TABLE" in project.ddl("sqlite")
    assert project.missing_ddl() == []


def test_rejects_are_corrected_in_a_file_and_replayed(folder: Path) -> None:
    project = Project.open(folder)
    project.run("utah")
    rejects = b"".join(project.rejects_file(1)).decode()
    (folder / "corrected.csv").write_text(rejects.replace("2,,", "2,Elm,"))
    replayed = project.replay("utah", file=folder / "corrected.csv")
    assert (replayed.status, replayed.loaded, replayed.left, replayed.remarks) == ("replayed", 1, 0, ())


def test_what_failed_as_a_whole_is_loaded_again_or_forgotten(folder: Path) -> None:
    (folder / "inbox/utah.csv").write_text("<html>")
    (failed,) = Project.open(folder).run("utah")
    assert failed.status == "failed"
    project = Project.open(folder)
    (letter,) = project.dead_letters("utah")
    assert [each.result.status for each in project.replay_dead_letters("utah")] == ["failed"]
    with pytest.raises(NothingToDoError, match="no dead letter of utah named 'other"):
        project.forget_dead_letters("utah", letter.file, "other.csv")
    assert project.forget_dead_letters("utah", letter.file, dry_run=True) == project.dead_letters("utah")
    project.forget_dead_letters("utah", letter.file)
    assert project.dead_letters("utah") == []


def test_a_delivery_is_loaded_again_from_the_archive(folder: Path) -> None:
    Project.open(folder, archive=folder / "archive").run("utah")
    mapping = folder / "mappings/utah.yaml"
    mapping.write_text(mapping.read_text().replace("company: Name", "company: [Name, Other]"))
    project = Project.open(folder, archive=folder / "archive")
    assert (project.replay_whole("utah").load_id, project.database.startswith("sqlite")) == (2, True)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda project: project.duplicates(rules=["same_fone"]), "same_phone"),
        (lambda project: project.diff("utah", fields=["fone"]).__enter__(), "phone"),
        (lambda project: project.ddl("oracle"), "no SQL dialect 'oracle'"),
        (lambda project: project.preview(), "which source"),
        (lambda project: project.drift("uta"), "no source 'uta'"),
    ],
)
def test_what_is_not_known_is_told_with_the_nearest_name(
    ask: Callable[[Project], object], message: str, folder: Path
) -> None:
    with pytest.raises(UsageError, match=message):
        ask(Project.open(folder))


def test_rows_that_were_pruned_are_not_told_as_none(folder: Path) -> None:
    Project.open(folder).run("utah")
    (folder / "inbox/utah.csv").write_text("Name,Phone\nElm,702-200-3001\n")
    project = Project.open(folder)
    project.run("utah")
    calls: tuple[Callable[[], object], ...] = (
        lambda: project.leads(load_id=1),
        lambda: project.rejects(1),
        lambda: list(project.rejects_file(1)),
        lambda: project.invalid_values(1),
        lambda: list(project.invalid_value_rows(1)),
    )
    for call in calls:
        call()
    project.prune(keep=1)
    for call in calls:
        with pytest.raises(UsageError, match="load 1 of utah was pruned: its rows were removed"):
            call()


def test_a_dry_run_of_a_file_writes_nothing(folder: Path) -> None:
    project = Project.open(folder)
    (checked,) = project.run(file=folder / "inbox/utah.csv", dry_run=True)
    assert (checked.source, checked.status) == ("utah", "checked")
    assert not (folder / "leads.db").exists()
    with pytest.raises(NothingToDoError, match="does not exist yet"):
        project.loads()


def test_keywords_win_over_the_settings_of_the_folder(folder: Path) -> None:
    project = Project.open(folder, database_url="sqlite:///other.db")
    project.run("utah")
    assert (folder / "other.db").exists()


def test_an_unknown_source_stops_the_run_before_anything_is_loaded(folder: Path) -> None:
    project = Project.open(folder)
    for ask in (
        lambda: project.run("utah", "oiho"),
        lambda: project.run("utah", "ohio", file="x.csv"),
        project.load,
        lambda: Project.open(folder, table="leeds").table,
    ):
        with pytest.raises(UsageError):
            ask()
    assert not (folder / "leads.db").exists()


def test_a_listener_is_told_how_it_goes(folder: Path) -> None:
    class Remembering(Listener):
        events: tuple[str, ...] = ()

        def finished(self, result: leadingest.SourceResult) -> None:
            self.events += (f"{result.source} {result.status}",)

    listener = Remembering()
    Project.open(folder).run("utah", events=Events(listener))
    assert listener.events == ("utah loaded",)


def test_all_that_is_public_is_there_and_says_what_it_is_for() -> None:
    assert leadingest.__all__ == sorted(leadingest.__all__, key=lambda name: (name.startswith("_"), name))
    for name in leadingest.__all__:
        value = getattr(leadingest, name)
        assert isinstance(value, str) or inspect.getdoc(value), name
    assert set(leadingest.__all__) <= set(dir(leadingest))
    with pytest.raises(AttributeError, match="no attribute 'Projct'"):
        leadingest.Projct  # noqa: B018  # it is asked for


def test_the_page_for_programs_names_every_method_with_its_parameters() -> None:
    page = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `(\w+)\(([^)]*)\)`", page, flags=re.MULTILINE))
    for name, listed_parameters in listed.items():
        parameters = list(inspect.signature(getattr(Project, name)).parameters)[1:]
        assert [each.strip(" *") for each in listed_parameters.split(",") if each] == parameters
    assert listed.keys() == {name for of in PARTS for name in public_methods(of)}


def test_every_command_about_a_project_is_a_method_of_its_name() -> None:
    others = {"worker", "reference"}  # a program of its own, and a text that is the same for every project
    missing = {str(each.name).replace("-", "_") for each in COMMANDS} - others - set(dir(Project))
    assert missing == set()


@pytest.mark.parametrize("name", [name for of in PARTS for name in public_methods(of)])
def test_what_a_method_gives_is_public(name: str) -> None:
    returns = inspect.signature(getattr(Project, name)).return_annotation
    parts = set(re.findall(r"\w+", returns))
    assert parts <= {*leadingest.__all__, *dir(builtins), "Iterator", "Path", "pl", "DataFrame"}


def test_what_is_public_is_imported_from_where_it_stands() -> None:
    listed = [name for names in leadingest._MODULES.values() for name in names]
    assert sorted([*listed, "__version__"]) == sorted(leadingest.__all__)


def test_to_import_it_costs_nothing() -> None:
    code = "import sys, leadingest; print(sorted(name for name in sys.modules if 'leadingest' in name))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['leadingest']"


@pytest.mark.parametrize("words", [["run", "--all"], ["run", "--all", "--dry-run"]], ids=" ".join)
def test_few_calls_lead_from_the_command_to_the_first_record(
    words: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = os.path.dirname(leadingest.__file__) + os.sep
    ways: list[list[str]] = []

    def watch(frame: FrameType, event: str, _argument: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_name == "batches" and code.co_filename.startswith(package):
            way, here = [], frame.f_back
            while here:
                if here.f_code.co_filename.startswith(package):
                    way.append(here.f_code.co_name)
                here = here.f_back
            ways.append(way[::-1])

    (folder / "mappings/ohio.yaml").unlink()
    monkeypatch.chdir(folder)
    sys.setprofile(watch)
    try:
        main(words, standalone_mode=False)
    finally:
        sys.setprofile(None)
    assert ways
    # The reader itself is the last of them.
    assert len(ways[0]) < MOST_CALLS, ways[0]


def test_leads_are_a_frame_of_the_types_of_the_load_table(folder: Path) -> None:
    project = Project.open(folder)
    project.run("utah")
    assert project.leads().schema["company"] == pl.String
    assert project.leads(load_id=1, limit=1).height == 1
