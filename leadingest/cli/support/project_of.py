"""The project that the settings describe."""

from __future__ import annotations

from leadingest.ingest.mapping_index import MappingIndex
from leadingest.settings import Settings


def project_of(settings: Settings) -> MappingIndex:
    """The project whose folders, fallback encoding and guards the settings name."""
    return MappingIndex(settings.mappings, settings.ddl, settings.fallback_encoding, settings.guards)
