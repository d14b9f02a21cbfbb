"""What a polars user writes by hand for one source: the leads, rejects and invalid values that the engine makes.

It is what reading and mapping are measured against, so each script does all of the work, for its source alone, and as
fast as polars lets it. A test compares its leads with the engine's, value by value.

    python -m tests.benchmarks.by_hand source3 source3.csv
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.by_hand import source1, source2, source3

SCRIPTS = {"source1": source1.SCRIPT, "source2": source2.SCRIPT, "source3": source3.SCRIPT}


def main() -> None:
    """Say what the delivery became."""
    source, file = sys.argv[1:]
    counts = [0, 0, 0]
    for made in SCRIPTS[source].made(Path(file), today=datetime.now(UTC).date()):
        counts = [count + frame.height for count, frame in zip(counts, made, strict=True)]
    print("{} leads, {} rejects, {} invalid values".format(*counts))


if __name__ == "__main__":
    main()
