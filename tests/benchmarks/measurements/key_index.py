"""LOAD DATA into the load table, beside the same with lead keys themselves in the index in the place of digests."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.figure import Figure, Side, ratios
from tests.benchmarks.measure import Measured
from tests.benchmarks.server import Server, copy_tables, load_data, refuse_difference, write_finished_rows
from tests.benchmarks.setting import Setting
from tests.databases import run_sql

#: A quarter more rows a second.
_LIMIT = 0.8
#: As the table was before it had digests.
_KEYS_THEMSELVES = """ALTER TABLE lead_sources DROP INDEX ix_lead_sources_lead_key, DROP COLUMN lead_key_digest,
    MODIFY load_id BIGINT NOT NULL, MODIFY source_record_number BIGINT NOT NULL, MODIFY name_hash BIGINT,
    ADD INDEX ix_lead_sources_lead_key
        (lead_key, source_extract_time, filled_fields, source_name, source_record_number, load_id, name_hash)"""


def figures(setting: Setting) -> Iterator[Figure]:
    """On every server, on top of one load."""
    for server in setting.servers:
        with server.local_infile_kept():
            server.local_infile(True)
            digests, keys = _runs(server, setting)
        yield Figure(
            f"{setting.records:,} finished rows, `LOAD DATA` into the load table of {server.name}",
            ratios(digests, keys),
            (
                Side("digests in the index", tuple(digests), setting.records),
                Side("keys", tuple(keys), setting.records),
            ),
            budget=f"≤ {_LIMIT:g} × the same with the keys themselves in the index",
            limit=_LIMIT,
        )


def _runs(server: Server, setting: Setting) -> tuple[list[Measured], list[Measured]]:
    found: tuple[list[Measured], list[Measured]] = ([], [])
    rows = setting.folder / "finished_rows.tsv"
    with server.databases(3) as (first, digests, keys):
        setting.load(setting.delivery(), first, label=f"{server.name}, history")
        for other in (digests, keys):
            copy_tables(first, other, rows=False)
        run_sql(keys, _KEYS_THEMSELVES)
        for run in range(setting.runs + 1):
            if run:
                setting.load(setting.delivery(seed=run), first, label=f"{server.name}, run {run}, rows made")
            write_finished_rows(first, rows)
            for url, runs, label in ((digests, found[0], "digests"), (keys, found[1], "keys")):
                loaded = setting.logged(f"{server.name}, run {run}, {label}", load_data(url, rows))
                # The first are the history.
                if run:
                    runs.append(loaded)
        refuse_difference(first, digests)
    return found
