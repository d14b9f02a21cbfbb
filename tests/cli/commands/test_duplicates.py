"""Tests of leadingest.cli.commands.duplicates."""

from __future__ import annotations

import json

from tests.cli.made_up_project import UTAH, UTAH_CSV, MadeUpProject


def with_a_shared_phone(project: MadeUpProject) -> None:
    project.write("inbox/utah.csv", UTAH_CSV.replace("801-200-3000", "702-200-3001"))
    project.call("run", "--all", "--jobs", "1")


def test_leads_of_two_sources_that_share_a_phone_are_told(project: MadeUpProject) -> None:
    with_a_shared_phone(project)
    result = project.call("duplicates")
    assert (result.exit_code, result.stderr) == (0, "")
    head, _, groups = result.stdout.partition("\n\n")
    assert [line.split() for line in head.splitlines()[2:]] == [
        ["same_key", "1", "2", "1", "0"],
        ["same_phone", "1", "2", "1", "0"],
        ["same_address", "0", "0", "0", "0"],
        ["same_license", "0", "0", "0", "0"],
    ]
    assert "Busy Bees" in groups
    assert "Red Rock Kids" in groups


def test_only_by_the_rules_and_of_the_source_that_are_asked_for(project: MadeUpProject) -> None:
    with_a_shared_phone(project)
    words = ["--rule", "same_phone", "--source", "utah", "--format", "json"]
    (rule,) = json.loads(project.call("duplicates", *words).stdout)["rules"]
    assert [len(group["leads"]) for group in rule["groups"]] == [2]
    assert project.call("duplicates", "--format", "csv").stdout.count("\n") == 5


def test_the_leads_with_one_key_are_listed_with_the_reason(project: MadeUpProject) -> None:
    with_a_shared_phone(project)
    (rule,) = json.loads(project.call("duplicates", "--rule", "same_key", "--format", "json").stdout)["rules"]
    assert [lead["why"] for lead in rule["groups"][0]["leads"]] == [
        "hidden by utah record 1: extracted later",
        "the best of 2 with its lead_key",
    ]


def test_leads_that_share_a_key_are_told_to_be_several(project: MadeUpProject) -> None:
    utah = UTAH.replace("Town}", "Town, license_number: Notes}").replace("ignore: [Notes]\n", "")
    project.write("mappings/utah.yaml", utah)
    project.write(
        "inbox/utah.csv", UTAH_CSV + "Blue Mesa,801-200-3000,Moab,7\nBLUE MESA,801-200-3000,Moab,8\n"
    )
    project.call("run", "--source", "utah")
    (rule,) = json.loads(project.call("duplicates", "--rule", "same_key", "--format", "json").stdout)["rules"]
    assert [lead["why"] for lead in rule["groups"][0]["leads"]] == [
        "the only one with its lead_key and name",
        "the best of 2 with its lead_key and name",
        "hidden by utah record 2: first by record number",
    ]


def test_a_source_that_never_was_names_the_nearest(project: MadeUpProject) -> None:
    with_a_shared_phone(project)
    result = project.call("duplicates", "--source", "nevado")
    assert (result.exit_code, "did you mean 'nevada'?" in result.stderr) == (2, True)


def test_before_the_first_load_there_is_no_database(project: MadeUpProject) -> None:
    assert project.call("duplicates").exit_code == 3
