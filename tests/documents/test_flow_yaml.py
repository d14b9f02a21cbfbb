"""Tests of leadingest.documents.flow_yaml."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from leadingest.documents.flow_yaml import flow_yaml

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    texts, lambda below: st.lists(below, max_size=3) | st.dictionaries(texts, below, max_size=3)
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Full Permit", "Full Permit"),
        ("", "''"),
        (" - ", "' - '"),
        ("null", "'null'"),
        ("it's #1", "'it''s #1'"),
        ("a\nb", '"a\\nb"'),
        (["a", "b, c"], "[a, 'b, c']"),
        ({"Open": "active", "": "x"}, "{Open: active, '': x}"),
        ("a - b", "'a - b'"),
        ("-x", "'-x'"),
        ("12 Oak-Elm", "12 Oak-Elm"),
    ],
)
def test_a_value_stands_on_one_line(value: object, written: str) -> None:
    assert flow_yaml(value) == written


@given(values)
def test_it_is_read_as_it_was(value: object) -> None:
    assert yaml.load(flow_yaml(value), Loader=yaml.BaseLoader) == value  # texts only
