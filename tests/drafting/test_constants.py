"""Tests of leadingest.drafting.constants."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.drafting.draft_text import draft_text
from tests.drafting.drafts import drafted


@pytest.mark.parametrize(
    ("content", "line_wanted"),
    [
        ("Name,Zip\nOak,68102\nElm,68508\n", "# state: {const: NE}"),
        ("Name,Zip\nOak,68102\nElm,89501\n", None),
        ("Name,Zip,State\nOak,68102,NE\n", None),
        ("Name,City\nOak,Reno\n", None),
    ],
)
def test_a_state_that_no_column_gives_is_asked_for(
    content: str, line_wanted: str | None, tmp_path: Path
) -> None:
    lines = [line.strip() for line in draft_text(drafted(tmp_path, content)).splitlines()]
    assert [line for line in lines if line.startswith("# state:")] == ([line_wanted] if line_wanted else [])


def test_the_one_state_of_all_zip_codes_is_drafted_with_a_mark(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Name,Zip\nOak,68102\nElm,68508\nAsh,68601\n")
    assert draft.fields["state"].entry == {"const": "NE"}
    assert "state" in draft.unsure


def test_the_kind_that_the_name_of_the_file_tells_is_asked_for(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Name,Zip\nOak,68102\n", name="family_homes.csv")
    assert [(each.field, each.value) for each in draft.constants if each.field == "facility_type"] == [
        ("facility_type", "family_home")
    ]


def test_a_list_of_another_country_has_no_zip_codes_and_no_state(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Einrichtung,PLZ,Ort,Telefon\nKita Eiche,50667,Köln,030 23125 101\n")
    assert "zip" not in draft.fields
    assert draft.constants == ()
