"""Tests of leadingest.lint.finding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.documents.yaml_document import Position
from leadingest.lint.finding import Edit, Finding, fixed


def finding(*edits: tuple[int, int, str]) -> Finding:
    made = tuple(Edit("m.yaml", start, end, text) for start, end, text in edits)
    return Finding("LI009", "changed_by_yaml", "warning", Position("m.yaml", 1, 1), 2, "", edits=made)


@pytest.mark.parametrize(
    ("findings", "text", "number"),
    [
        ([finding((3, 5, '"NO"'))], 'a: "NO" # why', 1),
        ([finding((0, 1, "b")), finding((3, 5, "X"))], "b: X # why", 2),
        ([finding((3, 5, "X")), finding((4, 6, "Y"))], "a: X # why", 1),
        ([finding((0, 1, "b"), (3, 5, "X"))], "b: X # why", 1),
        ([finding()], "a: NO # why", 0),
    ],
)
def test_edits_are_carried_out_on_the_text(findings: list[Finding], text: str, number: int) -> None:
    assert fixed("a: NO # why", "m.yaml", findings) == (text, number)


def test_edits_of_another_file_are_left_alone() -> None:
    assert fixed("a: NO", "other.yaml", [finding((3, 5, "X"))]) == ("a: NO", 0)


SPANS = st.tuples(st.integers(0, 30), st.integers(0, 8), st.text("xyz", max_size=3))


@given(st.text(min_size=40, max_size=40), st.lists(SPANS, max_size=6))
def test_what_no_edit_speaks_of_stays_in_its_order(text: str, spans: list[tuple[int, int, str]]) -> None:
    findings = [finding((start, start + length, new)) for start, length, new in spans]
    done, number = fixed(text, "m.yaml", findings)
    kept = [letter for i, letter in enumerate(text) if not any(s <= i < s + n for s, n, _ in spans)]
    remaining = iter(done)
    assert all(letter in remaining for letter in kept)
    assert number <= len(spans)
