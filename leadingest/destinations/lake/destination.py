"""A load table in a lake: Parquet files and ledgers in a folder or in object storage, without a database."""

from __future__ import annotations

from secrets import token_hex
from typing import Final

from leadingest import __version__
from leadingest.destinations.lake.athena import AthenaTables
from leadingest.destinations.lake.copies import LakeCopies
from leadingest.destinations.lake.diagnostics import LakeDiagnostics
from leadingest.destinations.lake.exports import LakeExports
from leadingest.destinations.lake.files import LakeFiles
from leadingest.destinations.lake.lake import Lake
from leadingest.destinations.lake.layout import MARK
from leadingest.destinations.lake.leads import LakeLeads
from leadingest.destinations.lake.ledger import LakeLedger
from leadingest.destinations.lake.state import FORMAT, Record, parsed
from leadingest.errors import DestinationSetupError, StoreConflictError
from leadingest.stores.store import Store
from leadingest.tables.load_table import LoadTable


class Mark(Record):
    """What `lake.json` says."""

    format: int
    made_by: str


class LakeDestination:
    """A load table in a store; nothing is asked of it before one of the roles is."""

    def __init__(self, store: Store, table: LoadTable) -> None:
        self._lake = lake = Lake(store, table)
        self.ledger = LakeLedger(lake)
        self.leads = LakeLeads(lake)
        self.diagnostics = LakeDiagnostics(lake)
        self.exports = LakeExports(lake)
        self.sql_tables = AthenaTables(table, lake.files.url, lake.readers.columns)
        self.engine_table = lake.readers
        self.copies = LakeCopies(lake)

    def prepare(self) -> None:
        """Make it a lake where there is nothing yet.

        Raises DestinationSetupError for a place that holds something else, a lake of a later version, and a store that
        does not write on a condition.
        """
        files = self._lake.files
        held = files.read(MARK)
        if held is None:
            self._make()
        else:
            parsed(Mark, held.content, files.at(MARK))

    def close(self) -> None:
        """There is nothing to let go of."""

    def _make(self) -> None:
        files = self._lake.files
        others = [each.key for each in files.listed(most=_LOOKED_AT) if not each.key.startswith(_TRIAL)]
        if others and files.read(MARK) is None:
            raise DestinationSetupError(
                f"{files.url} holds something else, such as {others[0]}, and is no lake",
                hint="name an empty folder or prefix for the lake",
            )
        self._try_conditions()
        try:
            files.put(
                MARK,
                Mark(format=FORMAT, made_by=f"leadingest {__version__}").model_dump_json().encode(),
                replacing=None,
            )
        except StoreConflictError:
            # Another first run was faster.
            self.prepare()

    def _try_conditions(self) -> None:
        """Refuse a store that writes although a condition does not hold: there two loads could both be published."""
        files, key = self._lake.files, f"{_TRIAL}{token_hex(8)}.json"
        tag = files.put(key, b"1", replacing=None)
        try:
            files.put(key, b"2", replacing=tag)
            for condition in (None, tag):
                try:
                    files.put(key, b"3", replacing=condition)
                except StoreConflictError:
                    continue
                raise DestinationSetupError(
                    f"{files.url}: this store ignores the condition of a write, so a lake would not be safe there",
                    hint="use one that keeps If-None-Match and If-Match, such as Amazon S3 or MinIO, or a folder",
                )
        finally:
            files.delete([key])


def is_lake(store: Store) -> bool:
    """Whether there is a lake in the store already."""
    return LakeFiles(store).read(MARK) is not None


#: Objects that are looked at to tell that a place is not empty; more than first runs at once leave there.
_LOOKED_AT: Final = 100
#: What objects are called by which a store is tried.
_TRIAL: Final = "_trial-"
