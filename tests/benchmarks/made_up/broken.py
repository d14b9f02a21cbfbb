"""A delivery once more, with some of its records broken."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.benchmarks.made_up.quoted import quoted_as

#: Of a million records.
_ALL: Final = 1_000_000


def broken(delivery: Path, per_million: int) -> Path:
    """The file, beside the delivery; by turns a broken record ends in the middle, and has a stray quote there."""
    whole = quoted_as(delivery, "necessary", line_ends=False)
    file = delivery.with_name(f"{delivery.stem}_broken_{per_million}.csv")
    with whole.open("rb") as lines, file.open("wb") as into:
        into.write(next(lines))
        for number, line in enumerate(lines):
            at = number * per_million // _ALL
            if at == (number + 1) * per_million // _ALL:
                into.write(line)
            else:
                half = line[: len(line) // 2]
                into.write(half + (b"\n" if at % 2 else b'"x' + line[len(half) :]))
    whole.unlink()
    return file
