"""What became of the sources of a mirror."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from leadingest.errors import EXIT_DONE, LeadingestError
from leadingest.mirroring.mirrored_source import MirroredSource, MirrorStatus
from leadingest.reports.problem import problem
from leadingest.reports.report import Block, Report, ReportTable, TableColumn, TextLine, Words
from leadingest.reports.wording import status_span
from leadingest.wording import counted, number

_COLUMNS = (
    TableColumn("source", fit="end"),
    TableColumn("load", align="right"),
    TableColumn("leads", align="right"),
    TableColumn("status"),
)
#: In the order of a summary.
_STATUSES: tuple[MirrorStatus, ...] = ("copied", "published", "withdrawn", "unchanged", "failed")


@dataclass(frozen=True)
class MirrorReport(Report):
    """The sources that were changed in a mirror, and how many were not; why some failed is told as errors."""

    results: Sequence[MirroredSource]
    #: The URLs of both sides, without passwords.
    database: str
    to: str
    dry_run: bool = False
    #: Why nothing could be mirrored at all.
    problem: LeadingestError | None = None
    title = "mirror"

    @property
    def exit_code(self) -> int:
        """That of the worst source."""
        return max(
            [each.exit_code for each in self.results],
            default=self.problem.exit_code if self.problem else EXIT_DONE,
        )

    def body(self) -> Iterator[Block]:
        changed = [each for each in self.results if each.status != "unchanged" or each.pruned]
        if changed:
            yield ReportTable(_COLUMNS, [_row(each) for each in changed])
            yield TextLine()
        yield from self.summary()

    def summary(self) -> Iterator[Block]:
        """How many sources were changed, in a line."""
        if not self.results:
            return
        counts = Counter(each.status for each in self.results)
        parts = [f"{number(counts[status])} {status}" for status in _STATUSES if counts[status]]
        would = " (dry run: nothing was written)" if self.dry_run else ""
        yield TextLine(
            f"mirror in {self.to}: {counted(len(self.results), 'source')}: {', '.join(parts)}{would}"
        )

    def data(self) -> dict[str, Any]:
        return {
            "database": self.database,
            "mirror": self.to,
            "dry_run": self.dry_run,
            "error": self.problem.message if self.problem else "",
            "results": [_plain(each) for each in self.results],
        }

    def errors(self) -> Iterator[Block]:
        if self.problem:
            yield from problem(self.problem.message, hint=self.problem.hint, about="mirror")
        for each in self.results:
            if each.status == "failed":
                yield from problem(each.message, hint=each.hint, about=each.source)


def _row(result: MirroredSource) -> list[Words]:
    load = "" if result.load_id is None else str(result.load_id)
    leads = "" if result.load_id is None else number(result.leads)
    pruned = f", {counted(len(result.pruned), 'old load')} pruned" if result.pruned else ""
    return [result.source, load, leads, [status_span(result.status), pruned]]


def _plain(result: MirroredSource) -> dict[str, Any]:
    plain = asdict(result)
    del plain["exit_code"]
    return plain
