"""Loads with rows of every kind, and which loads have rows."""

from __future__ import annotations

from tests.destinations.made_up import MadeUpLoads, invalid_of, rejects_of
from tests.loaded_tables import read

TABLES = ("made_up", "load_rejects", "load_invalid_values", "load_profiles")


def full_load(loads: MadeUpLoads, company: str, source: str = "acme") -> int:
    """A load with rows in every table."""
    return loads.load(
        {"company": company},
        rejects=rejects_of((2, 3, None, "x", "x", "x")),
        invalid_values=invalid_of((1, "phone", "Phone", "phone", "?")),
        source=source,
    )


def held_loads(loads: MadeUpLoads) -> dict[str, set[int]]:
    """The loads that each table has rows of."""
    return {
        table: {row["load_id"] for row in read(loads.url, f"SELECT load_id FROM {table}")} for table in TABLES
    }
