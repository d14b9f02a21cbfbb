"""The most memory that a run takes, and whether ten times the records take more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from tests.benchmarks.figure import Figure, Side
from tests.benchmarks.measure import BenchmarkError
from tests.benchmarks.setting import Setting

_GIB = 1 << 30
_FLAT = 1.15
#: Of fewer records not all buffers are full, and ten times as many do take more.
_LEAST = 1_000_000


def figures(setting: Setting) -> Iterator[Figure]:
    """Into SQLite, into a lake and into every server."""
    database, lake = setting.folder / "memory.db", setting.folder / "memory_lake"
    yield from _peaks(setting, "SQLite", f"sqlite:///{database}")
    database.unlink()
    yield from _peaks(setting, "a lake", f"lake:///{lake}")
    shutil.rmtree(lake)
    for server in setting.servers:
        with server.local_infile_kept(), server.databases(1) as (url,):
            server.local_infile(True)
            yield from _peaks(setting, server.name, url)


def _peaks(setting: Setting, name: str, url: str) -> Iterator[Figure]:
    sides = []
    for records in (setting.records, setting.many_records):
        run = setting.load(
            setting.delivery(records=records), url, label=f"memory, {name}, {records:,} records"
        )
        sides.append(Side(f"{records:,} records", (run,), records))
    few, many = (side.peak for side in sides)
    if few is None or many is None:
        raise BenchmarkError("the runs were too small to tell their memory")
    yield Figure(
        f"most memory of a run into {name}",
        (max(few, many) / _GIB,),
        tuple(sides),
        unit="GiB",
        budget="≤ 1 GiB",
        limit=1.0,
    )
    judged = setting.records >= _LEAST
    yield Figure(
        f"the same, {setting.many_records:,} records beside {setting.records:,}",
        (many / few,),
        budget=f"≤ {_FLAT} ×" if judged else "",
        limit=_FLAT if judged else None,
    )
