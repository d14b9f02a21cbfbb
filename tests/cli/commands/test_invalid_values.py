"""Tests of leadingest.cli.commands.invalid_values, on every destination."""

import json

import pytest

from tests.cli.made_up_project import NEVADA_CSV, MadeUpProject

CSV = NEVADA_CSV + "Oak,702,Reno,a few,Open\nElm,703,Reno,=1+1,Open\n"


@pytest.fixture(name="project")
def _project(project: MadeUpProject, destination: str, monkeypatch: pytest.MonkeyPatch) -> MadeUpProject:
    """A load with invalid values."""
    monkeypatch.setenv("LEADINGEST_DATABASE_URL", destination)
    project.write("inbox/nevada.csv", CSV)
    project.call("run", "--source", "nevada")
    return project


@pytest.fixture(params=["sqlite:///leads.db", "lake:///lake"])
def destination(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_they_are_shown_by_field_and_rule_with_examples(project: MadeUpProject) -> None:
    result = project.call("invalid-values", "--source", "nevada")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "nevada: load 1: 4 invalid values in 5 records of nevada.csv\n"
        "\n"
        "values  field     rule     record  header  as it came\n"
        "     2  capacity  integer       4  Places  a few\n"
        "                                5  Places  =1+1\n"
        "     2  phone     phone         4  Phone   702\n"
        "                                5  Phone   703\n"
        "\n"
        "hint: write all: leadingest invalid-values --load 1 --format csv\n"
    )


def test_all_of_them_are_rows_for_programs_and_no_formula(project: MadeUpProject) -> None:
    header, *rows = project.call("invalid-values", "--load", "1", "--format", "csv").stdout.splitlines()
    assert header == "record_number,field,header,rule,raw_value"
    assert sorted(rows) == [
        "4,capacity,Places,integer,a few",
        "4,phone,Phone,phone,702",
        "5,capacity,Places,integer,'=1+1",
        "5,phone,Phone,phone,703",
    ]
    document = json.loads(
        project.call("invalid-values", "--load", "1", "--examples", "1", "--format", "json").stdout
    )
    assert (document["load_id"], document["invalid_values"]) == (1, 4)
    assert document["groups"][0] == {
        "field": "capacity",
        "rule": "integer",
        "count": 2,
        "examples": [{"record_number": 4, "header": "Places", "raw_value": "a few"}],
    }


def test_the_line_of_a_run_leads_here_and_a_load_without_any_says_so(project: MadeUpProject) -> None:
    project.write("inbox/nevada.csv", CSV.replace("703", "704"))
    output = project.call("run", "--source", "nevada").stdout
    assert (
        "nevada: 4 invalid values (2 capacity: integer, 2 phone): leadingest invalid-values --load 2"
        in output
    )
    project.write("inbox/nevada.csv", NEVADA_CSV)
    project.call("run", "--source", "nevada", "--again")
    assert project.call("invalid-values", "--source", "nevada").stdout == (
        "nevada: load 3: 0 invalid values in 3 records of nevada.csv\n"
    )
    empty = project.call("invalid-values", "--source", "nevada", "--format", "csv").stdout
    assert empty == "record_number,field,header,rule,raw_value\n"


def test_a_load_must_be_there(project: MadeUpProject) -> None:
    assert project.call("invalid-values").exit_code == 2
    assert project.call("invalid-values", "--load", "9").exit_code == 2
