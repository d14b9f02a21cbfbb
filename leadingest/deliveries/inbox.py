"""The folder where deliveries arrive, and which mappings take its files: one that two take is a delivery of neither."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from typing import Final

from leadingest.deliveries.delivery import refuse_irregular
from leadingest.documents.nearest import listed
from leadingest.errors import DeliveryError
from leadingest.mapping.sibling import Sibling

#: Files still being written, or kept by an editor for itself.
_NOT_YET: Final = (".*", "~$*", "*.part", "*.tmp")


@dataclass(frozen=True)
class _Match:
    """Something in the inbox that is named like a delivery."""

    path: Path
    info: os.stat_result
    #: What is the matter with it as a link.
    refused: DeliveryError | None = None

    @property
    def rank(self) -> tuple[float, str, str]:
        return (-self.info.st_mtime, self.path.name, str(self.path))

    @property
    def folder(self) -> bool:
        return self.refused is None and stat.S_ISDIR(self.info.st_mode)


def find_deliveries(inbox: Path, patterns: Sequence[str], *, follow_links: bool = False) -> list[Path]:
    """The files under `inbox` that match one of the globs: the one changed last first, then by name.

    Hidden and unfinished files (`.x`, `~$x`, `*.part`, `*.tmp`) are not deliveries, nor is anything in a
    hidden folder or above the inbox. No inbox, no deliveries.

    Raises DeliveryError when the newest that is named like a delivery is no file: a link that leads out of
    the inbox (`follow_links` allows it) or nowhere, a pipe, a device; or when there is nothing but a folder.
    """
    root = inbox.resolve()
    paths = files_named_like(inbox, patterns)
    matches = sorted(_looked_at(paths, root, follow_links), key=lambda match: match.rank)
    # A folder is only told of where there is nothing else.
    matches = [match for match in matches if not match.folder] or matches[:1]
    for match in matches[:1]:
        if match.refused:
            raise match.refused
        refuse_irregular(match.info.st_mode, match.path.name)
    return [match.path for match in matches if not match.refused and stat.S_ISREG(match.info.st_mode)]


def files_named_like(inbox: Path, patterns: Iterable[str]) -> set[Path]:
    """What under `inbox` is named like a delivery that one of the globs takes, whatever it is.

    Raises DeliveryError where the folder may not be looked into.
    """
    root = inbox.resolve()
    if not _is_there(root, inbox):
        return set()
    return {path for pattern in patterns for path in _named_like_one(root, pattern)}


def _is_there(root: Path, inbox: Path) -> bool:
    try:
        # A glob of a folder that may not be read finds nothing, without a word.
        os.scandir(root).close()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except PermissionError as error:
        raise DeliveryError(
            f"no permission to read the inbox {inbox}",
            hint="give this user permission to read the folder",
        ) from error
    return True


def _named_like_one(root: Path, pattern: str) -> Iterator[Path]:
    """What matches the pattern; of folders only those that end like it: `acme/*` does not mean `acme/old`."""
    ending = Path(pattern).suffix
    for path in root.glob(pattern):
        parts = path.relative_to(root).parts
        hidden = ".." in parts or any(part.startswith(".") for part in parts)
        unfinished = not parts or any(fnmatch(parts[-1].lower(), mask) for mask in _NOT_YET)
        if not hidden and not unfinished and (not path.is_dir() or path.suffix == ending != ""):
            yield path


def _looked_at(paths: set[Path], root: Path, follow_links: bool) -> Iterator[_Match]:
    for path in paths:
        target = Path(os.path.realpath(path))
        try:
            if follow_links or target.is_relative_to(root):
                yield _Match(path, path.stat())
            else:
                yield _Match(path, path.lstat(), _leading_out(path, target))
        except OSError:
            if path.is_symlink():
                yield _Match(path, path.lstat(), _leading_nowhere(path))
            # Else it has gone since the folder was read.


def _leading_out(path: Path, target: Path) -> DeliveryError:
    return DeliveryError(
        f"{path.name}: a link leads out of the inbox, to {target}",
        hint="put the file itself in the inbox, or allow links in the delivery section of the mapping: links: follow",
    )


def _leading_nowhere(path: Path) -> DeliveryError:
    return DeliveryError(
        f"{path.name}: this link to {path.readlink()} is broken",
        hint="put the file itself in the inbox",
    )


class Takers:
    """The mappings of a folder and the files of an inbox, both looked at when it is first asked."""

    def __init__(self, mappings: Callable[[], Iterable[Sibling]], inbox: Path) -> None:
        self._mappings, self._inbox = mappings, inbox

    def others(self, file: Path, mapping: Path) -> tuple[Sibling, ...]:
        """The mappings that take the file beside the one in the file `mapping`."""
        return tuple(each for each in self._of_file.get(file, ()) if each.path != mapping)

    @property
    def share(self) -> bool:
        """Whether there is a file that several of the mappings take."""
        return any(len(several) > 1 for several in self._of_file.values())

    @cached_property
    def _of_file(self) -> dict[Path, list[Sibling]]:
        found: dict[Path, list[Sibling]] = {}
        for each in self._mappings():
            for file in files_named_like(self._inbox, [pattern for pattern, _ in each.match]):
                found.setdefault(file, []).append(each)
        return found


def also_taken(file: str, others: Iterable[Sibling]) -> str:
    """What is wrong with the file: the sources of the other mappings, and what each of them takes."""
    takers = (
        f"{each.source[0] if each.source else each.path.name} ({', '.join(glob for glob, _ in each.match)})"
        for each in others
    )
    return f"{file} is also a delivery of {listed(takers, last='and')}"
