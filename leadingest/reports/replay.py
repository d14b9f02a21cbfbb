"""What a replay did: how many rejects there are now for each reason, and what became of dead letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from leadingest.ingest.replay.replay_deliveries import ReplayedLetter
from leadingest.ingest.replay.replayed_rejects import CorrectedRecords, ReplayedRejects
from leadingest.ingest.result import SourceResult
from leadingest.reports.problem import hinted
from leadingest.reports.report import Block, Report, ReportTable, TableColumn, TextLine
from leadingest.reports.run import look, plain_result, run_failures, run_notes
from leadingest.wording import counted, number

_REASONS = (
    TableColumn("field"),
    TableColumn("rule"),
    TableColumn("before", align="right"),
    TableColumn("after", align="right"),
)
_REFUSED = (
    TableColumn("line", align="right"),
    TableColumn("record", align="right"),
    TableColumn("field"),
    TableColumn("rule"),
    TableColumn("message", fit="end"),
)
_LETTERS = (
    TableColumn("file", fit="middle"),
    TableColumn("tries", align="right"),
    TableColumn("before", fit="end"),
    TableColumn("after"),
)


@dataclass(frozen=True)
class ReplayReport(Report):
    """The rejects of a load by reason, before and after."""

    replayed: ReplayedRejects
    database: str
    title = "replay"

    def body(self) -> Iterator[Block]:
        replayed = self.replayed
        corrected = replayed.corrected
        what = _joined(replayed, corrected, self.database) if corrected else _what(replayed, self.database)
        yield TextLine(f"{replayed.load.source_name}: {what}")
        yield TextLine()
        rows = [
            [each.field or "", each.rule, number(each.before), number(each.after)]
            for each in replayed.reasons
        ]
        total = ["", "all", number(replayed.rejects), number(replayed.left)]
        yield ReportTable(_REASONS, [*rows, *([total] if len(rows) > 1 else [])])
        if corrected and corrected.examples:
            yield from _still_refused(corrected)
        notes = list(_notes(replayed))
        yield from ([TextLine(), *notes] if notes else [])

    def data(self) -> dict[str, Any]:
        replayed = self.replayed
        return {
            "database": self.database,
            "source": replayed.load.source_name,
            "load_id": replayed.load.load_id,
            "file": replayed.load.file_name,
            "status": replayed.status,
            "rejects": replayed.rejects,
            "loaded": replayed.loaded,
            "filtered": replayed.filtered,
            "left": replayed.left,
            "invalid_values": replayed.invalid_values,
            "holding": replayed.holding,
            "corrected": replayed.corrected and asdict(replayed.corrected),
            "reasons": [asdict(each) for each in replayed.reasons],
        }


@dataclass(frozen=True)
class DeadLettersReport(Report):
    """The dead letters of a source, each with why it had failed, and what came of it."""

    replayed: Sequence[ReplayedLetter]
    database: str | None
    title = "replay"

    def body(self) -> Iterator[Block]:
        rows = [
            [
                each.letter.file,
                str(each.letter.tries),
                _first_of(each.letter.failure.reason),
                _outcome(each.result),
            ]
            for each in self.replayed
        ]
        yield ReportTable(_LETTERS, rows)
        yield from run_notes([each.result for each in self.replayed], self.database)

    def errors(self) -> Iterator[Block]:
        return run_failures([each.result for each in self.replayed])

    def data(self) -> dict[str, Any]:
        return {
            "database": self.database,
            "dead_letters": [
                {
                    "file": each.letter.file,
                    "copy": each.letter.copy,
                    "tries": each.letter.tries,
                    "first_failed_at": each.letter.first_failed_at,
                    "before": each.letter.failure.reason,
                    "after": plain_result(each.result),
                }
                for each in self.replayed
            ],
        }


def _outcome(result: SourceResult) -> str:
    return result.status if result.load_id is None else f"{result.status} as load {result.load_id}"


def _first_of(reason: str) -> str:
    """The first line of a reason, and how many more there are."""
    first, *more = reason.splitlines() or [""]
    return f"{first} (and {len(more)} more)" if more else first


def _what(replayed: ReplayedRejects, database: str) -> str:
    load = replayed.load
    rejects = f"{counted(replayed.rejects, 'reject')} of load {load.load_id} ({load.file_name})"
    filtered = f", {number(replayed.filtered)} filtered" if replayed.filtered else ""
    became = f"{number(replayed.loaded)} loaded{filtered}, {number(replayed.left)} left"
    if replayed.status == "replayed":
        return f"replayed the {rejects} in {database}: {became}"
    return f"dry run of the {rejects}: {became}"


def _joined(replayed: ReplayedRejects, corrected: CorrectedRecords, database: str) -> str:
    """What a corrected file does to its load."""
    load, file = replayed.load, corrected.file
    joins = {"replayed": "joins", "tried": "would join", "refused": "does not join"}[replayed.status]
    if not (replayed.loaded or replayed.filtered):
        file, joins = f"no record of {file}", "would join" if replayed.status == "tried" else "joins"
    became = (
        (replayed.loaded, "loaded"),
        (replayed.filtered, "filtered"),
        (corrected.refused, "still rejected"),
        (corrected.settled, "no longer rejects"),
    )
    parts = [f"{number(count)} {what}" for count, what in became if count or what == "loaded"]
    return (
        f"{file} {joins} load {load.load_id} ({load.file_name}) in {database}: of "
        f"{counted(corrected.records, 'record')} {', '.join(parts)}; {counted(replayed.left, 'reject')} left"
    )


def _still_refused(corrected: CorrectedRecords) -> Iterator[Block]:
    """The first records of the file that are still none, and where they stand in it."""
    rows = [
        [
            str(each.line),
            "" if each.record_number is None else str(each.record_number),
            each.field or "",
            each.rule,
            each.message,
        ]
        for each in corrected.examples
    ]
    yield from (
        TextLine(),
        TextLine(f"still rejected in {corrected.file}"),
        TextLine(),
        ReportTable(_REFUSED, rows),
    )
    if more := corrected.refused - len(rows):
        yield TextLine(f"and {number(more)} more")


def _notes(replayed: ReplayedRejects) -> Iterator[Block]:
    """What is worth knowing besides, and what to do next."""
    load = replayed.load
    if replayed.status == "tried":
        yield TextLine("dry run: nothing was changed")
    elif replayed.status == "refused":
        values = counted(replayed.holding, "invalid value")
        yield TextLine(
            f"nothing was changed: {values} in fields with `on_invalid: hold`, and load {load.load_id} is not held"
        )
        whole = f"leadingest replay --source {load.source_name} --load {load.load_id} --whole"
        yield from hinted(f"fix the mapping, or load the delivery again so that it is held: {whole}")
    else:
        if load.status == "held":
            yield TextLine(f"load {load.load_id} is still held: leadingest approve {load.load_id}")
        if replayed.invalid_values:
            values = counted(replayed.invalid_values, "invalid value")
            yield TextLine(look(f"{values} more", load.load_id))
        if replayed.left:
            left = counted(replayed.left, "reject")
            yield TextLine(f"{left} left: leadingest rejects --load {load.load_id}")
