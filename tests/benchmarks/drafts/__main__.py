"""How many fields of mappings written by hand a draft gets right, on the real deliveries beside the repository.

    python -m tests.benchmarks.drafts
    python -m tests.benchmarks.drafts --references FOLDER

A field is right when the draft makes it of the same columns. Where there is a mapping by hand to run (a shipped one, or
<source>.yaml in FOLDER), it says in how many fields the leads have the same values, too, in 95 of 100 records.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.benchmarks.drafts.comparison import Comparison, compared, drafted
from tests.benchmarks.drafts.real_files import RealFile, real_files


def main() -> None:
    """Print a table of all files."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.drafts", description="Measure drafts.")
    parser.add_argument("--references", type=Path, help="folder of further mappings written by hand")
    arguments = parser.parse_args()
    files = real_files()
    if not files:
        raise SystemExit("the real deliveries, ../shared/data, do not lie beside this repository")
    with tempfile.TemporaryDirectory() as folder:
        found = [
            compared(file, drafted(file, Path(folder)), _by_hand(file, arguments.references))
            for file in files
        ]
    print(table(found), end="")


def _by_hand(file: RealFile, references: Path | None) -> Path | None:
    further = references / f"{file.source}.yaml" if references else None
    return further if further and further.is_file() else file.mapping


def table(found: list[Comparison]) -> str:
    """The comparisons as Markdown, with their sums."""
    lines = [
        "| source | fields by hand | same columns | same values | further fields | rejects |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for each in found:
        values = "–" if each.same_values is None else str(len(each.same_values))
        cells = (
            each.source,
            len(each.by_hand),
            len(each.same_columns),
            values,
            len(each.more),
            each.rejects,
        )
        lines.append(f"| {' | '.join(map(str, cells))} |")
    fields, same = sum(len(each.by_hand) for each in found), sum(len(each.same_columns) for each in found)
    run = [each for each in found if each.same_values is not None]
    right, of = sum(len(each.same_values or ()) for each in run), sum(len(each.by_hand) for each in run)
    lines.append(f"\n{same} of {fields} fields are made of the same columns: {same / fields:.1%}.")
    lines.append(f"{right} of {of} fields have the same values: {right / of:.1%}.")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
