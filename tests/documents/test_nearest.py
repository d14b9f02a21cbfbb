"""Tests of leadingest.documents.nearest."""

from __future__ import annotations

import pytest

from leadingest.documents.nearest import (
    did_you_mean,
    listed,
    nearest_names,
    nearest_of_each,
    nearest_word,
    unknown_word,
)

WORDS = ["from", "formats", "phone", "phone2", "title"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("form", "from"),
        ("phon", "phone"),
        ("PHONE", "phone"),
        ("tilte", "title"),
        ("formts", "formats"),
        ("xyz", None),
    ],
)
def test_a_misspelled_word_has_a_nearest_one_unless_it_is_like_none(word: str, meant: str | None) -> None:
    assert nearest_word(word, WORDS) == meant


@pytest.mark.parametrize(
    ("name", "now"),
    [("Phone", ["Phone No"]), ("Operation #", ["Operation"]), ("Zip", []), ("Email", ["Email Address"])],
)
def test_a_name_that_gained_or_lost_words_is_found_again(name: str, now: list[str]) -> None:
    assert nearest_names(name, ["Phone No", "Operation", "Email Address", "County"]) == now


def test_among_equals_the_plainly_alike_comes_first() -> None:
    assert nearest_names("source3", ["source33", "source3 old", "source"], most=2)[0] == "source33"


def test_a_message_ends_with_the_guess_or_with_all_the_words() -> None:
    assert did_you_mean("tilte", WORDS) == "; did you mean 'title'?"
    assert did_you_mean("xyz", WORDS) == ""
    assert unknown_word("xyz", "a word", ["a", "b"]) == "'xyz' is not a word; known: a, b"


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_words_are_listed(words: list[str], text: str) -> None:
    assert listed(words) == text


def test_of_several_names_no_two_have_become_the_same() -> None:
    names = ["Operation Name", "Operation", "Fax"]
    assert nearest_of_each(names, ["Operation #", "Operation/Caregiver Name"]) == {
        "Operation": "Operation #",
        "Operation Name": "Operation/Caregiver Name",
    }
    assert nearest_of_each([], ["Phone"]) == nearest_of_each(["Phone"], []) == {}
