"""Edits that mend findings, carried out on the text, so that comments and layout stay as they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from leadingest.lint.finding import Edit


class Mendable(Protocol):
    """Something that edits mend."""

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits, of one file or several."""


def mended(text: str, file: str, findings: Iterable[Mendable]) -> tuple[str, int]:
    """The text of the file with the edits of the findings in it, and how many findings that mends.

    A finding is mended whole or not at all: one whose edits overlap those of an earlier one is left for the
    next time.
    """
    taken: list[Edit] = []
    mending = 0
    for finding in findings:
        edits = [edit for edit in finding.edits if edit.file == file]
        if edits and not any(_overlap(edit, other) for edit in edits for other in taken):
            taken += edits
            mending += 1
    for edit in sorted(taken, key=lambda each: -each.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text, mending


def _overlap(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end
