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
    """On every server, beside leadingest."""
    file = setting.delivery(records=setting.peer_records)
    for server in setting.servers:
        with server.local_infile_kept():
            server.local_infile(True)
            yield _figure("leadingest", partial(setting.load, file), server, setting)
        for name, (package, script) in _PEERS.items():
            if find_spec(package):
                yield _figure(name, partial(_run, module(script, file), setting), server, setting)
            else:
                yield Figure(_what(name, server, setting), lacking=f"{package} is not installed")


class _Run(Protocol):
    def __call__(self, url: str, *, label: str) -> Measured: ...


def _run(command: Command, setting: Setting, url: str, *, label: str) -> Measured:
    whole = sa.make_url(url).update_query_dict({"charset": "utf8mb4"})
    variables = {"BENCHMARK_DATABASE_URL": whole.render_as_string(hide_password=False)}
    return setting.measured(command, label=label, variables=variables)


def _figure(name: str, run: _Run, server: Server, setting: Setting) -> Figure:
    """Each run into a database of its own."""
    runs = []
    for _ in range(setting.runs):
        with server.databases(1) as (url,):
            runs.append(run(url, label=f"{server.name}, peers, {name}"))
    return Figure(
        _what(name, server, setting),
        tuple(setting.peer_records / each.seconds for each in runs),
        (Side(name, tuple(runs), setting.peer_records),),
        unit="records/s",
    )


def _what(name: str, server: Server, setting: Setting) -> str:
    work = "mapped, checked and published" if name == "leadingest" else "cells copied as they are"
    return f"{setting.peer_records:,} records, CSV into {server.name} by {name}: {work}"
