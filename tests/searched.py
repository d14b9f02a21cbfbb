"""How long hypothesis searches where a law is cheap to try and easily broken."""

from __future__ import annotations

from hypothesis import settings

#: What the profile `thorough` takes where nothing else is said; see conftest.py.
_THOROUGH = 500


def examples(number: int, least: int = 25) -> int:
    """So many examples with `--hypothesis-profile=thorough`; in proportion with another profile, but so many at least."""
    return max(min(least, number), number * settings().max_examples // _THOROUGH)
