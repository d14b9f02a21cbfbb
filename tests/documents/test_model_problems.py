"""Tests of leadingest.documents.model_problems."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from leadingest.documents.model_problems import TrueOrFalse

SWITCH: TypeAdapter[bool] = TypeAdapter(TrueOrFalse)


@pytest.mark.parametrize(("value", "meant"), [("true", True), ("false", False), (True, True), (False, False)])
def test_two_words_are_known(value: object, meant: bool) -> None:
    assert SWITCH.validate_python(value) is meant


@pytest.mark.parametrize("value", ["yes", "no", "on", "True", "1", "", 1, None])
def test_no_other_word_is(value: object) -> None:
    with pytest.raises(ValidationError, match="must be true or false"):
        SWITCH.validate_python(value)
