"""Tests of leadingest.operations.json_path."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.operations.base import without_blanks
from leadingest.operations.json_path import JsonPath
from tests.operations.laws import COLUMNS, applied, hold


def taken(cell: str, path: str = "$.a") -> str | None:
    return applied(JsonPath.model_validate({"json": path}), [cell])[0]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('{"a": 1.10}', "1.10"),
        ('{"a": 12.50, "b": 1}', "12.50"),
        ('{"a": 1e3}', "1e3"),
        ('{"a": -0.0}', "-0.0"),
        ('{"a": 12345678901234567890123}', "12345678901234567890123"),
        ('{"a": 0.1000000000000000055}', "0.1000000000000000055"),
        ('{"a": "007"}', "007"),
        ('{"a": "-1.10"}', "-1.10"),
        ('{"a": [1.0, {"b": 2.50}]}', '[1.0,{"b":2.50}]'),
        ('{"a": true}', "true"),
        ('{"a": "Él"}', "Él"),
        ('{"a": null}', None),
        ('{"a": NaN}', None),
        ('{"a": 01}', None),
        ('{"a": 1', None),
        ('["a"]', None),
    ],
)
def test_a_number_comes_out_as_it_is_written(cell: str, value: str | None) -> None:
    assert taken(cell) == value


def test_a_path_goes_through_lists_and_names_of_any_kind() -> None:
    cell = '{"a b": [{"c-d": 1.50}, 2]}'
    assert taken(cell, "$['a b'][0].c-d") == "1.50"
    assert taken(cell, "$['a b'][1]") == "2"
    assert taken(cell, "$['a b'][2]") is None
    assert taken(cell, "$['a b'].c") is None


def test_what_is_nested_without_end_is_not_recognized() -> None:
    assert taken("[" * 100_000, "$[0]") is None


@given(COLUMNS)
def test_any_text_is_taken(cells: list[str | None]) -> None:
    hold(JsonPath.model_validate({"json": "$.a"}), cells)


@given(
    st.decimals(allow_nan=False, allow_infinity=False) | st.integers() | st.text(min_size=1).map(json.dumps)
)
def test_what_stands_there_is_what_comes_out(value: object) -> None:
    cell = str(value)
    text = json.loads(cell) if cell.startswith('"') else cell
    assert (taken(f'{{"a": {cell}}}') or "") == without_blanks(text)
