"""How messages and reports write counts and shares."""

from __future__ import annotations

from fractions import Fraction


def number(value: int | None) -> str:
    """A count with its thousands apart; nothing for None."""
    return "" if value is None else f"{value:,}"


def counted(value: int, one: str, many: str = "") -> str:
    """`1 record`, `2 records`; `many` where the plural is not `one` with an s."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def percent(share: float | Fraction, *, beside: float | Fraction | None = None) -> str:
    """`42%`: a share rounded to whole percents, with as many decimals as it takes not to mislead.

    A share that is not 0 never reads as 0%, and one that is not 1 never as 100%: `0.4%`, `99.96%`. Nor does it read as
    the share that it is shown `beside`, such as a limit that it exceeds, unless they are equal.
    """
    exact = float(share)
    others = {0.0, 1.0, exact if beside is None else float(beside)} - {exact}
    decimals = 0
    while any(f"{exact:.{decimals}%}" == f"{other:.{decimals}%}" for other in others):
        decimals += 1
    return f"{exact:.{decimals}%}"
