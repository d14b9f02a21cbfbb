"""Leave out last records that are no records, such as a total."""

import re
from collections.abc import Sequence
from typing import Final

from leadingest.mapping.delivery_format import FooterMatch

#: So many last records are searched for the beginning of a footer.
LOOKED_AT: Final = 100


def held_back(footer: int | FooterMatch) -> int:
    """How many last records must be seen together to tell the footer."""
    return footer if isinstance(footer, int) else LOOKED_AT


def footer_length(last: Sequence[str], footer: int | FooterMatch) -> int:
    """How many of the last records, given as texts, are footer."""
    if isinstance(footer, int):
        return min(footer, len(last))
    searched = last[-LOOKED_AT:]
    first = next((i for i, text in enumerate(searched) if re.search(footer.match, text)), len(searched))
    return len(searched) - first
