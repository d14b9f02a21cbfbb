"""Tests of leadingest.operations.replace."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from leadingest.operations.replace import Replace
from tests.operations.laws import applied


def replaced(replace: object, text: str) -> str | None:
    return applied(Replace.model_validate({"replace": replace}), [text])[0]


@pytest.mark.parametrize(
    ("replace", "text", "expected"),
    [
        ({"a": "b", "b": "c"}, "ab", "cc"),
        ({".": ""}, "L.L.C.", "LLC"),
        ({"$1": "x"}, "$1", "x"),
        ({"x": None}, "axb", "ab"),
        ({"pattern": "[0-9]+", "with": "#"}, "a12b3", "a#b#"),
        ({"pattern": "(..)(..)", "with": "$1:$2"}, "0630", "06:30"),
        ([{"pattern": "a", "with": "b"}, {"pattern": "b", "with": None}], "abc", "c"),
    ],
)
def test_texts_and_patterns_are_replaced_in_order(replace: object, text: str, expected: str) -> None:
    assert replaced(replace, text) == expected


@pytest.mark.parametrize("pattern", ["(", "[a", "(?=x)", "*"])
def test_a_pattern_that_does_not_compile_is_refused(pattern: str) -> None:
    with pytest.raises(ValidationError, match="must be a regular expression"):
        Replace.model_validate({"replace": {"pattern": pattern, "with": ""}})
