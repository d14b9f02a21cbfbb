"""One load table of a lake, and everything by which its parts reach it."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from leadingest.destinations.lake.delta import DeltaReadersTable
from leadingest.destinations.lake.files import LakeFiles
from leadingest.destinations.lake.kinds import BESIDE, RowKind, leads_kind
from leadingest.destinations.lake.layout import LakeLayout
from leadingest.destinations.lake.ledgers import Ledgers
from leadingest.destinations.lake.numbers import Numbers
from leadingest.destinations.lake.published_keys import KeptKeys
from leadingest.destinations.lake.state import LoadEntry, SourceLedger, StoredFile
from leadingest.stores.store import Store
from leadingest.tables.load_table import LoadTable


class Lake:
    """A load table in a store; nothing is asked of it before one of its parts is.

    Raises DestinationSetupError for a place that other engines could not read.
    """

    def __init__(self, store: Store, table: LoadTable) -> None:
        self.table = table
        self.files = LakeFiles(store)
        self.layout = LakeLayout(table.name)
        self.ledgers = Ledgers(self.files, self.layout)
        folder = store.at(self.layout.leads)
        #: What other engines read.
        self.readers = DeltaReadersTable(folder, table, self.ledgers.published_files)
        self.ledgers.readers = self.readers
        self.numbers = Numbers(self.files)
        self.leads = leads_kind(table)
        self.published_keys = KeptKeys(self.files, self.layout, self.ledgers, self.leads)
        #: What is kept of a load, but for how its delivery differed, which stays with the ledger.
        self.kinds: tuple[RowKind, ...] = (self.leads, *BESIDE)

    def keys_of(self, source: str, load_id: int, generation: int = 0) -> list[str]:
        """Where a load, or a replay of it, writes."""
        return [self.layout.data(kind.name, source, load_id, generation) for kind in self.kinds]

    def found(self, load_id: int) -> tuple[SourceLedger, LoadEntry] | None:
        """The load with this number, in the ledger of its source; None where there is none in this load table."""
        owner = self.numbers.owner(load_id) if load_id > 0 else None
        if owner is None or owner.table != self.table.name:
            return None
        state = self.ledgers.read(owner.source)
        entry = state.entry(load_id)
        return (state, entry) if entry else None

    def file(self, load_id: int, kind: RowKind) -> StoredFile | None:
        """The file of this kind that the load has; None where it has no such rows, or there is no such load."""
        found = self.found(load_id)
        return found[1].file(kind.name) if found else None

    def scan(self, load_id: int, kind: RowKind) -> pl.LazyFrame:
        """The rows of this kind that the load has, in no particular order."""
        file = self.file(load_id, kind)
        return self.files.scan(file, kind) if file else pl.LazyFrame(schema=dict(kind.types))

    def batches(self, file: StoredFile, kind: RowKind) -> Iterator[pl.LazyFrame]:
        """The batches of the file: the records of a later one come later in the delivery, within one they are in any order."""
        rows, first = self.files.scan(file, kind), 0
        for length in file.batches:
            yield rows.slice(first, length)
            first += length
