"""Tests of leadingest.lint.subject."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.documents.read_yaml import parse_document
from leadingest.documents.yaml_document import Document, Sequence
from leadingest.lint.subject import Subject, without_item
from leadingest.mapping.models import ParsedMapping


def subject_of(document: Document) -> Subject:
    name = "m.yaml"
    return Subject(
        ParsedMapping(path=Path(name), name=name, problems=(), documents=(document,), root=document.root)
    )


@pytest.mark.parametrize(
    ("text", "number", "left"),
    [
        ("a: [x, y, z] # why\n", 0, "a: [y, z] # why\n"),
        ("a: [x, y, z]\n", 1, "a: [x, z]\n"),
        ("a: [x, 'y',  z]\n", 2, "a: [x, 'y']\n"),
        ("a: [x, y,]\n", 1, "a: [x,]\n"),
        ("a:\n  - x\n  - y  # why\n  - z\n", 1, "a:\n  - x\n  - z\n"),
        ("a:\n  - x\n  - y", 1, "a:\n  - x\n"),
        ("a:\r\n- x\r\n- y\r\n", 0, "a:\r\n- y\r\n"),
        ("a: [\n  x,\n  y,\n]\n", 0, "a: [\n  y,\n]\n"),
    ],
)
def test_an_item_goes_and_the_rest_stays_as_it_was_written(text: str, number: int, left: str) -> None:
    document = parse_document(text, "m.yaml")
    node = document.root.entries["a"]
    assert isinstance(node, Sequence)
    (edit,) = without_item(subject_of(document), node, number)
    assert text[: edit.start] + edit.text + text[edit.end :] == left


@pytest.mark.parametrize("text", ["a: [x]\n", "a: [{b: c}, y]\n", "a: [x, # why\n  y]\n", "a: [x\n  w, y]\n"])
def test_what_is_not_certain_to_be_right_is_left_alone(text: str) -> None:
    document = parse_document(text, "m.yaml")
    node = document.root.entries["a"]
    assert isinstance(node, Sequence)
    assert without_item(subject_of(document), node, 0) == ()
