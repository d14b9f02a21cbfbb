"""Tests of leadingest.documents.model_problems."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from leadingest.documents.model_problems import TrueOrFalse

SWITCH: TypeAdapter[bool] = TypeAdapter(TrueOrFalse)


@pytest.mark.parametrize(("said", "meant"), [("true", True), ("false", False), (True, True), (False, False)])
def test_two_words_are_known(said: object, meant: bool) -> None:
    assert SWITCH.validate_python(said) is meant


@pytest.mark.parametrize("said", ["yes", "no", "on", "True", "1", "", 1, None])
def test_no_other_word_is(said: object) -> None:
    with pytest.raises(ValidationError, match="must be true or false"):
        SWITCH.validate_python(said)
