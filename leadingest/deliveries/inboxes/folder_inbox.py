"""The folder where deliveries arrive, and which mappings take its files: one that two take is a delivery of neither."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from leadingest.deliveries.delivery import Delivery, fingerprint, modified, refuse_irregular
from leadingest.deliveries.inboxes.inbox import Arrival, Inbox, is_hidden_or_unfinished
from leadingest.errors import DeliveryError
from leadingest.stores.location import Location


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
    def arrival(self) -> Arrival:
        """The file, once it is known to be one."""
        try:
            return Arrival(self.path, modified(self.info, self.path.name))
        except DeliveryError:
            return Arrival(self.path, None)

    @property
    def folder(self) -> bool:
        return self.refused is None and stat.S_ISDIR(self.info.st_mode)


class FolderInbox(Inbox):
    """The files below a folder."""

    place: Path

    def __init__(self, place: Path) -> None:
        self.place = place

    def arrivals(self, patterns: Sequence[str], *, follow_links: bool = False) -> list[Arrival]:
        """A link that leads out of the inbox, where `follow_links` does not allow it, or nowhere, a pipe or a device
        is refused when it is the newest; a folder only where there is nothing else.
        """
        root = self.place.resolve()
        matches = sorted(_looked_at(self._paths(patterns), root, follow_links), key=lambda match: match.rank)
        # A folder is only told of where there is nothing else.
        matches = [match for match in matches if not match.folder] or matches[:1]
        for match in matches[:1]:
            if match.refused:
                raise match.refused
            refuse_irregular(match.info.st_mode, match.path.name)
        return [match.arrival for match in matches if not match.refused and stat.S_ISREG(match.info.st_mode)]

    def named_like(self, patterns: Iterable[str]) -> set[Location]:
        """Raises DeliveryError where the folder may not be looked into."""
        return {*self._paths(patterns)}

    def _paths(self, patterns: Iterable[str]) -> set[Path]:
        root = self.place.resolve()
        if not _is_there(root, self.place):
            return set()
        return {path for pattern in patterns for path in _named_like_one(root, pattern)}

    @contextmanager
    def opened(self, arrival: Arrival) -> Iterator[Delivery]:
        yield fingerprint(Path(str(arrival.place)))


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
        passed_over = is_hidden_or_unfinished(path.relative_to(root).parts)
        if not passed_over and (not path.is_dir() or path.suffix == ending != ""):
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
