"""Tests of leadingest.drafting.draft_text."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from leadingest.documents.read_yaml import parse_yaml
from leadingest.documents.yaml_document import plain
from leadingest.drafting.draft_text import entry_lines, scalar

TEXTS = st.text(min_size=1)
ENTRIES = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4) | st.dictionaries(TEXTS, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    "text", ["NO", "y", "01234", "12:30", "1e5", "Operation #", "a: b", "- a", "~", "null"]
)
def test_what_another_reader_would_change_is_quoted(text: str) -> None:
    assert scalar(text) == f'"{text}"'


@pytest.mark.parametrize(
    "text", ["City", "Operation/Caregiver Name", "O'Brien & Sons", "Address 1", "Straße"]
)
def test_what_no_reader_would_change_stands_plain(text: str) -> None:
    assert scalar(text) == text


@given(TEXTS)
def test_every_reader_reads_a_text_as_it_was(text: str) -> None:
    assert yaml.safe_load(f"{{{scalar(text)}: [{scalar(text)}]}}") == {text: [text]}


@given(TEXTS, ENTRIES)
def test_an_entry_is_read_as_it_was(key: str, value: Any) -> None:
    written = "\n".join(["fields:", *entry_lines(key, value, indent="  "), ""])
    assert yaml.safe_load(written) == plain(parse_yaml(written, "made up")) == {"fields": {key: value}}
