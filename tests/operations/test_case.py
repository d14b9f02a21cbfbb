"""Tests of leadingest.operations.case."""

from __future__ import annotations

import pytest

from leadingest.operations.case import Case
from tests.operations.laws import applied


def changed(case: str, text: str) -> str | None:
    return applied(Case.model_validate({"case": case}), [text])[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EL PASO", "El Paso"),
        ("mcallen", "McAllen"),
        ("O'FALLON", "O'Fallon"),
        ("ISLE OF PALMS", "Isle of Palms"),
        ("WINSTON-SALEM", "Winston-Salem"),
        ("ST. PAUL", "St. Paul"),
        ("CENTER II", "Center II"),
        ("DeSoto", "DeSoto"),
    ],
)
def test_places_are_put_in_readable_case_unless_they_are(text: str, expected: str) -> None:
    assert changed("title", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("JOHN MCDONALD II", "John McDonald II"),
        ("ann o'brien", "Ann O'Brien"),
        ("REED, ANN", "Reed, Ann"),
        ("ANN & MAY REED & LEE", "Ann & May Reed & Lee"),
        ("ANN, MAY REED, LEE", "Ann, May Reed, Lee"),
        ("ANN AND MAY REED AND LEE", "Ann and May Reed and Lee"),
        ("PINE CARE, LLC", "Pine Care, LLC"),
        ("MCDONALD'S", "McDonald's"),
        ("Ann de Witt", "Ann de Witt"),
    ],
)
def test_names_are_put_in_readable_case_and_keep_their_order(text: str, expected: str) -> None:
    assert changed("name", text) == expected


@pytest.mark.parametrize(("case", "expected"), [("upper", "A-1 É"), ("lower", "a-1 é")])
def test_upper_and_lower_change_every_letter(case: str, expected: str) -> None:
    assert changed(case, "A-1 é") == expected
