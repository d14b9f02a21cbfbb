"""Tests of leadingest.operations.names.plain_person."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.operations.names.parsed_name import words_with_a_meaning
from leadingest.operations.names.people import PARTS, read_person
from leadingest.operations.names.plain_person import plain_person
from leadingest.operations.names.vocabulary import ALL, shares

NOBODY = dict.fromkeys(PARTS)


def plainly(*cells: str) -> list[dict[str, str | None] | None]:
    return pl.select(plain_person(pl.lit(pl.Series(cells, dtype=pl.String)))).to_series().to_list()


def read(cell: str) -> dict[str, str | None]:
    reading = read_person(cell)
    return {**reading.parts()} if reading else {**NOBODY}


@pytest.mark.parametrize(
    ("cells", "are_plain"),
    [
        (("ANN REED", "EVE OAK"), True),
        (("Reed, Ann", "Oak, Eve"), True),
        (("Ms. Ann B. Reed", "Ms. Eve K. Oak"), True),
        (("REED, ANN MAY", "SMITH, MARY LISA"), True),
        (("ANN & BOB REED", "EVE & JIM SMITH"), True),
        (("ANN & BOB REED & SMITH", "EVE & JIM SMITH & REED"), True),
        (("REED, ANN & BOB", "SMITH, EVE & JIM"), True),
        (("Ann Reed and Bob Smith", "Eve Smith and Jim Reed"), True),
        (("ANN MCDONALD", "EVE MCKENZIE"), True),
        (("DE LA CRUZ, ANN", "DE LA TORRE, EVE"), True),
        (("ANN REED-SMITH", "EVE SMITH-REED"), True),
        (("JOHN REED JR, MD", "BOB SMITH JR, MD"), True),
        (("Ann Reed, Director", "Eve Smith, Director"), True),
        (("VESPERBOURNE, ZORBLA", "QUILLHAM, THISTLEBY"), True),
        (("ANN VESPERBOURNE", "EVE QUILLHAM"), True),
        (("HAPPY KIDS", "Zorbla School of Reno, Inc."), True),
        (("Vacant", "Vacant"), True),
        (("JOHN O NEAL",), False),
        (("ANN & ANN REED",), False),
        (("WM. REED",), False),
        (("Zorbla Vesperbourne",), False),
        (("Zoë Reed",), False),
        (("Ann Reed 2",), False),
        (("ANN " + "REED " * 30,), False),
    ],
)
def test_a_cell_is_plain_where_its_form_tells_how_it_is_read(cells: Sequence[str], are_plain: bool) -> None:
    assert plainly(*cells) == [read(cell) if are_plain else None for cell in cells]


def test_two_names_beside_other_cells_are_read_each_in_its_place() -> None:
    cells = ["ANN REED", "", "EVE SMITH", None, "ANN REED", "12"]
    found = pl.DataFrame({"cell": cells}).select(plain_person(pl.col("cell"))).to_series().to_list()
    assert [parts and parts["last"] for parts in found] == ["Reed", None, "Smith", None, "Reed", None]


KNOWN = sorted(shares())
WORDS = (
    st.sampled_from(KNOWN)
    | st.sampled_from([name for name in KNOWN if shares()[name] >= 0.9])
    | st.sampled_from([name for name in KNOWN if len(name) < 4])
    | st.sampled_from(
        ["ZORBLA", "QX", "QXT", "QUILLHAM", "O'BRIEN", "SMITH-REED", "MCDONALD", "WM.", "A", "O", "B."]
    )
    | st.sampled_from(sorted(ALL | words_with_a_meaning()))
)
BETWEEN = st.sampled_from([" ", " ", " ", ", ", " & ", " AND ", "; ", " / ", " (", " - ", "&", ","])
CAPITALS = st.sampled_from([str.upper, str.title, str.lower])


@given(
    between=st.lists(BETWEEN, max_size=4),
    words=st.lists(st.lists(WORDS, min_size=5, max_size=5), min_size=2, max_size=4),
    capitals=CAPITALS,
)
def test_a_plain_cell_has_the_parts_that_the_full_reading_gives(
    between: list[str], words: list[list[str]], capitals: Callable[[str], str]
) -> None:
    signs = [*between, ""]
    cells = [capitals("".join(map(str.__add__, each, signs))) for each in words]
    for cell, plain in zip(cells, plainly(*cells), strict=True):
        assert plain is None or plain == read(cell)
