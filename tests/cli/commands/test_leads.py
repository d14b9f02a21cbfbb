"""Tests of leadingest.cli.commands.leads."""

import csv
import io
import json

import pytest

from tests.cli.made_up_project import MadeUpProject


def test_leads_are_shown_with_the_fields_that_matter(project: MadeUpProject) -> None:
    project.call("run", "--source", "nevada")
    result = project.call("leads")
    assert (result.exit_code, result.stderr) == (0, "")
    head, *rows = result.stdout.partition("\n\n")[0].splitlines()
    assert head.split() == ["company", "phone", "city", "state", "license_status", "capacity"]
    assert sorted(row.split("  ")[0] for row in rows) == ["Busy Bees", "Little Acorns", "Sunny Side"]
    assert "\n3 leads\n6 of " in result.stdout


def test_no_more_leads_than_asked_for_and_that_there_are_more(project: MadeUpProject) -> None:
    project.call("run", "--source", "nevada")
    assert "the first 2 leads; show more with --limit N\n" in project.call("leads", "--limit", "2").stdout


def test_the_leads_of_one_source(project: MadeUpProject) -> None:
    project.call("run", "--all")
    document = json.loads(project.call("leads", "--source", "utah", "--format", "json").stdout)
    assert [lead["company"] for lead in document["leads"]] == ["Red Rock Kids"]


def test_csv_has_every_field_of_every_lead(project: MadeUpProject) -> None:
    project.call("run", "--all")
    rows = list(csv.DictReader(io.StringIO(project.call("leads", "--format", "csv").stdout)))
    assert len(rows) == 4
    assert {"company", "phone", "facility_type", "source_name", "website_address"} <= set(rows[0])


@pytest.mark.parametrize("output_format", ["csv", "json"])
def test_for_programs_no_lead_is_left_out_unasked(project: MadeUpProject, output_format: str) -> None:
    many = "".join(f"Center {at},702-200-{at:04},Reno,9,Open\n" for at in range(3000, 3030))
    project.write("inbox/nevada.csv", f"Name,Phone,City,Places,Status\n{many}")
    project.call("run", "--source", "nevada")
    assert project.call("leads", "--format", output_format).stdout.count("Center ") == 30


def test_fields_may_be_chosen(project: MadeUpProject) -> None:
    project.call("run", "--source", "utah")
    result = project.call("leads", "--fields", "city, company", "--format", "csv")
    assert result.stdout == "city,company\nMoab,Red Rock Kids\n"


def test_an_unknown_field_names_the_nearest(project: MadeUpProject) -> None:
    project.call("run", "--source", "utah")
    result = project.call("leads", "--fields", "compny")
    assert result.exit_code == 2
    assert "error: unknown field 'compny'; did you mean 'company'?" in result.stderr


def test_before_the_first_load_there_is_no_database(project: MadeUpProject) -> None:
    assert project.call("leads").exit_code == 3


def test_a_source_that_was_never_loaded_has_no_leads(project: MadeUpProject) -> None:
    project.call("run", "--source", "utah")
    result = project.call("leads", "--source", "nevada")
    assert (result.exit_code, result.stdout) == (0, "no leads yet\n")


def test_a_source_that_never_was_names_the_nearest(project: MadeUpProject) -> None:
    project.call("run", "--all")
    result = project.call("leads", "--source", "nevado")
    assert result.exit_code == 2
    assert "hint: did you mean 'nevada'?" in result.stderr


def test_the_rows_of_a_load_that_is_held_can_be_looked_at(project: MadeUpProject) -> None:
    project.call("run", "--source", "nevada")
    project.write("inbox/nevada.csv", "Name,Phone,City,Places,Status\nNew One,702-200-3009,Reno,1,Open\n")
    held = project.call("run", "--source", "nevada")
    assert "`leadingest leads --load 2` shows its rows; publish it with: leadingest approve 2" in held.stdout
    shown = project.call("leads", "--load", "2", "--fields", "company,city", "--format", "csv")
    assert shown.stdout.replace("\r", "") == "company,city\nNew One,Reno\n"
    assert "New One" not in project.call("leads").stdout
    missing = project.call("leads", "--load", "9")
    assert (missing.exit_code, missing.stderr.split("\n")[0]) == (
        2,
        f"error: there is no load 9 in sqlite:///{project.folder}/leads.db",
    )
