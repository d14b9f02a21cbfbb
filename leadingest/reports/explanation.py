"""How a record became a lead: field by field, the value after each word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from leadingest.documents.nearest import listed
from leadingest.engine.plan import WHERE
from leadingest.engine.story import EntryInput, Passage, Story, ValueFailure
from leadingest.ingest.explain import Explanation
from leadingest.ingest.record_view import Refusal
from leadingest.reports.printable import cut_to, one_line
from leadingest.reports.report import (
    Block,
    Report,
    ReportTable,
    TableColumn,
    TextLine,
    TextSpan,
    Words,
    spans,
)
from leadingest.tables.types.base import stored_text

#: Of what the mapping says at a word: a value map may be long.
_LONGEST = 60

_FATES: Final = {
    "blank": "the field is blank",
    "reject": "the record is rejected",
    "hold": "the field is blank and the load is held",
}
_COLUMNS: Final = (TableColumn(""), TableColumn("", fit="fold"), TableColumn("", fit="fold"))


@dataclass(frozen=True)
class ExplanationReport(Report):
    """What became of the record, then each field."""

    explanation: Explanation
    title = "explain"

    def body(self) -> Iterator[Block]:
        explanation, record = self.explanation, self.explanation.record
        number = TextSpan(f"record {record.number}", "strong")
        place = f", place {explanation.place}" if explanation.place else ""
        yield TextLine(
            (f"{explanation.source}: {explanation.file}, ", number, f", line {record.line}{place}")
        )
        yield from _outcome(explanation)
        if isinstance(record.cells, str):
            yield TextLine()
            yield TextLine(record.cells)
        for story in explanation.lets:
            yield TextLine()
            yield from _story(story, f"let {story.name}")
        invalid = {field.name: field.invalid for field in record.fields if field.invalid}
        if record.refusal and record.refusal.field:
            invalid[record.refusal.field] = record.refusal
        for story in explanation.fields:
            yield TextLine()
            yield from _story(story, story.name, invalid.get(story.name))

    def data(self) -> dict[str, Any]:
        """`cells` are an object of header to cell, or a text where the record could not be taken apart."""
        explanation, record = self.explanation, self.explanation.record
        return {
            "source": explanation.source,
            "file": explanation.file,
            "record": record.number,
            "line": record.line,
            "place": explanation.place,
            "outcome": record.outcome,
            "refusal": record.refusal and asdict(record.refusal),
            "where": explanation.where,
            "superseded_per": list(explanation.superseded_per),
            "lead_key": explanation.lead_key,
            "cells": record.cells,
            "let": [_plain(story) for story in explanation.lets],
            "fields": [_plain(story) for story in explanation.fields],
        }


def _outcome(explanation: Explanation) -> Iterator[Block]:
    record = explanation.record
    if record.outcome == "lead":
        key = explanation.lead_key
        key_text = f" with lead_key {key}" if key else " without lead_key"
        yield TextLine(("becomes a ", TextSpan("lead", "good"), key_text), indent=2)
        untold = [field.invalid for field in record.fields if field.name == WHERE and field.invalid]
        for refusal in untold:
            message = f"✗ {refusal.message}: `where` cannot be evaluated, so the record is kept"
            yield TextLine(TextSpan(message, "bad"), indent=2)
    elif record.refusal:
        yield TextLine(("is ", TextSpan("rejected", "bad"), f": {record.refusal.message}"), indent=2)
    elif same := listed(explanation.superseded_per, last="and"):
        by = f" by keep: another record with the same {same} is later"
        yield TextLine(("is ", TextSpan("left out", "wait"), by), indent=2)
    else:
        yield TextLine(("is ", TextSpan("left out", "wait"), f" by where: {explanation.where}"), indent=2)


def _story(story: Story, name: str, refusal: Refusal | None = None) -> Iterator[Block]:
    place = story.position
    yield TextLine((TextSpan(name, "strong"), TextSpan(f"  {place.file}:{place.line}:{place.column}", "dim")))
    yield ReportTable(_COLUMNS, list(_rows(story, depth=1)))
    if story.failure:
        yield TextLine(TextSpan(f"✗ {story.failure.message}: {_FATES[story.failure.fate]}", "bad"), indent=2)
    elif refusal:  # told by what earlier records had
        yield TextLine(TextSpan(f"✗ {refusal.message}", "bad"), indent=2)


def _rows(story: Story, *, depth: int) -> Iterator[tuple[Words, Words, Words]]:
    """What the entry reads, its parts, the value after each word, its checks: word, what is said, value."""
    indent = TextSpan("  " * depth)
    source, *others = story.passages
    by_name = bool(story.reads) and source.word == "from"
    for reading in story.reads[by_name:]:
        yield (indent, TextSpan("reads", "dim")), _read(reading), ""
    if story.condition:
        yield (indent, "when"), story.condition, _held(story.holds)
    for part in story.parts:
        yield (indent, f"{source.word} {part.name}"), "", ""
        yield from _rows(part, depth=depth + 1)
        if part.failure:
            yield "", "", TextSpan(f"✗ {part.failure.message}", "bad")
    text = _read(story.reads[0], beside=source.value) if by_name else source.text
    yield (indent, source.word), text, _value(source, story.failure)
    for passage in others:
        yield (indent, passage.word), cut_to(one_line(passage.text), _LONGEST), _value(passage, story.failure)
    for word, wanted in story.checks:
        failed = story.failure is not None and story.failure.rule == word
        setting = "" if wanted == "true" else wanted
        yield (indent, word), setting, TextSpan("✗", "bad") if failed else ""


def _read(reading: EntryInput, *, beside: Any = None) -> Words:
    """A name with its cell as it came, unless that stands `beside` it or, for a `let` value, above."""
    others = f" (or {', '.join(reading.named)})" if reading.named else ""
    name = (f"{'let ' if reading.let else ''}{reading.name}", TextSpan(others, "dim"))
    if not reading.there:
        return (*name, TextSpan(": the file has no such header", "dim"))
    if reading.let or (reading.value or None) == beside:
        return name
    return (*name, TextSpan(": ", "dim"), *spans(_shown(reading.value)))


def _held(holds: bool | None) -> Words:
    if holds is None:
        return TextSpan("cannot be evaluated", "wait")
    return TextSpan("holds", "good") if holds else TextSpan("does not hold", "wait")


def _value(passage: Passage, failure: ValueFailure | None) -> Words:
    if passage.value is None and failure and failure.rule == passage.word:
        return TextSpan("✗", "bad")
    return _shown(passage.value)


def _shown(value: Any) -> Words:
    """Texts in quotes, so that blanks can be seen."""
    if value is None:
        return TextSpan("blank", "dim")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else stored_text(value)


def _plain(story: Story) -> dict[str, Any]:
    return {
        "name": story.name,
        "place": story.position._asdict(),
        "reads": [asdict(reading) for reading in story.reads],
        "when": {"condition": story.condition, "holds": story.holds} if story.condition else None,
        "parts": [_plain(part) for part in story.parts],
        "words": [
            {"word": passage.word, "said": passage.text, "value": passage.value} for passage in story.passages
        ],
        "checks": dict(story.checks),
        "value": story.value,
        "failure": story.failure and asdict(story.failure),
    }
