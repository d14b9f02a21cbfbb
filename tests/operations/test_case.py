"""Tests of leadingest.operations.case."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.operations.case import Case
from leadingest.operations.names.readable import plain_name, readable_name
from leadingest.operations.names.vocabulary import ALL
from tests.operations.laws import applied

WORDS = st.sampled_from(sorted(ALL)) | st.text("ABEILMNORSTX", min_size=1, max_size=6)
SEPARATORS = st.sampled_from([" ", " ", ", ", ",", " & ", "&", "; ", "/", ".", "-", "'"])


def changed(case: str, text: str) -> str | None:
    return applied(Case.model_validate({"case": case}), [text])[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EL PASO", "El Paso"),
        ("mcallen", "McAllen"),
        ("O'FALLON", "O'Fallon"),
        ("O’FALLON", "O’Fallon"),
        ("O`FALLON", "O`Fallon"),
        ("ISLE OF PALMS", "Isle of Palms"),
        ("THE DALLES", "The Dalles"),
        ("WINSTON-SALEM", "Winston-Salem"),
        ("ST. PAUL", "St. Paul"),
        ("ST.HELENS", "St.Helens"),
        ("mt.pleasant", "Mt.Pleasant"),
        ("STE.GENEVIEVE", "Ste.Genevieve"),
        ("ST. MARY'S", "St. Mary's"),
        ("PRINCE GEORGE'S", "Prince George's"),
        ("KA'ANAPALI", "Ka'anapali"),
        ("D'IBERVILLE", "D'Iberville"),
        ("D’IBERVILLE", "D’Iberville"),
        ("L'ANSE", "L'Anse"),
        ("COEUR D'ALENE", "Coeur d'Alene"),
        ("COEUR D’ALENE", "Coeur d’Alene"),
        ("LAND O'LAKES", "Land O'Lakes"),
        ("ROMILEY,STOCKPORT", "Romiley,Stockport"),
        ("ELKO;RENO/ELY&BAKER", "Elko;Reno/Ely&Baker"),
        ("CAÑON CITY", "Cañon City"),
        ("CENTER II", "Center II"),
        ("DeSoto", "DeSoto"),
        ("DE PERE", "De Pere"),
        ("12 ELM BLVD", "12 Elm Blvd"),
        ("12 ELM CT", "12 Elm Ct"),
        ("ELM PLZ BLDG 4", "Elm Plz Bldg 4"),
        ("PO BOX 9", "PO Box 9"),
        ("P.O. BOX 9", "P.O. Box 9"),
        ("RR 2 BOX 4", "RR 2 Box 4"),
        ("FM 1960", "FM 1960"),
        ("LAS VEGAS,NV", "Las Vegas,NV"),
        ("WASHINGTON DC", "Washington DC"),
        ("HARTFORD CT", "Hartford CT"),
    ],
)
def test_places_are_put_in_readable_case_unless_they_are(text: str, expected: str) -> None:
    assert changed("title", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S. HWY 50", "U.S. Hwy 50"),
        ("AT&T", "AT&T"),
        ("3M", "3M"),
        ("12TH ST NW", "12th St NW"),
        ("WASHINGTON D.C.", "Washington D.C."),
        ("RENO, NV", "Reno, NV"),
    ],
)
def test_what_titlecase_would_lower_stays(text: str, expected: str) -> None:
    assert changed("title", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KID'S 123'S", "Kid's 123's"),
        ("VI NGUYEN", "Vi Nguyen"),
        ("OAK TREE LP", "Oak Tree LP"),
        ("JOHN MCDONALD II", "John McDonald II"),
        ("ann o'brien", "Ann O'Brien"),
        ("ANN O’BRIEN", "Ann O’Brien"),
        ("REED, ANN", "Reed, Ann"),
        ("ANN A REED", "Ann A Reed"),
        ("JOSE Y REED", "Jose Y Reed"),
        ("ANN & MAY REED & LEE", "Ann & May Reed & Lee"),
        ("ANN, MAY REED, LEE", "Ann, May Reed, Lee"),
        ("ANN AND MAY REED AND LEE", "Ann and May Reed and Lee"),
        ("ERIKA VAN RHEE", "Erika van Rhee"),
        ("MARIA DE LA CRUZ", "Maria de la Cruz"),
        ("VAN DEN BERG, ANN", "Van den Berg, Ann"),
        ("PINE CARE, LLC", "Pine Care, LLC"),
        ("THE AVE FOOD MART, INC.", "The Ave Food Mart, Inc."),
        ("AND WHY NOT LLC", "And Why Not LLC"),
        ("FRIENDS OF THE PARK", "Friends of the Park"),
        ("DE PERE", "De Pere"),
        ("LOS NINOS", "Los Ninos"),
        ("ST. MARY'S SCHOOL", "St. Mary's School"),
        ("MACHADO FAMILY CARE", "Machado Family Care"),
        ("DONALD MACDONALD", "Donald MacDonald"),
        ("MCDONALD'S", "McDonald's"),
        ("3M", "3M"),
        ("Ann de Witt", "Ann de Witt"),
    ],
)
def test_names_are_put_in_readable_case_and_keep_their_order(text: str, expected: str) -> None:
    assert changed("name", text) == expected


@pytest.mark.parametrize(("case", "expected"), [("upper", "A-1 É"), ("lower", "a-1 é")])
def test_upper_and_lower_change_every_letter(case: str, expected: str) -> None:
    assert changed(case, "A-1 é") == expected


@given(st.lists(st.tuples(WORDS, SEPARATORS), min_size=1, max_size=5))
def test_a_plain_name_comes_out_as_any_other_does(words: list[tuple[str, str]]) -> None:
    text = "".join(f"{word}{separator}" for word, separator in words).strip()
    plain = pl.select(plain_name(pl.lit(text))).item()
    assert plain in (None, readable_name(text))


@pytest.mark.parametrize("case", ["title", "name"])
@given(text=st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).map(str.strip).filter(bool))
def test_nothing_but_capitals_changes_and_the_first_letter_is_one(case: str, text: str) -> None:
    made = changed(case, text)
    assert made is not None
    assert made.upper().casefold() == text.upper().casefold()
    if text in (text.upper(), text.lower()) and made[0].isalpha() and made[0].isascii():
        assert made[0].isupper()


@pytest.mark.parametrize("case", ["title", "name"])
def test_a_text_too_long_for_a_name_stays_as_it_is(case: str) -> None:
    text = "REED, " * 1_000_000
    assert changed(case, text) == text
