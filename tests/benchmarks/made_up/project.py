"""A made-up project of many sources, each with its mapping and a delivery.

python -m tests.benchmarks.made_up.project FOLDER --sources 100 --records 10000
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.made_up.delivery import write_delivery
from tests.benchmarks.made_up.mappings import SHAPES, names, write_mappings


def write_project(
    folder: Path,
    *,
    sources: int,
    records: int,
    seed: int = 0,
    shapes: Sequence[str] = SHAPES,
) -> None:
    """Write the mappings, and into the inbox a delivery of each source."""
    write_mappings(folder, sources=sources, shapes=shapes)
    (folder / "inbox").mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(names(sources)):
        shape = shapes[number % len(shapes)]
        write_delivery(shape, folder / "inbox" / f"{name}.csv", records=records, seed=seed + number)


def main() -> None:
    """Write the project that the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.made_up.project", description="Write a made-up project."
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sources", type=int, default=100)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--shape", action="append", choices=SHAPES)
    arguments = parser.parse_args()
    write_project(
        arguments.folder,
        sources=arguments.sources,
        records=arguments.records,
        seed=arguments.seed,
        shapes=arguments.shape or SHAPES,
    )


if __name__ == "__main__":
    main()
