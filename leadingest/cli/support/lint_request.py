"""What `leadingest lint` is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from leadingest.documents.nearest import listed
from leadingest.errors import NothingToDoError, UsageError
from leadingest.ingest.lint_mappings import SampleFor, lint_mappings, mend_mappings
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.lint.finding import LintResult
from leadingest.lint.subject import CountedDelivery
from leadingest.mapping.models import ParsedMapping
from leadingest.project import Project
from leadingest.settings import Settings


@dataclass(frozen=True)
class LintRequest:
    """What the command line says of mappings, samples and mending."""

    paths: tuple[Path, ...] = ()
    sources: tuple[str, ...] = ()
    sample: Path | None = None
    newest: bool = False
    fix: bool = False


def lint_result(request: LintRequest, project: Project) -> LintResult:
    """What lint finds, once it has mended what it was asked to.

    Raises UsageError for a request that contradicts itself or names no mapping, NothingToDoError where there
    is nothing to look at.
    """
    settings = project.settings
    paths = _chosen(request, project.index)
    sample_for = _sample_for(request, settings)
    if request.fix:
        return mend_mappings(
            lambda: lint_mappings(paths, ddl=settings.ddl, sample_for=sample_for, inbox=settings.inbox)
        )
    result = lint_mappings(paths, ddl=settings.ddl, sample_for=sample_for, inbox=settings.inbox)
    if request.newest and len(result.without_sample) == len(result.mappings):
        raise NothingToDoError(
            f"no delivery in {settings.inbox} of {listed(result.without_sample, last='or')}",
            hint="name a file with --sample",
        )
    return result


def _chosen(request: LintRequest, index: MappingIndex) -> list[Path]:
    if request.paths and request.sources:
        raise UsageError("use either files or --source, not both")
    if request.sample and request.newest:
        raise UsageError("--sample and --newest cannot be used together")
    named = [path.absolute() for path in request.paths]
    if request.sources:
        named = [index.path_of(source) for source in dict.fromkeys(request.sources)]
    if request.sample and not named:
        named = [index.path_of(index.source_taking(request.sample))]
    if request.sample and (len(named) > 1 or named[0].is_dir()):
        raise UsageError("a sample is compared with one mapping", hint="name it: --source NAME, or its file")
    return named or index.files()


def _sample_for(request: LintRequest, settings: Settings) -> SampleFor | None:
    if not (request.sample or request.newest):
        return None

    def sample_for(reading: ParsedMapping) -> CountedDelivery | None:
        from leadingest.deliveries.inbox import find_deliveries
        from leadingest.ingest.read_sample import read_sample

        file = request.sample
        if file is None and (fmt := reading.delivery):
            found = find_deliveries(settings.inbox, fmt.match, follow_links=fmt.links == "follow")
            file = next(iter(found), None)
        fallback = settings.fallback_encoding
        with_fallback = reading.delivery and reading.delivery.with_fallback_encoding(fallback)
        readable = replace(reading, delivery=with_fallback)
        return read_sample(readable, file, today=datetime.now(UTC).date()) if file else None

    return sample_for
