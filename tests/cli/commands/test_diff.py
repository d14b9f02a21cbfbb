"""Tests of leadingest.cli.commands.diff."""

from __future__ import annotations

import json
import subprocess
import sys

import openpyxl
import pytest

from tests.cli.made_up_project import NEVADA, NEVADA_CSV, MadeUpProject

#: Busy Bees is gone, Little Acorns has more places and another phone, Tiny Tots is new.
NEXT_CSV = """\
Name,Phone,City,Places,Status
Sunny Side,702-200-3002,Sparks,40,Open
Little Acorns,702-200-3009,Reno,14,Open
Tiny Tots,702-200-3003,Reno,5,Open
"""


def loaded_twice(project: MadeUpProject, *, key: str = "key: company\n") -> None:
    project.write("mappings/nevada.yaml", NEVADA + key)
    project.call("run", "--source", "nevada")
    project.write("inbox/nevada.csv", NEXT_CSV)
    project.call("run", "--source", "nevada")


def test_the_published_load_is_compared_with_the_one_before(project: MadeUpProject) -> None:
    loaded_twice(project)
    result = project.call("diff", "--source", "nevada")
    assert (result.exit_code, result.stderr) == (0, "")
    assert project.shown(result.stdout) == (
        "nevada, leads matched by company\n"
        "  before: load 1 (loaded), nevada.csv of 2026-08-01 12:00 UTC\n"
        "  now:    load 2 (published), nevada.csv of 2026-08-01 12:00 UTC\n"
        "\n"
        "           before  now\n"
        "unchanged       1    1\n"
        "changed         1    1\n"
        "removed         1\n"
        "new                  1\n"
        "leads           3    3\n"
        "\n"
        "1 changed lead: phone in 1, capacity in 1; the first changes:\n"
        "company        record  field     before        now\n"
        "Little Acorns       2  phone     +17022003000  +17022003009\n"
        "Little Acorns       2  capacity  12            14\n"
        "\n"
        "1 new lead:\n"
        "record  company    phone         city  state  license_status  capacity\n"
        "     3  Tiny Tots  +17022003003  Reno  NV     active                 5\n"
        "\n"
        "1 removed lead:\n"
        "record  company    phone         city  state  license_status  capacity\n"
        "     2  Busy Bees  +17022003001  Elko  NV     closed                 8\n"
        "\n"
        "show all with --format csv, json, xlsx or html\n"
    )


def test_without_a_key_in_the_mapping_leads_are_matched_by_their_lead_key(project: MadeUpProject) -> None:
    loaded_twice(project, key="")
    document = json.loads(project.call("diff", "--source", "nevada", "--format", "json").stdout)
    assert document["key"] == ["lead_key"]
    assert [len(document[group]) for group in ("changed", "new", "removed")] == [0, 2, 2]


def test_two_loads_may_be_named(project: MadeUpProject) -> None:
    loaded_twice(project)
    document = json.loads(project.call("diff", "--source", "nevada", "2", "1", "--format", "json").stdout)
    assert [lead["company"] for lead in document["new"]] == ["Busy Bees"]
    result = project.call("diff", "--source", "nevada", "2")
    assert (result.exit_code, "give two loads" in result.stderr) == (2, True)


def test_only_some_fields_are_compared_where_they_are_named(project: MadeUpProject) -> None:
    loaded_twice(project)
    result = project.call("diff", "--source", "nevada", "--fields", "phone, city", "--format", "json")
    document = json.loads(result.stdout)
    assert document["changed_fields"] == {"phone": {"leads": 1, "filled": 0, "emptied": 0}}
    assert document["new"] == [{"record": 3, "phone": "+17022003003", "city": "Reno"}]
    wrong = project.call("diff", "--source", "nevada", "--fields", "phon")
    assert (wrong.exit_code, "did you mean 'phone'?" in wrong.stderr) == (2, True)


def test_leads_without_a_partner_are_matched_by_other_fields(project: MadeUpProject) -> None:
    loaded_twice(project, key="key: phone\n")
    shown = project.shown(project.call("diff", "--source", "nevada").stdout)
    assert "hint: if the phone of leads changed, match them by other fields with --then-by FIELDS" in shown
    shown = project.shown(project.call("diff", "--source", "nevada", "--then-by", "company").stdout)
    assert shown.startswith("nevada, leads matched by phone, then by company\n")
    assert "+17022003009       2  phone     +17022003000  +17022003009\n" in shown
    assert "--then-by" not in shown


@pytest.mark.parametrize("file_format", ["text", "csv", "json", "html"])
def test_a_reader_that_goes_away_ends_it_quietly(project: MadeUpProject, file_format: str) -> None:
    loaded_twice(project)
    line = f"{sys.executable} -m leadingest diff --source nevada --format {file_format} | true"
    done = subprocess.run(
        ["bash", "-c", line], cwd=project.folder, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


def test_all_of_it_goes_into_a_file(project: MadeUpProject) -> None:
    loaded_twice(project)
    result = project.call("diff", "--source", "nevada", "--format", "xlsx", "--output", "changes.xlsx")
    assert (result.exit_code, result.stdout) == (0, "")
    book = openpyxl.load_workbook(project.folder / "changes.xlsx")
    assert book.sheetnames == ["loads", "counts", "changed fields", "changed", "new", "removed"]
    project.call("diff", "--source", "nevada", "--output", "changes.txt")
    assert (project.folder / "changes.txt").read_text().startswith("nevada, leads matched by company\n")


def test_a_workbook_is_not_printed(project: MadeUpProject) -> None:
    loaded_twice(project)
    result = project.call("diff", "--source", "nevada", "--format", "xlsx")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "hint: for example --output report.xlsx" in result.stderr


def test_a_file_that_cannot_be_written_is_told(project: MadeUpProject) -> None:
    loaded_twice(project)
    result = project.call("diff", "--source", "nevada", "--output", "nowhere/changes.csv")
    assert result.exit_code == 1
    assert "nowhere/changes.csv cannot be written: No such file or directory" in result.stderr


def test_with_one_load_there_is_nothing_to_compare(project: MadeUpProject) -> None:
    project.call("run", "--source", "nevada")
    result = project.call("diff", "--source", "nevada")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        "error: nevada has no load before the published one (load 1) to compare with\n"
        "hint: leadingest loads --source nevada lists them\n"
    )


def test_a_source_of_which_only_loads_are_left_is_compared_by_lead_key(project: MadeUpProject) -> None:
    loaded_twice(project)
    (project.folder / "mappings/nevada.yaml").unlink()
    assert "leads matched by lead_key" in project.call("diff", "--source", "nevada").stdout


def test_a_source_that_never_was_names_the_nearest(project: MadeUpProject) -> None:
    loaded_twice(project)
    result = project.call("diff", "--source", "nevado")
    assert (result.exit_code, "did you mean 'nevada'?" in result.stderr) == (2, True)
    assert project.call("diff", "--source", "utah").exit_code == 3


def test_a_csv_delivery_of_the_same_leads_has_no_difference(project: MadeUpProject) -> None:
    project.call("run", "--source", "nevada")
    head, *rows = NEVADA_CSV.splitlines()
    project.write("inbox/nevada.csv", "\n".join([head, *reversed(rows), ""]))
    project.call("run", "--source", "nevada")
    assert project.call("diff", "--source", "nevada").stdout.endswith("\nno difference\n")
