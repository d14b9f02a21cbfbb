"""The folder where deliveries arrive."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

#: Files still being written, or kept by an editor for itself.
_NOT_YET: Final = (".*", "~$*", "*.part", "*.tmp")


def find_deliveries(inbox: Path, patterns: Sequence[str]) -> list[Path]:
    """The files under `inbox` that match one of the globs: the one changed last first, then by name.

    Hidden and unfinished files (`.x`, `~$x`, `*.part`, `*.tmp`) are not deliveries, nor is anything in a
    hidden folder or anything that a link or pattern reaches outside the inbox. No inbox, no deliveries.
    """
    root = inbox.resolve()
    found: dict[Path, float] = {}
    for pattern in patterns:
        for path in _matches(root, pattern):
            found[path] = path.stat().st_mtime
    return sorted(found, key=lambda path: (-found[path], path.name, str(path)))


def _matches(root: Path, pattern: str) -> Iterator[Path]:
    for path in root.glob(pattern):
        parts = path.relative_to(root).parts
        unfinished = any(fnmatch(parts[-1].lower(), mask) for mask in _NOT_YET) if parts else True
        hidden = ".." in parts or any(part.startswith(".") for part in parts)
        if not (unfinished or hidden) and path.is_file() and path.resolve().is_relative_to(root):
            yield path
