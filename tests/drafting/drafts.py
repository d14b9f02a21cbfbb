"""Drafts of made-up files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from leadingest.deliveries.delivery import fingerprint
from leadingest.drafting.draft_mapping import Draft, draft_mapping
from leadingest.drafting.draft_text import draft_text
from leadingest.tables.load_table import LoadTable, read_load_table

ROOT = Path(__file__).parents[2]
DDL = ROOT / "ddl"
TODAY = date(2026, 3, 1)


def lead_sources() -> LoadTable:
    """The shipped load table."""
    return read_load_table(DDL / "lead_sources.yaml")


def drafted(
    folder: Path, content: str | bytes, *, name: str = "acme.csv", table: str = "lead_sources"
) -> Draft:
    """The draft of a file with this content, for the source acme, into one of the shipped load tables."""
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    tables = {path.stem: read_load_table(path) for path in sorted(DDL.glob("*.yaml"))}
    return draft_mapping(
        fingerprint(file), source="acme", table=tables[table], today=TODAY, tables=tables.values()
    )


def document(draft: Draft) -> dict[str, object]:
    """What the mapping says, as YAML is commonly read."""
    loaded: dict[str, object] = yaml.safe_load(draft_text(draft))
    return loaded


def fields(draft: Draft) -> dict[str, object]:
    """The entries of the mapping."""
    found = document(draft)["fields"]
    assert isinstance(found, dict)
    return found
