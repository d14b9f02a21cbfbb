"""A project that is opened: its settings, mappings, load tables and database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from leadingest.documents.nearest import unknown_word
from leadingest.errors import ConfigurationError, NothingToDoError, UsageError
from leadingest.stores.location import Location, ObjectUrl, as_location

if TYPE_CHECKING:
    from leadingest.destinations.destination import Destination
    from leadingest.ingest.mapping_index import MappingIndex
    from leadingest.ingest.opened_destinations import OpenedDestinations
    from leadingest.ingest.run_options import RunOptions
    from leadingest.settings import Settings
    from leadingest.stores.mirror import Mirror
    from leadingest.tables.load_table import LoadTable

#: The load table where none is named.
LEAD_SOURCES = "lead_sources"


class OpenedProject:
    """What the methods of a project work with; each opens the database for itself, and closes it again."""

    def __init__(self, settings: Settings, *, table: str = LEAD_SOURCES) -> None:
        self.settings, self._table = settings, table
        self._copies: dict[ObjectUrl, Mirror] = {}

    @classmethod
    def open(
        cls, folder: Location | str | None = None, *, table: str = LEAD_SOURCES, **settings: Any
    ) -> Self:
        """The project that the folder lies in, or that is kept below a prefix such as `s3://bucket/project`.

        Where none is named it is that of `LEADINGEST_PROJECT`, else that of the current folder. Mappings and load tables
        in a bucket are copied to a private folder of this machine, for as long as the project is there.

        The settings are those of the command: of `[tool.leadingest]` in pyproject.toml, `.env` and `LEADINGEST_…`
        variables; keywords such as `database_url` and `inbox` win over them. `table` is the load table that results
        are read from. Raises ConfigurationError for a setting that is not known or has no such value, StoreError where
        the bucket cannot be read.
        """
        from leadingest.settings import load_settings

        return cls(load_settings(as_location(folder) if folder else None, **settings), table=table)

    @property
    def database(self) -> str:
        """The URL of the database as messages show it: without its password."""
        from leadingest.destinations.shown_url import shown_url

        return shown_url(self.url)

    @cached_property
    def index(self) -> MappingIndex:
        """The mappings, each read when it is first needed."""
        from leadingest.ingest.mapping_index import MappingIndex

        settings = self.settings
        return MappingIndex(
            self._here(settings.mappings), self._ddl, settings.fallback_encoding, settings.guards
        )

    def refresh(self) -> None:
        """Bring copies of what lies in a bucket up to date. Raises StoreError where that cannot be done."""
        for copy in self._copies.values():
            copy.refresh()

    def refuse_to_write_mappings(self, what: str) -> None:
        """Raise UsageError, which says `what` would write, where the mappings lie in a bucket: there they are only read."""
        if isinstance(self.settings.mappings, ObjectUrl):
            raise UsageError(
                f"{what} would write mappings, but those in {self.settings.mappings} are read-only",
                hint="work on a copy in a folder, with --mappings DIR, and upload it",
            )

    @cached_property
    def table(self) -> LoadTable:
        """The load table as the project describes it. Raises UsageError where it does not."""
        from leadingest.tables.load_table import read_load_table

        tables = sorted(file.stem for file in self._ddl.glob("*.yaml"))
        if self._table not in tables:
            raise UsageError(unknown_word(self._table, f"a load table in {self.settings.ddl}", tables))
        return read_load_table(self._ddl / f"{self._table}.yaml")

    def own_ddl(self, what: str) -> Path:
        """The folder of the project's own load tables, whether it is there or not.

        Raises UsageError, which says `what` would write, where they lie in a bucket.
        """
        from leadingest.settings import is_shipped

        ddl = self.settings.ddl
        if isinstance(ddl, ObjectUrl) or isinstance(self.settings.mappings, ObjectUrl):
            raise UsageError(f"{what} would write a load table, but a project in a bucket is read-only")
        return self.settings.mappings.parent / "ddl" if is_shipped(ddl) else ddl

    def tables(self) -> list[LoadTable]:
        """Every load table that the project describes. Raises ConfigurationError where there is none."""
        from leadingest.tables.load_table import read_load_table

        files = sorted(self._ddl.glob("*.yaml"))
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

    def run_options(self, **options: Any) -> RunOptions:
        """What a run is asked for: where the settings say that deliveries and leads are, and the options."""
        from leadingest.ingest.run_options import RunOptions

        settings = self.settings
        return RunOptions(
            settings.inbox, self.url, dead_letters=settings.dead_letters, archive=settings.archive, **options
        )

    def refuse_unknown(self, source: str) -> None:
        """Raise UsageError, with the nearest names, where no mapping of the project has this source."""
        try:
            self.index.sources()
        except (ConfigurationError, NothingToDoError):
            return
        self.index.path_of(source)

    @property
    def _ddl(self) -> Path:
        return self._here(self.settings.ddl)

    def _here(self, place: Location) -> Path:
        """The folder, or a copy of what lies at the address."""
        if isinstance(place, Path):
            return place
        if place not in self._copies:
            from leadingest.operations.lookup import MOST_BYTES
            from leadingest.stores.mirror import Mirror
            from leadingest.stores.objects import ObjectStore

            # No file of a project may be larger than a table to look values up in.
            copy = Mirror(ObjectStore(place), most=MOST_BYTES)
            copy.refresh()
            self._copies[place] = copy
        return self._copies[place].folder

    @property
    def url(self) -> str:
        """The URL of the database or lake, with its password."""
        return self.settings.database_url.get_secret_value()

    @property
    def mirror_url(self) -> str:
        """The URL of the lake that published loads are copied into; "" where none is set.

        Raises UsageError for a URL that is not that of a lake, or that of the project's own lake.
        """
        from leadingest.destinations.lake_url import lake_location
        from leadingest.stores.location import overlap

        url = self.settings.mirror
        if not url:
            return ""
        lake, database = lake_location(url), lake_location(self.url)
        if lake is None:
            raise UsageError(
                "a mirror must be a lake", hint="name one such as s3://bucket/prefix or lake:///folder"
            )
        if database and overlap(lake, database):
            raise UsageError("a mirror must be another lake than the one that it is a mirror of")
        return url


def as_place(file: Location | str | None) -> Location | None:
    """The file, wherever it lies; None where none is named. Raises ConfigurationError for a URL that names no bucket."""
    return as_location(file) if file else None


def today() -> date:
    """The day, UTC."""
    return datetime.now(UTC).date()
