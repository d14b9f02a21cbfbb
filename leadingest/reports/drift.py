"""Drift: of a delivery, and of the loads so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, Final

from leadingest.destinations.ledger import DriftRow
from leadingest.documents.nearest import listed
from leadingest.drift.kind import CLASS_MEANINGS, CLASSES, Difference, DriftDetail
from leadingest.drift.source_drift import SourceDrift
from leadingest.reports.problem import problem
from leadingest.reports.report import (
    Block,
    CheckCase,
    CheckSuite,
    Level,
    Place,
    Report,
    ReportSection,
    ReportTable,
    Style,
    TableColumn,
    TextLine,
    TextSpan,
    Words,
)
from leadingest.wording import counted

_STYLES: Final[dict[str, Style]] = {"breaking": "bad", "lossy": "wait", "safe": "good"}
_LEVELS: Final[dict[str, Level]] = {
    "breaking": "error",
    "lossy": "warning",
    "safe": "notice",
}
_COLUMNS: Final = (
    TableColumn("class"),
    *(TableColumn(title, fit="fold") for title in ("column", "expected", "found", "what to do")),
)
#: What stands in the place of a column where a difference is of none.
_NO_COLUMN: Final = "(the delivery)"


@dataclass(frozen=True)
class DriftReport(Report):
    """Of each source a table of the differences, the worst first, and the sums."""

    drifts: Sequence[SourceDrift]
    title = "drift"
    about = "; ".join(f"{kind_class}: {meaning}" for kind_class, meaning in CLASS_MEANINGS.items()) + "."

    def body(self) -> Iterator[Block]:
        for number, drift in enumerate(self.drifts):
            if number:
                yield TextLine()
            yield from _source(drift)
        if len(self.drifts) > 1:
            yield TextLine()
            yield TextLine(_every_sum(self.drifts))

    def data(self) -> dict[str, Any]:
        return {
            "sources": [_plain(drift) for drift in self.drifts],
            "summary": {
                "sources": len(self.drifts),
                **{each: sum(drift.count(each) for drift in self.drifts) for each in CLASSES},
                "fixable": sum(drift.fixable for drift in self.drifts),
                "fixed": sum(drift.fixed for drift in self.drifts),
            },
        }

    def suites(self) -> Iterator[CheckSuite]:
        """One for each source."""
        for drift in self.drifts:
            place = Place(drift.mapping)
            cases = [_case(each.code, each.name, each.detail, place) for each in drift.differences]
            if not cases:
                cases = [CheckCase("drift", "broken" if drift.message else "passed", drift.message)]
            yield CheckSuite(drift.source, cases, about=_title(drift))


def _source(drift: SourceDrift) -> Iterator[Block]:
    if drift.message:
        yield from problem(drift.message, hint=drift.hint, about=drift.source)
        return
    details: list[Block] = []
    if drift.fixed:
        details.append(TextLine(f"{counted(drift.fixed, 'change')} made in {drift.mapping}"))
    if drift.differences:
        details += [
            TextLine(),
            ReportTable(_COLUMNS, [_cells(each) for each in drift.differences]),
            TextLine(),
        ]
    yield ReportSection(_title(drift), _compared_with(drift), _sums(drift), details)


def _title(drift: SourceDrift) -> str:
    """The source with its file: `acme: acme_2026-03.csv`."""
    return f"{drift.source}: {drift.file}" if drift.file else drift.source


def _compared_with(drift: SourceDrift) -> str:
    """What the delivery was compared with, in a sentence without its end."""
    records = counted(drift.records, "record")
    if drift.load_id is None:
        why = "no load was published before it" if drift.published else "no load is published yet"
        return f"{records}, compared with the mapping only: {why}"
    return f"{records}, compared with the mapping and with load {drift.load_id}"


def _sums(drift: SourceDrift) -> str:
    """`1 breaking, 2 safe`, and what can be fixed; `no drift`."""
    found = [f"{drift.count(each)} {each}" for each in CLASSES if drift.count(each)]
    if not found:
        return "no drift"
    return ", ".join(found) + (f"; --fix can fix {drift.fixable}" if drift.fixable else "")


def _every_sum(drifts: Sequence[SourceDrift]) -> str:
    """The sums of several sources."""
    with_drift = sum(bool(drift.differences) for drift in drifts)
    failed = sum(bool(drift.message) for drift in drifts)
    parts = [f"{with_drift} with drift"] + ([f"{failed} not compared"] if failed else [])
    return f"{counted(len(drifts), 'source')}: {listed(parts, last='and')}"


def _cells(difference: Difference) -> list[Words]:
    detail = difference.detail
    kind = TextSpan(f"{detail.kind_class} {difference.code}", _STYLES[detail.kind_class])
    return [kind, detail.header or _NO_COLUMN, detail.expected, detail.found, detail.advice]


def _case(code: str, name: str, detail: DriftDetail | DriftRow, place: Place | None = None) -> CheckCase:
    title = f"{code} {name}"
    column = f"{detail.header!r}: " if detail.header else ""
    return CheckCase(
        f"{title} {detail.header}" if detail.header else title,
        _LEVELS[detail.kind_class],
        f"{column}expected {detail.expected}, found {detail.found}",
        detail.advice,
        kind=detail.kind_class,
        code=code,
        title=title,
        place=place,
    )


def _plain(drift: SourceDrift) -> dict[str, Any]:
    return {
        "source": drift.source,
        "file": drift.file,
        "mapping": drift.mapping,
        "records": drift.records,
        "load_id": drift.load_id,
        "differences": [_plain_difference(each) for each in drift.differences],
        "fixed": drift.fixed,
        "error": drift.message,
        "hint": drift.hint,
    }


def _plain_difference(difference: Difference) -> dict[str, Any]:
    detail = difference.detail
    return {
        "code": difference.code,
        "name": difference.name,
        "on_drift": difference.word,
        "class": detail.kind_class,
        "column": detail.header,
        "expected": detail.expected,
        "found": detail.found,
        "advice": detail.advice,
        "fixable": bool(detail.fixes),
    }


_HISTORY: Final = (
    TableColumn("load", align="right"),
    TableColumn("source", fit="end"),
    TableColumn("started (UTC)"),
    TableColumn("status", may_go=True),
    TableColumn("class"),
    TableColumn("kind"),
    TableColumn("column", fit="end"),
    TableColumn("expected", fit="end", may_go=True),
    TableColumn("found", fit="end"),
)


@dataclass(frozen=True)
class DriftHistoryReport(Report):
    """A table with a line for each difference of the loads so far."""

    found: Sequence[DriftRow]
    title = "drift"
    about = DriftReport.about

    def body(self) -> Iterator[Block]:
        if self.found:
            yield ReportTable(_HISTORY, [_cells_of_row(row) for row in self.found])
        else:
            yield TextLine("no drift was found in any load yet")

    def data(self) -> dict[str, Any]:
        return {"drift": [_plain_row(row) for row in self.found]}

    def suites(self) -> Iterator[CheckSuite]:
        """One for each load."""
        for load_id, found in groupby(self.found, key=lambda row: row.load_id):
            rows = list(found)
            name = f"{rows[0].source_name}: load {load_id}"
            yield CheckSuite(name, [_case(row.code, row.name, row) for row in rows], about=name)


def _cells_of_row(row: DriftRow) -> list[Words]:
    return [
        str(row.load_id),
        row.source_name,
        f"{row.started_at:%Y-%m-%d %H:%M}",
        row.status,
        TextSpan(row.kind_class, _STYLES[row.kind_class]),
        f"{row.code} {row.name}",
        row.header or _NO_COLUMN,
        row.expected,
        row.found,
    ]


def _plain_row(row: DriftRow) -> dict[str, Any]:
    values = asdict(row)
    return {
        "load_id": values.pop("load_id"),
        "source": values.pop("source_name"),
        "file": values.pop("file_name"),
        "class": values.pop("kind_class"),
        "column": values.pop("header"),
        **values,
    }
