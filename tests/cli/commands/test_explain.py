"""Tests of leadingest.cli.commands.explain."""

from __future__ import annotations

import json

import pytest

from tests.cli.made_up_project import MadeUpProject


def test_a_field_of_a_record_is_told(project: MadeUpProject) -> None:
    result = project.call("explain", "--source", "nevada", "--record", "2", "--field", "license_status")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "nevada: nevada.csv, record 2, line 3\n"
        "  becomes a lead with lead_key phone=+17022003001\n"
        "\n"
        "license_status  mappings/nevada.yaml:9:3\n"
        '  from    Status                                            "Shut"\n'
        '  values  {Open: active, Shut: closed}, otherwise: invalid  "closed"\n'
        '  text                                                      "closed"\n'
    )


def test_a_program_can_read_it(project: MadeUpProject) -> None:
    result = project.call("explain", "--file", "inbox/utah.csv", "--record", "1", "--format", "json")
    assert [field["name"] for field in json.loads(result.stdout)["fields"]] == ["company", "phone", "city"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--source", "utah"), 2, "Missing option '--record'"),
        (("--source", "utah", "--record", "2"), 2, "error: utah.csv has no record 2: it has 1 record\n"),
        (("--source", "utah", "--record", "1", "--field", "zip"), 2, "has no field 'zip'"),
        (("--record", "1"), 2, "error: which source?"),
        (("--source", "utah", "--record", "1", "--inbox", "empty"), 3, "error: no file utah*.csv in "),
    ],
)
def test_what_cannot_be_told_is_said(
    project: MadeUpProject, words: tuple[str, ...], code: int, message: str
) -> None:
    result = project.call("explain", *words)
    assert result.exit_code == code
    assert message in result.stderr
