from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.deliveries.header_names import clean_names, joined_names

NAMES = st.lists(st.sampled_from(["", "a", "b", " c\nd "]), max_size=6)


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([["a", "b"]], ("a", "b")),
        ([["", "Contact", ""], ["License", "Phone", "Email"]], ("License", "Contact Phone", "Contact Email")),
        ([["License", "Contact", ""], ["", "Phone", "Email"]], ("License", "Contact Phone", "Contact Email")),
        (
            [["License", "Contact", ""], ["License", "Phone", "Email"]],
            ("License", "Contact Phone", "Contact Email"),
        ),
        ([["License", ""], ["", "Phone"]], ("License", "Phone")),
        ([["Contact", "", "", ""], ["Phone", "", "Email", "City"]], ("Contact Phone", "", "Email", "City")),
        ([["Contact"], ["Phone", "Email"]], ("Contact Phone", "Contact Email")),
        ([["A", "", ""], ["B", "", "C"], ["1", "2", "3"]], ("A B 1", "A B 2", "A C 3")),
    ],
)
def test_the_names_of_several_rows_are_joined(rows: list[list[str]], names: tuple[str, ...]) -> None:
    assert joined_names(rows) == names


@given(st.lists(NAMES, min_size=1, max_size=3))
def test_no_name_of_any_row_is_lost(rows: list[list[str]]) -> None:
    names = joined_names(rows)
    assert len(names) == max(map(len, rows))
    for row in rows:
        for at, name in enumerate(clean_names(row)):
            assert name in names[at]
