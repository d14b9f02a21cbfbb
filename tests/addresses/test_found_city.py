"""Tests of leadingest.addresses.found_city."""

from __future__ import annotations

import usaddress
from hypothesis import given
from hypothesis import strategies as st

from leadingest.addresses.found_city import city_found

LEARNED = (
    "1 12 1200 1300 4B 89501 89500-1234 # & ½ ( PO Box Apt. N North ELM St St. Ave, Las LAS VEGAS, Reno, NV"
)
WORDS = st.sampled_from([*LEARNED.split(" "), "Zorbla", "QUILLHAM,"]) | st.text(max_size=5)


@given(st.lists(WORDS, max_size=9).map(" ".join))
def test_the_city_is_the_one_that_usaddress_finds(text: str) -> None:
    words = [word.strip(",") for word, label in usaddress.parse(text) if label == "PlaceName"]
    assert city_found(text) == " ".join(words).upper().replace(".", "").replace("’", "'")
