"""Tests of leadingest.operations.values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.operations.values import Values
from tests.operations.laws import CELLS, applied


def word(values: dict[str, str], **more: str) -> Values:
    return Values.model_validate({"values": values, "otherwise": "invalid", **more})


@pytest.mark.parametrize(
    ("values", "cell", "outcome"),
    [
        ({"Open": "active"}, "OPEN", "active"),
        ({"Full  Permit": "active"}, "full\u00a0permit", "active"),
        ({"Open": "active", "OPEN": "closed"}, "OPEN", "closed"),
        ({"Open": "active", "OPEN": "closed"}, "open", None),
        ({"Open": "active", "OPEN": "active"}, "open", "active"),
        ({"/^full/": "active", "Full Stop": "closed"}, "FULL STOP", "closed"),
        ({"/^full/": "active", "/stop$/": "closed"}, "Full Stop", "active"),
        ({"/a|b/": "active"}, "xB", "active"),
        ({"/": "active", "//": "closed"}, "//", "closed"),
        ({"/x/y/": "active"}, "X/Y", "active"),
    ],
)
def test_the_most_literal_key_takes_a_value(values: dict[str, str], cell: str, outcome: str | None) -> None:
    assert applied(word(values), [cell]) == [outcome]


@pytest.mark.parametrize("cell", ["OPEN", "Open  ", "openly"])
def test_an_exact_map_knows_its_own_spelling_only(cell: str) -> None:
    exact = word({"Open": "active", "/^open/": "closed"}, exact="true")
    assert applied(exact, ["Open", cell]) == ["active", "closed" if cell == "openly" else None]


@given(
    st.dictionaries(CELLS.filter(bool), st.sampled_from("ab"), min_size=1, max_size=4),
    st.lists(CELLS.filter(bool)),
)
def test_a_value_has_a_key_where_it_has_a_meaning_and_its_meaning_is_that_of_the_key(
    values: dict[str, str], cells: list[str]
) -> None:
    several = word({key: meaning for key, meaning in values.items() if not key.startswith("/")} or {"x": "a"})
    there = [*cells, *values]
    meanings = [key and several.values[key] for key in several.keys_of(there)]
    assert applied(several, [*there]) == meanings
    assert several.unlisted(there) == [
        cell for cell, meaning in zip(there, meanings, strict=True) if meaning is None
    ]
