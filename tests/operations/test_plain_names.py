"""Tests of leadingest.operations.plain_names, against the parser of names itself."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nameparser import HumanName
from nameparser.config import CONSTANTS

from leadingest.operations.case import Case
from leadingest.operations.person import Person
from leadingest.operations.plain_names import has_only_plain_words
from tests.operations.laws import applied

#: Words that mean something to the parser, beside such as only look like a name.
MEANING = sorted(
    {
        word.upper()
        for words in (CONSTANTS.prefixes, CONSTANTS.titles, CONSTANTS.suffix_acronyms)
        for word in words
    }
)
WORDS = (
    st.text("ABEILMNORSTX", min_size=1, max_size=6)
    | st.sampled_from(
        ["MCDONALD", "MACK", "II", "JR", "VAN", "DE", "DR", "ABDUL", "THE", "O'BRIEN", "REED-LEE"]
    )
    | st.sampled_from(MEANING)
)
CAPITALS = st.sampled_from([str.upper, str.title, str.lower])


def by_the_parser(text: str) -> HumanName:
    name = HumanName(text)
    name.capitalize()
    return name


@pytest.mark.parametrize(
    ("names", "plain"),
    [
        ("ANN REED", True),
        ("Reed, Ann", True),
        ("DR ANN REED", False),
        ("Ann van Rhee", False),
        ("ANN MCDONALD", False),
        ("ANN REED II", False),
        ("ANN B REED", False),
    ],
)
def test_a_word_that_means_something_makes_names_other_than_plain(names: str, plain: bool) -> None:
    assert pl.select(has_only_plain_words(pl.lit(names))).item() is plain


@given(first=WORDS, last=WORDS, capitals=CAPITALS, turned=st.booleans())
def test_two_words_give_the_parts_that_the_parser_gives(
    first: str, last: str, capitals: Callable[[str], str], turned: bool
) -> None:
    text = capitals(f"{last}, {first}" if turned else f"{first} {last}")
    parts = {
        part: applied(Person.model_validate({"person": part}), [text])[0]
        for part in ("first", "middle", "last", "suffix", "title", "full")
    }
    assume(parts["first"] is not None)  # a firm
    name = by_the_parser(text)
    assert parts == {part: getattr(name, part) for part in parts if part != "full"} | {"full": str(name)}


@given(words=st.lists(WORDS, min_size=1, max_size=4), capitals=CAPITALS)
def test_a_name_is_put_in_the_case_that_the_parser_puts_it_in(
    words: list[str], capitals: Callable[[str], str]
) -> None:
    text = capitals(" ".join(words))
    changed = applied(Case(case="name"), [text])[0]
    assume(text in (text.upper(), text.lower()))
    name = str(by_the_parser(text))
    assume(name.casefold() == text.casefold())  # else it is put in capitals word by word
    assert changed is not None
    assert [one for one in changed.split(" ") if not one.isupper()] == [
        one for one, other in zip(name.split(" "), changed.split(" "), strict=True) if not other.isupper()
    ]
