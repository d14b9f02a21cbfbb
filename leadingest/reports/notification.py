"""The one message that is sent about a run that went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from leadingest.errors import LeadingestError
from leadingest.ingest.result import SourceResult
from leadingest.mirroring.mirrored_source import MirroredSource
from leadingest.overview.source_state import SourceState
from leadingest.reports.printable import cut_to, one_line
from leadingest.reports.status import reason_for

#: Sources that have a line each, and characters of a reason: messages of some services are short.
_MOST_LINES: Final = 20
_LONGEST_REASON: Final = 300


class Notification(NamedTuple):
    """A message: its title, and plain text without anything of a lead."""

    title: str
    body: str


def notification(
    results: Sequence[SourceResult], late: Sequence[SourceState], events: Collection[str]
) -> Notification | None:
    """A line for each source that failed, is held or is late, so far as `events` has the word; None where there is none.

    Hints stay out: one may quote a header, and in a file without headers that is a cell.
    """
    troubles: dict[str, tuple[str, str]] = {
        each.source: (each.status, _line(each))
        for each in results
        if each.status in {"failed", "held"} & {*events}
    }
    if "late" in events:
        for source in late:
            troubles.setdefault(source.name, ("late", f"{source.name}: {reason_for(source, 'late')}"))
    if not troubles:
        return None
    counts = Counter(word for word, _ in troubles.values())
    title = ", ".join(f"{counts[word]} {word}" for word in ("failed", "held", "late") if counts[word])
    lines = [line for _, line in troubles.values()]
    return Notification(f"leadingest: {title}", _listed(lines, "leadingest status"))


def stopped_notification(error: LeadingestError, command: str) -> Notification:
    """The message about a command, such as `run`, that ended as a whole."""
    return Notification(
        f"leadingest: the {command} failed", f"{_short(error.message)}\nto try again: leadingest {command}"
    )


def mirror_notification(results: Sequence[MirroredSource]) -> Notification | None:
    """The message about sources that are not up to date in a mirror; None where all are."""
    lines = [
        f"{each.source}: its loads are published, and not mirrored: {_short(each.message)}; "
        f"to try again: leadingest mirror --source {each.source}"
        for each in results
        if each.status == "failed"
    ]
    if not lines:
        return None
    title = f"leadingest: {len(lines)} not mirrored"
    return Notification(title, _listed(lines, "leadingest mirror"))


def _listed(lines: Sequence[str], more: str) -> str:
    rest = [f"and {len(lines) - _MOST_LINES} more: {more}"] if len(lines) > _MOST_LINES else []
    return "\n".join([*lines[:_MOST_LINES], *rest])


def _line(result: SourceResult) -> str:
    following = (
        f"to publish it: leadingest approve {result.load_id}"
        if result.status == "held"
        else f"to try again: leadingest run --source {result.source}"
    )
    return f"{result.source}: {result.status}: {_short(result.message)}; {following}"


def _short(reason: str) -> str:
    return cut_to(one_line(reason), _LONGEST_REASON)
