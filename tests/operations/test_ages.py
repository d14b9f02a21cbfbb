"""Tests of leadingest.operations.ages."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.operations.ages import GROUPS, Ages
from tests.operations.laws import applied


def read(text: str) -> tuple[str | None, ...]:
    """The youngest and the oldest age, and the groups."""
    return tuple(applied(Ages.model_validate({"ages": part}), [text])[0] for part in ("min", "max", "list"))


EVERY = "Infant, Toddler, Preschool, School"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("6 MONTHSTo 13 YEARS", ("0", "13", EVERY)),
        ("Birth - 5 years", ("0", "5", EVERY)),
        ("Ages 6 weeks to 12 years", ("0", "12", EVERY)),
        ("Ages: 18-36 months", ("1", "3", "Toddler, Preschool")),
        ("6 months to School age", ("0", "12", EVERY)),
        ("4 years 11 months to 6 years", ("4", "6", "Preschool, School")),
        ("13 to 17 years", ("13", "17", "")),
        ("0 to 2½", ("0", "2", "Infant, Toddler, Preschool")),
        ("5 yrs+", ("5", "", "School")),
        ("6 WKS To 12 Y/O", ("0", "12", EVERY)),
        ("2 year olds", ("2", "2", "Preschool")),
        ("Twos and Threes", ("2", "3", "Preschool")),
        ("Infant to Twelves (12)", ("0", "12", EVERY)),
        ("Infants (0-11 months)", ("0", "0", "Infant")),
        ("School-age (5 years-older)", ("5", "12", "School")),
        ("Preschool (24-48 months; 2-4 yrs.)", ("2", "4", "Preschool")),
        ("PRE-SCHOOLERS, infants, and Toddlers", ("0", "4", "Infant, Toddler, Preschool")),
    ],
)
def test_the_whole_cell_says_which_ages_are_taken(text: str, parts: tuple[str, str, str]) -> None:
    assert read(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "3 to 5",
        "0-5",
        "5+",
        "12 years to 6 weeks",
        "School age to Infant",
        "6 WKS MWToTWT1H3F YSRSUS",
        "5 YRS To 13 YS",
        "2 years to 3 years to 4 years",
        "6 weeks, 5 years",
        "Twelves (13)",
        "Infant (12)",
        "Infant (",
        "Infant)",
        "Infant Toddler",
        "Infant to",
        "Pre-K",
        "all ages",
        "up to 5 years",
        "500 years",
        "Toddler, no Infants",
        ", ,",
        "(" * 500,
    ],
)
def test_what_is_unclear_or_has_anything_else_in_it_is_not_recognized(text: str) -> None:
    assert read(text) == (None, None, None)


@given(st.sets(st.sampled_from(sorted(GROUPS)), min_size=1), st.sampled_from([", ", "|", " & ", "\n", " / "]))
def test_the_order_of_a_list_does_not_matter(groups: set[str], separator: str) -> None:
    ages = [GROUPS[group] for group in groups]
    expected = (
        str(min(first for first, _ in ages)),
        str(max(last for _, last in ages)),
        ", ".join(group for group in GROUPS if group in groups),
    )
    assert {read(separator.join(order)) for order in permutations(groups)} == {expected}


@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["months", "years", "wks", "yrs"]))
def test_an_age_that_leaves_its_unit_to_the_next_is_read_as_if_it_had_it(a: int, b: int, unit: str) -> None:
    assert read(f"{a} - {b} {unit}") == read(f"{a} {unit} to {b} {unit}")
