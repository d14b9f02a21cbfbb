"""`true` or `false`, and no other word for it: what `yes` and `on` mean differs from one YAML reader to the next."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

_WORDS = {"true": True, "false": False}


def _read(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in _WORDS:
        return _WORDS[value]
    raise ValueError("must be true or false")


#: The value of a key that is switched on or off.
TrueOrFalse = Annotated[bool, BeforeValidator(_read)]
