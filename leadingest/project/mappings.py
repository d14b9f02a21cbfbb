"""What a project does with its mappings, before anything is loaded: no method here needs a database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from leadingest.errors import UsageError
from leadingest.project.opened import OpenedProject, as_place, today
from leadingest.stores.location import Location, as_location

if TYPE_CHECKING:
    from leadingest.deliveries.delivery import Delivery
    from leadingest.ingest.events import Events, Progress
    from leadingest.ingest.explain import Explanation
    from leadingest.ingest.mapping_tests import TriedMapping
    from leadingest.ingest.preview import Preview
    from leadingest.lint.finding import LintResult
    from leadingest.mapping.models import Mapping
    from leadingest.project.new_mapping import DraftedMapping


class MappingMethods(OpenedProject):
    """The methods of a project that are about its mappings."""

    def sources(self) -> list[str]:
        """The sources that have a mapping, by name.

        Raises ConfigurationError where there is no folder of mappings, or two of them are of one source, and
        NothingToDoError where there are none.
        """
        return list(self.index.sources())

    def source_of(self, file: Location | str) -> str:
        """The one source whose deliveries are named like the file. Raises UsageError where there are none or more."""
        return self.index.source_taking(as_location(file))

    def new(self, name: str, file: Location | str, *, force: bool = False) -> DraftedMapping:
        """Draft the mapping of a new source from one of its deliveries, and write it into the folder of mappings.

        With `force` a mapping of this name is overwritten. Raises UsageError for a name that is none or is taken,
        DeliveryError where the file cannot be read, ConfigurationError where there is no folder of mappings.
        """
        from leadingest.project.new_mapping import new_mapping

        self.refuse_to_write_mappings("new")
        return new_mapping(
            name,
            as_location(file),
            self.table,
            self.index,
            tables=self.tables(),
            today=today(),
            force=force,
        )

    def lint(
        self,
        *sources: str,
        files: Sequence[Path] = (),
        sample: Location | str | None = None,
        newest: bool = False,
        fix: bool = False,
    ) -> LintResult:
        """What is wrong, or not wise, in the mappings of the sources, of the files and folders, or in all.

        They are compared with `sample`, or with the `newest` delivery of each in the inbox. With `fix`, what can be
        fixed without changing a meaning is written into the files first. Raises UsageError for a source or file that
        there is not, and where a sample goes with several mappings, NothingToDoError where there is nothing to look at.
        """
        from leadingest.ingest.lint_request import LintRequest, lint_result

        if fix and not files:
            self.refuse_to_write_mappings("--fix")
        request = LintRequest(tuple(files), sources, as_place(sample), newest=newest, fix=fix)
        return lint_result(request, self.index, self.settings.inbox)

    def test(self, *sources: str, update: bool = False, coverage: bool = False) -> list[TriedMapping]:
        """Run the tests that stand in the mappings of the sources, of all where none is named.

        With `update` those that fail are rewritten to say what came out; with `coverage` each result says what no test
        covers. What is wrong with one mapping, even that there is none, is in its result as `error`.
        """
        from leadingest.ingest.mapping_tests import check_mappings

        if update:
            self.refuse_to_write_mappings("--update")
        return check_mappings(
            self.index, sources or self.sources(), today=today(), update=update, with_coverage=coverage
        )

    def preview(
        self,
        source: str | None = None,
        *,
        file: Location | str | None = None,
        records: int = 3,
        random: bool = False,
        numbers: Sequence[int] = (),
        limit: int | None = None,
        events: Events | None = None,
    ) -> Preview:
        """Records beside the leads that they would become, and what each field is like; nothing is written.

        The newest delivery of the source is read, or `file`: then the source may be the one that takes files of its
        name. Shown are the first `records`, as many at `random`, or those with these `numbers`, counted from 1. With
        `limit` no more than so many records are read. `events` is told how it goes.

        Raises UsageError for a source or a record that there is not, NothingToDoError where there is no delivery,
        DeliveryError where it cannot be read as a run would read it, ConfigurationError for a mapping with faults.
        """
        from leadingest.ingest.preview import chosen_records, preview_delivery

        choice = chosen_records(records, at_random=random, numbers=numbers)
        with self._reading(source, file, events) as (mapping, delivery, progress):
            return preview_delivery(
                mapping, delivery, choice=choice, today=today(), limit=limit, progress=progress
            )

    def explain(
        self,
        record: int,
        source: str | None = None,
        *,
        file: Location | str | None = None,
        fields: Sequence[str] = (),
        events: Events | None = None,
    ) -> Explanation:
        """How the record with this number, counted from 1, became a lead, or why it did not; nothing is written.

        Told of all fields of the mapping, or of these. The delivery is chosen, and errors are raised, as by `preview`.
        """
        from leadingest.ingest.explain import explain_record

        with self._reading(source, file, events) as (mapping, delivery, progress):
            return explain_record(mapping, delivery, record, today=today(), fields=fields, progress=progress)

    def schema(self) -> str:
        """The JSON Schema of the mapping language for the load tables of the project: editors complete and check with it."""
        from leadingest.mapping.schema.mapping_schema import schema_text

        return schema_text(self.tables())

    @contextmanager
    def _reading(
        self, source: str | None, file: Location | str | None, events: Events | None
    ) -> Iterator[tuple[Mapping, Delivery, Progress]]:
        """The mapping of the source with its delivery, and whom to tell how many of its records were read."""
        from leadingest.deliveries.inboxes.open_inbox import open_inbox
        from leadingest.ingest.events import Events
        from leadingest.ingest.find_delivery import find_delivery

        if not source and not file:
            raise UsageError(
                "which source? use --source NAME or --file PATH",
                hint=f"the sources are {', '.join(self.sources())}",
            )
        mapping = self.index.mapping(source or self.source_of(file or ""))
        inbox = open_inbox(self.settings.inbox)
        with (
            find_delivery(mapping, inbox, as_place(file), today=today()) as delivery,
            (events or Events()).reading(mapping.source, delivery) as progress,
        ):
            yield mapping, delivery, progress
