"""`--format github`: annotations in GitHub Actions, at the mapping."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from leadingest.drift.source_drift import SourceDrift
from leadingest.reports.drift_words import title
from leadingest.reports.workflow_command import workflow_command

_LEVELS: Final = {"breaking": "error", "lossy": "warning", "safe": "notice"}


def github(drifts: Sequence[SourceDrift], *, width: int | None = None) -> str:
    """A workflow command for each difference; nothing where there is none."""
    return "".join(command for drift in drifts for command in _commands(drift))


def _commands(drift: SourceDrift) -> Iterator[str]:
    if drift.message:
        yield workflow_command("error", f"{drift.source}: {drift.message}", title="drift")
    for difference in drift.differences:
        told = difference.told
        column = f"{told.header!r}: " if told.header else ""
        said = (
            f"{title(drift)}: {column}expected {told.expected}, found {told.found}. What to do: {told.advice}"
        )
        name = f"{difference.code} {difference.name}"
        yield workflow_command(_LEVELS[told.kind_class], said, file=drift.mapping, title=name)
