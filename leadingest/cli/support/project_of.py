"""The project that the settings describe."""

from __future__ import annotations

from leadingest.ingest.project import Project
from leadingest.settings import Settings


def project_of(settings: Settings) -> Project:
    """The project whose folders, fallback encoding and guards the settings name."""
    return Project(settings.mappings, settings.ddl, settings.fallback_encoding, settings.guards)
