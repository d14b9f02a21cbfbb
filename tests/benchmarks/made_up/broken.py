"""A delivery once more, with a share of its records broken in one way."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

#: Each way to break a line of source3's shape, by its cells; the fourth is the address.
BREAKS: Final[dict[str, Callable[[list[bytes]], list[bytes]]]] = {
    "a stray quote": lambda cells: [*cells[:3], cells[3].replace(b" ", b'" ', 1), *cells[4:]],
    "a quote never closed": lambda cells: [*cells[:3], b'"' + cells[3], *cells[4:]],
    "text after a quote": lambda cells: [*cells[:3], b'"' + cells[3].replace(b" ", b'" ', 1), *cells[4:]],
    "a blank before a quote": lambda cells: [*cells[:3], b' "' + cells[3] + b'"', *cells[4:]],
    "no delimiter before a quote": lambda cells: [
        *cells[:2],
        cells[2] + b'"' + cells[3] + b', STE 2"',
        *cells[4:],
    ],
    "a cell too few": lambda cells: cells[:-1],
    "a cell too many": lambda cells: [*cells, b""],
    "a byte that is not UTF-8": lambda cells: [*cells[:3], cells[3] + b"\xe9", *cells[4:]],
}


def broken(delivery: Path, way: str, share: float) -> Path:
    """The file, beside the delivery; of its records of one line, this share is broken."""
    file = delivery.with_name(f"{delivery.stem}_{'_'.join(way.split())}_{share}.csv")
    dice = np.random.default_rng(0)
    with delivery.open("rb") as lines, file.open("wb") as written:
        written.write(lines.readline())
        while some := list(islice(lines, 100_000)):
            for place in np.flatnonzero(dice.random(len(some)) < share).tolist():
                # What a line with quotes is a part of is not for this to say.
                if b'"' not in some[place] and some[place].count(b",") > 10:
                    some[place] = b",".join(BREAKS[way](some[place][:-1].split(b","))) + b"\n"
            written.writelines(some)
    return file
