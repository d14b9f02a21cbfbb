"""Reading and mapping a list of which some records are broken, beside the same list whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.mapping.delivery_format import DeliveryFormat
from tests.benchmarks.figure import Figure, Side, cpu_ratios
from tests.benchmarks.made_up.broken import BREAKS, broken
from tests.benchmarks.made_up.mapped import transform_of
from tests.benchmarks.measure import Measured
from tests.benchmarks.measurements.reading import timed
from tests.benchmarks.setting import Setting

#: The share of broken records, and how many times the processors' time of the whole list it may take.
_LIMITS: Final = {0.0001: 1.5, 0.001: 2.0, 0.01: 3.0}


def figures(setting: Setting) -> Iterator[Figure]:
    """Each way to break a record, in each share."""
    whole = setting.delivery()
    for way in BREAKS:
        for share, limit in _LIMITS.items():
            file = broken(whole, way, share)
            ours: list[Measured] = []
            theirs: list[Measured] = []
            # The first reading of each only warms up.
            for run in range(setting.runs + 1):
                label = f"broken records: {share:.2%} {way}, run {run}"
                ours.append(_read(setting, file, f"{label}, broken"))
                theirs.append(_read(setting, whole, f"{label}, whole"))
            file.unlink()
            yield Figure(
                f"{setting.records:,} records read and mapped, {share:.2%} of them with {way}, processors' time",
                cpu_ratios(ours[1:], theirs[1:]),
                (
                    Side("broken", tuple(ours[1:]), setting.records),
                    Side("whole", tuple(theirs[1:]), setting.records),
                ),
                budget=f"≤ {limit} × the list with no broken record",
                limit=limit,
            )


def _read(setting: Setting, file: Path, label: str) -> Measured:
    return setting.logged(label, timed(_records, fingerprint(file), setting.records))


def _records(delivery: Delivery) -> int:
    """Those that can be read, and are mapped, and the others."""
    number = 0
    with open_records(delivery, DeliveryFormat()) as records:
        transform = transform_of("source3", pl.DataFrame(schema=list(records.headers)))
        for batch in records.batches():
            transform.batch(batch.frame, numbers=batch.numbers, lines=batch.lines)
            number += batch.records
    return number
