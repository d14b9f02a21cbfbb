"""Tests of leadingest.cli.commands.schema."""

from __future__ import annotations

import json

from tests.cli.made_up_project import MadeUpProject


def test_the_schema_of_the_shipped_load_table_is_printed(project: MadeUpProject) -> None:
    result = project.call("schema")
    assert result.exit_code == 0
    fields = json.loads(result.stdout)["$defs"]["fields.lead_sources"]["properties"]
    assert "company" in fields


def test_the_load_tables_of_the_project_are_in_it(project: MadeUpProject) -> None:
    project.write(
        "ddl/events.yaml", "table: events\nabout: made up\ncolumns: {place: {type: text, about: where}}\n"
    )
    printed = json.loads(project.call("schema").stdout)
    assert printed["properties"]["into"]["enum"] == ["events"]
    assert list(printed["$defs"]["fields.events"]["properties"]) == ["place"]


def test_a_folder_without_load_tables_ends_with_two(project: MadeUpProject) -> None:
    (project.folder / "ddl").mkdir()
    result = project.call("schema")
    assert result.exit_code == 2
    assert "no load table in" in result.stderr
