"""Made-up deliveries of the three sources' shapes, in any size.

The same source, seed and size make the same bytes, and a longer delivery begins with the shorter one. A
hundred thousand records are in memory at a time, however many are asked for.

    python -m tests.benchmarks.made_up.delivery source3 1000000 source3.csv --seed 1
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from tests.benchmarks.made_up import source1, source2, source3
from tests.benchmarks.made_up.dice import Dice

#: Each source with what makes a batch of its records.
SOURCES: dict[str, Callable[[Dice], pl.DataFrame]] = {
    "source1": source1.records,
    "source2": source2.records,
    "source3": source3.records,
}
#: Records made at once. The dice of every batch are their own, so this number is part of the seed.
BATCH = 100_000


def batches(source: str, records: int, *, seed: int = 0) -> Iterator[pl.DataFrame]:
    """The records in batches: text columns under the headers of the source."""
    for first in range(0, records, BATCH):
        # A whole batch is thrown even where less is asked for: a short delivery is the beginning of a long one.
        dice = Dice((seed, zlib.crc32(source.encode()), first), first=first + 1, height=BATCH)
        yield SOURCES[source](dice).head(records - first)


def write_delivery(source: str, file: Path, *, records: int, seed: int = 0) -> Path:
    """Write the delivery as CSV, UTF-8 with a header, quoted where it has to be; returns the file."""
    with file.open("wb") as opened:
        for number, batch in enumerate(batches(source, records, seed=seed)):
            # An empty text would be written as two quotes, which the agencies do not do.
            cells = batch.with_columns(pl.all().replace("", None))
            cells.write_csv(opened, include_header=number == 0, quote_style="necessary")
    return file


def main() -> None:
    """Write the delivery that the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.made_up.delivery", description="Write a made-up delivery."
    )
    parser.add_argument("source", choices=SOURCES)
    parser.add_argument("records", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    write_delivery(arguments.source, arguments.file, records=arguments.records, seed=arguments.seed)


if __name__ == "__main__":
    main()
