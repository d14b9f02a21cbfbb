"""What a question to the view takes when each source has one load, and when it has many: older loads cost nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa

from tests.benchmarks.figure import Figure, Side, ratios
from tests.benchmarks.measure import Measured, module
from tests.benchmarks.setting import Setting

_SOURCES, _EACH = 20, 1_000
_LIMIT = 1.3
#: Each run asks so often, and takes the least: most answers come in milliseconds, and other work only makes them slower.
_TIMES = 7
#: What a sales team asks; a phone and a key are those of a lead that is shown.
_QUESTIONS = {
    "`count(*)`": "SELECT COUNT(*) FROM vw_lead_sources",
    "one state": "SELECT COUNT(company) FROM vw_lead_sources WHERE state = 'TX'",
    "one phone": "SELECT company FROM vw_lead_sources WHERE phone = :phone",
    "one `lead_key`": "SELECT company FROM vw_lead_sources WHERE lead_key = :lead_key",
}
#: Older loads, all of them of what the first one has: days before it, and with lower numbers.
_FIRST, _OLD = 100_000, date(2020, 1, 1)


def figures(setting: Setting) -> Iterator[Figure]:
    """On every server, and in SQLite."""
    project = setting.folder / "view_of_history"
    words = ["--sources", str(_SOURCES), "--records", str(_EACH)]
    setting.measured(module("made_up.project", project, *words), label="sources, made up")
    sqlite = f"sqlite:///{setting.folder / 'history.db'}"
    yield from _figures("SQLite", sqlite, project, setting)
    for server in setting.servers:
        with server.databases(1) as (url,):
            yield from _figures(server.name, url, project, setting)


def _figures(name: str, url: str, project: Path, setting: Setting) -> Iterator[Figure]:
    setting.leadingest("run", "--all", url=url, folder=project, label=f"{name}, one load each")
    engine = sa.create_engine(url)
    found: dict[int, dict[str, list[Measured]]] = {}
    with engine.connect() as connection:
        columns = _columns(connection)
        _moved(connection)
        done = 1
        for loads in (1, setting.loads):
            for load in range(done, loads):
                _older(connection, columns, load)
            done = loads
            _analyze(connection)
            found[loads] = {what: _asked(connection, sql, setting.runs) for what, sql in _QUESTIONS.items()}
            setting.say(f"{name}: asked with {loads} loads of each source")
    engine.dispose()
    one, most = found.values()
    for what in _QUESTIONS:
        yield Figure(
            f"the view, {what}, {_SOURCES} sources of {_EACH:,} records with {setting.loads} loads each in {name}",
            ratios(most[what], one[what]),
            (Side(f"{setting.loads} loads", tuple(most[what])), Side("1 load", tuple(one[what]))),
            budget=f"≤ {_LIMIT:g} × with one load each",
            limit=_LIMIT,
        )


def _columns(connection: sa.Connection) -> list[str]:
    """Those that are written, without what tells one load from another."""
    inspected = sa.inspect(connection).get_columns("lead_sources")
    alike = (each["name"] for each in inspected if "computed" not in each)
    return [name for name in alike if name not in ("load_id", "source_extract_time")]


def _moved(connection: sa.Connection) -> None:
    """The published loads are the last ones."""
    for table in ("lead_sources", "published_loads", "load_shared_keys"):
        connection.execute(sa.text(f"UPDATE {table} SET load_id = load_id + {_FIRST}"))
    connection.commit()


def _older(connection: sa.Connection, columns: Sequence[str], load: int) -> None:
    """One more load of every source, of the same leads."""
    named = ", ".join(columns)
    connection.execute(
        sa.text(
            f"INSERT INTO lead_sources (load_id, source_extract_time, {named}) "
            f"SELECT load_id - {load * _SOURCES}, :time, {named} FROM lead_sources WHERE load_id > {_FIRST}"
        ),
        {"time": f"{_OLD - timedelta(days=load)} 00:00:00.000000"},
    )
    connection.commit()


def _analyze(connection: sa.Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    connection.execute(sa.text("ANALYZE" if sqlite else "ANALYZE TABLE lead_sources, published_loads"))
    connection.commit()


def _asked(connection: sa.Connection, sql: str, runs: int) -> list[Measured]:
    shown = (
        "SELECT phone, lead_key FROM vw_lead_sources WHERE phone IS NOT NULL AND lead_key IS NOT NULL LIMIT 1"
    )
    values = dict(connection.execute(sa.text(shown)).mappings().one())
    found = []
    for _ in range(runs):
        seconds = []
        for _ in range(_TIMES):
            begun = time.perf_counter()
            connection.execute(
                sa.text(sql), {key: value for key, value in values.items() if f":{key}" in sql}
            ).all()
            seconds.append(time.perf_counter() - begun)
        found.append(Measured(min(seconds)))
    return found
