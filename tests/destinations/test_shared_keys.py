"""Tests of leadingest.destinations.shared_keys: what one source shows of a key goes for the view as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.destinations.leads import HiddenLeads, LeadInFront
from leadingest.destinations.shared_keys import SharedKeys
from leadingest.destinations.shown import with_shown
from leadingest.tables import rows_by_key
from leadingest.tables.load_table import LoadTable, read_load_table
from tests.destinations.made_up import (
    KENNELS,
    NOON,
    MadeUpLoads,
    invalid_of,
    kennel,
    leads_of,
    rejects_of,
)
from tests.searched import examples

NUMBERS = ("permit", "office_id", "row_id")


@pytest.fixture(name="kennels")
def _kennels(destination_url: str, tmp_path: Path) -> Iterator[MadeUpLoads]:
    """Loads into a table with an identity that tells leads apart."""
    path = tmp_path / "kennels.yaml"
    path.write_text(KENNELS)
    loads = MadeUpLoads(destination_url, read_load_table(path))
    loads.destination.prepare()
    yield loads
    loads.destination.close()


def shown(loads: MadeUpLoads) -> list[tuple[str, int]]:
    return [
        (source, number)
        for source, number in loads.destination.leads.rows()
        .select("source_name", "source_record_number")
        .rows()
    ]


A_LEAD = st.fixed_dictionaries(
    {
        # The first two are one name.
        "trade_name": st.sampled_from(["Paws & Co.", "PAWS CO", "Claws", "Tails", None]),
        "lead_key": st.sampled_from(["k1", "k2", None]),
        "permit": st.sampled_from(["A-1", "a 1", "B", None]),
        "office_id": st.sampled_from([1, 2, None]),
        "row_id": st.sampled_from(["x", "y", None]),
        "filled_fields": st.integers(1, 2),
    }
)
DELIVERIES = st.tuples(
    *[st.tuples(st.sampled_from([NOON, NOON - timedelta(days=1)]), st.lists(A_LEAD, max_size=5))] * 3
)
FOLDED = {"Paws & Co.": "PAWS CO", "Claws": "CLAWS", "Tails": "TAILS", "A-1": "A 1", "a 1": "A 1"}


def differ(one: dict[str, Any], other: dict[str, Any], name: str) -> bool:
    values = [FOLDED.get(each[name], each[name]) for each in (one, other)]
    return None not in values and values[0] != values[1]


def told_apart(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two leads of one source are never one, word for word."""
    return differ(one, other, "trade_name") and any(differ(one, other, name) for name in NUMBERS)


def one_leads(published: dict[str, tuple[Any, list[dict[str, Any]]]]) -> list[list[tuple[Any, ...]]]:
    """The published leads that are one lead each, the best first, by a plain reading of the rule."""
    shared = {
        one["lead_key"]
        for _, leads in published.values()
        for one, other in combinations(leads, 2)
        if one["lead_key"] == other["lead_key"] and told_apart(one, other)
    }
    groups = defaultdict(list)
    for source, (time, leads) in published.items():
        for number, each in enumerate(leads, 1):
            key, name = each["lead_key"], FOLDED.get(each["trade_name"], each["trade_name"])
            alone = (source, number) if key is None or (key in shared and name is None) else None
            one_lead = (key, name if key in shared else None, alone)
            groups[one_lead].append((NOON - time, -each["filled_fields"], source, number))
    return [sorted(group) for group in groups.values()]


@settings(max_examples=examples(250, least=12))
@given(DELIVERIES)
def test_leads_of_one_source_that_are_told_apart_never_stand_behind_one_lead(
    kennels: MadeUpLoads, deliveries: tuple[tuple[Any, list[dict[str, Any]]], ...]
) -> None:
    published = dict(zip(("a", "b", "c"), deliveries, strict=True))
    for source, (time, leads) in published.items():
        kennels.load(*leads, source=source, extract_time=time, key=("row_id",))
    groups = one_leads(published)
    assert shown(kennels) == sorted(group[0][2:] for group in groups)
    for group in groups:
        of_group = [(source, published[source][1][number - 1]) for _, _, source, number in group]
        for (source, one), (of_other, other) in combinations(of_group, 2):
            assert source != of_other or one["lead_key"] is None or not told_apart(one, other)
    assert_told_as_shown(kennels)
    for source in published:
        row = kennels.destination.ledger.published(source)
        hidden = sum(each[2] == source for group in groups for each in group[1:])
        assert row is not None
        assert kennels.destination.leads.hidden(row.load_id).number == hidden


