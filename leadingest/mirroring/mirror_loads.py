"""The published loads of a database copied into a lake: what is there already is not written again."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl

from leadingest.destinations.copies import CopiedSource, Copies, CopyClaim
from leadingest.destinations.destination import Destination
from leadingest.destinations.ledger import LoadRow, Original
from leadingest.errors import DestinationLostError, in_words
from leadingest.ingest.opened_destinations import CannotUseDatabaseError, OpenedDestinations
from leadingest.mirroring.mirrored_source import MirroredSource, MirrorStatus
from leadingest.mirroring.plan import MirrorPlan, plan, published_of, refuse_other_loads
from leadingest.tables.load_table import LoadTable
from leadingest.tables.rejects import INVALID_VALUES


def mirror_loads(
    tables: Iterable[LoadTable],
    there: OpenedDestinations,
    lake: OpenedDestinations,
    sources: Collection[str],
    *,
    database: str,
    to: str,
    wait: float,
    dry_run: bool,
) -> list[MirroredSource]:
    """Bring these sources of the load tables up to date in the lake, or all that there are; one result each.

    `database` and `to` are the URLs of both sides, without passwords. The database is only read; where nothing is
    published, no lake is made.

    Raises NothingToDoError where there is no database yet, DestinationError where a side cannot be used at all.
    """
    results = []
    for table in tables:
        source = there.as_it_is(table)
        published = any(map(source.ledger.published, sources) if sources else source.ledger.newest_of_each(0))
        try:
            mirror = lake.of(table) if published and not dry_run else lake.compared(table)
        except CannotUseDatabaseError as error:
            raise error.reason from error
        copies = mirror.copies if mirror else None
        results += LoadMirror(table.name, source, copies, database, to).update(
            sources, wait=wait, dry_run=dry_run
        )
    return results


@dataclass(frozen=True)
class LoadMirror:
    """One load table of a database, and the copies of its loads."""

    table: str
    there: Destination
    #: None where the lake is yet to be made.
    copies: Copies | None
    #: The URLs of both, without passwords.
    database: str
    to: str

    def update(
        self, sources: Collection[str] = (), *, wait: float = 0, dry_run: bool = False
    ) -> list[MirroredSource]:
        """Bring these sources up to date, or all that there are on either side; one result each, by name.

        What is wrong with one source is in its result. `wait` is how many seconds somebody else who has the source is
        waited for. A dry run writes nothing. Raises DestinationError where a side cannot be used at all.
        """
        there = defaultdict[str, list[LoadRow]](list)
        for source in sources or (None,):
            for load in self.there.ledger.history(source=source, limit=None):
                there[load.source_name].append(load)
        mirrored = self.copies.sources(*sources) if self.copies else {}
        copied = {name for name, source in mirrored.items() if any(each.original for each in source.loads)}
        names = sorted(copied | {name for name, loads in there.items() if published_of(loads)})
        results = [
            self._updated(name, there[name], mirrored.get(name, CopiedSource()), wait=wait, dry_run=dry_run)
            for name in names
        ]
        if self.copies and not dry_run:
            # Those that were changed were told of by that, unless a process was killed in between.
            self.copies.follow([each.source for each in results if each.status == "unchanged"])
        return results

    def _updated(
        self, source: str, there: Sequence[LoadRow], mirrored: CopiedSource, *, wait: float, dry_run: bool
    ) -> MirroredSource:
        try:
            todo = self._plan(source, there, mirrored)
            if todo.changes_nothing or dry_run or self.copies is None:
                return self._result(source, todo, there, mirrored)
            with self.copies.claim(source, wait=wait) as claim:
                there, mirrored = self.there.ledger.history(source=source, limit=None), claim.source()
                todo = self._plan(source, there, mirrored)
                if todo.publish and not claim.publish(todo.publish.load_id):
                    todo = replace(
                        todo, publish=None, copy=published_of(there), instead_of=todo.publish.load_id
                    )
                if todo.copy:
                    self._copy(claim, todo.copy, todo.instead_of)
                if todo.withdraw:
                    claim.withdraw()
                if todo.prune:
                    claim.prune(todo.prune)
                return self._result(source, todo, there, claim.source())
        except BaseException as raised:
            error = in_words(raised)
            return MirroredSource(
                source,
                self.table,
                "failed",
                message=error.message,
                hint=error.hint,
                exit_code=error.exit_code,
            )

    def _plan(self, source: str, there: Sequence[LoadRow], mirrored: CopiedSource) -> MirrorPlan:
        refuse_other_loads(source, there, mirrored, database=self.database, to=self.to)
        published = published_of(there)
        return plan(there, self._version(published) if published else "", mirrored)

    def _copy(self, claim: CopyClaim, load: LoadRow, instead_of: int | None) -> None:
        """Copy the load, batch by batch."""
        load_id, leads, beside = load.load_id, self.there.leads, self.there.diagnostics
        original = Original(self.database, load_id, self._version(load))
        with claim.copy(replace(load, original=original), instead_of=instead_of) as copy:
            for batch in leads.of_load(load_id, list(leads.types())):
                copy.write_leads(batch)
            for batch in beside.rejects(load_id):
                copy.write_rejects(batch)
            for batch in _whole_records(beside.invalid_values(load_id)):
                copy.write_invalid_values(batch)
            copy.write_profiles(beside.profiles(load_id))
            shared_keys, drift = leads.shared_keys(load_id), beside.drift(load_id=load_id)
            corrected = self.there.ledger.corrected_files(load_id)
            self._refuse_changed(load, original.version)
            copy.finish(shared_keys=shared_keys, drift=drift, corrected=corrected)

    def _refuse_changed(self, load: LoadRow, version: str) -> None:
        """A replay or a pruning between two batches would be seen by halves."""
        now = self.there.ledger.load(load.load_id)
        if now.status != load.status or self._version(now) != version:
            raise DestinationLostError(
                f"load {load.load_id} of {load.source_name} was changed while it was copied",
                hint="nothing was published; run it again",
            )

    def _version(self, load: LoadRow) -> str:
        """What the rows of the load are: a replay makes leads of rejects, or gives them other reasons."""
        counts = (load.records_loaded, load.records_rejected, load.records_filtered, load.invalid_values)
        groups = (
            self.there.diagnostics.reject_groups(load.load_id, examples=0) if load.records_rejected else []
        )
        reasons = [(group.field, group.rule, group.count) for group in groups]
        return hashlib.sha256(repr((counts, reasons)).encode()).hexdigest()[:16]

    def _result(
        self, source: str, done: MirrorPlan, there: Sequence[LoadRow], mirrored: CopiedSource
    ) -> MirroredSource:
        load, copy = published_of(there), published_of(mirrored.loads)
        return MirroredSource(
            source,
            self.table,
            _status(done),
            load_id=load.load_id if load else None,
            copy_id=copy.load_id if copy else None,
            leads=load.records_loaded if load else 0,
            pruned=done.prune,
        )


def _whole_records(batches: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The rows in batches that never part those of one record: those of the last record wait for the next batch."""
    rest = pl.DataFrame(schema=INVALID_VALUES)
    for batch in batches:
        rows = pl.concat([rest, batch])
        is_last = pl.col("record_number") == pl.col("record_number").last()
        rest = rows.filter(is_last)
        yield rows.filter(~is_last)
    yield rest


def _status(done: MirrorPlan) -> MirrorStatus:
    if done.copy:
        return "copied"
    if done.publish:
        return "published"
    return "withdrawn" if done.withdraw else "unchanged"
