"""Write a report of several pages into a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from leadingest.errors import ConfigurationError
from leadingest.outputs.whole_file import whole_file

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
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as file:
        file.write(content)
    return len(content)


def _is_ours(path: Path) -> bool:
    with path.open("rb") as opened:
        return _OURS in opened.read(_HEAD)
