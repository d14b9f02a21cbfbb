"""Published leads → a file and its manifest; then, and only then, they are marked as handed out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any, BinaryIO

import polars as pl

from leadingest import __version__
from leadingest.destinations.destination import Destination
from leadingest.destinations.exports import Export, ExportRow, NewExport
from leadingest.destinations.leads import PublishedLeads
from leadingest.destinations.ledger import LoadRow
from leadingest.errors import BalanceError, DestinationError, NothingToDoError, UsageError
from leadingest.exporting.formats import write_leads
from leadingest.exporting.handed_out import CHANGE as JUDGED
from leadingest.exporting.handed_out import HandedOut
from leadingest.exporting.request import CHANGE, ExportSelection, Request, choice_of
from leadingest.stores.open_store import output_to

_NOTHING = pl.DataFrame(schema={"lead_digest": pl.String, "content_digest": pl.String})
#: Raised when a key goes or changes its meaning; a new key is no reason.
VERSION = 1
_STEP = 1 << 20


@dataclass(frozen=True)
class Exported:
    """What came of an export; `written` is False for a dry run, and where there was nothing to hand out."""

    request: Request
    counts: ExportCounts
    loads: tuple[LoadRow, ...]
    #: The export of the same name before this one.
    last: ExportRow | None
    written: bool


def export_leads(
    destination: Destination, request: Request, *, now: datetime, dry_run: bool = False
) -> Exported:
    """Write the leads that the request asks for; of an export with a name those that are new or have changed.

    Nothing is written where there is nothing new, and nothing is marked as handed out before the file and its manifest
    stand under their names. `now` is an aware time.

    Raises UsageError for a request that cannot be carried out, NothingToDoError where nothing is published,
    LeadingestError where a file cannot be written, DestinationError.
    """
    request.refuse_unusable()
    today = now.astimezone(UTC).date()
    choice = choice_of(request, destination.leads.types(), today=today)
    with destination.exports.of_name(request.name) if request.name else nullcontext() as export:
        last = export.last() if export else None
        _refuse_other_columns(request, choice, last)
        before = export.handed_out() if export and not request.all_again else _NOTHING
        with destination.leads.published(request.sources) as published:
            if not published.loads:
                raise NothingToDoError(
                    "no leads are published yet", hint="leadingest run --all loads and publishes them"
                )
            judged = _Judged(published, choice, HandedOut(before, choice.compared, published.shared_keys()))
            written = _write(request, choice, judged, dry_run=dry_run)
            done = Exported(request, judged.counts, published.loads, last, written is not None)
        if not judged.counts.balanced:
            raise BalanceError(f"the counts of the export do not add up: {judged.counts}")
        if written:
            _finish(done, written, choice, handed_out=judged.handed_out, export=export, now=now)
    return done


class _Judged:
    """The leads to write, batch by batch, counted while they pass."""

    def __init__(self, published: PublishedLeads, choice: ExportSelection, handed_out: HandedOut) -> None:
        self._published, self._choice, self.handed_out = published, choice, handed_out
        self._read = self._left_out = 0

    def batches(self) -> Iterator[pl.DataFrame]:
        """The columns of the file; batches may be empty, and there is at least one."""
        columns = [
            pl.col(JUDGED).alias(CHANGE) if self._is_change(name) else pl.col(name)
            for name in self._choice.columns
        ]
        for leads in self._published.batches(self._choice.read):
            selected = self._choice.of(leads)
            self._read += leads.height
            self._left_out += leads.height - selected.height
            yield self.handed_out.judged(selected).select(columns)

    def _is_change(self, name: str) -> bool:
        return name == CHANGE and CHANGE not in self._choice.read

    @property
    def counts(self) -> ExportCounts:
        """What became of the leads that have passed."""
        counts = self.handed_out.counts
        return ExportCounts(
            published=self._read,
            new=counts["new"],
            changed=counts["changed"],
            reappeared=counts["reappeared"],
            known=counts["known"],
            left_out=self._left_out,
            gone=self.handed_out.gone.height,
        )


def _write(
    request: Request, choice: ExportSelection, judged: _Judged, *, dry_run: bool
) -> FileContent | None:
    """Write the file; None where it is not written, for it is a dry run or there is nothing new for a name."""
    batches = judged.batches()
    if not dry_run:
        first = next(batches)
        while request.name and first.is_empty() and (later := next(batches, None)) is not None:
            first = later
        if first.height or not request.name:
            with output_to(request.file) as file:
                write_leads(request.format, chain([first], batches), file)
                content = FileContent.of(file)
            return content
    for _ in batches:
        continue
    return None


def _finish(
    done: Exported,
    content: FileContent,
    choice: ExportSelection,
    *,
    handed_out: HandedOut,
    export: Export | None,
    now: datetime,
) -> None:
    """The manifest beside the file, and then the mark."""
    request, file = done.request, done.request.file
    text = manifest_text(
        request,
        done.counts,
        done.loads,
        columns=choice.columns,
        content=content,
        at=now,
    )
    with output_to(request.manifest) as manifest:
        manifest.write(text.encode())
    if not export:
        return
    new = NewExport(
        file_name=file.name,
        file_sha256=content.sha256,
        columns=choice.columns,
        chosen_by=request.chosen_by,
        loads={load.source_name: load.load_id for load in done.loads},
        new=done.counts.new,
        changed=done.counts.changed,
        reappeared=done.counts.reappeared,
        known=done.counts.known,
        gone=done.counts.gone,
    )
    try:
        export.mark(new, handed_out.marked, anew=request.all_again or not done.last)
    except DestinationError as error:
        raise DestinationError(
            f"{file} is written, but its leads could not be marked as exported: {error.message}",
            hint=f"the next export of {request.name} contains the same leads again: use only one of the two files",
        ) from error


def _refuse_other_columns(request: Request, choice: ExportSelection, last: ExportRow | None) -> None:
    if last and not request.all_again and set(last.columns) - {CHANGE} != set(choice.columns) - {CHANGE}:
        raise UsageError(
            f"the export {request.name} had different columns so far: {', '.join(last.columns)}",
            hint="with other columns every lead would count as changed: use another --name, or export "
            "everything again with --all-again",
        )


@dataclass(frozen=True)
class ExportCounts:
    """What became of the published leads of the sources that were asked for: their sum is `published`."""

    published: int
    #: In the file. Of an export without a name all are new.
    new: int
    changed: int
    #: Gone at the last export, and there again.
    reappeared: int
    #: Not in the file: handed out before, as they are.
    known: int
    #: Not asked for: they do not meet the condition.
    left_out: int
    #: There at the last export, and not among those that are asked for any more; no part of the sum.
    gone: int

    @property
    def written(self) -> int:
        """Leads in the file."""
        return self.new + self.changed + self.reappeared

    @property
    def balanced(self) -> bool:
        """Whether every published lead is accounted for."""
        return self.published == self.written + self.known + self.left_out


@dataclass(frozen=True)
class FileContent:
    """What a receiver can check a file by."""

    sha256: str
    size: int

    @classmethod
    def of(cls, file: BinaryIO) -> FileContent:
        """What was written to the file, which is still open."""
        file.seek(0)
        digest = hashlib.sha256()
        while piece := file.read(_STEP):
            digest.update(piece)
        return cls(digest.hexdigest(), file.tell())


def manifest_text(
    request: Request,
    counts: ExportCounts,
    loads: Iterable[LoadRow],
    *,
    columns: Iterable[str],
    content: FileContent,
    at: datetime,
) -> str:
    """The manifest as a JSON document; `at` is the time of the export, aware."""
    document: dict[str, Any] = {
        "version": VERSION,
        "program_version": __version__,
        "export": request.name or None,
        "exported_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "file": request.file.name,
        "format": request.format,
        "bytes": content.size,
        "sha256": content.sha256,
        "columns": list(columns),
        "chosen_by": request.chosen_by,
        "all_again": request.all_again,
        "counts": {
            "written": counts.written,
            **{
                name: getattr(counts, name)
                for name in ("new", "changed", "reappeared", "known", "left_out", "published", "gone")
            },
        },
        "loads": {
            load.source_name: {
                "load_id": load.load_id,
                "file": load.file_name,
                "extract_time": load.extract_time.isoformat(),
            }
            for load in loads
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
