"""A source of a lake in our hands: what a dead process left of it is cleared away, and a load can begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from leadingest import __version__
from leadingest.destinations.lake.diagnostics import LakeDiagnostics
from leadingest.destinations.lake.lake import Lake
from leadingest.destinations.lake.load import LakeLoad
from leadingest.destinations.lake.numbers import Owner
from leadingest.destinations.lake.removal import remove_retired
from leadingest.destinations.lake.replay import lake_replay, undo_replay
from leadingest.destinations.lake.state import LoadEntry, SourceLedger
from leadingest.destinations.ledger import Load, LoadRow, NewLoad, Replay
from leadingest.destinations.provenance import aware, now, process_of, run_by
from leadingest.destinations.refusals import abandoned, busy, interrupted, reason_of
from leadingest.errors import DestinationError


class LakeClaim:
    """The source as long as its lease is held. Who holds it no more finds that out when the ledger is changed."""

    def __init__(self, lake: Lake, source: str) -> None:
        self._lake, self._source = lake, source
        #: What `clear` has cleared away.
        self.cleared: Sequence[LoadRow] = ()

    def clear(self) -> None:
        """Undo what is still under way: the source is ours, so nobody else is at it, or may go on with it."""
        state = self._lake.ledgers.read(self._source)
        running = list(state.newest_first("running"))
        for entry in running:
            self._undo(entry.load_id, interrupted(process_of(entry.run_by)))
        self.cleared = [state.row_of(entry) for entry in running]
        if state.replaying:
            undo_replay(self._lake, self._source, state.replaying)
        remove_retired(self._lake, self._source)
        self._lake.ledgers.reconcile(self._source)

    def loaded_before(self, *, sha256: str, mapping_hash: str) -> LoadRow | None:
        """The newest load, finished or held, of the same bytes under the same mapping."""
        state = self._state()
        same = (
            entry
            for entry in state.newest_first("loaded", "held")
            if (entry.file_sha256, entry.mapping_hash) == (sha256, mapping_hash)
        )
        return state.row(next(same, None))

    def published(self) -> LoadRow | None:
        """The load of the source whose leads are shown."""
        return self._state().published_row

    def sent_before(self, sha256: str) -> LoadRow | None:
        """The newest load of the same bytes that was published once."""
        return self._state().sent_before(sha256)

    def profiles(self, load_id: int) -> pl.DataFrame:
        """The columns of a load's delivery."""
        return LakeDiagnostics(self._lake).profiles(load_id)

    def replay(self, load_id: int, *, key: Sequence[str] = ()) -> AbstractContextManager[Replay]:
        """The rejects of a load of ours, for as long as the block lasts."""
        return lake_replay(self._lake, load_id, source=self._source, key=key)

    @contextmanager
    def start(self, new: NewLoad) -> Iterator[Load]:
        """A new load, for as long as the block lasts."""
        me = run_by()
        load_id = self._begun(new, me)
        lake = self._lake
        try:
            with TemporaryDirectory(prefix="leadingest-") as folder:
                load = LakeLoad(lake, load_id, new, run_by=me, folder=Path(folder))
                yield load
                if not load.finished:
                    raise abandoned(load_id)
        except BaseException as error:
            # Where the lake cannot be reached either, the next run finds the load without its process.
            with suppress(DestinationError):
                self._undo(load_id, reason_of(error), only_of=me)
            raise

    def _state(self) -> SourceLedger:
        return self._lake.ledgers.read(self._source)

    def _begun(self, new: NewLoad, me: str) -> int:
        state = self._state()
        newest = max((entry.load_id for entry in state.loads), default=0)
        owner = Owner(table=self._lake.table.name, source=new.source)
        entry = LoadEntry(
            load_id=self._lake.numbers.next(owner, after=newest),
            status="running",
            file_name=new.kept_name,
            file_size=new.file_size,
            file_sha256=new.file_sha256,
            mapping_hash=new.mapping_hash,
            extract_time=new.extract_time,
            started_at=new.started_at,
            run_by=me,
            program_version=__version__,
        )
        self._lake.ledgers.change(self._source, lambda state: state.with_entry(entry))
        return entry.load_id

    def _undo(self, load_id: int, reason: str, *, only_of: str | None = None) -> None:
        """Take away what a load has written, and mark it failed; nothing where it came to its end after all.

        The ledger is changed first: whoever is still at the load cannot end it from then on, nor can a write of the ledger
        that is still on its way.
        """
        me = run_by()
        entry = self._change(load_id, only_of=only_of, run_by=me).entry(load_id)
        if entry is None or entry.status not in ("running", "failed"):
            return
        self._lake.files.delete(self._lake.keys_of(self._source, load_id))
        self._change(load_id, only_of=me, status="failed", finished_at=aware(now()), reason=reason)

    def _change(self, load_id: int, *, only_of: str | None = None, **values: object) -> SourceLedger:
        """Change the load in the ledger while it is running, and this process has it."""

        def edited(state: SourceLedger) -> SourceLedger:
            entry = state.entry(load_id)
            if entry is None or entry.status != "running" or entry.run_by != (only_of or entry.run_by):
                return state
            return state.with_entry(entry.changed(**values))

        return self._lake.ledgers.change(self._source, edited)


@contextmanager
def claimed(lake: Lake, source: str, *, wait: float) -> Iterator[LakeClaim]:
    """The source, for as long as the block lasts; what a dead process left of it is cleared away."""
    with lake.files.lock(lake.layout.lease(source), wait=wait) as acquired:
        if not acquired:
            state = lake.ledgers.read(source)
            raise busy(source, [state.row_of(entry) for entry in state.newest_first("running")], wait)
        claim = LakeClaim(lake, source)
        claim.clear()
        yield claim
