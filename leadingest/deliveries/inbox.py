"""The folder where deliveries arrive."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from leadingest.deliveries.delivery import refuse_irregular
from leadingest.errors import DeliveryError

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
