"""Loads of another destination, copied into a lake: new files, and one change of the ledger, which publishes them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from leadingest.destinations.copies import CopiedSource, Copy, CopyClaim
from leadingest.destinations.lake.claim import claimed
from leadingest.destinations.lake.kinds import COLUMNS, DRIFT, INVALID, REJECTED
from leadingest.destinations.lake.lake import Lake
from leadingest.destinations.lake.lead_files import KEY_IS_SHARED
from leadingest.destinations.lake.load import drift_rows, key_is_shared, refuse_other_rows
from leadingest.destinations.lake.numbers import Owner
from leadingest.destinations.lake.removal import is_over, without_rows_of
from leadingest.destinations.lake.replay import undo_replay
from leadingest.destinations.lake.spool import Spool
from leadingest.destinations.lake.state import CorrectedEntry, LoadEntry, ReplayMark, SourceLedger
from leadingest.destinations.ledger import CorrectedFileRow, DriftNote, LoadRow, RecordCounts
from leadingest.destinations.provenance import aware, now, run_by
from leadingest.destinations.refusals import abandoned, lost
from leadingest.errors import DestinationError


class LakeCopies:
    """The copies of one load table."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake

    def sources(self, *names: str) -> dict[str, CopiedSource]:
        """What there is of these sources, or of each."""
        ledgers = self._lake.ledgers
        states = [ledgers.read(name) for name in names] if names else ledgers.all()
        return {state.source_name: _copied(state) for state in states}

    @contextmanager
    def claim(self, source: str, *, wait: float = 0) -> Iterator[CopyClaim]:
        """The copies of the source, for as long as the block lasts."""
        with claimed(self._lake, source, wait=wait):
            yield LakeCopyClaim(self._lake, source)

    def follow(self, sources: Collection[str]) -> None:
        """Have the Delta table show what is published of these sources."""
        self._lake.ledgers.reconcile(*sources)


class LakeCopyClaim:
    """The source as long as its lease is held. Who holds it no more finds that out when the ledger is changed."""

    def __init__(self, lake: Lake, source: str) -> None:
        self._lake, self._source = lake, source

    def source(self) -> CopiedSource:
        """What there is of it now."""
        return _copied(self._lake.ledgers.read(self._source))

    @contextmanager
    def copy(self, load: LoadRow, *, instead_of: int | None) -> Iterator[Copy]:
        """A copy of the load, for as long as the block lasts."""
        lake, source, me = self._lake, self._source, run_by()
        copy_id = instead_of or self._number_for(load)

        def begun(state: SourceLedger) -> SourceLedger:
            generation = state.generation + 1
            mark = ReplayMark(load_id=copy_id, generation=generation, run_by=me)
            return state.changed(replaying=mark, generation=generation)

        mark = lake.ledgers.change(source, begun).replaying
        assert mark is not None  # noqa: S101  # it was just made
        try:
            with TemporaryDirectory(prefix="leadingest-") as folder:
                copy = LakeCopy(lake, load, mark, folder=Path(folder))
                yield copy
                if not copy.finished:
                    raise abandoned(copy_id)
        except BaseException:
            # Where the lake cannot be reached either, whoever claims the source next finds it.
            with suppress(DestinationError):
                undo_replay(lake, source, mark)
            raise

    def publish(self, copy_id: int) -> bool:
        """Publish a copy again, where its files are still there."""
        entry = self._lake.ledgers.read(self._source).entry(copy_id)
        if entry is None or not all(map(self._lake.files.is_there, entry.files.values())):
            return False
        self._publish(copy_id)
        return True

    def withdraw(self) -> None:
        """Publish no load of the source."""
        self._publish(0)

    def prune(self, copy_ids: Iterable[int]) -> None:
        """Take the rows of these copies out of the ledger."""

        def without(state: SourceLedger) -> SourceLedger:
            return without_rows_of(self._lake, state, set(copy_ids) - {state.published})

        self._lake.ledgers.change(self._source, without)

    def _publish(self, load_id: int) -> None:
        self._lake.ledgers.change(self._source, lambda state: state.publish(load_id, aware(now())))

    def _number_for(self, load: LoadRow) -> int:
        """The number of the load, where nobody has it here; else a new one."""
        state, owner = (
            self._lake.ledgers.read(self._source),
            Owner(table=load.load_table, source=self._source),
        )
        if state.entry(load.load_id) is None and self._lake.numbers.take(load.load_id, owner):
            return load.load_id
        newest = max((entry.load_id for entry in state.loads), default=0)
        return self._lake.numbers.next(owner, after=newest)


