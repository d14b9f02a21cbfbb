"""Tests of leadingest.documents.spans."""

from __future__ import annotations

import pytest

from leadingest.documents.spans import written_table

TEXT = """\
tests:
  - about: one   # first
    record: {A: x}
    lead:
      company: "Oak"  # the name

      note: |
        two
        lines

    # a comment
    empty:

  - {a: b, c: [d, e]}
shared: &s {x: 1}
again: *s
"""


def written(*path: str | int) -> dict[str, str]:
    """The keys of a table, each with its value as it is written."""
    table = written_table(TEXT, path)
    assert table
    return {
        TEXT[key.start : key.end]: TEXT[value.start : value.end]
        for key, value in zip(table.keys.values(), table.values.values(), strict=True)
    }


def test_a_value_ends_before_the_comments_and_lines_behind_it() -> None:
    assert written("tests", 0) == {
        "about": "one",
        "record": "{A: x}",
        "lead": 'company: "Oak"  # the name\n\n      note: |\n        two\n        lines',
        "empty": "",
    }
    assert written("tests", 0, "lead") == {"company": '"Oak"', "note": "|\n        two\n        lines"}
    assert written("tests", 1) == {"a": "b", "c": "[d, e]"}


def test_a_table_tells_its_style() -> None:
    block, flow = written_table(TEXT, ("tests", 0)), written_table(TEXT, ("tests", 1))
    assert block
    assert flow
    assert (block.flow, flow.flow) == (False, True)


@pytest.mark.parametrize("path", [("tests",), ("tests", 9), ("nonsense", 0), ("tests", 0, "about", "x")])
def test_what_is_no_table_is_none(path: tuple[str | int, ...]) -> None:
    assert written_table(TEXT, path) is None


@pytest.mark.parametrize("path", [("shared",), ("again",), ()])
def test_what_stands_in_several_places_is_none(path: tuple[str | int, ...]) -> None:
    assert written_table(TEXT, path) is None
