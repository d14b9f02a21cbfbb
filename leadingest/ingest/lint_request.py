"""Which mappings lint looks at, and which deliveries it compares them with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from leadingest.deliveries.inboxes.inbox import Inbox
from leadingest.deliveries.inboxes.open_inbox import open_inbox, opened_file
from leadingest.documents.nearest import listed
from leadingest.errors import NothingToDoError, UsageError
from leadingest.ingest.lint_mappings import SampleFor, fix_mappings, lint_mappings
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.lint.finding import LintResult
from leadingest.lint.subject import CountedDelivery
from leadingest.mapping.models import ParsedMapping
from leadingest.stores.location import Location


@dataclass(frozen=True)
class LintRequest:
    """Mappings, by their files or sources, all where none is named; samples of them; and whether to fix them."""

    paths: tuple[Path, ...] = ()
    sources: tuple[str, ...] = ()
    sample: Location | None = None
    newest: bool = False
    fix: bool = False


def lint_result(request: LintRequest, index: MappingIndex, inbox_place: Location) -> LintResult:
    """What lint finds, once it has fixed what it was asked to.

    Raises UsageError for a request that contradicts itself or names no mapping, NothingToDoError where there
    is nothing to look at.
    """
    paths = _chosen(request, index)
    # Lint asks no network, unless it is told to look into the inbox.
    looked_into = request.newest or isinstance(inbox_place, Path)
    inbox = open_inbox(inbox_place) if looked_into else None
    sample_for = _sample_for(request, index.fallback_encoding, inbox)
    if request.fix:
        return fix_mappings(lambda: lint_mappings(paths, ddl=index.ddl, sample_for=sample_for, inbox=inbox))
    result = lint_mappings(paths, ddl=index.ddl, sample_for=sample_for, inbox=inbox)
    if request.newest and len(result.without_sample) == len(result.mappings):
        raise NothingToDoError(
            f"no delivery in {inbox_place} of {listed(result.without_sample, last='or')}",
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


def _sample_for(request: LintRequest, fallback_encoding: str, inbox: Inbox | None) -> SampleFor | None:
    if not (request.sample or request.newest):
        return None

    def sample_for(reading: ParsedMapping) -> CountedDelivery | None:
        from leadingest.ingest.read_sample import read_sample

        today, fmt = datetime.now(UTC).date(), reading.delivery
        readable = replace(reading, delivery=fmt and fmt.with_fallback_encoding(fallback_encoding))
        if request.sample:
            return read_sample(readable, request.sample.name, opened_file(request.sample), today=today)
        found = inbox.arrivals(fmt.match, follow_links=fmt.links == "follow") if inbox and fmt else []
        return (
            read_sample(readable, found[0].name, inbox.opened(found[0]), today=today)
            if inbox and found
            else None
        )

    return sample_for
