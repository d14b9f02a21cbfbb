"""Tests of leadingest.deliveries.plausible_encoding."""

from __future__ import annotations

import pytest

from leadingest.deliveries.plausible_encoding import plausible

CANDIDATES = ("cp1252", "cp850", "cp437", "mac_roman")
WORDS = ("Peñasco", "Amélia", "Zürich", "Straße", "Château", "Coração", "García")


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
def test_it_is_the_one_in_which_the_words_are_of_letters(encoding: str) -> None:
    assert plausible([word.encode(encoding) for word in WORDS], CANDIDATES) == encoding


@pytest.mark.parametrize(
    "words",
    [[], [b"\x81"], ["’s".encode("cp1252")], ["caffè".encode("cp1252")], ["Mon–Fri".encode("cp1252")]],
)
def test_the_first_one_is_taken_where_nothing_speaks_against_it(words: list[bytes]) -> None:
    assert plausible(words, CANDIDATES) == "cp1252"
