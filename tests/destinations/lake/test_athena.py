"""What Athena reads of a lake: its SQL, run over the same objects."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlglot import exp

from leadingest.destinations.lake.athena import AthenaTables, create_statements
from leadingest.destinations.leads import lead_types
from leadingest.tables.load_table import LoadTable, read_load_table
from tests.destinations.lake.athena_in_duckdb import AthenaInDuckDB, parsed
from tests.destinations.lake.made_up_lake import MadeUpLake, with_column
from tests.destinations.made_up import NOON

SHIPPED = Path(__file__).parents[3] / "ddl/lead_sources.yaml"

Lead = dict[str, Any]


def test_every_statement_makes_a_table_or_a_view() -> None:
    made = [parsed(each) for each in create_statements(read_load_table(SHIPPED), "s3://acme/lake")]
    assert [(each.kind, _name(each)) for each in made] == [
        ("TABLE", "lead_sources"),
        ("VIEW", "vw_lead_sources"),
        ("TABLE", "lead_sources_files"),
        ("TABLE", "lead_sources_ledgers"),
        ("VIEW", "vw_lead_sources_history"),
    ]


def _name(create: exp.Create) -> str:
    table = create.find(exp.Table)
    assert table is not None
    return table.name


def made_up_leads(chance: random.Random) -> Iterator[Lead]:
    """Leads that share keys, are told apart by name or not, and differ in what the best is chosen by, or do not."""
    for _ in range(150):
        key = chance.choice([None, *"abcdefghijkl"])
        yield {
            "company": "A",
            "lead_key": key,
            "name_hash": chance.choice([None, 1, 2, 3]),
            "filled_fields": chance.choice([3, 4, 5]),
            "source_extract_time": NOON + timedelta(microseconds=chance.choice([0, 1])),
        }


def shown(leads: list[Lead]) -> set[tuple[str, int]]:
    """Source and record number of those that the view shows: word for word what is said of it."""
    shared = {lead["lead_key"] for lead in leads if lead["key_is_shared"]}

    def rank(lead: Lead) -> tuple[Any, ...]:
        latest = -lead["source_extract_time"].timestamp()
        return latest, -lead["filled_fields"], lead["source_name"], lead["source_record_number"]

    def is_shown(lead: Lead) -> bool:
        same = [each for each in leads if each["lead_key"] == lead["lead_key"]]
        if lead["lead_key"] in shared:
            same = [each for each in same if each["name_hash"] == lead["name_hash"] is not None]
        return lead["lead_key"] is None or not any(rank(each) < rank(lead) for each in same)

    return {(lead["source_name"], lead["source_record_number"]) for lead in leads if is_shown(lead)}


@pytest.mark.parametrize("seed", range(3))
def test_the_view_shows_one_row_per_lead_by_the_stated_rule(
    seed: int, tmp_path: Path, table: LoadTable
) -> None:
    lake, chance = MadeUpLake(tmp_path / "lake", table), random.Random(seed)
    leads: list[Lead] = []
    for load, source in enumerate(("acme", "beta", "gamma"), 1):
        shared = chance.sample("abcdefghijkl", 2)
        of_load = [
            {
                "source_name": source,
                "source_record_number": number,
                **lead,
                "key_is_shared": lead["lead_key"] in shared,
            }
            for number, lead in enumerate(made_up_leads(chance), 1)
        ]
        lake.load(source, load, *of_load)
        leads += of_load
    athena = AthenaInDuckDB(create_statements(table, str(tmp_path / "lake"))[:2])
    view = athena.query("SELECT * FROM vw_made_up")
    assert view.columns == list(lead_types(table))
    found = set(view.select("source_name", "source_record_number").rows())
    assert len(found) == view.height
    assert found == shown(leads)
    assert 60 < view.height < len(leads)


def test_times_are_those_of_the_lead(tmp_path: Path, table: LoadTable) -> None:
    lake = MadeUpLake(tmp_path / "lake", table)
    lake.load("acme", 1, {"company": "A", "seen": NOON, "source_extract_time": NOON})
    athena = AthenaInDuckDB(create_statements(table, str(tmp_path / "lake"))[:2])
    [(seen, extracted)] = athena.query("SELECT seen, source_extract_time FROM vw_made_up").rows()
    assert seen == extracted == datetime(2026, 6, 30, 12)


def test_what_was_published_when_is_asked_of_the_ledgers(tmp_path: Path, table: LoadTable) -> None:
    lake = MadeUpLake(tmp_path / "lake", table)
    first, second = lake.write("acme", 1, {"company": "first"}), lake.write("acme", 2, {"company": "second"})
    lake.write("acme", 3, {"company": "held"})
    publications = [
        {"generation": 1, "since": "2026-03-01T12:00:00.000000Z", "load_id": 1, "files": [first.path]},
        {"generation": 2, "since": "2026-03-08T12:00:00.123456Z", "load_id": 0, "files": []},
        {"generation": 3, "since": "2026-03-09T12:00:00.000000Z", "load_id": 2, "files": [second.path]},
    ]
    ledger = tmp_path / "lake/made_up/ledger/acme.json"
    ledger.parent.mkdir()
    ledger.write_text(json.dumps({"format": 1, "source_name": "acme", "publications": publications}))
    athena = AthenaInDuckDB(create_statements(table, str(tmp_path / "lake"))[2:])
    sql = "SELECT company, published_from, published_until FROM vw_made_up_history ORDER BY 2"
    assert athena.query(sql).rows() == [
        ("first", datetime(2026, 3, 1, 12), datetime(2026, 3, 8, 12, 0, 0, 123456)),
        ("second", datetime(2026, 3, 9, 12), None),
    ]


def test_a_new_column_asks_for_new_tables(tmp_path: Path, table: LoadTable) -> None:
    lake = MadeUpLake(tmp_path / "lake", table)
    changed = with_column(tmp_path, "  stars: {type: integer, about: New.}")
    tables = AthenaTables(changed, "s3://acme/lake", lake.readers.columns)
    assert tables.lacking() == []  # nothing is there that lacks it
    lake.load("acme", 1)
    first, *others = tables.lacking()
    assert first.splitlines()[0].startswith("-- New: stars. The next load adds it")
    assert first.splitlines()[-1] == "DROP TABLE made_up"
    assert others == [
        "DROP TABLE made_up_files",
        "DROP TABLE made_up_ledgers",
        *create_statements(changed, "s3://acme/lake"),
    ]
    MadeUpLake(tmp_path / "lake", changed).load("acme", 2)
    assert tables.lacking() == []
