"""A copy, on this machine, of the files below a prefix: those of a project, which are read as files."""

from __future__ import annotations

import errno
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import mkdtemp
from typing import Final
from weakref import finalize

from leadingest.documents.copies import forget_copies, note_copies, note_refused, refused
from leadingest.errors import StoreBusyError, StoreError
from leadingest.outputs.whole_file import whole_file
from leadingest.stores.objects import ObjectStore
from leadingest.stores.store import Listed

#: Files that are fetched at a time.
_AT_ONCE: Final = 8
#: What a file system says of a key that cannot be a path there: it is too long, or is a file and a folder.
_NO_PATH: Final = {errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST}


class Mirror:
    """The copy, in a folder that only this user can read, and that goes with the object. Hidden files are left out.

    An object that cannot be read harms only itself: who reads its copy is told why there is none.
    """

    folder: Path

    def __init__(self, store: ObjectStore, *, most: int) -> None:
        """Nothing is fetched yet. Of a file with more than `most` bytes so many are fetched and one more."""
        self._store, self._most = store, most
        self.folder = Path(mkdtemp(prefix="leadingest-project-")).resolve()
        self._marks: dict[str, str] = {}
        note_copies(self.folder, str(store.root))
        finalize(self, _remove, self.folder)

    def refresh(self) -> None:
        """Fetch what has changed since the last time, and remove what is gone.

        Raises StoreError where the bucket cannot be listed or is busy, and where no object may be read.
        """
        there = {each.key: each for each in self._store.listed() if not _hidden(each.key)}
        for key in self._marks.keys() - there.keys():
            self._forget(key)
        changed = [each for each in there.values() if not each.mark or self._marks.get(each.key) != each.mark]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            errors = [error for error in pool.map(self._fetched, changed) if error]
        if errors and len(errors) == len(there):
            raise errors[0]

    def _fetched(self, listed: Listed) -> StoreError | None:
        """Fetch the file; gives why it cannot be read."""
        path, error, content = self.folder / listed.key, None, b""
        try:
            content = self._store.beginning(listed.key, most=self._most + 1)
        except FileNotFoundError:
            self._forget(listed.key)
            return None
        except StoreBusyError:
            raise
        except StoreError as raised:
            error = raised
        why = error.message.removeprefix(f"{self._store.at(listed.key)}: ") if error else ""
        if error and refused(path) == why:
            return error
        note_refused(path, why)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(path) as file:
                file.write(content)
        except OSError as trouble:
            if trouble.errno not in _NO_PATH:
                raise
        # What could not be read is tried again each time: a right may be given without a change of the object.
        self._marks[listed.key] = "" if error else listed.mark
        return error

    def _forget(self, key: str) -> None:
        (self.folder / key).unlink(missing_ok=True)
        note_refused(self.folder / key, "")
        self._marks.pop(key, None)


def _hidden(key: str) -> bool:
    return any(part.startswith(".") for part in key.split("/"))


def _remove(folder: Path) -> None:
    forget_copies(folder)
    shutil.rmtree(folder, ignore_errors=True)
