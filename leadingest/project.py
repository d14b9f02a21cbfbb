"""The front door for programs: a project, its runs, and what its database holds.

The command `leadingest` comes in by it, too. Nothing heavy is imported before it is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leadingest.documents.nearest import unknown_word
from leadingest.errors import ConfigurationError, NothingToDoError, UsageError
from leadingest.settings import Settings, load_settings
from leadingest.stores.location import Location, ObjectUrl, as_location

if TYPE_CHECKING:
    import polars as pl

    from leadingest.destinations.destination import Destination
    from leadingest.destinations.diagnostics import RejectGroup
    from leadingest.destinations.ledger import LoadRow
    from leadingest.ingest.events import Events
    from leadingest.ingest.mapping_index import MappingIndex
    from leadingest.ingest.opened_destinations import OpenedDestinations
    from leadingest.ingest.result import SourceResult
    from leadingest.tables.load_table import LoadTable

#: The load table where none is named.
LEAD_SOURCES = "lead_sources"


class Project:
    """Mappings, an inbox and a database.

    It is of one moment: each mapping is read when it is first needed, and then stays as it is. Open the project again
    for the next piece of work. The database is opened by each method, and closed before it returns.

    Every method raises a LeadingestError where it cannot go on; what is wrong with one source of a run is in its
    result instead.
    """

    def __init__(self, settings: Settings, *, table: str = LEAD_SOURCES) -> None:
        self.settings, self._table = settings, table

    @classmethod
    def open(cls, folder: Path | str | None = None, *, table: str = LEAD_SOURCES, **settings: Any) -> Project:
        """The project that the folder, by default the current one, lies in.

        The settings are those of the command: of `[tool.leadingest]` in pyproject.toml, `.env` and `LEADINGEST_…`
        variables; keywords such as `database_url` and `inbox` win over them. `table` is the load table that results
        are read from. Raises ConfigurationError for a setting that is not known or has no such value.
        """
        return cls(load_settings(Path(folder) if folder else Path.cwd(), **settings), table=table)

    def sources(self) -> list[str]:
        """The sources that have a mapping, by name."""
        return list(self.index.sources())

    def run(
        self,
        *sources: str,
        file: Path | ObjectUrl | str | None = None,
        dry_run: bool = False,
        again: bool = False,
        wait: float = 0,
        jobs: int | None = None,
        events: Events | None = None,
    ) -> list[SourceResult]:
        """Load the newest delivery of each source, of all where none is named; one result each, in their order.

        `file` is loaded instead, as the one source named or else the one whose mapping takes files of its name.
        `dry_run` writes nothing anywhere, `again` loads a delivery even if it was loaded before, `wait` is how many
        seconds a concurrent run of the source is waited for, `jobs` how many sources are loaded at a time. `events`
        is told how it goes.

        Raises UsageError for a source that has no mapping, before anything is loaded, and DestinationError where the
        database cannot be used at all.
        """
        from leadingest.ingest.events import Events
        from leadingest.ingest.run import run
        from leadingest.ingest.run_options import RunOptions

        path = as_location(file) if file else None
        options = RunOptions(
            self.settings.inbox,
            self.url,
            file=path,
            again=again,
            wait=wait,
            jobs=jobs,
            dead_letters=self.settings.dead_letters,
            archive=self.settings.archive,
            dry_run=dry_run,
        )
        return run(self.index, self._chosen(sources, path), options, events or Events())

    def loads(self, *, source: str | None = None, limit: int | None = 20) -> list[LoadRow]:
        """The newest loads, of one source or of all, newest first; with None as limit all of them."""
        with self.destination() as destination:
            found = destination.ledger.history(source=source, limit=limit)
        if source and not found:
            self.refuse_unknown(source)
        return found

    def load(self, *, source: str | None = None, load_id: int | None = None) -> LoadRow:
        """The load with this number, or the newest one of the source that came to its end, held or not.

        Raises UsageError where neither is named, for a load that there is not, and for one of another source; NothingToDoError where the
        source has none yet.
        """
        if source is None and load_id is None:
            raise UsageError("which load? use --source NAME or --load LOAD")
        with self.destination() as destination:
            found = (
                destination.ledger.newest(str(source))
                if load_id is None
                else destination.ledger.load(load_id)
            )
        if found is None:
            self.refuse_unknown(str(source))
            raise NothingToDoError(f"{source} has no loads yet", hint=f"leadingest run --source {source}")
        if source and found.source_name != source:
            raise UsageError(f"load {load_id} belongs to {found.source_name}, not to {source}")
        return found

    def leads(
        self, *, source: str | None = None, load_id: int | None = None, limit: int | None = None
    ) -> pl.DataFrame:
        """The published leads, by source and record number; with `load_id` those of that load, published or not."""
        with self.destination() as destination:
            if load_id is not None:
                destination.ledger.load(load_id)
            found = destination.leads.rows(source=source, load_id=load_id, limit=limit)
        if source and found.is_empty():
            self.refuse_unknown(source)
        return found

    def rejects(self, load_id: int, *, examples: int = 3) -> list[RejectGroup]:
        """Why records of the load were rejected, the most frequent reason first, each with its first examples."""
        with self.destination() as destination:
            return destination.diagnostics.reject_groups(load_id, examples=examples)

    def approve(self, load_id: int) -> LoadRow:
        """Publish a load that is held. Raises UsageError where it is not."""
        with self.destination() as destination:
            return destination.ledger.approve(load_id)

    def rollback(self, source: str, *, to: int | None = None) -> LoadRow:
        """Publish an earlier load of the source again: `to`, or the one before the published one."""
        with self.destination() as destination:
            if not destination.ledger.history(source=source, limit=1):
                self.refuse_unknown(source)
            return destination.ledger.rollback(source, to=to)

    def prune(self, *, keep: int, source: str | None = None) -> list[LoadRow]:
        """Remove the rows of all but the newest `keep` loads of each source; the loads whose rows are gone."""
        with self.destination() as destination:
            if source and not destination.ledger.history(source=source, limit=1):
                self.refuse_unknown(source)
            return destination.ledger.prune(keep=keep, source=source)

    @cached_property
    def index(self) -> MappingIndex:
        """The mappings, for what the methods above do not do."""
        from leadingest.ingest.mapping_index import MappingIndex

        settings = self.settings
        return MappingIndex(settings.mappings, settings.ddl, settings.fallback_encoding, settings.guards)

    @cached_property
    def table(self) -> LoadTable:
        """The load table as the project describes it. Raises UsageError where it does not."""
        from leadingest.tables.load_table import read_load_table

        folder = self.settings.ddl
        tables = sorted(file.stem for file in folder.glob("*.yaml"))
        if self._table not in tables:
            raise UsageError(unknown_word(self._table, f"a load table in {folder}", tables))
        return read_load_table(folder / f"{self._table}.yaml")

    def tables(self) -> list[LoadTable]:
        """Every load table that the project describes. Raises ConfigurationError where there is none."""
        from leadingest.tables.load_table import read_load_table

        files = sorted(self.settings.ddl.glob("*.yaml"))
        if not files:
            raise ConfigurationError(
                f"no load table in {self.settings.ddl}",
                hint="a load table is a file <table>.yaml; or set LEADINGEST_DDL",
            )
        return [read_load_table(file) for file in files]

    def destinations(self) -> OpenedDestinations:
        """The database, to be opened as a block."""
        from leadingest.ingest.opened_destinations import OpenedDestinations

        return OpenedDestinations(self.url)

    @contextmanager
    def destination(self) -> Iterator[Destination]:
        """The database with the load table, for as long as the block lasts.

        Raises NothingToDoError where there is none yet: what only looks makes no new database.
        """
        with self.destinations() as destinations:
            yield destinations.there(self.table)

    def refuse_unknown(self, source: str) -> None:
        """Raise UsageError, with the nearest names, where no mapping of the project has this source."""
        try:
            self.index.sources()
        except (ConfigurationError, NothingToDoError):
            return
        self.index.path_of(source)

    @property
    def url(self) -> str:
        """The SQLAlchemy URL of the database, with its password."""
        return self.settings.database_url.get_secret_value()

    def _chosen(self, sources: tuple[str, ...], file: Location | None) -> list[str]:
        names = list(dict.fromkeys(sources))
        if file and len(names) > 1:
            raise UsageError("a file is loaded as one source, not as several")
        for name in names:
            self.index.path_of(name)
        return names or ([self.index.source_taking(file)] if file else self.sources())
