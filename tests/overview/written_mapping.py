"""A mapping, read from text."""

from __future__ import annotations

from pathlib import Path

from leadingest.mapping.models import Mapping
from leadingest.mapping.read_mapping import read_mapping
from tests.overview.made_up_sources import DDL


def written_mapping(folder: Path, fields: str, rest: str = "") -> Mapping:
    """A mapping with these lines under `fields`, and what follows them."""
    path = folder / "acme.yaml"
    path.write_text(
        f'source: acme\ndelivery: {{match: "acme*.csv", nulls: ["", N/A]}}\nfields:\n{fields}\n{rest}\n'
    )
    return read_mapping(path, ddl=DDL, shown_as="acme.yaml")
