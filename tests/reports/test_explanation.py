"""Tests of leadingest.reports.explanation: what is printed, to the letter."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click
import pytest

from leadingest.ingest.explain import explain_record
from leadingest.ingest.record_view import RecordView, Refusal
from leadingest.reports.explanation import ExplanationReport
from tests.engine.trial import TODAY
from tests.ingest.made_up_delivery import made_up
from tests.reports import rendering


def text(folder: Path, number: int, *fields: str, width: int = 80) -> str:
    """The text about a record of the made-up delivery."""
    mapping, delivery = made_up(folder)
    found = explain_record(mapping, delivery, number, today=TODAY, fields=fields)
    return rendering.text(ExplanationReport(found), width=width)


def test_each_field_is_told_from_its_cell_to_its_outcome(tmp_path: Path) -> None:
    assert click.unstyle(text(tmp_path, 2)) == (
        "ohio: ohio.csv, record 2, line 3\n"
        "  becomes a lead with lead_key phone=+17402003001 x12\n"
        "\n"
        "let place  ohio.yaml:4:3\n"
        '  from   Place                  "Akron"\n'
        "  split  ', ', otherwise: keep  \"Akron\"\n"
        "\n"
        "company  ohio.yaml:7:3\n"
        '  from  Name  "Pine"\n'
        '  text        "Pine"\n'
        "\n"
        "phone  ohio.yaml:8:3\n"
        "  join 1\n"
        '    from    Phone  "740-200-3001"\n'
        "  join 2\n"
        '    from    Ext    "12"\n'
        '    prefix  x      "x12"\n'
        '  join             "740-200-3001 x12"\n'
        '  phone            "+17402003001 x12"\n'
        "\n"
        "city  ohio.yaml:9:3\n"
        '  from  let place  "Akron"\n'
        '  case  title      "Akron"\n'
        '  text             "Akron"\n'
        "\n"
        "license_status  ohio.yaml:10:3\n"
        '  from    Status                                            "Asleep"\n'
        "  values  {Open: active, Shut: closed}, otherwise: invalid  ✗\n"
        "  text                                                      blank\n"
        "  ✗ Status is not in the value map: the field is blank\n"
        "\n"
        "license_number  ohio.yaml:11:3\n"
        '  from    License  "A2"\n'
        '  text             "A2"\n'
        "  unique\n"
        "\n"
        "capacity  ohio.yaml:12:3\n"
        '  from     Places  "8"\n'
        "  integer          8\n"
        "\n"
        "email  ohio.yaml:13:3\n"
        '  from   E-mail  "none"\n'
        "  email          ✗\n"
        "  ✗ E-mail is not an email address: the field is blank\n"
    )


@pytest.mark.parametrize(
    ("number", "field", "line"),
    [
        (3, "company", "  is left out by where: Kind <> 'Bar'\n"),
        (4, "company", "  is rejected: Name has no value, but is required\n"),
        (4, "company", "  ✗ Name has no value, but is required: the record is rejected\n"),
        (5, "license_number", "  becomes a lead without lead_key\n"),
        (5, "license_number", "  ✗ License is the same as in an earlier record\n"),
        (1, "city", '  from   Place                  "ATHENS, OH"\n'),
        (1, "email", "  from   E-mail  blank\n"),
    ],
)
def test_what_came_of_a_record_is_told(tmp_path: Path, number: int, field: str, line: str) -> None:
    assert line in click.unstyle(text(tmp_path, number, field))


def test_a_cell_that_is_not_quite_its_value_stands_beside_it(tmp_path: Path) -> None:
    mapping, delivery = made_up(
        tmp_path, csv="Name,Phone,Ext,Place,Status,License,Places,E-mail,Kind\n Oak ,,,,,,,,a\n"
    )
    found = explain_record(mapping, delivery, 1, today=TODAY, fields=["company"])
    assert '  from  Name: " Oak "  "Oak"\n' in click.unstyle(
        rendering.text(ExplanationReport(found), width=80)
    )


def test_conditions_checks_and_missing_headers_are_told(tmp_path: Path) -> None:
    mapping = (
        'source: ohio\ndelivery: {match: "ohio.csv"}\nfields:\n'
        "  company: Name\n"
        "  operator: {join: [{const: a, when: \"Kind = 'Home'\"}, {from: Fax, optional: true}]}\n"
        "  capacity: {from: [Beds, Places], max: 10, required: true}\n"
    )
    read, delivery = made_up(tmp_path, mapping=mapping)
    found = explain_record(read, delivery, 1, today=TODAY, fields=["operator", "capacity"])
    assert click.unstyle(rendering.text(ExplanationReport(found), width=80)).partition("\n\n")[2] == (
        "operator  ohio.yaml:5:3\n"
        "  join 1\n"
        '    reads  Kind: "Home"\n'
        "    when   Kind = 'Home'                     holds\n"
        '    const  a                                 "a"\n'
        "  join 2\n"
        "    from   Fax: the file has no such header  blank\n"
        '  join                                       "a"\n'
        '  text                                       "a"\n'
        "\n"
        "capacity  ohio.yaml:6:3\n"
        '  from      Places (or Beds)  "12"\n'
        "  integer                     12\n"
        "  required\n"
        "  max       10                ✗\n"
        "  ✗ Places is greater than the maximum: the record is rejected\n"
    )


def test_a_record_that_is_kept_because_where_cannot_be_told_says_so(tmp_path: Path) -> None:
    mapping = (
        'source: ohio\ndelivery: {match: "ohio.csv"}\nlet: {places: {from: Places, type: integer}}\n'
        "where: places > 3\nfields: {company: Name}\n"
    )
    read, delivery = made_up(tmp_path, mapping=mapping)
    found = explain_record(read, delivery, 6, today=TODAY)
    line = "  ✗ Places is not a whole number: `where` cannot be evaluated, so the record is kept\n"
    assert line in click.unstyle(rendering.text(ExplanationReport(found)))


def test_a_record_that_could_not_be_taken_apart_is_shown_as_it_stands(tmp_path: Path) -> None:
    mapping, delivery = made_up(tmp_path)
    found = explain_record(mapping, delivery, 1, today=TODAY)
    refusal = Refusal(None, "cells", "2 cells, not 10")
    unread = replace(
        found, record=RecordView(1, 2, "rejected", "Oak\x1b[2J,Elm", refusal=refusal), lets=(), fields=()
    )
    assert click.unstyle(rendering.text(ExplanationReport(unread))) == (
        "ohio: ohio.csv, record 1, line 2\n  is rejected: 2 cells, not 10\n\nOak\\x1b[2J,Elm\n"
    )


def test_the_document_tells_each_word(tmp_path: Path) -> None:
    mapping, delivery = made_up(tmp_path)
    found = explain_record(mapping, delivery, 2, today=TODAY, fields=["license_status"])
    document = json.loads(rendering.written(ExplanationReport(found), "json"))
    (field,) = document.pop("fields")
    assert document.pop("cells")["Name"] == "Pine"
    assert document == {
        "version": 1,
        "source": "ohio",
        "file": "ohio.csv",
        "record": 2,
        "line": 3,
        "place": None,
        "outcome": "lead",
        "refusal": None,
        "where": "Kind <> 'Bar'",
        "superseded_per": [],
        "lead_key": "phone=+17402003001 x12",
        "let": [],
    }
    assert field == {
        "name": "license_status",
        "place": {"file": "ohio.yaml", "line": 10, "column": 3},
        "reads": [{"name": "Status", "value": "Asleep", "there": True, "let": False, "named": []}],
        "when": None,
        "parts": [],
        "words": [
            {"word": "from", "said": "", "value": "Asleep"},
            {"word": "values", "said": "{Open: active, Shut: closed}, otherwise: invalid", "value": None},
            {"word": "text", "said": "", "value": None},
        ],
        "checks": {},
        "value": None,
        "failure": {"rule": "values", "message": "Status is not in the value map", "fate": "blank"},
    }
