"""The exports of a lake: an object for each name, and the leads of each export in a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any, Final

import polars as pl

from leadingest import __version__
from leadingest.destinations.exports import HANDED_OUT, Export, ExportRow, NewExport
from leadingest.destinations.lake.kinds import RowKind
from leadingest.destinations.lake.lake import Lake
from leadingest.destinations.lake.removal import is_over
from leadingest.destinations.lake.spool import Spool
from leadingest.destinations.lake.state import FORMAT, Record, StoredFile, Time, parsed
from leadingest.destinations.ledger import kept_name
from leadingest.destinations.provenance import aware, now
from leadingest.errors import BalanceError, DestinationBusyError, StoreConflictError

_LEADS: Final = RowKind("exported_leads", HANDED_OUT, ("lead_digest",), ("lead_digest",))


class ExportEntry(Record):
    """A file that was handed out."""

    export_id: int
    begins_anew: bool
    file_name: str
    file_sha256: str
    columns: tuple[str, ...]
    chosen_by: dict[str, Any]
    loads: dict[str, int]
    leads_new: int
    leads_changed: int
    leads_reappeared: int
    leads_known: int
    leads_gone: int
    exported_at: Time
    program_version: str
    #: The leads, and which are gone; None where there are none, and once they count no more.
    leads: StoredFile | None = None

    @property
    def row(self) -> ExportRow:
        """The export as a destination tells of it."""
        return ExportRow(self.export_id, self.columns, self.file_name, self.exported_at)


class NameState(Record):
    """All that is known of the exports of a name."""

    format: int
    name: str
    exports: tuple[ExportEntry, ...] = ()


class LakeExports:
    """The exports from one load table."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake

    @contextmanager
    def of_name(self, name: str) -> Iterator[Export]:
        """The exports of this name, for as long as the block lasts."""
        with self._lake.files.lock(self._lake.layout.export_lease(name), wait=0) as acquired:
            if not acquired:
                raise DestinationBusyError(
                    f"another process is writing the export {name}", hint="wait until it has finished"
                )
            export = LakeExport(self._lake, name)
            export.clear()
            yield export


class LakeExport:
    """The exports of one name, as they were when the block began; nobody marks another one unnoticed."""

    def __init__(self, lake: Lake, name: str) -> None:
        self._lake, self._name = lake, name
        self._key = lake.layout.exports(name)
        held = lake.files.read(self._key)
        self._tag = held.tag if held else None
        self._state = (
            parsed(NameState, held.content, lake.files.at(self._key))
            if held
            else NameState(format=FORMAT, name=name)
        )

    def clear(self) -> None:
        """Take away files that were written and never marked, or count no more."""
        named = {entry.leads.key for entry in self._state.exports if entry.leads}
        files = self._lake.files.listed(self._lake.layout.exported(self._name))
        self._lake.files.delete(
            [each.key for each in files if each.key not in named and is_over(each.changed)]
        )

    def last(self) -> ExportRow | None:
        """The newest export that is done."""
        return self._state.exports[-1].row if self._state.exports else None

    def handed_out(self) -> pl.DataFrame:
        """Every lead that was handed out, as it was last; shaped as HANDED_OUT."""
        files = [entry.leads for entry in self._state.exports if entry.leads]
        found = [self._lake.files.collect(self._lake.files.scan(file, _LEADS)) for file in files]
        whole = pl.concat([pl.DataFrame(schema=HANDED_OUT), *found])
        return whole.unique("lead_digest", keep="last", maintain_order=True)

    def mark(self, new: NewExport, leads: pl.DataFrame, *, anew: bool) -> ExportRow:
        """Keep that these leads were handed out; until it returns nothing is marked."""
        before = self._state.exports
        number = 1 + max((entry.export_id for entry in before), default=0)
        entry = self._entry(number, new, leads, anew=anew)
        # Those before it count no more, and their files are taken away in time.
        earlier = tuple(each.model_copy(update={"leads": None}) for each in before) if anew else before
        state = self._state.model_copy(update={"exports": (*earlier, entry)})
        content = state.model_dump_json(exclude_defaults=True).encode()
        try:
            self._tag = self._lake.files.put(self._key, content, replacing=self._tag)
        except StoreConflictError:
            raise BalanceError(
                f"export {number} of {self._name} was overtaken by another process",
                hint="nothing was marked; run it again",
            ) from None
        self._state = state
        return entry.row

    def _entry(self, number: int, new: NewExport, leads: pl.DataFrame, *, anew: bool) -> ExportEntry:
        folder = self._lake.layout.exported(self._name)
        with TemporaryDirectory(prefix="leadingest-") as scratch:
            spool = Spool(_LEADS, Path(scratch))
            spool.add(leads)
            # No other process ever writes a file of this name.
            file = spool.store(self._lake.files, f"{folder}/{number}-{token_hex(4)}.parquet")
        return ExportEntry(
            export_id=number,
            begins_anew=anew,
            file_name=kept_name(new.file_name),
            file_sha256=new.file_sha256,
            columns=new.columns,
            chosen_by=dict(new.chosen_by),
            loads=dict(new.loads),
            leads_new=new.new,
            leads_changed=new.changed,
            leads_reappeared=new.reappeared,
            leads_known=new.known,
            leads_gone=new.gone,
            exported_at=aware(now()),
            program_version=__version__,
            leads=file,
        )
