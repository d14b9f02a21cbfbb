"""Tests of leadingest.operations.each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from leadingest.expressions import BLANKS
from leadingest.operations.each import Each
from tests.operations.laws import applied

PIECES = st.lists(st.text(st.sampled_from("ab XÄ\t"), max_size=4), min_size=1, max_size=5)


def each(words: dict[str, object], **keys: object) -> Each:
    return Each.model_validate({"each": words, "split_at": "|", **keys})


@given(cells=st.lists(PIECES, max_size=4))
def test_pieces_become_what_the_words_make_of_each_alone(cells: list[list[str]]) -> None:
    texts: list[str | None] = ["|".join(pieces) for pieces in cells]
    filled = [[piece.strip(BLANKS) for piece in pieces if piece.strip(BLANKS)] for pieces in cells]
    upper = [[piece.upper() for piece in pieces] for pieces in filled]
    assert applied(each({"case": "upper"}), texts) == [", ".join(pieces) for pieces in upper]
    once = [", ".join(dict.fromkeys(pieces)) for pieces in upper]
    assert applied(each({"case": "upper"}, distinct="true"), texts) == once


@pytest.mark.parametrize(
    ("otherwise", "made"),
    [("invalid", None), ("keep", "A, c"), ("blank", "A"), ({"const": "other"}, "A, other")],
)
def test_each_piece_that_is_not_recognized_has_its_own_fate(otherwise: object, made: str | None) -> None:
    assert applied(each({"values": {"a": "A"}, "otherwise": otherwise}), ["a|c"]) == [made]


def test_words_apply_in_the_order_written() -> None:
    first = each({"values": {"a": "x"}, "prefix": "p", "otherwise": "keep"})
    last = each({"prefix": "p", "values": {"a": "x"}, "otherwise": "keep"})
    assert [applied(word, ["a|b"]) for word in (first, last)] == [["px, pb"], ["pa, pb"]]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ({"cse": "title"}, "has no word 'cse'; did you mean 'case'?"),
        ({"default": "x"}, "has no word 'default'"),
        ({"values": {"a": "b"}}, "cannot use values: otherwise must be given"),
        ({"extract": "("}, "cannot use extract: extract must be a regular expression"),
        ({"values": {"a": "b"}, "otherwise": "reject"}, "must not have `otherwise: reject` for a piece"),
        ("title", "must be words for each piece, such as {case: title}"),
    ],
)
def test_words_that_no_piece_can_have_are_refused(words: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValidationError) as refused:
        each(words)
    assert complaint in str(refused.value)