def assert_told_as_shown(loads: MadeUpLoads) -> None:
    """What `duplicates` says of each lead is what the view does."""
    columns = (
        "source_name",
        "source_record_number",
        "source_extract_time",
        "filled_fields",
        "lead_key",
        "name_hash",
    )
    with loads.destination.leads.published() as published:
        ids, shared = [load.load_id for load in published.loads], published.shared_keys()
    leads = pl.concat(each for load_id in ids for each in loads.destination.leads.of_load(load_id, columns))
    shown_leads = with_shown(leads, shared).filter("shown").sort(columns[:2])
    assert shown_leads.select(columns[:2]).rows() == shown(loads)


def test_twenty_firms_behind_one_reception_desk_are_twenty_leads(kennels: MadeUpLoads) -> None:
    kennels.load(*(kennel(f"Firm {number}", permit=f"P{number}") for number in range(20)))
    assert len(shown(kennels)) == 20


def test_one_firm_with_two_permits_is_one_lead(kennels: MadeUpLoads) -> None:
    kennels.load(kennel("Paws & Co.", permit="1"), kennel("PAWS CO", permit="2"))
    assert shown(kennels) == [("acme", 1)]


def test_two_names_with_one_permit_or_without_any_are_one_lead(kennels: MadeUpLoads) -> None:
    kennels.load(
        kennel("Paws", "k1", permit="1"),
        kennel("Claws", "k1", permit="1"),
        kennel("Paws", "k2", permit="1"),
        kennel("Claws", "k2"),
        kennel("Tails", "k2", office_id=7),
    )
    assert shown(kennels) == [("acme", 1), ("acme", 3)]


def test_a_key_of_several_fields_tells_leads_apart_where_all_of_them_are_filled(kennels: MadeUpLoads) -> None:
    kennels.load(
        kennel("Paws", "k1", row_id="1", fax="+1"),
        kennel("Claws", "k1", row_id="1", fax="+2"),
        kennel("Paws", "k2", row_id="1", fax="+1"),
        kennel("Claws", "k2", row_id="2"),
        key=("row_id", "fax"),
    )
    assert shown(kennels) == [("acme", 1), ("acme", 2), ("acme", 3)]


def test_another_source_has_the_same_lead_by_its_name_where_a_key_is_shared(kennels: MadeUpLoads) -> None:
    later = NOON + timedelta(days=1)
    kennels.load(kennel("Paws", permit="1"), kennel("Claws", permit="2"))
    kennels.load(kennel("CLAWS!"), kennel("Tails"), source="beta", extract_time=later)
    assert shown(kennels) == [("acme", 1), ("beta", 1), ("beta", 2)]
    published = kennels.destination.ledger.published("acme")
    assert published is not None
    assert kennels.destination.leads.hidden(published.load_id) == HiddenLeads(1, (LeadInFront("beta", 1, 1),))


def test_the_same_key_in_two_sources_is_one_lead_whatever_its_name(kennels: MadeUpLoads) -> None:
    kennels.load(kennel("Paws", permit="1"))
    kennels.load(kennel("Claws", permit="2"), source="beta")
    assert shown(kennels) == [("acme", 1)]


def test_a_key_that_was_shared_in_an_earlier_load_alone_is_shared_no_more(kennels: MadeUpLoads) -> None:
    first = kennels.load(kennel("Paws", permit="1"), kennel("Claws", permit="2"))
    kennels.load(kennel("Paws", permit="1"))
    kennels.load(kennel("Claws"), source="beta")
    assert shown(kennels) == [("acme", 1)]
    kennels.destination.ledger.rollback("acme", to=first)
    assert shown(kennels) == [("acme", 1), ("acme", 2)]


