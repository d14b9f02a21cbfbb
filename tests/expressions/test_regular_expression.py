"""Tests of leadingest.expressions.regular_expression: what is wrong with a pattern is told in our words."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.errors import FaultError
from leadingest.expressions.regular_expression import checked_pattern


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(K[0-9]+", "at character 1, a ( is not closed"),
        ("ÖÖ(ü", "at character 3, a ( is not closed"),
        ("a\n(b", "a ( is not closed"),
        ("a)", "at character 2, a ) closes nothing"),
        ("[a", "at character 1, a [ is not closed"),
        ("a{", "at character 2, a { is not closed; \\{ is the sign itself"),
        ("x{2,1}", "at character 2, the first number in { } is larger than the second"),
        (
            "[z-a]",
            "at character 2, the first end of a range in [ ] is behind the second; \\- is the sign itself",
        ),
        ("*a", "at character 1, nothing is there to repeat; \\*, \\+ and \\? are the signs themselves"),
        ("(?=a)", "at character 1, there is no look-ahead and no look-behind"),
        ("(a)\\1", "at character 4, there are no back-references"),
        ("\\", "at character 1, a \\ ends it; \\\\ is the sign itself"),
        ("\\xZZ", "at character 3, a character is not written as \\x7F or \\x{10FFFF}"),
        ("x{1000}{1000}{1000}", "it is too large: fewer, or smaller, repetitions"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(pattern: str, said: str) -> None:
    with pytest.raises(FaultError) as refused:
        checked_pattern(pattern)
    assert str(refused.value) == f"must be a regular expression: {said}"


PIECES = st.sampled_from(
    [
        *"()[]{}*+?|^$.\\-,:<>=!",
        "(?",
        "(?P<",
        "(?i)",
        "\\p{",
        "\\x{",
        "\\u",
        "\\b{",
        "[[:",
        "{2,1}",
        "a",
        "9",
        "é",
        "\n",
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_no_word_of_another_program_is_shown(pattern: str) -> None:
    with contextlib.suppress(FaultError):
        try:
            checked_pattern(pattern)
        except FaultError as error:
            said = str(error)
            assert "\n" not in said
            assert "cannot be read" not in said
            for theirs in ("regex", "error", "polars", "ErrorKind", "str.contains", "literal"):
                assert theirs not in said
            raise
