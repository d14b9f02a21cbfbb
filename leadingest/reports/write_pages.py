"""Write a report of several pages into a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile

from leadingest.errors import ConfigurationError

#: By this a page is known as one of ours, which may be removed.
_OURS = b'<meta name="generator" content="leadingest report">'
_HEAD = 1000


def write_pages(folder: Path, pages: Iterable[tuple[str, str]]) -> int:
    """Write each page whole or not at all, and remove those of an earlier report that there are no more.

    `pages` come with their names relative to the folder, the one that leads to the others last. Gives the bytes
    written. Raises ConfigurationError where the folder cannot be written to.
    """
    written: dict[Path, int] = {}
    try:
        for name, text in pages:
            written[folder / name] = _write(folder / name, text.encode())
        for old in {path for page in written for path in page.parent.glob("*.html")} - written.keys():
            if _is_ours(old):
                old.unlink()
    except OSError as error:
        raise ConfigurationError(
            f"the report cannot be written to {folder}: {error.strerror or error}",
            hint="name another folder with --out, or give yourself the right to write there",
        ) from error
    return sum(written.values())


def _write(path: Path, content: bytes) -> int:
    """Beside the file first, so that nobody meets half a page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as opened:
        part = Path(opened.name)
        try:
            opened.write(content)
            opened.flush()
            os.fchmod(opened.fileno(), 0o666 & ~_umask())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return len(content)


def _umask() -> int:
    """What the user takes away from the rights of new files; it can only be read by setting it."""
    umask = os.umask(0o077)
    os.umask(umask)
    return umask


def _is_ours(path: Path) -> bool:
    with path.open("rb") as opened:
        return _OURS in opened.read(_HEAD)
