"""The headers of a delivery, out of the labels that its columns were given."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

_SECOND: Final = re.compile(r"(?P<name>.+) \(\d+\)", flags=re.DOTALL)


def headers_of(labels: Sequence[str], read: Collection[str]) -> tuple[str, ...]:
    """The headers; `read` are the names that the mapping reads.

    `Phone (2)` is what the second of two columns called Phone is labelled. It is Phone again where the mapping
    reads that and not this, so that it is told what a run would tell: that the header stands twice.
    """
    return tuple(_header(label, labels, read) for label in labels)


def _header(label: str, labels: Sequence[str], read: Collection[str]) -> str:
    found = _SECOND.fullmatch(label)
    second = found and label not in read and found["name"] in read and found["name"] in labels
    return found["name"] if found and second else label
