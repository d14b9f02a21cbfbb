"""Tests of leadingest.mapping.reference."""

from __future__ import annotations

import pytest

from leadingest.documents.read_yaml import parse_yaml
from leadingest.errors import UsageError
from leadingest.mapping.keys import ENTRY_KEYS, MAPPING_KEYS, all_keys
from leadingest.mapping.reference import reference_text
from leadingest.tables.rejects import READING
from leadingest.tables.types import TYPES
from tests.engine.trial import mapping_of


@pytest.mark.parametrize("word", [*all_keys(), *(kind.name for kind in TYPES), "match", "let", "where"])
def test_every_word_is_in_the_reference(word: str) -> None:
    assert f"`{word}`" in reference_text()


def test_one_word_can_be_asked_for() -> None:
    text = reference_text("split")
    assert text.startswith("### `split`\n")
    assert "which part" in text.lower()


@pytest.mark.parametrize("code", READING)
def test_every_reason_for_a_reject_of_reading_is_in_the_reference(code: str) -> None:
    assert reference_text(code).startswith(f"### `{code}`\n")
    assert reference_text(code) in reference_text() + "\n"


def test_an_unknown_word_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="unknown word 'spilt'; did you mean 'split'"):
        reference_text("spilt")


@pytest.mark.parametrize("name", MAPPING_KEYS)
def test_every_example_of_a_key_is_yaml_with_that_key(name: str) -> None:
    assert list(parse_yaml(MAPPING_KEYS[name].example, "example").entries) == [name]


@pytest.mark.parametrize("name", ENTRY_KEYS)
def test_every_example_of_an_entry_is_an_entry_that_can_be_read(name: str) -> None:
    example = ENTRY_KEYS[name].example.replace("field:", "operator:")
    whole = f"{example}\nfields:\n  company: Name" if example.startswith("let:") else f"fields:\n  {example}"
    assert "company" in mapping_of(whole).fields
