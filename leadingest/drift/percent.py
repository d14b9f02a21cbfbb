"""Shares in words."""


def percent(share: float) -> str:
    """`42 %`; with a decimal where that says more, and what is not quite nothing or all does not look like it."""
    hundredths = 100 * share
    if 0 < hundredths < 0.1:
        return "<0.1 %"
    if 99.9 < hundredths < 100:
        return ">99.9 %"
    return f"{hundredths:.1f} %" if 0 < hundredths < 1 or 99 < hundredths < 100 else f"{hundredths:.0f} %"
