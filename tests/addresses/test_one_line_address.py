"""Tests of leadingest.addresses.one_line_address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from leadingest.addresses.one_line_address import Address, take_apart
from leadingest.addresses.street_words import STREET_WORDS
from leadingest.addresses.us_states import STATE_CODES

_LISTS = yaml.safe_load(Path(__file__).with_name("addresses.yaml").read_text(encoding="utf-8"))
_REFUSED = _LISTS.pop("refused")
_READ = [case for cases in _LISTS.values() for case in cases]

#: What may be left out of the parts, as the docstring of `take_apart` has it.
_BREAKS = re.compile("<br */?>", re.IGNORECASE)
_LABEL = re.compile(
    r"(?i)^\s*(?:(?:(?:mailing|physical|street|business|home|facility|site|location|current)\s+)?address\b\s*"
    r"(?:[:.-]|(?=[0-9]|P\.? ?O\b))"
    r"|(?:mailing|physical|location|site)\s*:)"
)
_DASH = re.compile(r"(?<=[^\W\d_][^\W\d_]|[^\W\d_]\.) [-–—] (?=[^\W\d_]{2})")
_IN_A_NAME = re.compile(r"(?i),(?= ?(?:jr|sr)\b)")
_COUNTRIES = ("", "USA", "US", "UNITEDSTATES", "UNITEDSTATESOFAMERICA")
_SAYS_NOTHING = re.compile(
    r"(?i)(?:^|(?<=[,;|\n\r\t\v\f\x85\u2028\u2029]))[\s.]*(?:none|n/a|null|same)[\s.]*(?=$|[,;|\n\r\t\v\f\x85\u2028\u2029])"
)
_SOMEBODY = re.compile(r"(?i:\b(?:attn|attention|c/o|care of)\b[^0-9,;|\n\r\t\v\f\x85\u2028\u2029]*)")


@pytest.mark.parametrize("case", _READ, ids=lambda case: case[0])
def test_an_address_is_taken_apart(case: list[str]) -> None:
    text, *parts = case
    address = take_apart(text)
    assert address
    assert [address.street, address.unit, address.city, address.state, address.zip] == parts


@pytest.mark.parametrize("text", _REFUSED)
def test_what_is_not_certain_is_refused(text: str) -> None:
    assert take_apart(text) is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("12 Elm St., Ste 4 Reno, NV 89501", "12 Elm St., Ste 4"),
        ("Suite 4\n12 Elm St\nReno, NV 89501", "Suite 4, 12 Elm St"),
        ("12 Elm St Apt 4 Reno, NV 89501", "12 Elm St Apt 4"),
        ("Attn: Ann Reed, 12 Elm St<br>Rear, Reno, NV 89501", "12 Elm St, Rear"),
    ],
)
def test_a_line_is_street_and_unit_in_their_order(text: str, line: str) -> None:
    address = take_apart(text)
    assert address
    assert address.line == line


def test_a_text_that_is_too_long_is_refused() -> None:
    assert take_apart("12 Elm St, Reno, NV 89501".ljust(300)) is not None
    assert take_apart("12 Elm St, Reno, NV 89501".ljust(301)) is None


def _signs(text: str) -> str:
    """Letters and digits, in capitals."""
    return "".join(filter(str.isalnum, text.upper()))


def _is_accounted_for(text: str, address: Address) -> bool:
    """Whether the parts are the text, letter for letter and in its order, save what is left out by name."""
    assert sorted(_signs(address.line)) == sorted(_signs(address.street + address.unit))
    text = _IN_A_NAME.sub("", _DASH.sub(",", _LABEL.sub("", text)))
    whole = _SAYS_NOTHING.sub("", _BREAKS.sub(",", text))
    states = [name for name, code in STATE_CODES.items() if code == address.state] or [""]
    put_together = {
        _signs(f"{address.line}{address.city}{state}{between}{address.zip}{country}")
        for state in states
        for between in _COUNTRIES
        for country in _COUNTRIES
    }
    return not put_together.isdisjoint([_signs(whole), _signs(_SOMEBODY.sub("", whole))])


_NUMBERS = st.from_regex(r"[0-9]{1,5}(?:-[0-9]{1,2}| 1/2|[A-C])?", fullmatch=True)
_NAMES = st.sampled_from(
    [
        "Elm",
        "Oak",
        "Willow",
        "Peña",
        "Main",
        "River",
        "Cape",
        "St",
        "Saint",
        "N",
        "West",
        "Highway",
        "County",
        "Road",
        "FM",
        "Box",
        "5th",
        "402",
        "Center",
        "Jr",
        "de",
        "la",
        "I-35",
    ]
)
_SUFFIXES = st.sampled_from([*STREET_WORDS, *STREET_WORDS.values(), "st.", "Ave", ""])
_STREETS = st.tuples(_NUMBERS | st.just(""), st.lists(_NAMES, max_size=3), _SUFFIXES).map(
    lambda parts: " ".join([parts[0], *parts[1], parts[2]]).strip()
)
_PIECES = st.one_of(
    _STREETS,
    st.sampled_from(
        [
            "Apt 4",
            "# 4",
            "Ste B",
            "2nd Floor",
            "Rear",
            "4B",
            "NW",
            "PO Box 12",
            "RR 2",
            "Box 14",
            "Attn: Ann Reed",
            "c/o Oak",
            "Oak Child Care",
            "(775) 555-0143",
        ]
    ),
    st.sampled_from(
        [
            "Reno",
            "St. Louis",
            "North Las Vegas",
            "Ste. Genevieve",
            "Cape Girardeau",
            "New York",
            "Washoe County",
            "O’Fallon",
        ]
    ),
    st.sampled_from(sorted(STATE_CODES)),
    st.sampled_from(["89501", "89501-1234", "895011234", "2138", "USA", "United States", "U.S.", "us"]),
    st.text(max_size=6),
)
_BETWEEN = st.sampled_from([", ", ",", " ", "; ", "\n", "<br>", " - ", "", "\t", ". "])
_LIKE_ADDRESSES = st.lists(st.tuples(_PIECES, _BETWEEN).map("".join), max_size=7).map("".join)
_USUAL = st.tuples(
    _STREETS, _BETWEEN, st.sampled_from(["", "Apt 4", "# 4 "]), _BETWEEN, st.sampled_from(["Reno", "St Louis", "North Las Vegas"]),
    st.sampled_from([", ", " "]), st.sampled_from(["NV", "MO 63101", "Nevada 89501", "ny 10001, USA"]),
).map("".join)  # fmt: skip


@given(st.one_of(_USUAL, _LIKE_ADDRESSES, st.text()))
@example("12 Elm St, Reno, NV, USA 89501, USA")
@example("Mailing Address: 12 Elm St - c/o Oak, Jr., Reno, NV")
@example("c/o Oak - Elm St, Reno, NV 89501–1234")
@example("Suite 4, 12 Elm St Attn: Ann Reed, Reno, NV 89501")
def test_a_text_is_refused_or_every_letter_and_digit_of_it_is_in_one_part(text: str) -> None:
    address = take_apart(text)
    assert address is None or _is_accounted_for(text, address)


@given(_USUAL)
def test_what_is_read_has_a_street_or_a_city(text: str) -> None:
    address = take_apart(text)
    assert address is None or address.street or address.city
