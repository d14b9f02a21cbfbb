"""Tests of leadingest.cli.commands.approve."""

import json

from tests.cli.made_up_project import NEVADA, NEVADA_CSV, MadeUpProject


def held(project: MadeUpProject) -> None:
    """One load of nevada that is held, for a capacity that is no number."""
    project.write(
        "mappings/nevada.yaml",
        NEVADA.replace("capacity: Places", "capacity: {from: Places, on_invalid: hold}"),
    )
    project.write("inbox/nevada.csv", NEVADA_CSV.replace("12", "many"))
    result = project.call("run", "--source", "nevada")
    assert result.exit_code == 1
    assert "nevada: held nevada.csv as load 1" in result.stdout


def test_a_held_load_is_not_shown_until_it_is_approved(project: MadeUpProject) -> None:
    held(project)
    assert project.call("leads").stdout == "no leads yet\n"
    result = project.call("approve", "1")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "load 1 is published: 3 leads of nevada\n"
    assert len(json.loads(project.call("leads", "--format", "json").stdout)["leads"]) == 3


def test_a_load_that_there_is_not_is_refused(project: MadeUpProject) -> None:
    project.call("run", "--source", "nevada")
    result = project.call("approve", "7")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: there is no load 7 in ")
