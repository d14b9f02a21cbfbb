"""The keys of published leads are kept, so that a load reads nothing of other sources; what is kept decides nothing.

That the answers are right whatever becomes of what is kept, `test_model` shows.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import polars as pl
import pytest

from leadingest.destinations.lake.layout import LakeLayout
from leadingest.destinations.leads import HiddenLeads, LeadInFront
from leadingest.errors import DestinationError
from leadingest.stores.folder import FolderStore
from leadingest.stores.store import Listed
from leadingest.tables.load_table import LoadTable
from tests.destinations.lake.watched_store import KilledError, WatchedLoads

OTHERS = ("beta", "gamma", "delta")


def leads(*phones: str | None) -> list[dict[str, Any]]:
    """A lead of each phone, which is its key."""
    return [{"company": "Oak", "phone": phone} for phone in phones]


@pytest.fixture
def loads(lake_url: str, table: LoadTable) -> WatchedLoads:
    """A lake of four sources, of which the first two have a lead in common; no keys are kept."""
    made_up = WatchedLoads(lake_url, table)
    made_up.destination.prepare()
    made_up.load(*leads("+acme", "+common", None))
    for source in OTHERS:
        made_up.load(*leads(f"+{source}", "+common" if source == "beta" else None), source=source)
    return made_up


def of_others(loads: WatchedLoads) -> set[str]:
    """What was read of other sources than the first: `beta/7/part.parquet`, `beta.json`."""
    read = {key.partition("/")[2].partition("/")[2] for key in loads.store.reads}
    return {key for key in read if key.startswith(OTHERS)}


def read_by_one_more(loads: WatchedLoads, *phones: str) -> set[str]:
    """What another process reads of other sources when it loads these leads, and asks which of them are hidden."""
    process = WatchedLoads(loads.url, loads.table)
    load_id = process.load(*leads(*phones))
    process.store.reads.clear()
    process.destination.leads.hidden(load_id)
    return of_others(process)


def test_what_is_kept_is_not_read_again(loads: WatchedLoads) -> None:
    everything = {f"{source}.json" for source in OTHERS} | {
        f"{source}/{load_id}/part.parquet" for load_id, source in enumerate(OTHERS, 2)
    }
    assert read_by_one_more(loads, "+acme") == everything
    assert read_by_one_more(loads, "+acme") == set()
    assert read_by_one_more(loads, "+common") == {"beta/2/part.parquet"}


def test_only_what_has_changed_is_read_again(loads: WatchedLoads) -> None:
    read_by_one_more(loads, "+acme")
    loads.load(*leads("+new"), source="gamma")
    # Its ledger is another one now, and what it publishes is not.
    loads.load(*leads("+new"), source="delta", held_because="to be looked at")
    assert read_by_one_more(loads, "+acme") == {"gamma.json", "gamma/6/part.parquet", "delta.json"}


def test_a_lead_behind_one_of_a_source_that_was_not_read_is_told(loads: WatchedLoads) -> None:
    for _ in range(2):
        load_id = loads.load(*leads("+acme", "+common"), source="zeta")
        hidden = HiddenLeads(2, (LeadInFront("acme", 1, 1), LeadInFront("acme", 2, 1)))
        assert loads.destination.leads.hidden(load_id) == hidden


def test_of_a_source_without_a_ledger_nothing_is_shown(loads: WatchedLoads) -> None:
    read_by_one_more(loads, "+acme")
    loads.store.delete([LakeLayout(loads.table.name).ledger("gamma")])
    assert loads.destination.leads.rows()["source_name"].unique().sort().to_list() == [
        "acme",
        "beta",
        "delta",
    ]


def test_a_store_that_gives_no_marks_is_read_as_a_whole(
    loads: WatchedLoads, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = FolderStore.found

    def without_mark(store: FolderStore, key: str) -> Listed | None:
        listed = found(store, key)
        return listed._replace(mark="") if listed else None

    monkeypatch.setattr(FolderStore, "found", without_mark)
    for _ in range(2):
        assert len(read_by_one_more(loads, "+acme")) == 2 * len(OTHERS)


def test_who_only_reads_leads_writes_nothing(loads: WatchedLoads) -> None:
    before = loads.store.writes
    assert loads.destination.leads.rows(source="beta")["phone"].to_list() == ["+beta"]
    assert loads.store.writes == before


def _with_other_columns() -> bytes:
    content = BytesIO()
    pl.DataFrame({"ledger": ["made_up/ledger/beta.json"], "mark": ["1"]}).write_ipc(content)
    return content.getvalue()


@pytest.mark.parametrize("content", [b"", b"no keys", _with_other_columns()])
def test_what_somebody_else_put_there_is_made_anew(loads: WatchedLoads, content: bytes) -> None:
    read_by_one_more(loads, "+acme")
    loads.store.put(LakeLayout(loads.table.name).published_keys, content)
    assert len(read_by_one_more(loads, "+acme")) == 2 * len(OTHERS)
    assert read_by_one_more(loads, "+acme") == set()


def test_a_load_ends_well_where_its_keys_cannot_be_kept(loads: WatchedLoads) -> None:
    def refuse(_: str) -> None:
        raise DestinationError("the disk is full")

    load_id = loads.load(*leads("+acme", "+common"), source="zeta")
    loads.store.before = refuse
    assert loads.destination.leads.hidden(load_id).number == 2


def test_a_process_that_dies_while_it_keeps_them_does_no_harm(loads: WatchedLoads) -> None:
    load_id = loads.load(*leads("+acme", "+common"), source="zeta")
    process = WatchedLoads(loads.url, loads.table)
    process.store.die_at(1, done=False)
    with pytest.raises(KilledError):
        process.destination.leads.hidden(load_id)
    assert loads.destination.leads.hidden(load_id).number == 2
