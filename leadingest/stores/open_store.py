"""A location → the store that keeps files there, or the one file; a client is imported only for a URL."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import BinaryIO

from leadingest.outputs.whole_file import output_file
from leadingest.stores.folder import FolderStore
from leadingest.stores.location import Location, ObjectUrl
from leadingest.stores.store import Store


def open_store(root: Location) -> Store:
    """The store at the location. Raises ConfigurationError where what a URL needs is not installed."""
    if isinstance(root, ObjectUrl):
        from leadingest.stores.objects import ObjectStore

        return ObjectStore(root)
    return FolderStore(root)


def exists(file: Location) -> bool:
    """Whether there is such a file or object."""
    return open_store(file.parent).holds(file.name) if isinstance(file, ObjectUrl) else file.exists()


def read_file(file: Location) -> bytes:
    """The content of a small file. Raises OSError, of which FileNotFoundError is one, or StoreError."""
    return (
        open_store(file.parent).read(file.name).content if isinstance(file, ObjectUrl) else file.read_bytes()
    )


def output_to(file: Location) -> AbstractContextManager[BinaryIO]:
    """A file to write in the block, which can be read there, too; it is there whole, or not at all.

    Raises LeadingestError, in words, where it cannot be written.
    """
    return open_store(file.parent).written(file.name) if isinstance(file, ObjectUrl) else output_file(file)
