"""What a run did, source by source: a table, or a few lines where there is one source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from leadingest.destinations.leads import LeadInFront
from leadingest.destinations.ledger import DriftNote
from leadingest.documents.nearest import listed
from leadingest.ingest.result import SourceResult
from leadingest.ingest.tally import FaultCount
from leadingest.reports.mirror import MirrorReport
from leadingest.reports.problem import hinted, problem
from leadingest.reports.report import Block, Report, ReportTable, TableColumn, TextLine, Words
from leadingest.reports.wording import named_headers, status_span, why
from leadingest.tables.rejects import READING
from leadingest.wording import counted, number

#: Sources without a delivery, and skipped ones, that are told below the table; it shows the others.
_MOST_ALIKE = 5
#: Differences of a delivery that are named; of more, only the number is said.
_MOST_DRIFT = 3

_COLUMNS = (
    TableColumn("source", fit="end"),
    TableColumn("file", fit="middle", may_go=True),
    TableColumn("read", align="right"),
    TableColumn("loaded", align="right"),
    TableColumn("rejected", align="right"),
    TableColumn("filtered", align="right"),
    TableColumn("invalid\nvalues", align="right"),
    TableColumn("seconds", align="right", may_go=True),
    TableColumn("status"),
)

_NEW_HEADERS_HINT = "map them under `fields`, or list them under `ignore`"


@dataclass(frozen=True)
class RunReport(Report):
    """What became of each source; why some failed is told as errors."""

    results: Sequence[SourceResult]
    #: Its URL without the password; None for a dry run.
    database: str | None
    #: What came of the mirror behind the run; None where there is none.
    mirror: MirrorReport | None = None
    title = "run"

    def body(self) -> Iterator[Block]:
        if len(self.results) == 1:
            yield from _alone(self.results[0], self.database)
        else:
            yield ReportTable(_COLUMNS, [_row(result) for result in self.results])
            yield from run_notes(self.results, self.database)
        if self.mirror:
            yield from self.mirror.summary()

    def data(self) -> dict[str, Any]:
        return {
            "database": self.database,
            "results": [plain_result(result) for result in self.results],
            **({"mirror": self.mirror.data()} if self.mirror else {}),
        }

    def errors(self) -> Iterator[Block]:
        failures = list(run_failures(self.results))
        yield from [TextLine(), *failures] if failures and len(self.results) > 1 else failures
        if self.mirror:
            yield from self.mirror.errors()


def run_failures(results: Sequence[SourceResult]) -> Iterator[Block]:
    """The error of each source that failed, with what to do about it."""
    for result in results:
        if result.status == "failed":
            yield from problem(result.message, hint=result.hint, about=result.source)


def _row(result: SourceResult) -> list[Words]:
    counts = result.counts
    numbers = [counts.read, counts.loaded, counts.rejected, counts.filtered, counts.invalid_values]
    counted_at_all = result.status in ("loaded", "held", "checked")
    cells = [number(each) for each in numbers] if counted_at_all else [""] * len(numbers)
    seconds = f"{result.seconds:.1f}" if counted_at_all or result.status == "failed" else ""
    return [result.source, result.file, *cells, seconds, status_span(result.status)]


def _alone(result: SourceResult, database: str | None) -> Iterator[Block]:
    name, status = f"{result.source}: ", status_span(result.status)
    file = f" {result.file}" if result.file else ""
    if result.status == "failed":
        yield TextLine((name, status, f" on{file}" if file else ""))
        yield from (TextLine(remark, indent=2) for remark in result.remarks)
        return
    if result.status in ("skipped", "no delivery"):
        yield TextLine((name, status, f"{file}: {result.message}"))
        yield from hinted(result.hint)
        yield from (TextLine(f"{name}{remark}") for remark in result.remarks)
        return
    counts = result.counts
    load = f" as load {result.load_id}" if result.load_id is not None else ""
    yield TextLine((name, status, f"{file}{load} in {result.seconds:.1f} s"))
    yield TextLine(
        f"{number(counts.read)} read = {number(counts.loaded)} loaded + {number(counts.rejected)} rejected"
        f" + {number(counts.filtered)} filtered",
        indent=2,
    )
    if result.status == "loaded":
        way = f", by {result.written_by}" if result.written_by else ""
        yield TextLine(f"published in {database}{way}", indent=2)
    elif result.status == "held":
        yield TextLine(f"not published: held in {database} until approved", indent=2)
    else:
        yield TextLine("dry run: nothing was written", indent=2)
    yield from _notes([result])


def run_notes(results: Sequence[SourceResult], database: str | None) -> list[Block]:
    """What is worth knowing of sources, to stand below a table of them with a gap above."""
    notes = list(_notes(results))
    # On how many connections a source was written depends on its size.
    if ways := sorted({result.written_by.partition(" on ")[0] for result in results if result.written_by}):
        notes.append(TextLine(f"loaded into {database}, by {listed(ways, last='and')}"))
    return [TextLine(), *notes] if notes else []


def _notes(results: Sequence[SourceResult]) -> Iterator[Block]:
    """A line for each thing worth knowing, and each hint once, after the last line that it goes with."""
    notes = [
        (f"{result.source}: {note}", hint) for result in _telling(results) for note, hint in _notes_of(result)
    ]
    for at, (line, hint) in enumerate(notes):
        yield TextLine(line)
        if at + 1 == len(notes) or notes[at + 1][1] != hint:
            yield from hinted(hint)


def _telling(results: Sequence[SourceResult]) -> Iterator[SourceResult]:
    """The results without those that would only say once more what some have said before."""
    counts: Counter[str] = Counter()
    for result in results:
        counts[result.status] += 1
        if result.status not in ("skipped", "no delivery") or counts[result.status] <= _MOST_ALIKE:
            yield result


def _notes_of(result: SourceResult) -> Iterator[tuple[str, str]]:
    if result.status == "failed":
        yield from ((remark, "") for remark in result.remarks)
        return
    if result.message:
        prefix = "" if result.status in ("loaded", "checked") else f"{result.status}: "
        yield f"{prefix}{result.message}", result.hint
    if result.tries > 1:
        yield f"the database aborted the load; attempt {result.tries} succeeded", ""
    if result.cleared:
        loads = listed([str(load) for load in result.cleared], last="and")
        yield f"load {loads} was interrupted earlier; its rows were removed", ""
    if result.counts.rejected:
        rejects = counted(result.counts.rejected, "reject") + why(result.reject_counts)
        where = "" if result.load_id is None else f": leadingest rejects --load {result.load_id}"
        yield f"{rejects}{where}", _advice(result.reject_counts)
    if result.counts.invalid_values:
        values = counted(result.counts.invalid_values, "invalid value") + why(result.invalid_value_counts)
        yield look(values, result.load_id), ""
    if result.hidden is None or result.hidden.number:
        yield from _hidden(result)
    for remark in result.remarks:
        yield remark, ""
    if drift := [note for note in result.drift if note.kind_class != "safe"]:
        shows_evidence = result.message and result.status in ("held", "checked")
        worst = drift[:_MOST_DRIFT] if shows_evidence else []
        yield from ((_evidence(note), "") for note in worst)
        yield _drift_of(result, drift, above=len(worst)), ""
    if result.new_headers:
        yield f"headers not in the mapping: {named_headers(result.new_headers)}", _NEW_HEADERS_HINT


def _hidden(result: SourceResult) -> Iterator[tuple[str, str]]:
    """How many of the leads the view shows, and behind which the others stand."""
    see = f"leadingest duplicates --rule same_key --source {result.source}"
    loaded, hidden = result.counts.loaded, result.hidden
    if hidden is None:
        if result.status == "loaded":
            yield f"{counted(loaded, 'lead')}; to see which are hidden by others: {see}", ""
        return
    behind = [f"{number(each.hides)} by {_record(each, result.source)}" for each in hidden.behind]
    rest = hidden.number - sum(each.hides for each in hidden.behind)
    more = [f"{number(rest)} by others"] if rest else []
    yield (
        f"the view shows {number(loaded - hidden.number)} of {counted(loaded, 'lead')}; hidden by leads with the "
        f"same lead_key: {listed([*behind, *more], last='and')}: {see}",
        "",
    )


def _record(lead: LeadInFront, source: str) -> str:
    of_other = "" if lead.source_name == source else f"{lead.source_name} "
    return f"{of_other}record {lead.source_record_number}"


def _evidence(note: DriftNote) -> str:
    """What was expected of a delivery that is held, and what was found."""
    return f"{_about(note)}: expected {note.expected}; found {note.found}"


def _about(note: DriftNote) -> str:
    return f"{note.name} {note.header!r}" if note.header else note.name


def _drift_of(result: SourceResult, drift: Sequence[DriftNote], *, above: int) -> str:
    """The worst of what the delivery differs in, but for the first so many that stand above, and how to see it all."""
    names = [_about(note) for note in drift[above:_MOST_DRIFT]]
    left = len(drift) - above - len(names)
    more = [f"{left} more"] if left else []
    # Of a dry run nothing is kept.
    history = "" if result.status == "checked" else "--history "
    see = f"leadingest drift {history}--source {result.source}"
    if not names and not more:
        return f"drift, and what to do about it: {see}"
    return f"drift: {listed([*names, *more], last='and')}: {see}"


def _advice(rejects: Sequence[FaultCount]) -> str:
    """What to do about the most frequent reason for which records could not even be read."""
    return next((READING[each.rule].hint for each in rejects if each.field is None), "")


def look(values: str, load_id: int | None) -> str:
    """How many invalid values there are, and how to see those of a load."""
    if load_id is None:
        return values
    return f"{values}: leadingest invalid-values --load {load_id}"


def plain_result(result: SourceResult) -> dict[str, Any]:
    """The result as an object of JSON."""
    counts = result.counts
    return {
        "source": result.source,
        "status": result.status,
        "file": result.file,
        "load_id": result.load_id,
        "read": counts.read,
        "loaded": counts.loaded,
        "rejected": counts.rejected,
        "filtered": counts.filtered,
        "invalid_values": counts.invalid_values,
        "hidden": result.hidden and asdict(result.hidden),
        "seconds": round(result.seconds, 3),
        "way": result.written_by,
        "tries": result.tries,
        "cleared": list(result.cleared),
        "message": result.message,
        "hint": result.hint,
        "drift": [
            {"code": note.code, "name": note.name, "class": note.kind_class, "column": note.header}
            for note in result.drift
        ],
        "new_headers": list(result.new_headers),
        "remarks": list(result.remarks),
        "reject_counts": [asdict(each) for each in result.reject_counts],
        "invalid_value_counts": [asdict(each) for each in result.invalid_value_counts],
    }
