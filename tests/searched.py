"""How long hypothesis searches where a law is cheap to try and easily broken."""

from __future__ import annotations

from hypothesis import settings

#: What the profile `thorough` takes where nothing else is said; see conftest.py.
_THOROUGH = 500


def examples(number: int) -> int:
    """So many examples with `--hypothesis-profile=thorough`; in proportion with another profile, but at least 50."""
    return max(min(50, number), number * settings().max_examples // _THOROUGH)
