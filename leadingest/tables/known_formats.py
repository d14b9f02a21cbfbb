"""The formats that lists are known to write dates in."""

from __future__ import annotations

from typing import Final

from leadingest.tables.types.date import COMMON_FORMATS

#: In the order in which they are tried: of two that fit, the first is taken.
KNOWN_FORMATS: Final = (
    *COMMON_FORMATS,
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%d %H:%M",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%y %H:%M",
    "%m/%d/%Y %I:%M %p",
    "%m-%d-%Y",
    "%m-%d-%y",
    "%m.%d.%Y",
    "%d/%m/%Y",
    "%d/%m/%y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%d %b %Y",
    "%d-%b-%y",
    "%d %B %Y",
)
