"""What a replay did: how many rejects there are now for each reason, and what became of dead letters."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from leadingest.ingest.replay.replay_deliveries import ReplayedLetter
from leadingest.ingest.replay.replayed_rejects import Mended, ReplayedRejects
from leadingest.ingest.result import SourceResult
from leadingest.reports.json_document import json_document
from leadingest.reports.of_error import hint_text
from leadingest.reports.of_run import hanging, look, plain_result, run_notes
from leadingest.reports.printable import one_line
from leadingest.reports.table import TableColumn, counted, number, table_text

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
    TableColumn("message", cut="end"),
)
_LETTERS = (
    TableColumn("file", cut="middle"),
    TableColumn("tries", align="right"),
    TableColumn("before", cut="end"),
    TableColumn("after"),
)


def rejects_text(replayed: ReplayedRejects, *, database: str, width: int | None = None) -> str:
    """The rejects of a load by reason, before and after."""
    load = replayed.load
    rows = [
        [each.field or "", each.rule, number(each.before), number(each.after)] for each in replayed.reasons
    ]
    total = ["", "all", number(replayed.rejects), number(replayed.left)]
    still = _still_refused(replayed.mended, width) if replayed.mended else ""
    what = _joined(replayed, replayed.mended, database) if replayed.mended else _what(replayed, database)
    said = hanging(f"{load.source_name}: {what}", width)
    table = table_text(_REASONS, [*rows, *([total] if len(rows) > 1 else [])], width=width)
    notes = "".join(_notes(replayed, width))
    return f"{said}\n{table}{still}" + (f"\n{notes}" if notes else "")


def rejects_json(replayed: ReplayedRejects, *, database: str) -> str:
    """The rejects of a load as a JSON document: by reason, before and after."""
    return json_document(
        database=database,
        source=replayed.load.source_name,
        load_id=replayed.load.load_id,
        file=replayed.load.file_name,
        status=replayed.status,
        rejects=replayed.rejects,
        loaded=replayed.loaded,
        filtered=replayed.filtered,
        left=replayed.left,
        invalid_values=replayed.invalid_values,
        holding=replayed.holding,
        mended=replayed.mended and asdict(replayed.mended),
        reasons=[asdict(each) for each in replayed.reasons],
    )


def letters_text(
    replayed: Sequence[ReplayedLetter], *, database: str | None, width: int | None = None
) -> str:
    """The dead letters of a source, each with why it had failed, and what came of it; failures are told elsewhere."""
    rows = [
        [
            each.letter.file,
            str(each.letter.tries),
            _first_of(each.letter.failure.reason),
            _outcome(each.result),
        ]
        for each in replayed
    ]
    notes = run_notes([each.result for each in replayed], database=database, width=width)
    return table_text(_LETTERS, rows, width=width) + (f"\n{notes}" if notes else "")


def letters_json(replayed: Sequence[ReplayedLetter], *, database: str | None) -> str:
    """The dead letters of a source as a JSON document."""
    return json_document(
        database=database,
        dead_letters=[
            {
                "file": each.letter.file,
                "copy": each.letter.copy,
                "tries": each.letter.tries,
                "first_failed_at": each.letter.first_failed_at,
                "before": each.letter.failure.reason,
                "after": plain_result(each.result),
            }
            for each in replayed
        ],
    )


def _outcome(result: SourceResult) -> str:
    return result.status if result.load_id is None else f"{result.status} as load {result.load_id}"


def _first_of(reason: str) -> str:
    """The first line of a reason, and how many more there are."""
    first, *more = reason.splitlines() or [""]
    return f"{one_line(first)} (and {len(more)} more)" if more else one_line(first)


def _what(replayed: ReplayedRejects, database: str) -> str:
    load = replayed.load
    rejects = f"{counted(replayed.rejects, 'reject')} of load {load.load_id} ({one_line(load.file_name)})"
    filtered = f", {number(replayed.filtered)} filtered" if replayed.filtered else ""
    became = f"{number(replayed.loaded)} loaded{filtered}, {number(replayed.left)} left"
    if replayed.status == "replayed":
        return f"replayed the {rejects} in {database}: {became}"
    return f"a replay of the {rejects} would come to: {became}"


def _joined(replayed: ReplayedRejects, mended: Mended, database: str) -> str:
    """What a mended file does to its load."""
    load, file = replayed.load, one_line(mended.file)
    joins = {"replayed": "joins", "tried": "would join", "refused": "does not join"}[replayed.status]
    if not (replayed.loaded or replayed.filtered):
        file, joins = f"nothing of {file}", "would join" if replayed.status == "tried" else "joins"
    became = (
        (replayed.loaded, "loaded"),
        (replayed.filtered, "filtered"),
        (mended.refused, "still refused"),
        (mended.settled, "no reject any more"),
    )
    told = [f"{number(count)} {what}" for count, what in became if count or what == "loaded"]
    return (
        f"{file} {joins} load {load.load_id} ({one_line(load.file_name)}) in {database}: of "
        f"{counted(mended.records, 'record')} {', '.join(told)}; {counted(replayed.left, 'reject')} left"
    )


def _still_refused(mended: Mended, width: int | None) -> str:
    """The first records of the file that are still none, and where they stand in it."""
    if not mended.examples:
        return ""
    rows = [
        [
            str(each.line),
            "" if each.record_number is None else str(each.record_number),
            each.field or "",
            each.rule,
            each.message,
        ]
        for each in mended.examples
    ]
    more = mended.refused - len(rows)
    rest = f"and {number(more)} more\n" if more else ""
    return f"\nstill refused in {one_line(mended.file)}\n\n{table_text(_REFUSED, rows, width=width)}{rest}"


def _notes(replayed: ReplayedRejects, width: int | None) -> Iterator[str]:
    """What is worth knowing besides, and what to do next."""
    load = replayed.load
    if replayed.status == "tried":
        yield "a dry run: nothing was changed\n"
    elif replayed.status == "refused":
        values = counted(replayed.holding, "invalid value")
        said = f"nothing was changed: {values} in fields with `on_invalid: hold`, and load {load.load_id} is not held"
        yield hanging(said, width)
        whole = f"leadingest replay --source {load.source_name} --load {load.load_id} --whole"
        yield hint_text(f"mend the mapping, or load the delivery anew, to be held: {whole}", width=width)
    else:
        if load.status == "held":
            yield hanging(f"load {load.load_id} is still held: leadingest approve {load.load_id}", width)
        if replayed.invalid_values:
            values = counted(replayed.invalid_values, "invalid value")
            yield hanging(look(f"{values} more", load.load_id), width)
        if replayed.left:
            left = counted(replayed.left, "reject")
            yield hanging(f"{left} left: leadingest rejects --load {load.load_id}", width)
