"""Tests of leadingest.operations.names.parsed_name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.operations.names import parsed_name as module
from leadingest.operations.names.parsed_name import ParsedName, parsed_name, words_with_a_meaning
from leadingest.operations.names.vocabulary import shares

WORDS = (
    st.sampled_from(sorted(shares()))
    | st.sampled_from(sorted(words_with_a_meaning()))
    | st.sampled_from(
        ["O'Brien", "St.", "Reed-Oak", "Zoë", "J.R.", "Wm.", "McDonald", "Zqxa", "zqxb-Reed", "(May)"]
    )
)


def spelled(word: str, way: str) -> str:
    return {"upper": word.upper(), "lower": word.lower(), "title": word.title()}.get(way, word)


NAMES = st.lists(
    st.tuples(
        st.builds(spelled, WORDS, st.sampled_from(["upper", "lower", "title", ""])),
        st.sampled_from([" ", ", "]),
    ),
    min_size=1,
    max_size=6,
).map(lambda words: "".join(word + sign for word, sign in words).strip(" ,"))


@given(NAMES)
def test_a_name_has_the_parts_that_the_parser_gives_it_by_itself(name: str) -> None:
    parsed = module._parser().parse(name)
    assert parsed_name(name) == ParsedName(*(getattr(parsed, part) for part in ParsedName._fields))


@pytest.mark.parametrize(
    ("names", "shapes"),
    [
        (("Ann Reed", "Eve Oak"), 1),
        (("REED, ANN", "OAK, EVE"), 1),
        (("Dr. Ann Reed", "Dr. Eve Oak"), 1),
        (("Ann Reed", "ANN REED", "ann reed"), 3),
        (("Ann Reed", "Ann Reed Jr", "Ann Reed VIII"), 3),
        (("Ann O'Brien", "Ann O'Neal"), 2),
    ],
)
def test_names_of_one_shape_are_parsed_once(names: tuple[str, ...], shapes: int) -> None:
    module._parsed.cache_clear()
    for name in names:
        parsed_name(name)
    assert module._parsed.cache_info().misses == shapes
