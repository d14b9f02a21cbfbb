"""Reading a list of which some records are broken, beside the same list whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.mapping.delivery_format import DeliveryFormat
from tests.benchmarks.figure import Figure, Side
from tests.benchmarks.made_up.broken import broken
from tests.benchmarks.measure import Measured
from tests.benchmarks.measurements.reading import timed
from tests.benchmarks.setting import Setting

#: How many of a million records are broken, and how many times the processors' time of the whole list that may take.
_LIMITS: Final[dict[int, float | None]] = {0: None, 100: 1.5, 1_000: None, 10_000: 3.0}


def figures(setting: Setting) -> Iterator[Figure]:
    """None broken, a few, and one in a hundred."""
    whole = broken(setting.delivery(), 0)
    for per_million, limit in _LIMITS.items():
        file = broken(setting.delivery(), per_million) if per_million else whole
        ours: list[Measured] = []
        theirs: list[Measured] = []
        share = f"{per_million / 10_000:g}%"
        # The first reading of each only warms up.
        for run in range(setting.runs + 1):
            ours.append(_read(setting, file, f"broken records: {share}, run {run}, broken"))
            theirs.append(_read(setting, whole, f"broken records: {share}, run {run}, whole"))
        yield Figure(
            f"{setting.records:,} records read only, {share} of them broken, processors' time",
            tuple(
                one.cpu_seconds / other.cpu_seconds for one, other in zip(ours[1:], theirs[1:], strict=True)
            ),
            (
                Side("broken", tuple(ours[1:]), setting.records),
                Side("whole", tuple(theirs[1:]), setting.records),
            ),
            budget=f"≤ {limit} × the list with no broken record" if limit else "",
            limit=limit,
        )
        if file != whole:
            file.unlink()
    whole.unlink()


def _read(setting: Setting, file: Path, label: str) -> Measured:
    return setting.told(label, timed(_records, fingerprint(file), setting.records))


def _records(delivery: Delivery) -> int:
    """Those that can be read, and the others."""
    with open_records(delivery, DeliveryFormat()) as records:
        return sum(batch.records for batch in records.batches())
