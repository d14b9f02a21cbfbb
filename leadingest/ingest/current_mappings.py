"""The mappings of a project for a program that goes on: read once, and again only when one of their files has changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock

from leadingest.ingest.mapping_index import MappingIndex

#: A file, and what is another number once it is another file or has another content.
_Seen = tuple[str, int, int, int]


class CurrentMappings:
    """Gives the same index as long as the folders of the mappings and of the load tables stay as they are.

    Whoever has been given one may go on with it: an index is of one moment. For several threads.
    """

    def __init__(self, index: MappingIndex, refresh: Callable[[], None]) -> None:
        """`refresh` brings the folders up to date, where they are copies of what lies elsewhere."""
        self._index, self._refresh, self._turn = index, refresh, Lock()
        self._seen: list[_Seen] | None = None

    def index(self) -> MappingIndex:
        """The index of the folders as they are now. Raises StoreError where they cannot be brought up to date."""
        with self._turn:
            self._refresh()
            seen = sorted(_files_below(self._index.mappings, self._index.ddl))
            if self._seen not in (None, seen):
                self._index = self._index.reread()
            self._seen = seen
            return self._index


def _files_below(*folders: Path) -> Iterator[_Seen]:
    """Every file below the folders: a mapping may extend others, and look values up in files beside it."""
    for folder in folders:
        for place, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(place, name)
                try:
                    info = os.stat(path)
                except OSError:
                    # It went away meanwhile, or is a link that leads nowhere.
                    continue
                yield path, info.st_ino, info.st_size, info.st_mtime_ns
