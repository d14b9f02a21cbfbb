"""Tests of leadingest.lint.other_readers, against a reader that has all the traps."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from leadingest.lint.other_readers import read_by_others


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("NO", "false"),
        ("y", "true"),
        ("Off", "false"),
        ("True", "true"),
        ("01234", "668"),
        ("08", "8"),
        ("0o17", "15"),
        ("12:30", "750"),
        ("1.10", "1.1"),
        ("1e5", "100000.0"),
        ("0x1F", "31"),
        ("+5", "5"),
        ("1_000", "1000"),
        (".5", "0.5"),
        (".inf", "an infinite number"),
        (".NaN", "not a number"),
        ("2024-4-30", "a date"),
        ("=", "a default value"),
    ],
)
def test_a_text_that_others_take_for_something_else_is_known(text: str, read_as: str) -> None:
    assert read_by_others(text) == read_as


@pytest.mark.parametrize(
    "text", ["true", "false", "5", "-3", "1.5", "0", "2024-04-30", "702-555-0143", "7:30 AM", "Nope", "", "n/a", "9" * 200]
)  # fmt: skip
def test_a_text_that_stays_what_it_is_is_left_alone(text: str) -> None:
    assert read_by_others(text) is None


@given(st.text("0123456789_.:-+eExXobnNyY", min_size=1, max_size=8))
def test_whatever_pyyaml_changes_is_known(text: str) -> None:
    try:
        document = yaml.compose(f"k: {text}", Loader=yaml.SafeLoader)
        read = yaml.safe_load(f"k: {text}")["k"]
    except (yaml.YAMLError, ValueError, KeyError, TypeError):
        return
    assert isinstance(document, yaml.MappingNode)
    if document.value[0][1].value != text or isinstance(read, str) or read is None:
        return
    if str(read) != text and str(read).lower() != text:
        assert read_by_others(text) is not None
