"""A raw CSV, published in MySQL, beside one LOAD DATA of its finished rows."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.figure import Figure, Side, ratios
from tests.benchmarks.measure import Measured
from tests.benchmarks.server import (
    Server,
    copy_tables,
    halves,
    load_data,
    refuse_difference,
    write_finished_rows,
)
from tests.benchmarks.setting import Setting

_ON, _OFF, _ONE, _TWO = "local_infile on", "local_infile off", "LOAD DATA", "two LOAD DATA at once"


def figures(setting: Setting) -> Iterator[Figure]:
    """On every server: both ways of loading, and what the server itself needs."""
    for server in setting.servers:
        with server.local_infile_kept():
            runs = _runs(server, setting)
        yield from _figures(server.name, runs, setting.records)


def _figures(server: str, runs: dict[str, list[Measured]], records: int) -> Iterator[Figure]:
    one = Side(_ONE, tuple(runs[_ONE]), records)
    for way, limit in ((_ON, 0.8), (_OFF, 1.3)):
        yield Figure(
            f"{records:,} records, CSV to published in {server}, {way}",
            ratios(runs[way], runs[_ONE]),
            (Side("leadingest", tuple(runs[way]), records), one),
            budget=f"≤ {limit:g} × one `LOAD DATA` of the finished rows",
            limit=limit,
        )
    yield Figure(
        f"for comparison: two `LOAD DATA` at once into {server}, each half of {records:,} rows",
        ratios(runs[_TWO], runs[_ONE]),
        (Side(_TWO, tuple(runs[_TWO]), records), one),
    )


def _runs(server: Server, setting: Setting) -> dict[str, list[Measured]]:
    """Each way into a database of its own. All begin with the same history and grow by the same deliveries."""
    found: dict[str, list[Measured]] = {way: [] for way in (_ON, _OFF, _ONE, _TWO)}
    name, rows = server.name, setting.folder / "finished_rows.tsv"
    with server.databases(4) as (on, off, one, two):
        server.local_infile(True)
        setting.load(setting.delivery(), on, label=f"{name}, history")
        for other in (off, one, two):
            copy_tables(on, other)
        for run in range(1, setting.runs + 1):
            file, label = setting.delivery(seed=run), f"{name}, run {run}"
            server.local_infile(True)
            found[_ON].append(setting.load(file, on, label=f"{label}, {_ON}"))
            write_finished_rows(on, rows)
            found[_ONE].append(setting.logged(f"{label}, {_ONE}", load_data(one, rows)))
            server.local_infile(False)
            found[_OFF].append(setting.load(file, off, label=f"{label}, {_OFF}"))
            server.local_infile(True)
            found[_TWO].append(setting.logged(f"{label}, {_TWO}", load_data(two, *halves(rows))))
        for loaded in (one, two):
            refuse_difference(on, loaded)
    return found
