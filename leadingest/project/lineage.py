"""Tells an OpenLineage endpoint of loads: from which file, into which table, and which column became which field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

from leadingest import __version__
from leadingest.deliveries.delivery import Delivery
from leadingest.destinations.lake_url import lake_location
from leadingest.ingest.events import Events, Listener
from leadingest.ingest.result import SourceResult
from leadingest.mapping.models import Mapping
from leadingest.overview.mapped_values import headers_read
from leadingest.project.opened import OpenedProject
from leadingest.reports.printable import one_line
from leadingest.stores.location import Location, ObjectUrl
from leadingest.tables.types.text import Text
from leadingest.wording import counted

if TYPE_CHECKING:
    from openlineage.client.event_v2 import RunEvent

    from leadingest.outputs.lineage_endpoint import LineageEndpoint

#: Whoever reads an event is told what made it.
_PRODUCER: Final = f"urn:leadingest:{__version__}"


@dataclass(frozen=True)
class DatasetName:
    """A dataset as OpenLineage names it."""

    namespace: str
    name: str


@dataclass(frozen=True)
class TracedLoad:
    """A load under way."""

    run_id: str
    delivery: Delivery
    mapping: Mapping


class LineageListener(Listener):
    """Sends START where a delivery is read, then COMPLETE or FAIL; nothing where nothing was read.

    An event that cannot be made or sent is lost, and the load goes on.
    """

    def __init__(
        self,
        endpoint: LineageEndpoint,
        mapping_of: Callable[[str], Mapping],
        *,
        database: str,
        namespace: str,
    ) -> None:
        """`database` is the URL without its password, `namespace` that of the jobs, one for each source."""
        self._endpoint, self._mapping_of = endpoint, mapping_of
        self._database, self._namespace = database, namespace
        self._loads: dict[str, TracedLoad] = {}

    def started(self, source: str, delivery: Delivery) -> None:
        """A delivery was found and is about to be read; again where the database broke the load off."""
        with suppress(Exception):
            before = self._loads.get(source)
            if before and before.delivery is delivery:
                return
            load = TracedLoad(str(uuid4()), delivery, self._mapping_of(source))
            self._loads[source] = load
            self._endpoint.send(self._event(load, None))

    def finished(self, result: SourceResult) -> None:
        """The source is done with, in whatever way."""
        with suppress(Exception):
            if load := self._loads.pop(result.source, None):
                self._endpoint.send(self._event(load, result))

    def _event(self, load: TracedLoad, result: SourceResult | None) -> RunEvent:
        from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
        from openlineage.client.facet_v2 import (
            error_message_run,
            input_statistics_input_dataset,
            job_type_job,
            output_statistics_output_dataset,
            processing_engine_run,
        )

        made: dict[str, Any] = {"producer": _PRODUCER}
        source, target = (
            file_dataset(load.delivery.place),
            table_dataset(self._database, load.mapping.table.name),
        )
        engine = processing_engine_run.ProcessingEngineRunFacet(
            version=__version__, name="leadingest", **made
        )
        run: dict[str, Any] = {"processing_engine": engine}
        read: dict[str, Any] = {}
        written: dict[str, Any] = {}
        state = RunState.START
        if result and result.status == "failed":
            state = RunState.FAIL
            run["errorMessage"] = error_message_run.ErrorMessageRunFacet(
                message=one_line(result.message), programmingLanguage="PYTHON", **made
            )
        elif result:
            state = RunState.COMPLETE
            read["inputStatistics"] = input_statistics_input_dataset.InputStatisticsInputDatasetFacet(
                rowCount=result.counts.read, size=load.delivery.size, fileCount=1, **made
            )
            written["outputStatistics"] = output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(
                rowCount=result.counts.loaded, **made
            )
        kind = job_type_job.JobTypeJobFacet(
            processingType="BATCH", integration="LEADINGEST", jobType="LOAD", **made
        )
        return RunEvent(
            eventTime=datetime.now(UTC).isoformat(),
            eventType=state,
            run=Run(load.run_id, facets=run),
            job=Job(self._namespace, load.mapping.source, facets={"jobType": kind}),
            inputs=[
                InputDataset(
                    source.namespace, source.name, facets=_read_facets(load.mapping, made), inputFacets=read
                )
            ],
            outputs=[
                OutputDataset(
                    target.namespace,
                    target.name,
                    facets=_written_facets(load.mapping, source, made),
                    outputFacets=written,
                )
            ],
            producer=_PRODUCER,
        )


@dataclass(frozen=True)
class ToldLineage:
    """The `events` of loads, of which the endpoint of the settings is told, too, where there is one."""

    events: Events
    endpoint: LineageEndpoint | None = None

    def flush(self) -> None:
        """Wait a moment until it was told all; what it was not told is a warning."""
        if self.endpoint and (lost := self.endpoint.flush()):
            text = f"{counted(lost, 'event')} could not be sent to the endpoint of LEADINGEST_LINEAGE"
            self.events.warned(text)


@contextmanager
def lineage_told(
    project: OpenedProject, events: Events, mapping_of: Callable[[str], Mapping]
) -> Iterator[ToldLineage]:
    """The events, of which an endpoint is told within the block. A mapping is asked for when its source is loaded.

    Raises ConfigurationError where the endpoint cannot be meant, or its library is not installed.
    """
    settings = project.settings
    if not settings.lineage_url:
        yield ToldLineage(events)
        return
    from leadingest.outputs.lineage_endpoint import LineageEndpoint

    endpoint = LineageEndpoint(settings.lineage_url, settings.lineage_key.get_secret_value())
    listener = LineageListener(
        endpoint, mapping_of, database=project.database, namespace=settings.lineage_namespace
    )
    lineage = ToldLineage(events.beside(listener), endpoint)
    try:
        yield lineage
    finally:
        lineage.flush()
        endpoint.close()


def file_dataset(place: Location) -> DatasetName:
    """The name of a file or an object."""
    if isinstance(place, ObjectUrl):
        return DatasetName(f"{place.scheme}://{place.bucket}", place.key)
    return DatasetName("file", str(place.absolute()))


def table_dataset(database: str, table: str) -> DatasetName:
    """The name of a load table, by the URL of its database without a password, or of its lake."""
    if lake := lake_location(database):
        folder = file_dataset(lake)
        return replace(
            folder, name=f"{folder.name}/{table}".removeprefix("/" if folder.namespace != "file" else "")
        )
    parts = urlsplit(database)
    if not parts.hostname:
        return DatasetName(f"sqlite://{parts.path.removeprefix('/')}", table)
    kind = parts.scheme.partition("+")[0]
    return DatasetName(f"{kind}://{parts.hostname}:{parts.port or 3306}", f"{parts.path.strip('/')}.{table}")


def _read_facets(mapping: Mapping, made: dict[str, Any]) -> dict[str, Any]:
    from openlineage.client.facet_v2 import schema_dataset

    headers = dict.fromkeys(header for field in mapping.fields for header in _columns_read(mapping, field))
    fields = [schema_dataset.SchemaDatasetFacetFields(name=header, type="text") for header in headers]
    return {"schema": schema_dataset.SchemaDatasetFacet(fields=fields, **made)}


def _written_facets(mapping: Mapping, source: DatasetName, made: dict[str, Any]) -> dict[str, Any]:
    from openlineage.client.facet_v2 import column_lineage_dataset as lineage
    from openlineage.client.facet_v2 import schema_dataset

    def input_field(header: str, kind: str, subtype: str) -> lineage.InputField:
        change = lineage.Transformation(type=kind, subtype=subtype, masking=False)
        return lineage.InputField(source.namespace, source.name, header, [change])

    columns = [
        schema_dataset.SchemaDatasetFacetFields(name=name, type=column.type.name, description=column.about)
        for name, column in mapping.table.columns.items()
    ]
    fields = {
        name: lineage.Fields(
            inputFields=[
                input_field(
                    header, "DIRECT", "IDENTITY" if _is_unchanged(mapping, name) else "TRANSFORMATION"
                )
                for header in headers
            ]
        )
        for name in mapping.fields
        if (headers := _columns_read(mapping, name))
    }
    kept_by = (*mapping.keep.per, *mapping.keep.latest) if mapping.keep else ()
    filtering = [*(mapping.where.names if mapping.where else ())]
    filtering += [header for name in kept_by for header in _columns_read(mapping, name)]
    filters = [input_field(name, "INDIRECT", "FILTER") for name in dict.fromkeys(filtering)]
    return {
        "schema": schema_dataset.SchemaDatasetFacet(fields=columns, **made),
        "columnLineage": lineage.ColumnLineageDatasetFacet(fields=fields, dataset=filters, **made),
    }


def _columns_read(mapping: Mapping, name: str) -> list[str]:
    """The columns of the file that the field or `let` value comes from; of one under `repeat` all that it is made of."""
    made_of = {column.name: [names[0] for names in column.headers] for column in mapping.delivery.repeat}
    return [column for header in headers_read(mapping, name) for column in made_of.get(header, [header])]


def _is_unchanged(mapping: Mapping, field: str) -> bool:
    """Whether the field is the text of one column."""
    entry = mapping.fields[field]
    plain = not (entry.operations or entry.parts or entry.when) and isinstance(
        mapping.table.columns[field].type, Text
    )
    return plain and len(headers_read(mapping, field)) == 1 and not {*entry.names()} & {*mapping.let}