def test_a_reject_that_becomes_a_lead_may_show_that_a_key_is_shared(kennels: MadeUpLoads) -> None:
    reject = rejects_of((2, 3, None, "short_record", "1 cell instead of 2", "Claws"))
    load_id = kennels.load(kennel("Paws", row_id="1"), rejects=reject, key=("row_id",))
    with kennels.destination.ledger.claim("acme") as claim, claim.replay(load_id, key=("row_id",)) as replay:
        replay.write(
            instead_of=reject,
            leads=leads_of(kennels.table, {"record_number": 2, **kennel("Claws", row_id="2")}),
            rejects=rejects_of(),
            invalid_values=invalid_of(),
        )
        replay.finish(filtered=0)
    assert shown(kennels) == [("acme", 1), ("acme", 2)]


def test_the_leads_in_front_of_most_are_named(kennels: MadeUpLoads) -> None:
    kennels.load(*(kennel("Paws", key) for key in "aaaabbbccdde"))
    row = kennels.destination.ledger.published("acme")
    assert row is not None
    assert kennels.destination.leads.hidden(row.load_id) == HiddenLeads(
        7, (LeadInFront("acme", 1, 3), LeadInFront("acme", 5, 2), LeadInFront("acme", 8, 1))
    )


def test_keys_that_another_load_table_shares_are_not_those_of_this_one(
    kennels: MadeUpLoads, tmp_path: Path
) -> None:
    path = tmp_path / "catteries.yaml"
    path.write_text(KENNELS.replace("kennels", "catteries"))
    catteries = MadeUpLoads(kennels.url, read_load_table(path))
    catteries.destination.prepare()
    catteries.load(kennel("Paws", permit="A"), kennel("Claws", permit="B"))
    kennels.load(kennel("Paws"), kennel("Claws"), kennel("Tails"))
    row = kennels.destination.ledger.published("acme")
    assert row is not None
    assert kennels.destination.leads.hidden(row.load_id) == HiddenLeads(2, (LeadInFront("acme", 1, 2),))
    catteries.destination.close()


def test_what_does_not_fit_into_memory_is_found_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_by_key, "IN_MEMORY", 4)
    path = tmp_path / "kennels.yaml"
    path.write_text(KENNELS)
    table = read_load_table(path)
    gathered = SharedKeys(table.identity.told_apart, [])
    for number in range(10):
        gathered.add(batch(table, number))
    assert sorted(gathered.found()["lead_key"]) == [f"k{key}" for key in range(0, 10, 2)]


LEADS = st.tuples(st.integers(0, 30), st.integers(0, 2), st.integers(0, 2))


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(LEADS, max_size=60), st.integers(1, 70), st.integers(1, 5))
def test_what_is_shared_does_not_hang_on_how_much_fits_into_memory(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[int, int, int]], fit: int, size: int
) -> None:
    path = tmp_path_factory.mktemp("keys") / "kennels.yaml"
    path.write_text(KENNELS)
    table = read_load_table(path)
    expected = {
        f"k{key}"
        for (key, *one), (again, *other) in combinations(made, 2)
        if key == again and one[0] != other[0] and one[1] != other[1]
    }
    gathered = SharedKeys(table.identity.told_apart, [])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rows_by_key, "IN_MEMORY", fit)
        for first in range(0, len(made), size):
            gathered.add(leads_with(table, made[first : first + size]))
        assert sorted(gathered.found()["lead_key"]) == sorted(expected)


def leads_with(table: LoadTable, made: list[tuple[int, int, int]]) -> pl.DataFrame:
    """Leads with the key, the name and the permit of these numbers."""
    leads = pl.DataFrame(
        {
            "lead_key": [f"k{key}" for key, _, _ in made],
            "trade_name": [f"Firm {name}" for _, name, _ in made],
            "permit": [f"P{permit}" for _, _, permit in made],
            "office_id": pl.Series([None] * len(made), dtype=pl.String),
        }
    )
    return leads.with_columns(table.identity.told_apart.name_hashes(leads).alias("name_hash"))


def batch(table: LoadTable, number: int) -> pl.DataFrame:
    """Leads with ten keys; from batch to batch those with an even one have another name and another permit."""
    leads = pl.DataFrame(
        {
            "lead_key": [f"k{key}" for key in range(10)],
            "trade_name": [f"Firm {0 if key % 2 else number}" for key in range(10)],
            "permit": [f"P{number}"] * 10,
            "office_id": [None] * 10,
        }
    )
    return leads.with_columns(table.identity.told_apart.name_hashes(leads).alias("name_hash"))
