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


def test_a_list_of_another_country_has_no_zip_codes_and_no_state(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Einrichtung,PLZ,Ort,Telefon\nKita Eiche,50667,Köln,030 23125 101\n")
    assert "zip" not in draft.fields
    assert draft.constants == ()
