"""Tests of leadingest.destinations.sql.schema: what a database cannot hold is told of the description of its table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leadingest.errors import DefinitionError
from leadingest.tables.load_table import read_load_table
from tests.destinations.made_up import TABLE, made_up_table, schema_for


def refused(folder: Path, scheme: str, text: str) -> list[str]:
    """Where and why the description is refused."""
    path = folder / "made_up.yaml"
    path.write_text(text)
    with pytest.raises(DefinitionError) as caught:
        schema_for(f"{scheme}://", read_load_table(path))
    return [str(problem).removeprefix(f"{path}:") for problem in caught.value.problems]


LONG_KEY = TABLE.replace("length: 200", "length: 800").replace("[[phone]]", "[[company]]")
WIDE = TABLE.replace("length: 200", "length: 15000")


@pytest.mark.parametrize("scheme", ["sqlite", "mysql"])
def test_a_key_that_cannot_be_indexed_is_refused(tmp_path: Path, scheme: str) -> None:
    message = "13:3: a key can have 808 characters, but at most 690 can be indexed"
    assert refused(tmp_path, scheme, LONG_KEY) == [message]


def test_texts_that_do_not_fit_into_a_row_are_refused_where_rows_have_a_limit(tmp_path: Path) -> None:
    message = "3:1: the texts take 60,152 bytes in MySQL; at most 60,000 fit"
    assert refused(tmp_path, "mysql", WIDE) == [message]
    assert schema_for("sqlite://", read_load_table(tmp_path / "made_up.yaml")).description.text_bytes > 60_000


def test_one_schema_serves_all_destinations_of_a_description_but_not_of_another_one(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("here", "there")]
    for folder in folders:
        folder.mkdir()
    here, there = (made_up_table(folder) for folder in folders)
    assert schema_for("sqlite://", here) is schema_for("sqlite://", there)
    turned = replace(here, columns=dict(reversed([*here.columns.items()])))
    assert [*schema_for("sqlite://", turned).view.c.keys()] != [*schema_for("sqlite://", here).view.c.keys()]
    assert schema_for("mysql://", here).dialect.name == "mysql"
