"""What other tools make of the same file. They take the cells as they are: none is cleaned, checked or kept apart."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from typing import NamedTuple, Protocol

import sqlalchemy as sa

from tests.benchmarks.figure import Figure, Side, ratios
from tests.benchmarks.measure import Command, Measured, module
from tests.benchmarks.server import Server
from tests.benchmarks.setting import Setting


class _Peer(NamedTuple):
    #: That has to be there.
    package: str
    script: str
    #: So many times as fast leadingest is to be.
    times: float


_PEERS = {
    "dlt": _Peer("dlt", "peers.dlt_pipeline", 5),
    "Sling": _Peer("sling_linux_amd64", "peers.sling_run", 5),
    "polars `write_database`": _Peer("pandas", "peers.polars_write_database", 2.2),
    "pandas `to_sql`": _Peer("pandas", "peers.pandas_to_sql", 2.2),
}
#: Records from which on the budgets hold: of fewer, much of the time is that in which a program starts.
_MANY = 100_000


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
    for name, peer in _PEERS.items():
        if find_spec(peer.package):
            loads[name] = partial(_run, module(peer.script, file), setting)
        else:
            yield Figure(_what(name, server, records), lacking=f"{peer.package} is not installed")
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
    for name, measured in runs.items():
        if name in _PEERS and records >= _MANY:
            times = _PEERS[name].times
            yield Figure(
                f"{records:,} records, CSV into {server.name}, by leadingest beside {name}",
                ratios(runs["leadingest"], measured),
                budget=f"≤ 1/{times:g} of its time",
                limit=1 / times,
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
