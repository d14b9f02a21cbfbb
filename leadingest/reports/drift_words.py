"""Words that every format of drift says in the same way."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.drift.difference import CLASSES
from leadingest.drift.source_drift import SourceDrift
from leadingest.reports.table import counted

#: The columns of the table.
HEADS = ("class", "column", "expected", "found", "what to do")


def title(drift: SourceDrift) -> str:
    """The source with its file: `acme: acme_2026-03.csv`."""
    return f"{drift.source}: {drift.file}" if drift.file else drift.source


def compared_with(drift: SourceDrift) -> str:
    """What the delivery was compared with, in a sentence without its end."""
    records = counted(drift.records, "record")
    if drift.load_id is None:
        why = "no load was published before it" if drift.published else "no load is published yet"
        return f"{records}, compared with the mapping alone: {why}"
    return f"{records}, compared with the mapping and with load {drift.load_id}"


def sums(drift: SourceDrift) -> str:
    """`1 breaking, 2 safe`, and what can be mended; `no drift`."""
    found = [f"{drift.count(each)} {each}" for each in CLASSES if drift.count(each)]
    if not found:
        return "no drift"
    return ", ".join(found) + (f"; --fix mends {drift.fixable}" if drift.fixable else "")


def rows(drift: SourceDrift) -> Iterator[tuple[str, str, str, str, str]]:
    """The cells under HEADS, difference by difference."""
    for difference in drift.differences:
        told = difference.told
        header = told.header or "(the delivery)"
        yield (f"{told.kind_class} {difference.code}", header, told.expected, told.found, told.advice)


def every_sum(drifts: tuple[SourceDrift, ...]) -> str:
    """The sums of several sources."""
    with_drift = sum(bool(drift.differences) for drift in drifts)
    failed = sum(bool(drift.message) for drift in drifts)
    parts = [f"{with_drift} with drift"] + ([f"{failed} not compared"] if failed else [])
    return f"{counted(len(drifts), 'source')}: {listed(parts, last='and')}"
