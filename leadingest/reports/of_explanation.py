"""How a record became a lead, on the terminal: field by field, the value after each word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from rich.console import RenderableType
from rich.text import Text

from leadingest.engine.plan import WHERE
from leadingest.engine.story import EntryInput, Passage, Story, ValueFailure
from leadingest.ingest.explain import Explanation
from leadingest.ingest.record_view import Refusal
from leadingest.reports.json_document import json_document
from leadingest.reports.printable import cut_to, one_line
from leadingest.reports.rich_text import plain_table, rich_text, safe
from leadingest.tables.types.base import stored_text

#: Of what the mapping says at a word: a value map may be long.
_LONGEST = 60

_FATES: Final = {
    "blank": "the field is blank",
    "reject": "the record is rejected",
    "hold": "the field is blank and the load is held",
}


def explanation_text(explanation: Explanation, *, width: int | None = None) -> str:
    """What became of the record, then each field, in lines of at most `width` cells."""
    return rich_text(*_parts(explanation), width=width)


def _parts(explanation: Explanation) -> Iterator[RenderableType]:
    record = explanation.record
    yield Text.assemble(
        f"{explanation.source}: {one_line(explanation.file)}, ",
        (f"record {record.number}", "bold"),
        f", line {record.line}",
    )
    yield from _outcome(explanation)
    if isinstance(record.cells, str):
        yield ""
        yield safe(record.cells)
    for story in explanation.lets:
        yield ""
        yield from _story(story, f"let {story.name}")
    invalid = {field.name: field.invalid for field in record.fields if field.invalid}
    if record.refusal and record.refusal.field:
        invalid[record.refusal.field] = record.refusal
    for story in explanation.fields:
        yield ""
        yield from _story(story, story.name, invalid.get(story.name))


def _outcome(explanation: Explanation) -> Iterator[RenderableType]:
    record = explanation.record
    if record.outcome == "lead":
        key = explanation.lead_key
        known = f" with lead_key {one_line(key)}" if key else " without lead_key"
        yield Text.assemble("  becomes a ", ("lead", "green"), known)
        untold = [field.invalid for field in record.fields if field.name == WHERE and field.invalid]
        for refusal in untold:
            yield Text(f"  ✗ {refusal.message}: where cannot be told, and the record is kept", "red")
    elif record.refusal:
        yield Text.assemble("  is ", ("rejected", "red"), f": {record.refusal.message}")
    else:
        yield Text.assemble("  is ", ("left out", "yellow"), f" by where: {one_line(explanation.where)}")


def _story(story: Story, name: str, refusal: Refusal | None = None) -> Iterator[RenderableType]:
    place = story.position
    yield Text.assemble((name, "bold"), (f"  {place.file}:{place.line}:{place.column}", "dim"))
    table = plain_table("", "", "")
    table.show_header = False
    table.columns[0].no_wrap = True
    for row in _rows(story, depth=1):
        table.add_row(*row)
    yield table
    if story.failure:
        yield Text(f"  ✗ {story.failure.message}: {_FATES[story.failure.fate]}", "red")
    elif refusal:  # told by what earlier records had
        yield Text(f"  ✗ {refusal.message}", "red")


def _rows(story: Story, *, depth: int) -> Iterator[tuple[Text, Text, Text]]:
    """What the entry reads, its parts, the value after each word, its checks: word, what is said, value."""
    indent = "  " * depth
    source, *others = story.passages
    by_name = bool(story.reads) and source.word == "from"
    for reading in story.reads[by_name:]:
        yield Text(f"{indent}reads", "dim"), _read(reading), Text()
    if story.condition:
        yield Text(f"{indent}when"), safe(story.condition), _held(story.holds)
    for part in story.parts:
        yield Text(f"{indent}{source.word} {part.name}"), Text(), Text()
        yield from _rows(part, depth=depth + 1)
        if part.failure:
            yield Text(), Text(), Text(f"✗ {part.failure.message}", "red")
    said = _read(story.reads[0], beside=source.value) if by_name else safe(source.text)
    yield Text(f"{indent}{source.word}"), said, _value(source, story.failure)
    for passage in others:
        yield Text(f"{indent}{passage.word}"), _shortened(passage.text), _value(passage, story.failure)
    for word, wanted in story.checks:
        failed = story.failure is not None and story.failure.rule == word
        told = "" if wanted == "true" else wanted
        yield Text(f"{indent}{word}"), safe(told), Text("✗", "red") if failed else Text()


def _read(reading: EntryInput, *, beside: Any = None) -> Text:
    """A name with its cell as it came, unless that stands `beside` it or, for a `let` value, above."""
    others = f" (or {', '.join(map(one_line, reading.named))})" if reading.named else ""
    name = Text.assemble("let " if reading.let else "", one_line(reading.name), (others, "dim"))
    if not reading.there:
        return name + Text(": the file has no such header", "dim")
    if reading.let or (reading.value or None) == beside:
        return name
    return Text.assemble(name, (": ", "dim"), _shown(reading.value))


def _held(holds: bool | None) -> Text:
    if holds is None:
        return Text("cannot be told", "yellow")
    return Text("holds", "green") if holds else Text("does not hold", "yellow")


def _value(passage: Passage, failure: ValueFailure | None) -> Text:
    if passage.value is None and failure and failure.rule == passage.word:
        return Text("✗", "red")
    return _shown(passage.value)


def _shown(value: Any) -> Text:
    """Texts in quotes, so that blanks can be seen."""
    if value is None:
        return Text("blank", "dim")
    return safe(json.dumps(value, ensure_ascii=False) if isinstance(value, str) else stored_text(value))


def _shortened(text: str) -> Text:
    return safe(cut_to(text, _LONGEST))


def explanation_json(explanation: Explanation) -> str:
    """The record and its outcome, then `let` and `fields`: each entry with the value after each word.

    `cells` are an object of header to cell, or a text where the record could not be taken apart.
    """
    record = explanation.record
    return json_document(
        source=explanation.source,
        file=explanation.file,
        record=record.number,
        line=record.line,
        outcome=record.outcome,
        refusal=record.refusal and asdict(record.refusal),
        where=explanation.where,
        lead_key=explanation.lead_key,
        cells=record.cells,
        let=[_story_json(story) for story in explanation.lets],
        fields=[_story_json(story) for story in explanation.fields],
    )


def _story_json(story: Story) -> dict[str, Any]:
    return {
        "name": story.name,
        "place": story.position._asdict(),
        "reads": [asdict(reading) for reading in story.reads],
        "when": {"condition": story.condition, "holds": story.holds} if story.condition else None,
        "parts": [_story_json(part) for part in story.parts],
        "words": [{"word": each.word, "said": each.text, "value": each.value} for each in story.passages],
        "checks": dict(story.checks),
        "value": story.value,
        "failure": story.failure and asdict(story.failure),
    }
