"""Tests of leadingest.operations.dba."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.operations.dba import Dba
from tests.operations.laws import applied


def names(text: str) -> tuple[str | None, str | None]:
    """The legal and the trade name."""
    (legal,), (trade,) = (applied(Dba.model_validate({"dba": part}), [text]) for part in ("legal", "trade"))
    return legal, trade


@pytest.mark.parametrize(
    "between", ["dba", "DBA", "d/b/a", "D.B.A.", "D B A", "doing business as", "t/a", "Trading As"]
)
@pytest.mark.parametrize("form", ["{} {} {}", "{}, {}: {}", "{} ({} {})", "{}\n{} {}", "{} - {} - {}"])
def test_two_names_are_found_however_dba_is_written(between: str, form: str) -> None:
    assert names(form.format("Sunny Kids, LLC", between, "Little Oak")) == ("Sunny Kids, LLC", "Little Oak")


@pytest.mark.parametrize("text", ["Adba Kids", "Kids Dbasis", "dba", "Little Oak", "Data Kids", "Kid/Bat/A"])
def test_a_name_without_it_is_both(text: str) -> None:
    assert names(text) == (text, text)


@pytest.mark.parametrize("text", ["A dba B dba C", "A (dba B) LLC", "A (dba B", "A (x dba B)"])
def test_what_is_not_accounted_for_is_not_recognized(text: str) -> None:
    assert names(text) == (None, None)


def test_nothing_behind_it_is_no_trade_name() -> None:
    assert names("Sunny Kids dba") == ("Sunny Kids", "Sunny Kids")
    assert names("dba Little Oak") == ("", "Little Oak")


WORDS = st.lists(st.sampled_from(["Kids", "Oak,", "(North)", "LLC.", "D.B."]), max_size=5)


@given(before=WORDS, after=WORDS)
def test_no_word_of_a_cell_is_lost(before: list[str], after: list[str]) -> None:
    legal, trade = names(" ".join([*before, "dba", *after]))
    assert legal is not None
    assert trade is not None
    if after:
        assert [word.strip(",") for word in f"{legal} {trade}".split()] == [
            word.strip(",") for word in [*before, *after]
        ]
