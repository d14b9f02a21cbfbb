"""`word: true`: a word that is there or not, and has nothing more to say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator


def _true(value: object) -> object:
    if value not in ("true", True):
        raise ValueError("must be true, or not be there")
    return True


#: The value of such a word.
Switch = Annotated[Literal[True], BeforeValidator(_true)]
