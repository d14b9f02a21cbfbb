"""Parts of a whole, in per cent."""


def percent(part: int, whole: int) -> str:
    """`42 %`; what is not quite nothing or all does not look like it: `<1 %`, `>99 %`; nothing for nothing."""
    if not part:
        return ""
    share = 100 * part / whole
    if share < 1:
        return "<1 %"
    return ">99 %" if 99 < share < 100 else f"{share:.0f} %"
