"""A load into a lake: rows in local files, then in immutable Parquet, and published by one write of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from leadingest.destinations.lake.kinds import COLUMNS, DRIFT, INVALID, REJECTED, RowKind
from leadingest.destinations.lake.lake import Lake
from leadingest.destinations.lake.lead_files import KEY_IS_SHARED
from leadingest.destinations.lake.spool import Spool
from leadingest.destinations.lake.state import LoadEntry, SourceLedger, StoredFile
from leadingest.destinations.lake.values import ValueChecks
from leadingest.destinations.leads import stored
from leadingest.destinations.ledger import DriftNote, LoadEnd, NewLoad, RecordCounts
from leadingest.destinations.provenance import aware, lineage, now
from leadingest.destinations.refusals import lost
from leadingest.destinations.shared_keys import SharedKeys
from leadingest.errors import BalanceError

_HINT: Final = "nothing was published; run it again, and report it if it happens again"


class LakeLoad:
    """The rows of one load. Nothing of it is in the lake before its end, but what its delivery differed in."""

    written_by = "Parquet"

    def __init__(self, lake: Lake, load_id: int, new: NewLoad, *, run_by: str, folder: Path) -> None:
        self.id = load_id
        self.finished = False
        self._lake, self._new, self._run_by, self._folder = lake, new, run_by, folder
        columns, identity = lake.table.columns, lake.table.identity
        self._checks = ValueChecks(lake.table)
        self._shared_keys = SharedKeys(identity.told_apart, [columns[name] for name in new.key])
        self._spools = {kind.name: Spool(kind, folder) for kind in lake.kinds}
        self._constants = constants(load_id, lineage(new.source, new.kept_name, new.extract_time))

    def write(self, *, leads: pl.DataFrame, rejects: pl.DataFrame, invalid_values: pl.DataFrame) -> None:
        """Add a batch."""
        if leads.height:
            leads = stored(leads, self._lake.table)
            self._checks.refuse_what_does_not_fit(leads, self.id)
            self._shared_keys.add(leads)
            self._spools["leads"].add(leads.with_columns(self._constants))
        self._add(REJECTED, rejects)
        self._add(INVALID, invalid_values)

    def write_profiles(self, profiles: pl.DataFrame) -> None:
        """Add the columns of the delivery."""
        self._add(COLUMNS, profiles)

    def write_drift(self, notes: Sequence[DriftNote]) -> None:
        """Keep how the delivery differed, whatever becomes of the load."""
        spool = Spool(DRIFT, self._folder)
        spool.add(self._numbered(drift_rows(notes)))
        if file := self._stored(spool):
            self._change(lambda entry: entry.changed(files={**entry.files, DRIFT.name: file}))

    def finish(self, end: LoadEnd) -> None:
        """Write what is to be kept, count it there, and end the load by one change of the ledger."""
        if not end.counts.balanced:
            raise BalanceError(f"the counts of load {self.id} do not add up: {end.counts}")
        refuse_other_rows(self.id, self._spools, end.counts)
        counts, shared = end.counts, key_is_shared(self._shared_keys.found()["lead_key"])
        kept = {
            name: self._stored(spool, *([shared] if name == "leads" else []))
            for name, spool in self._spools.items()
        }
        files = {name: file for name, file in kept.items() if file}

        def ended(entry: LoadEntry) -> LoadEntry:
            return entry.changed(
                status="held" if end.held_because else "loaded",
                reason=end.held_because,
                encoding=end.encoding,
                dialect=end.dialect,
                finished_at=aware(now()),
                records_read=counts.read,
                records_loaded=counts.loaded,
                records_rejected=counts.rejected,
                records_filtered=counts.filtered,
                invalid_values=counts.invalid_values,
                files={**entry.files, **files},
            )

        self._change(ended, publish=not end.held_because)
        self.finished = True

    def _add(self, kind: RowKind, rows: pl.DataFrame) -> None:
        if rows.height:
            self._spools[kind.name].add(self._numbered(rows))

    def _numbered(self, rows: pl.DataFrame) -> pl.DataFrame:
        return rows.with_columns(pl.lit(self.id, pl.Int64).alias("load_id"))

    def _stored(self, spool: Spool, *computed: pl.Expr) -> StoredFile | None:
        key = self._lake.layout.data(spool.kind.name, self._new.source, self.id)
        return spool.store(self._lake.files, key, *computed)

    def _change(self, edit: Callable[[LoadEntry], LoadEntry], *, publish: bool = False) -> None:
        """Change the load in the ledger, unless it is somebody else's by now."""

        def edited(state: SourceLedger) -> SourceLedger:
            entry = state.entry(self.id)
            if entry is None or (entry.status, entry.run_by) != ("running", self._run_by):
                raise lost(self.id)
            state = state.with_entry(edit(entry))
            return state.publish(self.id, aware(now())) if publish else state

        self._lake.ledgers.change(self._new.source, edited)


def refuse_other_rows(load_id: int, spools: Mapping[str, Spool], counts: RecordCounts) -> None:
    """Raise BalanceError where other rows came than were counted."""
    expected = {"leads": counts.loaded, REJECTED.name: counts.rejected, INVALID.name: counts.invalid_values}
    for name, number in expected.items():
        if (rows := spools[name].rows) != number:
            raise BalanceError(f"{name} has {rows} rows of load {load_id}, expected {number}", hint=_HINT)


def constants(load_id: int, of_load: Mapping[str, object]) -> list[pl.Expr]:
    """What all leads of a load have in common, as columns; whether their keys are shared is told when all are there."""
    values = {**of_load, KEY_IS_SHARED: False}
    return [
        pl.lit(load_id, pl.Int64).alias("load_id"),
        *(pl.lit(each).alias(name) for name, each in values.items()),
    ]


def key_is_shared(shared_keys: pl.Series) -> pl.Expr:
    """Whether leads of the load that are not one share the key, as the column that says so."""
    return pl.col("lead_key").is_in(shared_keys.implode()).fill_null(value=False).alias(KEY_IS_SHARED)


def drift_rows(notes: Sequence[DriftNote]) -> pl.DataFrame:
    """What is kept of how a delivery differed, but for the number of its load."""
    rows = [
        (each.code, each.name, each.kind_class, each.header, each.expected, each.found, each.advice)
        for each in notes
    ]
    texts = {name: dtype for name, dtype in DRIFT.types.items() if dtype == pl.String()}
    return pl.DataFrame(rows, schema=texts, orient="row").with_row_index("finding", offset=1)
