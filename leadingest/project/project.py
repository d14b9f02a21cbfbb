"""What a program opens: a project, with a method for each thing that can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from leadingest.documents.nearest import listed
from leadingest.errors import ConfigurationError, LeadingestError, NothingToDoError, UsageError
from leadingest.project.loads import LoadMethods
from leadingest.project.mappings import MappingMethods
from leadingest.project.opened import as_place, today
from leadingest.stores.location import Location

if TYPE_CHECKING:
    from leadingest.deliveries.kept.dead_letters import DeadLetter, DeadLetters
    from leadingest.destinations.ledger import DriftRow
    from leadingest.drift.source_drift import SourceDrift
    from leadingest.ingest.events import Events
    from leadingest.ingest.replay.replay_deliveries import ReplayedLetter
    from leadingest.ingest.replay.replayed_rejects import ReplayedRejects
    from leadingest.ingest.result import SourceResult
    from leadingest.ingest.run_options import RunOptions
    from leadingest.lint.finding import FixedText
    from leadingest.planning.plan import ChangePlan


class Project(MappingMethods, LoadMethods):
    """Mappings, an inbox and a database; its methods are called as the commands of `leadingest`.

    It is of one moment: each mapping is read when it is first needed, and then stays as it is. Open the project again
    for the next piece of work. The database is opened by each method, and closed before it returns.

    Every method raises a LeadingestError where it cannot go on; what is wrong with one source of several is in its
    result instead.
    """

    def run(
        self,
        *sources: str,
        file: Location | str | None = None,
        dry_run: bool = False,
        again: bool = False,
        wait: float = 0,
        jobs: int | None = None,
        events: Events | None = None,
    ) -> list[SourceResult]:
        """Load the newest delivery of each source, of all where none is named; one result each, in their order.

        `file` is loaded instead, as the one source named or else the one whose mapping takes files of its name.
        `dry_run` writes nothing anywhere, `again` loads a delivery even if it was loaded before, `wait` is how many
        seconds a concurrent run of the source is waited for, `jobs` how many sources are loaded at a time, or, of one
        source alone, how many processes map a large file. `events` is told how it goes.

        Where something goes wrong, the services of the setting `notify` are sent one message.

        Raises UsageError for a source that has no mapping, before anything is loaded, DestinationError where the database
        cannot be used at all, and ConfigurationError where `notify` names no service that there is.
        """
        place = as_place(file)
        names = self._chosen(sources, place)
        options = self.run_options(file=place, dry_run=dry_run, again=again, wait=wait, jobs=jobs)
        return self._run(names, options, events)

    def spark_run(
        self,
        source: str | None = None,
        *,
        file: Location | str | None = None,
        scratch: Location | str | None = None,
        dry_run: bool = False,
        again: bool = False,
        wait: float = 0,
        events: Events | None = None,
    ) -> SourceResult:
        """Load the newest delivery of one source as `run` does, its ranges mapped by the tasks of a Spark.

        This program is the driver of the Spark that it was submitted to, or starts one on this machine. `scratch` is where
        tasks put their files: a URL, or a folder that all machines share; none where Spark is on this machine alone.

        Raises as `run` does, and ConfigurationError where there is no Spark, or no such place.
        """
        from leadingest.ingest.ranges.spark_tasks import SparkRanges, spark_session

        place = as_place(file)
        if not (source or place):
            raise UsageError("which source? name it, or a file")
        names = self._chosen((source,) if source else (), place)
        with spark_session() as spark:
            ranges = SparkRanges(spark, scratch=as_place(scratch))
            options = self.run_options(file=place, dry_run=dry_run, again=again, wait=wait, ranges=ranges)
            (result,) = self._run(names, options, events)
        return result

    def _run(self, names: list[str], options: RunOptions, events: Events | None) -> list[SourceResult]:
        """Run; where something goes wrong, one message is sent to the services of the settings."""
        from leadingest.ingest.events import Events
        from leadingest.ingest.run import run

        listeners = events or Events()
        if options.dry or not (self.settings.notify_urls or self.settings.lineage_url):
            return run(self.index, names, options, listeners)
        from leadingest.project.lineage import lineage_told
        from leadingest.project.notifier import Notifier

        notifier = Notifier.of(self.settings, listeners)
        try:
            with lineage_told(self, listeners, self.index.mapping) as lineage:
                results = run(self.index, names, options, lineage.events)
        except LeadingestError as error:
            notifier.stopped(error)
            raise
        notifier.finished(results, self.status)
        return results

    def drift(
        self,
        *sources: str,
        file: Location | str | None = None,
        published: bool = False,
        fix: bool = False,
        events: Events | None = None,
    ) -> tuple[SourceDrift, ...]:
        """How the newest delivery of each source, of all where none is named, differs from what was expected.

        `file` is compared instead, as by `run`; with `published` it is what is published, beside the load before.
        Nothing is loaded. With `fix`, what is clear is fixed in the mapping first. Raises UsageError for a source that
        has no mapping; why one cannot be compared is in its result.
        """
        from leadingest.deliveries.inboxes.open_inbox import open_inbox
        from leadingest.ingest.drift_sources import DriftFinder, fix_drift
        from leadingest.ingest.events import Events

        if fix:
            self.refuse_to_write_mappings("--fix")
        place = as_place(file)
        names = self._chosen(sources, place)
        with self.destinations() as destinations:
            finder = DriftFinder(
                project=self.index,
                inbox=open_inbox(self.settings.inbox),
                today=today(),
                destination_of=destinations.there_or_none,
                file=place,
                published=published,
                events=events or Events(),
            )
            look = (lambda source: fix_drift(finder, source)) if fix else finder.drift
            return tuple(look(source) for source in names)

    def plan(
        self,
        *sources: str,
        base: str = "HEAD",
        file: Location | str | None = None,
        last: int = 1,
        show_values: bool = False,
        events: Events | None = None,
    ) -> ChangePlan:
        """What the mappings as they are now would change in the leads; nothing is loaded.

        They are compared with the git revision `base`, as it was where the current commit left it, on the `last`
        deliveries of each source in the archive, or on `file`. Compared are these sources, or all, of which the mapping,
        a file that it extends or looks values up in, or its load table is another one by now. Values that are, or may be,
        somebody's are told as shapes unless `show_values`.

        Raises UsageError for a source or revision that there is not, and for mappings in a bucket; ConfigurationError
        where the mappings lie in no git repository. What is wrong with one source is in its result.
        """
        from leadingest.deliveries.kept.archive import Archive
        from leadingest.ingest.events import Events
        from leadingest.ingest.mapping_index import MappingIndex
        from leadingest.planning.plan import ChangePlan, Planner
        from leadingest.planning.revision import revision
        from leadingest.stores.open_store import open_store

        settings, place = self.settings, as_place(file)
        if not isinstance(settings.mappings, Path):
            raise UsageError(
                f"plan compares with git, but the mappings are in {settings.mappings}",
                hint="run it in a clone of the repository that they come from, with --mappings DIR",
            )
        names = self._chosen(sources, place) if sources or place else []
        folder = settings.archive
        with (
            revision(self.index.mappings, self._ddl, base) as then,
            self.destinations() as destinations,
        ):
            planner = Planner(
                before=MappingIndex(then.mappings, then.ddl, settings.fallback_encoding, settings.guards),
                now=self.index,
                archive=Archive(open_store(folder)) if folder else None,
                today=today(),
                destination_of=destinations.there_or_none,
                file=place,
                last=last,
                show_values=show_values,
                events=events or Events(),
            )
            plans, untouched = planner.touched(names)
        return ChangePlan(then.name, then.commit, tuple(plans), untouched, values_shown=show_values)

    def drift_fixes(self, *drifts: SourceDrift) -> list[FixedText]:
        """What `fix` would write into the mappings of the sources."""
        from leadingest.ingest.drift_sources import fixed_files

        return [each for drift in drifts for each in fixed_files(self.index, drift)]

    def drift_history(self, *sources: str, limit: int = 20) -> list[DriftRow]:
        """The drift that was recorded with the newest `limit` loads of each source, or of all together, newest first."""
        chosen = self._chosen(sources, None) if sources else [None]
        with self.destination() as destination:
            return [
                row for source in chosen for row in destination.diagnostics.drift(source=source, limit=limit)
            ]

    def replay(
        self,
        source: str | None = None,
        *,
        load_id: int | None = None,
        file: Location | str | None = None,
        dry_run: bool = False,
        wait: float = 0,
        events: Events | None = None,
    ) -> ReplayedRejects:
        """Run the rejects of a load, by default of the published one, through the mapping as it is now.

        Those that succeed join the leads of the load; all of it, or nothing. With `file` the rejects are those that
        stand in it, as `rejects_file` wrote them and somebody corrected them. `wait` is how many seconds a concurrent
        run of the source is waited for. A dry run changes nothing.

        Raises UsageError where no source and no load is named, or there is no such load, NothingToDoError where it has
        no rejects, DeliveryError where they do not fit the mapping or the file is not one of them.
        """
        from leadingest.deliveries.inboxes.open_inbox import opened_file
        from leadingest.ingest.events import Events
        from leadingest.ingest.replay.replay_rejects import delivery_of, replay_rejects

        mapping = self.index.mapping(source or self.load(load_id=load_id).source_name)
        place, listeners = as_place(file), events or Events()
        with (
            opened_file(place) if place else nullcontext() as fixed,
            self.destinations() as destinations,
            ExitStack() as stack,
        ):
            return replay_rejects(
                mapping,
                destinations.there(mapping.table),
                load_id,
                corrected=fixed,
                dry_run=dry_run,
                wait=wait,
                kept=self.run_options().kept,
                started=lambda load: stack.enter_context(
                    listeners.reading(mapping.source, delivery_of(load))
                ),
            )

    def replay_whole(
        self,
        source: str | None = None,
        *,
        load_id: int | None = None,
        dry_run: bool = False,
        wait: float = 0,
        events: Events | None = None,
    ) -> SourceResult:
        """Load the whole delivery of a load, by default of the published one, again from the archive.

        Raises as `replay`; ConfigurationError where no archive is kept, and NothingToDoError where it is not there.
        """
        from leadingest.deliveries.kept.archive import Archive
        from leadingest.ingest.events import Events
        from leadingest.ingest.replay.replay_deliveries import replay_archived
        from leadingest.ingest.replay.replay_rejects import chosen_load
        from leadingest.stores.open_store import open_store

        name = source or self.load(load_id=load_id).source_name
        mapping = self.index.mapping(name)
        folder = self.settings.archive
        if folder is None:
            raise ConfigurationError(
                "there is no archive: LEADINGEST_ARCHIVE is off",
                hint=f"if you have the file: leadingest run --source {name} --file FILE",
            )
        with self.destinations() as destinations:
            load = chosen_load(destinations.there(mapping.table).ledger, name, load_id)
        options = self._replay_options(dry_run=dry_run, wait=wait)
        return replay_archived(self.index, load, Archive(open_store(folder)), options, events or Events())

    def replay_dead_letters(
        self, source: str, *, dry_run: bool = False, wait: float = 0, events: Events | None = None
    ) -> list[ReplayedLetter]:
        """Load the deliveries of the source that failed as a whole, oldest first, each as in a run.

        One that loads is a dead letter no more. Raises NothingToDoError where there are none.
        """
        from leadingest.ingest.events import Events
        from leadingest.ingest.replay.replay_deliveries import replay_dead_letters

        self.index.mapping(source)
        letters, options = self._letters(), self._replay_options(dry_run=dry_run, wait=wait)
        return replay_dead_letters(self.index, source, letters, options, events or Events())

    def dead_letters(self, source: str) -> list[DeadLetter]:
        """The deliveries of the source that failed as a whole, oldest first: their files, and why.

        Raises ConfigurationError where no dead letters are kept.
        """
        return self._letters().of(source)

    def forget_dead_letters(self, source: str, *files: str, dry_run: bool = False) -> list[DeadLetter]:
        """Remove the dead letters of these file names, or of the names of their copies; those that were removed.

        Raises NothingToDoError where there is none of one of the names; then nothing is removed.
        """
        letters = self._letters()
        found = letters.of(source)
        if absent := [name for name in files if not any(name in letter.names for letter in found)]:
            raise NothingToDoError(
                f"there is no dead letter of {source} named {absent[0]!r}",
                hint=f"those there are: {listed(letter.file for letter in found)}"
                if found
                else "there are none",
            )
        chosen = [letter for letter in found if not letter.names.isdisjoint(files)]
        for letter in () if dry_run else chosen:
            letters.remove(source, letter.sha256)
        return chosen

    def _replay_options(self, *, dry_run: bool, wait: float) -> RunOptions:
        """Those of a run; a dry run has no database, and is compared with nothing."""
        options = self.run_options(wait=wait)
        return replace(options, database_url=None) if dry_run else options

    def _letters(self) -> DeadLetters:
        from leadingest.deliveries.kept.dead_letters import DeadLetters
        from leadingest.stores.open_store import open_store

        folder = self.settings.dead_letters
        if folder is None:
            raise ConfigurationError(
                "dead letters are not kept: LEADINGEST_DEAD_LETTERS is off", hint="set it to a folder"
            )
        return DeadLetters(open_store(folder))

    def _chosen(self, sources: Sequence[str], file: Location | None) -> list[str]:
        names = list(dict.fromkeys(sources))
        if file and len(names) > 1:
            raise UsageError("a file is loaded as one source, not as several")
        for name in names:
            self.index.path_of(name)
        return names or ([self.source_of(file)] if file else self.sources())
