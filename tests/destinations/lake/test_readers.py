"""What other engines read of a lake, beside what leadingest itself says is in it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from leadingest.destinations.lake import removal
from leadingest.destinations.lake.athena import create_statements
from leadingest.destinations.lake.delta import DeltaReadersTable
from leadingest.errors import DestinationError
from leadingest.tables.load_table import read_load_table
from tests.destinations.lake.athena_in_duckdb import AthenaInDuckDB
from tests.destinations.lake.made_up_lake import by_deltalake
from tests.destinations.made_up import NOON, MadeUpLoads, invalid_of, leads_of, rejects_of

SHIPPED = Path(__file__).parents[3] / "ddl/lead_sources.yaml"
IN_ORDER = ("source_name", "source_record_number")


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[MadeUpLoads]:
    """An empty lake of the load table that is shipped, which other engines can read."""
    loads = MadeUpLoads(f"lake:///{tmp_path / 'lake'}", read_load_table(SHIPPED))
    loads.destination.prepare()
    yield loads
    loads.destination.close()


def folder_of(lake: MadeUpLoads) -> Path:
    return Path(lake.url.removeprefix("lake:///"))


def leads(chance: random.Random) -> list[dict[str, Any]]:
    """Leads with a value of every type, that share phones under several names, with and without numbers of their own."""
    return [
        {
            "company": chance.choice(["OAK TREE", "ELM STREET", "ASH", "Zoë's 日本"]),
            "phone": chance.choice([None, "7022003000", "7022003001", "7022003002", "7022003003"]),
            "license_number": chance.choice([None, "A1", "A2", "A3"]),
            "state": chance.choice(["NV", "CA", None]),
            "capacity": chance.choice([None, 12]),
            "accepts_financial_aid": chance.choice([None, True, False]),
            "license_issued": chance.choice([None, NOON.date()]),
            "filled_fields": chance.choice([3, 4, 5]),
        }
        for _ in range(40)
    ]


def fill(lake: MadeUpLoads) -> Iterator[None]:
    """Load, hold, approve and roll back three sources; a step after each change of what is published."""
    chance = random.Random(11)
    for time in range(3):
        for source in ("acme", "beta", "gamma"):
            extracted = NOON + timedelta(hours=chance.choice([0, 1, time]))
            lake.load(*leads(chance), source=source, extract_time=extracted)
            yield
    held = lake.load(*leads(chance), source="acme", held_because="too few")
    lake.destination.ledger.approve(held)
    yield
    lake.load(*leads(chance), source="beta", held_because="too few")
    lake.destination.ledger.rollback("gamma")
    yield


def as_leadingest_says(lake: MadeUpLoads) -> pl.DataFrame:
    integers = pl.selectors.integer().cast(pl.Int64)
    return lake.destination.leads.rows().with_columns(integers)


def as_athena_says(answer: pl.DataFrame) -> pl.DataFrame:
    return answer.drop("name_hash").sort(IN_ORDER)


def test_athena_says_exactly_what_leadingest_says(lake: MadeUpLoads) -> None:
    for _ in fill(lake):
        pass
    expected = as_leadingest_says(lake)
    assert 0 < expected.height < 120
    athena = AthenaInDuckDB(create_statements(lake.table, str(folder_of(lake))))
    assert_frame_equal(as_athena_says(athena.query("SELECT * FROM vw_lead_sources")), expected)


def replay_the_reject(lake: MadeUpLoads, load_id: int) -> None:
    """Its reject becomes a lead."""
    with lake.destination.ledger.claim("acme") as claim, claim.replay(load_id) as replay:
        [rejects] = lake.destination.diagnostics.rejects(load_id)
        lead = leads_of(lake.table, {"company": "REPLAYED", "record_number": 2})
        replay.write(instead_of=rejects, leads=lead, rejects=rejects_of(), invalid_values=invalid_of())
        replay.finish(filtered=0)


def test_the_leads_of_any_day_can_be_asked_for(lake: MadeUpLoads, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = [as_leadingest_says(lake) for _ in fill(lake)]
    rejected = lake.load({"company": "A"}, rejects=rejects_of((2, 3, None, "x", "x", "x")))
    shown.append(as_leadingest_says(lake))
    replay_the_reject(lake, rejected)
    shown.append(as_leadingest_says(lake))
    monkeypatch.setattr(removal, "KEPT_FOR", timedelta(0))
    with lake.destination.ledger.claim("acme"):
        pass  # what is no longer needed is removed
    ledgers = (folder_of(lake) / "lead_sources/ledger").glob("*.json")
    documents = [json.loads(ledger.read_text()) for ledger in ledgers]
    times = sorted(each["since"] for document in documents for each in document["publications"])
    assert len(times) == len(shown)
    statements = create_statements(lake.table, str(folder_of(lake)))
    athena = AthenaInDuckDB(statements)
    the_query_of_the_view = statements[1].partition(" AS\n")[2]
    for time, expected in zip(times, shown, strict=True):
        moment = f"TIMESTAMP '{time[:-1].replace('T', ' ')}'"
        of_that_day = f"""
            WITH lead_sources AS (
                SELECT * FROM vw_lead_sources_history
                WHERE published_from <= {moment} AND COALESCE(published_until > {moment}, TRUE)
            )
        """
        assert_frame_equal(as_athena_says(athena.query(of_that_day + the_query_of_the_view)), expected)


def test_a_source_that_never_published_is_no_trouble(lake: MadeUpLoads) -> None:
    lake.load({"company": "A"}, source="acme")
    lake.load({"company": "B"}, source="beta", held_because="too few")
    athena = AthenaInDuckDB(create_statements(lake.table, str(folder_of(lake))))
    assert athena.query("SELECT company FROM vw_lead_sources").rows() == [("A",)]
    assert athena.query("SELECT company FROM vw_lead_sources_history").rows() == [("A",)]


def test_nothing_is_removed_that_engines_are_still_shown(
    lake: MadeUpLoads, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise DestinationError("out of order")

    first = lake.load({"company": "A"})
    shown = folder_of(lake) / f"lead_sources/leads/acme/{first}/part.parquet"
    monkeypatch.setattr(removal, "KEPT_FOR", timedelta(0))
    with monkeypatch.context() as broken:
        broken.setattr(DeltaReadersTable, "reconcile", fail)
        second = lake.load({"company": "B"})
        assert [row.load_id for row in lake.destination.ledger.prune(keep=1)] == [first]
        assert by_deltalake(folder_of(lake) / "lead_sources/leads") == [f"acme/{first}/part.parquet"]
        assert shown.exists()
    lake.destination.ledger.prune(keep=1)
    assert by_deltalake(folder_of(lake) / "lead_sources/leads") == [f"acme/{second}/part.parquet"]
    assert not shown.exists()
