"""Reading text alone, every piece of it proven, beside polars' own reader, which proves nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Final

import polars as pl

from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.mapping.delivery_format import DeliveryFormat
from tests.benchmarks.figure import Figure, Side, ratios
from tests.benchmarks.made_up.quoted import Quoted, quoted_as
from tests.benchmarks.measure import BenchmarkError, Measured
from tests.benchmarks.setting import Setting

#: How a list is quoted, and how many times as long as polars reading it may take.
_LIMITS: Final[dict[Quoted, float]] = {
    "never": 1.4,
    "necessary": 1.8,
    "always": 1.8,
}


def figures(setting: Setting) -> Iterator[Figure]:
    """A list of which no cell is quoted, those that need it, and all."""
    for quoted, limit in _LIMITS.items():
        delivery = fingerprint(quoted_as(setting.delivery(), quoted))
        ours: list[Measured] = []
        theirs: list[Measured] = []
        # The first reading of each only warms up.
        for run in range(setting.runs + 1):
            label = f"reading, cells quoted: {quoted}, run {run}"
            ours.append(setting.logged(f"{label}, leadingest", timed(_read, delivery, setting.records)))
            theirs.append(setting.logged(f"{label}, polars", timed(_scan, delivery, setting.records)))
        delivery.path.unlink()
        yield Figure(
            f"{setting.records:,} records read only, cells quoted: {quoted}",
            ratios(ours[1:], theirs[1:]),
            (
                Side("leadingest", tuple(ours[1:]), setting.records),
                Side("polars' scan_csv", tuple(theirs[1:]), setting.records),
            ),
            budget=f"≤ {limit} × polars' scan_csv",
            limit=limit,
        )


def timed(read: Callable[[Delivery], int], delivery: Delivery, expected: int) -> Measured:
    """How long the reading takes. Raises BenchmarkError where it gives another number of records."""
    begun, before = time.perf_counter(), time.process_time()
    records = read(delivery)
    cpu_seconds = time.process_time() - before
    if records != expected:
        raise BenchmarkError(f"{records:,} records were read instead of {expected:,}")
    return Measured(time.perf_counter() - begun, cpu_seconds)


def _read(delivery: Delivery) -> int:
    """What reading is to ingest: block by block, and let go of."""
    with open_records(delivery, DeliveryFormat()) as records:
        return sum(batch.frame.height for batch in records.batches())


def _scan(delivery: Delivery) -> int:
    return pl.scan_csv(delivery.path, infer_schema=False, glob=False).collect().height
