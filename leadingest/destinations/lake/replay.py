"""The rejects of a finished load of a lake, replaced by what they have become: new files, and one change of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from leadingest import __version__
from leadingest.destinations.lake.kinds import DRIFT, INVALID, REJECTED, RowKind
from leadingest.destinations.lake.lake import Lake
from leadingest.destinations.lake.load import constants, key_is_shared
from leadingest.destinations.lake.spool import Spool
from leadingest.destinations.lake.state import CorrectedEntry, LoadEntry, ReplayMark, SourceLedger, StoredFile
from leadingest.destinations.lake.values import ValueChecks
from leadingest.destinations.leads import stored
from leadingest.destinations.ledger import NewCorrectedFile, RecordCounts, Replay, kept_name
from leadingest.destinations.provenance import aware, lineage, now, run_by
from leadingest.destinations.refusals import changed_meanwhile, lost, not_to_be_replayed
from leadingest.destinations.shared_keys import SharedKeys
from leadingest.errors import BalanceError, DestinationError

_FAULT = "this is a bug in leadingest: nothing was changed; please report it"


class LakeReplay:
    """What the rejects of a load have become. The files of the load stay as they are; new ones take their place."""

    def __init__(
        self, lake: Lake, state: SourceLedger, mark: ReplayMark, *, key: Sequence[str], folder: Path
    ) -> None:
        entry = state.entry(mark.load_id)
        assert entry is not None  # noqa: S101  # it is there, or nothing would be replayed
        self._lake, self._source, self._mark, self._entry = lake, state.source_name, mark, entry
        self._key, self._folder = key, folder
        self._checks = ValueChecks(lake.table)
        self._added = {
            kind.name: Spool(kind, self._room("added")) for kind in (lake.leads, REJECTED, INVALID)
        }
        rejects = lake.scan(entry.load_id, REJECTED).select("record_number")
        #: Rejects that are there and were not replaced yet, and those that were.
        self._left = lake.files.collect(rejects).to_series()
        self._gone = self._left.clear()
        self._ended: LoadEntry | None = None

    def write(
        self,
        *,
        instead_of: pl.DataFrame,
        leads: pl.DataFrame,
        rejects: pl.DataFrame,
        invalid_values: pl.DataFrame,
    ) -> None:
        """Replace some rejects by what they have become."""
        if instead_of.is_empty():
            return
        numbers = instead_of["record_number"]
        if not numbers.is_in(self._left.implode()).all():
            raise changed_meanwhile(self._entry.load_id)
        self._left = self._left.filter(~self._left.is_in(numbers.implode()))
        self._gone = pl.concat([self._gone, numbers])
        new, load_id = self._entry, self._entry.load_id
        leads = stored(leads, self._lake.table)
        self._checks.refuse_what_does_not_fit(leads, load_id)
        of_load = lineage(self._source, new.file_name, new.extract_time)
        self._added["leads"].add(leads.with_columns(constants(load_id, of_load)))
        number = pl.lit(load_id, pl.Int64).alias("load_id")
        self._added[REJECTED.name].add(rejects.with_columns(number))
        self._added[INVALID.name].add(invalid_values.with_columns(number))

    def finish(self, *, filtered: int, corrected: NewCorrectedFile | None = None) -> None:
        """Write the new files; whoever opened the block changes the ledger."""
        counts = self._counts(filtered)
        if not counts.balanced:
            raise BalanceError(
                f"the counts of load {self._entry.load_id} do not add up: {counts}", hint=_FAULT
            )
        files = dict(self._entry.files)
        expected = {
            "leads": counts.loaded,
            REJECTED.name: counts.rejected,
            INVALID.name: counts.invalid_values,
        }
        for kind in (self._lake.leads, REJECTED, INVALID):
            whole = self._merged(kind)
            if whole.rows != expected[kind.name]:
                raise BalanceError(
                    f"{kind.name} has {whole.rows} rows of load {self._entry.load_id}, expected {expected[kind.name]}",
                    hint=_FAULT,
                )
            self._keep(files, whole)
        self._ended = self._entry.changed(
            files=files,
            corrected=(*self._entry.corrected, *self._corrected(corrected, counts, filtered)),
            records_loaded=counts.loaded,
            records_rejected=counts.rejected,
            records_filtered=counts.filtered,
            invalid_values=counts.invalid_values,
        )

    @property
    def finished(self) -> bool:
        """Whether there is something to commit."""
        return self._ended is not None

    def commit(self) -> None:
        """Have the ledger name the new files, where it was finished."""
        ended = self._ended
        if ended is None:
            return

        def edited(state: SourceLedger) -> SourceLedger:
            now_there = state.entry(ended.load_id)
            if state.replaying != self._mark or now_there is None or now_there.files != self._entry.files:
                raise lost(ended.load_id)
            gone = {file.key for name, file in self._entry.files.items() if ended.files.get(name) != file}
            gone -= state.published_once(ended.load_id)
            # It may have been approved meanwhile.
            entry = ended.changed(status=now_there.status, reason=now_there.reason)
            at = aware(now())
            state = state.with_entry(entry).with_retired(gone, at).changed(replaying=None)
            return state.publish(ended.load_id, at) if state.published == ended.load_id else state

        self._lake.ledgers.change(self._source, edited)

    def _counts(self, filtered: int) -> RecordCounts:
        load = self._entry
        counts = RecordCounts(
            read=load.records_read,
            loaded=load.records_loaded + self._added["leads"].rows,
            rejected=load.records_rejected - self._gone.len() + self._added[REJECTED.name].rows,
            filtered=load.records_filtered,
            invalid_values=load.invalid_values + self._added[INVALID.name].rows,
        )
        return replace(counts, filtered=counts.filtered + filtered)

    def _merged(self, kind: RowKind) -> Spool:
        """What the load has of a kind, batch by batch, without what was replaced and with what was added."""
        whole, number = Spool(kind, self._room("merged")), pl.col(kind.number)
        added = pl.concat([pl.DataFrame(schema=dict(kind.types)), *self._added[kind.name].frames()])
        file = self._entry.file(kind.name)
        batches = list(self._lake.batches(file, kind)) if file else []
        replaced = self._gone.implode() if kind is REJECTED else None
        for place, batch in enumerate(batches):
            rows = self._lake.files.collect(batch)
            last = rows[kind.number].max()
            belongs = number <= last if place < len(batches) - 1 else pl.lit(True)
            kept = rows if replaced is None else rows.filter(~number.is_in(replaced))
            whole.add(pl.concat([kept, added.filter(belongs)]))
            whole.flush()
            added = added.filter(~belongs)
        whole.add(added)
        return whole

    def _key_is_shared(self, leads: Spool) -> pl.Expr:
        """Which keys the leads of the load share is another matter now that there are more of them."""
        table = self._lake.table
        found = SharedKeys(table.identity.told_apart, [table.columns[name] for name in self._key])
        for rows in leads.frames():
            found.add(rows)
        return key_is_shared(found.found()["lead_key"])

    def _keep(self, files: dict[str, StoredFile], spool: Spool) -> None:
        name = spool.kind.name
        key = self._lake.layout.data(name, self._source, self._entry.load_id, self._mark.generation)
        computed = [self._key_is_shared(spool)] if spool.kind is self._lake.leads else []
        file = spool.store(self._lake.files, key, *computed)
        if file:
            files[name] = file
        else:
            files.pop(name, None)

    def _corrected(
        self, file: NewCorrectedFile | None, counts: RecordCounts, filtered: int
    ) -> Iterator[CorrectedEntry]:
        loaded = counts.loaded - self._entry.records_loaded
        if file and (loaded or filtered):
            yield CorrectedEntry(
                file_name=kept_name(file.file_name),
                file_size=file.file_size,
                file_sha256=file.file_sha256,
                joined_at=aware(now()),
                records_loaded=loaded,
                records_filtered=filtered,
                program_version=__version__,
            )

    def _room(self, name: str) -> Path:
        """A scratch folder of its own for rows of one making."""
        folder = self._folder / name
        folder.mkdir(exist_ok=True)
        return folder


@contextmanager
def lake_replay(lake: Lake, load_id: int, *, source: str, key: Sequence[str] = ()) -> Iterator[Replay]:
    """The rejects of the load of the source; committed at the end of the block if it was finished."""
    me = run_by()

    def begun(state: SourceLedger) -> SourceLedger:
        entry = state.entry(load_id)
        if entry is None or entry.status not in ("loaded", "held"):
            raise not_to_be_replayed(load_id, entry.status if entry else None)
        # Nobody ever has had this generation, nor will have it: so its files are written once.
        generation = state.generation + 1
        mark = ReplayMark(load_id=load_id, generation=generation, run_by=me)
        return state.changed(replaying=mark, generation=generation)

    state = lake.ledgers.change(source, begun)
    mark = state.replaying
    assert mark is not None  # noqa: S101  # it was just made
    try:
        with TemporaryDirectory(prefix="leadingest-") as folder:
            replay = LakeReplay(lake, state, mark, key=key, folder=Path(folder))
            yield replay
            replay.commit()
    except BaseException:
        # Where the lake cannot be reached either, the next run finds it.
        with suppress(DestinationError):
            undo_replay(lake, source, mark)
        raise
    if not replay.finished:
        undo_replay(lake, source, mark)


def undo_replay(lake: Lake, source: str, mark: ReplayMark) -> None:
    """Take away what a replay has written, unless it came to its end. Whoever is at it cannot end it from then on."""
    me = run_by()

    def fenced(state: SourceLedger) -> SourceLedger:
        there = state.replaying
        if there is None or there.generation != mark.generation:
            return state
        return state.changed(replaying=there.model_copy(update={"run_by": me}))

    def ended(state: SourceLedger) -> SourceLedger:
        there = state.replaying
        return state.changed(replaying=None) if there and there.run_by == me else state

    state = lake.ledgers.change(source, fenced)
    written = [
        *lake.keys_of(source, mark.load_id, mark.generation),
        # A copy brings it, too.
        lake.layout.data(DRIFT.name, source, mark.load_id, mark.generation),
    ]
    lake.files.delete([key for key in written if key not in state.keys()])
    lake.ledgers.change(source, ended)
