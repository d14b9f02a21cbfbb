"""How drafts compare with good mappings, on the made-up lists here and on the real deliveries beside the repository.

    python -m tests.benchmarks.drafts [--wrong]

Each field that the good mapping or the draft has is right, wrong with a mark ("unsure"), wrong without a mark, or missing.
It is right when the leads have the same values in 95 of 100 records. Of real deliveries without a mapping in the project
only the headers of each field are known: there it is right when the draft makes it of the same columns.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from leadingest.wording import percent
from tests.benchmarks.drafts.comparison import Comparison, compared, summed
from tests.benchmarks.drafts.listed_files import ListedFile, made_up_files, real_files


def main() -> None:
    """Print a table of the made-up lists, and one of the real deliveries where they are."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.drafts", description="Measure drafts.")
    parser.add_argument("--wrong", action="store_true", help="name the fields that are wrong or missing")
    arguments = parser.parse_args()
    for title, files in (("made-up lists", made_up_files()), ("real deliveries", real_files())):
        found = _all_compared(files)
        print(table([*found, summed(found, title)]))
        if arguments.wrong:
            print(faults(found))


def _all_compared(files: Sequence[ListedFile]) -> list[Comparison]:
    with tempfile.TemporaryDirectory() as folder:
        return [compared(file, Path(folder)) for file in files]


def table(found: Sequence[Comparison]) -> str:
    """The comparisons as Markdown; the last column says how far fields without a mark can be trusted."""
    lines = [
        "| source | fields | right | wrong, marked | wrong, no mark | missing | right of those without a mark | rejects |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for each in found:
        sure = len(each.right - each.right_marked)
        cells = (
            each.source,
            each.fields,
            *(
                _share(len(part), each.fields)
                for part in (each.right, each.marked, each.unmarked, each.missing)
            ),
            percent(sure / ((sure + len(each.unmarked)) or 1)),
            each.rejects,
        )
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join([*lines, ""])


def _share(part: int, whole: int) -> str:
    return f"{part} ({percent(part / (whole or 1))})"


def faults(found: Sequence[Comparison]) -> str:
    """What is not right, by source."""
    kinds = ("marked", "unmarked", "missing")
    lines = [
        f"{each.source}: {kind}: {', '.join(sorted(getattr(each, kind)))}"
        for each in found
        for kind in kinds
        if getattr(each, kind)
    ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
