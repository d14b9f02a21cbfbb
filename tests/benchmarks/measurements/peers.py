"""What other tools make of the same file. They take the cells as they are: none is cleaned, checked or kept apart."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from typing import Protocol

import sqlalchemy as sa

from tests.benchmarks.figure import Figure, Side
from tests.benchmarks.measure import Command, Measured, module
from tests.benchmarks.server import Server
from tests.benchmarks.setting import Setting

#: Each peer with the package that has to be there, and the module that runs it.
_PEERS = {
    "dlt": ("dlt", "peers.dlt_pipeline"),
    "polars `write_database`": ("pandas", "peers.polars_write_database"),
    "pandas `to_sql`": ("pandas", "peers.pandas_to_sql"),
}


def figures(setting: Setting) -> Iterator[Figure]:
    """On every server and in every size, beside leadingest."""
    for server in setting.servers:
        with server.local_infile_kept():
            server.local_infile(True)
            for records in setting.peer_records:
                yield from _in_turn(server, records, setting)


def _in_turn(server: Server, records: int, setting: Setting) -> Iterator[Figure]:
    """Each run into a database of its own."""
    file = setting.delivery(records=records)
    loads: dict[str, _Run] = {"leadingest": partial(setting.load, file)}
    for name, (package, script) in _PEERS.items():
        if find_spec(package):
            loads[name] = partial(_run, module(script, file), setting)
        else:
            yield Figure(_what(name, server, records), lacking=f"{package} is not installed")
    runs: dict[str, list[Measured]] = {name: [] for name in loads}
    for number in range(1, setting.runs + 1):
        for name, load in loads.items():
            with server.databases(1) as (url,):
                label = f"{server.name}, peers, {records:,} records, run {number}, {name}"
                runs[name].append(load(url, label=label))
    for name, measured in runs.items():
        yield Figure(
            _what(name, server, records),
            tuple(records / each.seconds for each in measured),
            (Side(name, tuple(measured), records),),
            unit="records/s",
        )


class _Run(Protocol):
    def __call__(self, url: str, *, label: str) -> Measured: ...


def _run(command: Command, setting: Setting, url: str, *, label: str) -> Measured:
    whole = sa.make_url(url).update_query_dict({"charset": "utf8mb4"})
    variables = {"BENCHMARK_DATABASE_URL": whole.render_as_string(hide_password=False)}
    return setting.measured(command, label=label, variables=variables)


def _what(name: str, server: Server, records: int) -> str:
    work = "mapped, checked and published" if name == "leadingest" else "cells copied as they are"
    return f"{records:,} records, CSV into {server.name} by {name}: {work}"
