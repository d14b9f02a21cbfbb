"""YAML files that are read once, however often they are asked for."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from leadingest.documents.read_yaml import read_document
from leadingest.documents.yaml_document import Document
from leadingest.errors import ConfigurationError


class DocumentCache:
    """Reads each file as it is when it is first asked for; for several threads."""

    def __init__(self) -> None:
        self._found: dict[tuple[Path, str], Document | ConfigurationError] = {}
        self._lock = Lock()

    def read(self, path: Path, *, shown_as: str | None = None) -> Document:
        """As `read_document`; what it raises is raised each time."""
        place = (path.absolute(), shown_as or str(path))
        with self._lock:
            if place not in self._found:
                try:
                    self._found[place] = read_document(path, shown_as=shown_as)
                except ConfigurationError as error:
                    self._found[place] = error
            found = self._found[place]
        if isinstance(found, ConfigurationError):
            raise found.with_traceback(None)
        return found
