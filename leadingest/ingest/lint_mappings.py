"""`leadingest lint`: the mappings of a project, or some of them, with the samples to compare them with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from leadingest.deliveries.inboxes.inbox import Inbox
from leadingest.deliveries.inboxes.takers import Takers, also_taken
from leadingest.errors import LeadingestError, UsageError
from leadingest.ingest.mapping_index import MappingIndex, shown_path
from leadingest.lint.finding import Finding, LintResult
from leadingest.lint.lint_mapping import lint_mapping
from leadingest.lint.subject import CountedDelivery, SharedFile, Subject
from leadingest.mapping.extend import extends
from leadingest.mapping.models import ParsedMapping
from leadingest.mapping.read_mapping import examine_mapping, mapping_of
from leadingest.mapping.sibling import Sibling, sibling, sibling_of

#: The sample for a mapping; None where there is none.
SampleFor = Callable[[ParsedMapping], CountedDelivery | None]

#: Rounds of fixing: a fix may make another one possible. What is left then is fixed the next time.
_MOST_ROUNDS = 10


def lint_mappings(
    paths: Sequence[Path], *, ddl: Path, sample_for: SampleFor | None = None, inbox: Inbox | None = None
) -> LintResult:
    """What lint finds in the files, and in the mappings of the folders, that are named.

    With an inbox it tells which file there two mappings take. A file whose name begins with `_` is looked at in the
    mappings beside it that extend it. Raises UsageError for a folder without mappings.
    """
    readings = [examine_mapping(path, ddl=ddl, shown_as=shown_path(path)) for path in _files(paths)]
    siblings = _siblings(readings)
    takers = {folder: Takers(there.values, inbox) for folder, there in siblings.items() if inbox}
    findings: dict[Finding, None] = {}
    without = []
    for reading in readings:
        # Without knowing how files are read nothing can be said of their headers.
        readable = bool(reading.documents) and reading.delivery is not None
        sample = sample_for(reading) if sample_for and readable else None
        if sample_for and readable and sample is None and reading.source:
            without.append(reading.source)
        folder = siblings[reading.path.parent]
        own = folder.get(reading.path)
        subject = Subject(
            reading,
            own,
            tuple(each for each in folder.values() if each is not own),
            _shared(reading, takers[reading.path.parent], inbox) if inbox else None,
            sample,
        )
        findings |= dict.fromkeys(lint_mapping(subject))
    return LintResult(
        findings=tuple(sorted(findings, key=lambda each: each.sort_key)),
        mappings=tuple(reading.name for reading in readings),
        documents={each.name: each for reading in readings for each in reading.documents},
        without_sample=tuple(without),
    )


def _shared(reading: ParsedMapping, takers: Takers, inbox: Inbox) -> SharedFile | None:
    """The file that a run would load for the mapping, if it would be refused."""
    try:
        if reading.problems or not takers.share:
            return None
        from leadingest.ingest.find_delivery import newest_delivery

        file = newest_delivery(mapping_of(reading), inbox, today=datetime.now(UTC).date()).arrival
    except LeadingestError:
        return None  # that is told by a run, or by lint --newest
    others = takers.others(file.place, reading.path)
    return SharedFile(also_taken(file.name, others), others) if others else None


def fix_mappings(lint: Callable[[], LintResult]) -> LintResult:
    """Lint, fix what can be fixed without changing a meaning, and lint again; the files are written."""
    result, done = lint(), 0
    for _ in range(_MOST_ROUNDS):
        texts = list(result.fixed_texts())
        if not texts:
            break
        for each in texts:
            each.write()
        done += sum(each.changes for each in texts)
        result = lint()
    return replace(result, fixed=done)


def _files(paths: Iterable[Path]) -> list[Path]:
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            files = MappingIndex.files_in(path)
            if not files:
                raise UsageError(
                    f"no mapping in {shown_path(path)}", hint="a mapping is a file <source>.yaml"
                )
            found |= dict.fromkeys(files)
        elif path.name.startswith("_"):
            found |= dict.fromkeys(_extending(path) or [path])
        else:
            found[path] = None
    return list(found)


def _extending(base: Path) -> list[Path]:
    """The mappings beside the file that take over what it says."""
    files = MappingIndex.files_in(base.parent) if base.parent.is_dir() else []
    return [file for file in files if extends(file, base)]


def _siblings(readings: Sequence[ParsedMapping]) -> dict[Path, dict[Path, Sibling]]:
    """The mappings of each folder that a file is in, those that are not looked at included."""
    compiled = {each.path: sibling_of(each.path, each.root) for each in readings if each.root}
    folders = {}
    for folder in dict.fromkeys(reading.path.parent for reading in readings):
        there = MappingIndex.files_in(folder) if folder.is_dir() else []
        siblings = {path: compiled.get(path) or sibling(path, shown_path(path)) for path in there}
        folders[folder] = {path: each for path, each in siblings.items() if each}
    return folders
