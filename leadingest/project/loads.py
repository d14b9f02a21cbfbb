"""What a project does with its loads: all that is read from the database, and what is published there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from leadingest.documents.nearest import unknown_word
from leadingest.errors import ConfigurationError, LeadingestError, NothingToDoError, UsageError
from leadingest.project.opened import OpenedProject
from leadingest.stores.location import Location, as_location

if TYPE_CHECKING:
    import polars as pl

    from leadingest.comparing.compare_loads import LoadComparison
    from leadingest.comparing.duplicates import Duplicates
    from leadingest.destinations.destination import Destination
    from leadingest.destinations.diagnostics import InvalidValueGroup, RejectGroup
    from leadingest.destinations.ledger import LoadRow
    from leadingest.exporting.export_leads import Exported
    from leadingest.ingest.events import Events
    from leadingest.mirroring.mirrored_source import MirroredSource
    from leadingest.overview.overview import Overview


class LoadMethods(OpenedProject):
    """The methods of a project that are about its loads.

    Each raises NothingToDoError where there is no database yet, DestinationError where it cannot be used, and
    UsageError for a source that has neither a mapping nor a load. Those that read the rows of one load raise UsageError
    where there is no such load, and where its rows are not there: it is still being loaded, has failed, or was pruned.
    """

    def loads(self, *, source: str | None = None, limit: int | None = 20) -> list[LoadRow]:
        """The newest loads, of one source or of all, newest first; with None as limit all of them."""
        with self.destination() as destination:
            found = destination.ledger.history(source=source, limit=limit)
        if source and not found:
            self.refuse_unknown(source)
        return found

    def load(self, *, source: str | None = None, load_id: int | None = None) -> LoadRow:
        """The load with this number, or the newest one of the source that came to its end, held or not.

        Raises UsageError where neither is named, for a load that there is not, and for one of another source;
        NothingToDoError where the source has none yet.
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
        with self.destination() if load_id is None else self._with_rows(load_id) as destination:
            found = destination.leads.rows(source=source, load_id=load_id, limit=limit)
        if source and found.is_empty():
            self.refuse_unknown(source)
        return found

    def rejects(self, load_id: int, *, examples: int = 3) -> list[RejectGroup]:
        """Why records of the load were rejected, the most frequent reason first, each with its first examples."""
        with self._with_rows(load_id) as destination:
            return destination.diagnostics.reject_groups(load_id, examples=examples)

    def invalid_values(self, load_id: int, *, examples: int = 3) -> list[InvalidValueGroup]:
        """Which cells of the load could not be read, by field and rule, the most frequent first, with the first examples."""
        with self._with_rows(load_id) as destination:
            return destination.diagnostics.invalid_value_groups(load_id, examples=examples)

    def invalid_value_rows(self, load_id: int) -> Iterator[pl.DataFrame]:
        """Every cell of the load that could not be read, by record number, in batches.

        The database is open until the last one. Raises UsageError for a load whose rows are not there.
        """
        with self._with_rows(load_id) as destination:
            yield from destination.diagnostics.invalid_values(load_id)

    def rejects_file(self, load_id: int) -> Iterator[bytes]:
        """All rejects of the load as a file to correct, piece by piece: `replay` takes it back.

        It is CSV in UTF-8: a header, then every record as it came, behind its number. The database is open until the
        last piece. Raises UsageError for a load whose rows are not there, ConfigurationError for a mapping with faults.
        """
        from leadingest.ingest.replay.rejects_file import RejectsLayout, rejects_as_file

        with self._with_rows(load_id) as destination:
            load = destination.ledger.load(load_id)
            fmt = self.index.mapping(load.source_name).delivery
            layout = RejectsLayout.of(fmt, load, destination.diagnostics.headers(load_id))
            yield from rejects_as_file(destination.diagnostics.rejects(load_id), layout)

    def approve(self, load_id: int) -> LoadRow:
        """Publish a load that is held. Raises UsageError where it is not."""
        with self.destination() as destination:
            return destination.ledger.approve(load_id)

    def rollback(self, source: str, *, to: int | None = None) -> LoadRow:
        """Publish an earlier load of the source again: `to`, or the one before the published one.

        Raises UsageError where `to` is no load of the source that can be published, NothingToDoError where there is
        none before.
        """
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

    @contextmanager
    def diff(
        self,
        source: str,
        *,
        loads: tuple[int, int] | None = None,
        fields: Sequence[str] = (),
        then_by: Sequence[str] = (),
    ) -> Iterator[LoadComparison]:
        """Two loads of the source beside each other: which leads are new, changed, gone, or there again.

        For as long as the block lasts: the leads themselves are read when they are asked for. The `loads` are numbers,
        the earlier one first, by default the published one and the one before it. Compared are all fields, or these.
        Leads are matched by the key of the mapping, else by their lead_key; those without a partner then by the fields
        `then_by`.

        Raises UsageError for a load that the source does not have and for a field that there is not,
        NothingToDoError where there are no two loads, BalanceError where a lead is not accounted for.
        """
        from leadingest.comparing.compare_loads import compare_loads

        columns = tuple(self.table.columns)
        for name in (*fields, *then_by):
            if name not in columns:
                raise UsageError(unknown_word(name, f"a field of {self.table.name}", columns))
        with self.destination() as destination:
            yield compare_loads(
                destination,
                source,
                key=self._key(source, destination),
                fields=fields or columns,
                loads=loads,
                then_by=then_by,
            )

    def duplicates(self, *, source: str | None = None, rules: Sequence[str] = ()) -> list[Duplicates]:
        """Published leads that share something, by each of the rules, or by these; with `source` those that it has a part in.

        The rules are same_key, same_phone, same_address and same_license. Raises UsageError for another one,
        NothingToDoError where nothing is published.
        """
        from leadingest.comparing.duplicate_rules import RULES
        from leadingest.comparing.duplicates import find_duplicates

        names = list(dict.fromkeys(rule.name for rule in RULES))
        for name in rules:
            if name not in names:
                raise UsageError(unknown_word(name, "a rule for duplicates", names))
        columns = self.table.columns
        with self.destination() as destination:
            if source and not destination.ledger.published(source):
                self.refuse_unknown(source)
            chosen = [rule for rule in RULES if not rules or rule.name in rules]
            return find_duplicates(destination.leads, columns, chosen, source=source)

    def export(
        self,
        file: Location | str,
        *,
        name: str = "",
        all_again: bool = False,
        format: str | None = None,  # as it is called everywhere
        columns: Sequence[str] | None = None,
        where: str = "",
        sources: Sequence[str] = (),
        states: Sequence[str] = (),
        overwrite: bool = False,
        dry_run: bool = False,
    ) -> Exported:
        """Write published leads to a file, and what is in it to `<file>.json`; both whole or not at all.

        With a `name` only leads that are new or have changed since the last export of that name, or, with `all_again`,
        all once more. `format` is csv, xlsx or parquet where the name of the file does not say it. `where` is an SQL
        condition; `sources` and `states` choose, too. A dry run counts, and writes and marks nothing.

        Raises UsageError for what cannot be carried out, and for a file that is there already, unless it is to be
        overwritten; NothingToDoError where nothing is published, LeadingestError where the file cannot be written.
        """
        from leadingest.exporting.export_leads import export_leads
        from leadingest.exporting.request import Request, format_of

        place = as_location(file)
        request = Request(
            file=place,
            format=format_of(place, format),
            name=name,
            columns=None if columns is None else tuple(columns),
            where=where,
            sources=tuple(sources),
            states=tuple(states),
            all_again=all_again,
        )
        if not (overwrite or dry_run):
            request.refuse_existing_file()
        with self.destination() as destination:
            for source in sources:
                if not destination.ledger.published(source):
                    self.refuse_unknown(source)
            return export_leads(destination, request, now=datetime.now(UTC), dry_run=dry_run)

    def mirror(
        self, *sources: str, wait: float = 0, dry_run: bool = False, events: Events | None = None
    ) -> list[MirroredSource]:
        """Copy the published loads of these sources, or of all, into the lake of the setting `mirror`.

        The database is only read. One result each, by name; what is wrong with one source is in its result. What is there already is not written
        again; a rollback, an approval, a replay and a pruning in the database are done there, too. `wait` is how many
        seconds another process that has a source there is waited for. A dry run writes nothing.

        Where something goes wrong, the services of the setting `notify` are sent one message; `events` is told of one that
        could not be sent.

        Raises UsageError where no mirror is set or it is no lake, NothingToDoError where nothing is published.
        """
        from leadingest.ingest.events import Events
        from leadingest.project.notifier import Notifier

        url = self.mirror_url
        if not url:
            raise UsageError("mirror into which lake? use --to URL or set LEADINGEST_MIRROR")
        notifier = Notifier.of(self.settings, events or Events())
        try:
            results = self._mirrored(url, sources, wait=wait, dry_run=dry_run)
        except NothingToDoError:
            raise
        except LeadingestError as error:
            notifier.stopped(error, "mirror")
            raise
        if not dry_run:
            notifier.mirrored(results)
        for source in sources:
            if all(each.source != source for each in results):
                self.refuse_unknown(source)
                raise NothingToDoError(
                    f"{source} has no published load", hint=f"leadingest loads --source {source}"
                )
        if not results:
            raise NothingToDoError(
                f"no load is published in {self.database}", hint="leadingest loads lists the loads"
            )
        return results

    def _mirrored(
        self, url: str, sources: Sequence[str], *, wait: float, dry_run: bool
    ) -> list[MirroredSource]:
        from leadingest.destinations.shown_url import shown_url
        from leadingest.ingest.opened_destinations import OpenedDestinations
        from leadingest.mirroring.mirror_loads import mirror_loads

        with self.destinations() as there, OpenedDestinations(url) as lake:
            return mirror_loads(
                self.tables(),
                there,
                lake,
                sources,
                database=self.database,
                to=shown_url(url),
                wait=wait,
                dry_run=dry_run,
            )

    def overview(self, *, loads: int = 50) -> Overview:
        """The state of all sources: which are late, failed or held, how full their fields are, what was refused.

        Of each source the newest `loads` are told. Where there is no database yet, nothing was loaded. Raises
        ConfigurationError where there is no folder of mappings, or two of them are of one source.
        """
        return self._gathered(loads=loads, contents=True)

    def status(self) -> Overview:
        """The state of all sources without what is in their loads: quick, however many leads there are.

        Raises as `overview`.
        """
        return self._gathered(loads=50, contents=False)

    def _gathered(self, *, loads: int, contents: bool) -> Overview:
        from leadingest.overview.overview import gather

        now = datetime.now(UTC)
        with ExitStack() as stack:
            try:
                destination = stack.enter_context(self.destination())
            except NothingToDoError:
                destination = None
            return gather(self.index, self.table, destination, now=now, loads=loads, contents=contents)

    def report(self, folder: Location | str, *, loads: int = 50) -> Overview:
        """Write the state of all sources as web pages into the folder, or below a prefix of object storage; gives it, too.

        `index.html` leads to a page for each source. Raises as `overview`, and ConfigurationError or StoreError where
        the pages cannot be written.
        """
        from leadingest.reports.overview import write_overview

        overview = self.overview(loads=loads)
        write_overview(overview, as_location(folder))
        return overview

    def ddl(self, dialect: str) -> str:
        """The SQL that creates the load table, its companion tables and the view; no database is needed.

        For athena, it is the SQL that reads a lake. Raises UsageError for a dialect that is not known: they are
        athena, mysql and sqlite.
        """
        from leadingest.destinations.ddl import printed_ddl

        return printed_ddl(self.table, dialect, self.url)

    def new_table(self, name: str) -> Path:
        """Write the description of a load table of your own, a copy of the project's table under another name.

        It goes into the project's `ddl` folder. A project that has none gets one with the load tables that come with the
        program, which would not be found any more. Raises UsageError for a name that is none or is taken.
        """
        from leadingest.tables.copy_table import copy_table

        return copy_table(self._ddl / f"{self.table.name}.yaml", name, self.own_ddl("--new-table"))

    def missing_ddl(self) -> list[str]:
        """The SQL that adds what the database is missing, a statement each; nothing is altered.

        For a lake, it is what makes the tables of Athena anew where the load table has a new column.
        """
        with self.destinations() as destinations:
            return list(destinations.as_it_is(self.table).sql_tables.lacking())

    def rebuild(self) -> None:
        """Make the table that other programs read of a lake anew from what is published.

        Nothing may be loaded meanwhile. Raises UsageError where the destination is a database.
        """
        with self.destination() as destination:
            if destination.engine_table is None:
                raise UsageError(
                    "only a lake has a table for other programs; a database is asked itself",
                    hint="name the lake: --database-url s3://bucket/prefix",
                )
            destination.engine_table.rebuild()

    @contextmanager
    def _with_rows(self, load_id: int) -> Iterator[Destination]:
        """The destination, where the rows of the load are there."""
        from leadingest.destinations.refusals import refuse_without_rows

        with self.destination() as destination:
            refuse_without_rows(destination.ledger.load(load_id))
            yield destination

    def _key(self, source: str, destination: Destination) -> tuple[str, ...]:
        """What the mapping of the source declares; nothing where no more than loads is left of the source.

        Raises UsageError, with the nearest names, where there is neither a mapping nor a load.
        """
        if destination.ledger.history(source=source, limit=1):
            try:
                if source not in self.index.sources():
                    return ()
            except (ConfigurationError, NothingToDoError):
                return ()
        return self.index.mapping(source).key
