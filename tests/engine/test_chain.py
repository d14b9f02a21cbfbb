"""Tests of leadingest.engine.chain: what every value promises, whatever words it has come by."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.engine.binding import names_read
from leadingest.expressions import BLANKS
from leadingest.operations import OPERATIONS
from leadingest.operations.sources import SOURCES
from tests.engine.trial import mapping_of, run, values
from tests.searched import examples

#: What a deliverer may write around and between the words of a cell.
BLANK = st.sampled_from(["", " ", "  ", "\t", "\n", "\u00a0", "\u200b", "\u200e", "\u00ad", "\u2028", "\x00"])
PIECE = BLANK | st.sampled_from(["Ann", "Reed", "-", "12", "*", "&amp;", "&nbsp;", "|", "DBA", "none"])
CELL = st.lists(PIECE, max_size=6).map("".join)

#: Entries whose words would leave blanks at the ends, each in a way of its own.
LEAVING = [
    "{sql: \"COALESCE(A, '') || ' ' || COALESCE(B, '')\"}",
    "{sql: \"' ' || A || ' '\", when: \"A <> 'x'\"}",
    '{const: "  "}',
    '{const: " x "}',
    '{from: A, default: " "}',
    '{from: A, prefix: " "}',
    '{from: A, prefix: " No. ", suffix: " "}',
    '{from: A, values: {Ann: " Anna "}, otherwise: {const: " "}}',
    '{from: A, json: "$.a"}',
    '{from: A, extract: "^(.*?)-"}',
    '{from: A, split: "-", part: -1}',
    '{from: A, replace: {"-": " "}}',
    '{from: A, replace: {pattern: "[a-z]+", with: "\u00a0"}}',
    "{from: A, unescape: html}",
    '{from: A, strip: "*-"}',
    '{from: A, steps: [{split: "-"}, {suffix: " "}, {suffix: " "}]}',
    '{join: [A, {const: " "}, B], separator: " - "}',
    '{first_of: [{from: A, replace: {"Ann": ""}}, B], suffix: " "}',
    "{from: A, nulls: [' none ']}",
    "{from: A, squeeze: true}",
]
EXAMPLES = [
    example.entry
    for words in (SOURCES, OPERATIONS)
    for word in words.values()
    for example in word.examples
    if example.type == "text"
]


def is_tidy(value: object) -> bool:
    return value is None or (isinstance(value, str) and value != "" and value == value.strip(BLANKS))


@pytest.mark.parametrize("entry", [*LEAVING, *EXAMPLES])
# Few lists of many cells: what takes long is to read and compile the entry, once for each list.
@settings(max_examples=examples(50, least=5))
@given(cells=st.lists(CELL | CELL.map(lambda cell: json.dumps({"a": cell})), min_size=25, max_size=50))
def test_a_value_has_no_blanks_at_its_ends_and_is_never_blank(entry: str, cells: list[str]) -> None:
    fields = f"fields:\n  schedule: {entry}"
    headers = sorted(names_read(mapping_of(fields))) or ["A"]
    records = [dict(zip(headers, pair, strict=False)) for pair in zip(cells, reversed(cells), strict=True)]
    records = [dict.fromkeys(headers, "") | record for record in records]
    assert all(is_tidy(value) for value in values(fields, *records, field="schedule"))


@pytest.mark.parametrize("cell", [" ", "\u00a0", "\u200e", "\u00ad\u200b"])
def test_blank_is_blank_for_required_too(cell: str) -> None:
    trial = run(
        "fields:\n  company: {sql: \"A || ' '\", required: true}", {"A": cell}, {"A": f"{cell}Ann{cell}"}
    )
    assert [lead["company"] for lead in trial.leads] == ["Ann"]
    assert [reject["rule"] for reject in trial.rejects] == ["required"]
