"""Files of a project that are copies of what lies elsewhere: messages name what they are copies of."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Final

#: The folders with copies, and the address that each is a copy of.
_COPIES: Final[dict[Path, str]] = {}
#: Files that could not be copied, and why. An empty file stands for each.
_REFUSED: Final[dict[Path, str]] = {}


def note_copies(folder: Path, address: str) -> None:
    """From now on the folder is known as a copy of what lies at the address."""
    _COPIES[folder] = address


def forget_copies(folder: Path) -> None:
    """The folder is no copy any more."""
    _COPIES.pop(folder, None)
    for path in [path for path in _REFUSED if path.is_relative_to(folder)]:
        del _REFUSED[path]


def note_refused(path: Path, why: str) -> None:
    """Whoever reads the file is told why there is none; "" where it was copied in the end."""
    if why:
        _REFUSED[path] = why
    else:
        _REFUSED.pop(path, None)


def refused(path: Path) -> str:
    """Why the file could not be copied; "" where it was, or is no copy."""
    return _REFUSED.get(path, "")


def name_of(path: Path) -> str:
    """What the file is called: the address of what it is a copy of, else its path."""
    for folder, address in _COPIES.items():
        if path.is_relative_to(folder):
            return f"{address}/{path.relative_to(folder).as_posix()}".removesuffix("/.")
    return str(path)


def path_of(name: str) -> Path:
    """Where the file is that `name_of` gave this name."""
    for folder, address in _COPIES.items():
        if name.startswith(f"{address}/"):
            return folder / name.removeprefix(f"{address}/")
    return Path(name)


def name_beside(name: str, other: PurePath) -> str:
    """What a file is called that lies at the relative path `other`, seen from the folder of the one of this name."""
    if "://" in name:
        return f"{name.rpartition('/')[0]}/{other.as_posix()}"
    return str(Path(name).parent / other)
