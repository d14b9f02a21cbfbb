"""What a file says of its own codes, above its header or below its last record: `A = Active, P = Provisional`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

#: Code → what it may mean: two columns may have the same code for two things.
Legend = Mapping[str, tuple[str, ...]]

_PAIR: Final = re.compile(
    r"(?<![\w=])(\w{1,6}) ?= ?([^\W\d_][^=,;|\"\r\n\t]*?)(?=\s*[,;|\"\r\n\t]|\s+\w{1,6} ?=|$)"
)


def legend_of(lines: Iterable[str]) -> Legend:
    """The codes that the lines explain, each with what stands behind its equals sign."""
    found: dict[str, dict[str, None]] = {}
    for line in lines:
        for code, meaning in _PAIR.findall(line):
            found.setdefault(code, {})[meaning.strip(" .")] = None
    return {code: tuple(meanings) for code, meanings in found.items()}