class LakeCopy:
    """The rows of one copy. Nothing of it is in the lake before its end."""

    def __init__(self, lake: Lake, load: LoadRow, mark: ReplayMark, *, folder: Path) -> None:
        self._lake, self._load, self._mark = lake, load, mark
        self._spools = {kind.name: Spool(kind, folder) for kind in (*lake.kinds, DRIFT)}
        self.finished = False

    def write_leads(self, leads: pl.DataFrame) -> None:
        """Add leads; whether their keys are shared is told when all are there."""
        self._add("leads", leads.with_columns(pl.lit(False).alias(KEY_IS_SHARED)))

    def write_rejects(self, rejects: pl.DataFrame) -> None:
        """Add rejects."""
        self._add(REJECTED.name, rejects)

    def write_invalid_values(self, invalid_values: pl.DataFrame) -> None:
        """Add invalid values."""
        self._add(INVALID.name, invalid_values)

    def write_profiles(self, profiles: pl.DataFrame) -> None:
        """Add the columns of the delivery."""
        self._add(COLUMNS.name, profiles)

    def finish(
        self, *, shared_keys: pl.Series, drift: Sequence[DriftNote], corrected: Iterable[CorrectedFileRow]
    ) -> None:
        """Write the files, count their rows there, and publish them by one change of the ledger."""
        self._add(DRIFT.name, drift_rows(drift))
        load, mark = self._load, self._mark
        refuse_other_rows(load.load_id, self._spools, _counts(load))
        files = {}
        for name, spool in self._spools.items():
            key = self._lake.layout.data(name, load.source_name, mark.load_id, mark.generation)
            computed = [key_is_shared(shared_keys)] if name == "leads" else []
            if file := spool.store(self._lake.files, key, *computed):
                files[name] = file
        entry = _entry(load, corrected).changed(load_id=mark.load_id, files=files)

        def edited(state: SourceLedger) -> SourceLedger:
            if state.replaying != mark:
                raise lost(load.load_id)
            before, at = state.entry(mark.load_id), aware(now())
            replaced = {file.key for file in before.files.values()} if before else set()
            replaced -= state.published_once(mark.load_id)
            state = state.with_entry(entry).changed(replaying=None)
            return state.with_retired(replaced, at).publish(mark.load_id, at)

        self._lake.ledgers.change(load.source_name, edited)
        self.finished = True

    def _add(self, kind: str, rows: pl.DataFrame) -> None:
        self._spools[kind].add(rows.with_columns(pl.lit(self._mark.load_id, pl.Int64).alias("load_id")))


def _copied(state: SourceLedger) -> CopiedSource:
    # A load is cleared away by whoever loads the source; it is no copy.
    left_behind = state.replaying is not None or any(is_over(each.since) for each in state.retired)
    return CopiedSource([state.row_of(entry) for entry in state.newest_first()], left_behind)


def _counts(load: LoadRow) -> RecordCounts:
    return RecordCounts(
        read=load.records_read,
        loaded=load.records_loaded,
        rejected=load.records_rejected,
        filtered=load.records_filtered,
        invalid_values=load.invalid_values,
    )


def _entry(load: LoadRow, corrected: Iterable[CorrectedFileRow]) -> LoadEntry:
    """All that is known of the load, as the ledger keeps it."""
    known = {name: value for name, value in vars(load).items() if name in LoadEntry.model_fields}
    # Who let the files join is not told.
    files = tuple(CorrectedEntry(**vars(file), program_version="") for file in corrected)
    return LoadEntry(**known, corrected=files)
