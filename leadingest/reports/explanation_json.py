"""How a record became a lead, as a JSON document."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from leadingest.engine.story import Story
from leadingest.ingest.explain import Explanation
from leadingest.reports.json_document import json_document


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
        let=[_story(story) for story in explanation.lets],
        fields=[_story(story) for story in explanation.fields],
    )


def _story(story: Story) -> dict[str, Any]:
    return {
        "name": story.name,
        "place": story.position._asdict(),
        "reads": [asdict(reading) for reading in story.reads],
        "when": {"condition": story.condition, "holds": story.holds} if story.condition else None,
        "parts": [_story(part) for part in story.parts],
        "words": [asdict(passage) for passage in story.passages],
        "checks": dict(story.checks),
        "value": story.value,
        "failure": story.failure and asdict(story.failure),
    }
