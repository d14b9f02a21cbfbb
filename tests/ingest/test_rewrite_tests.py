"""Tests of leadingest.ingest.rewrite_tests: what came out is written in, and all else stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.documents.flow_yaml import flow_yaml
from leadingest.engine.try_mapping import try_mapping
from leadingest.errors import UsageError
from leadingest.ingest.rewrite_tests import rewritten, to_be_rewritten
from tests.engine.trial import TODAY, mapping_of

HEAD = """\
source: trial
delivery: {match: "*.csv"}
where: "Kind IS NULL OR Kind <> 'Bar'"
fields:
  company: Name
  zip: Zip
  capacity: Cap
  operator: [Operator, Owner]
"""


def updated(tests: str) -> str:
    """The tests once they are rewritten; whatever is written, they then pass."""
    text = f"{HEAD}tests:\n{tests}"
    stale = [each for each in try_mapping(mapping_of(text), today=TODAY) if to_be_rewritten(each)]
    after = rewritten(text, stale)
    assert not [each for each in try_mapping(mapping_of(after), today=TODAY) if each.differences]
    return after.removeprefix(f"{HEAD}tests:\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # A field that differs: comments, order and quotes stay.
        (
            '- about: a name   # of a tree\n  record: {Name: Oak, Zip: "04101"}\n'
            '  # so it must be\n  lead:\n    zip: "4101"   # zeros stay\n    company: Pine\n',
            '- about: a name   # of a tree\n  record: {Name: Oak, Zip: "04101"}\n'
            '  # so it must be\n  lead:\n    zip: "04101"   # zeros stay\n    company: Oak\n',
        ),
        (
            "- {record: {Name: Oak}, lead: {company: 'x'}}\n",
            '- {record: {Name: Oak}, lead: {company: "Oak"}}\n',
        ),
        ("- {record: {Name: Oak}, lead: {zip: 1}}\n", '- {record: {Name: Oak}, lead: {zip: ""}}\n'),
        (
            "- record: {Name: Oak}\n  lead:\n    company:\n    zip:\n",
            "- record: {Name: Oak}\n  lead:\n    company: Oak\n    zip:\n",
        ),
        (
            "- record: {Name: Oak}\n  lead:\n    company: |\n      Pine\n\n    zip: ''\n",
            "- record: {Name: Oak}\n  lead:\n    company: Oak\n\n    zip: ''\n",
        ),
        # Texts that a YAML reader would take for something else.
        (
            '- {record: {Name: "NO"}, lead: {company: x}}\n',
            '- {record: {Name: "NO"}, lead: {company: "NO"}}\n',
        ),
        (
            '- {record: {Name: "a: b"}, lead: {company: x}}\n',
            '- {record: {Name: "a: b"}, lead: {company: "a: b"}}\n',
        ),
        (
            '- {record: {Name: "a\\tb"}, lead: {company: x}}\n',
            '- {record: {Name: "a\\tb"}, lead: {company: a b}}\n',
        ),
        # Invalid fields.
        (
            "- record: {Name: Oak, Cap: many}\n  lead:\n    company: Oak   # the name\n- {record: {Name: x}, lead: {company: x}}\n",
            "- record: {Name: Oak, Cap: many}\n  lead:\n    company: Oak   # the name\n  invalid: [capacity]\n"
            "- {record: {Name: x}, lead: {company: x}}\n",
        ),
        (
            "- {record: {Name: Oak, Cap: many}, lead: {company: Oak}}\n",
            "- {record: {Name: Oak, Cap: many}, lead: {company: Oak}, invalid: [capacity]}\n",
        ),
        (
            "- record: {Name: Oak, Cap: many, Zip: x}\n  invalid:\n    - zip   # no zip\n  lead: {company: Oak}\n",
            "- record: {Name: Oak, Cap: many, Zip: x}\n  invalid:\n    [zip, capacity]   # no zip\n  lead: {company: Oak}\n",
        ),
        (
            "- record: {Name: Oak}\n  invalid: [zip]   # wrong\n  lead: {company: Oak}\n",
            "- record: {Name: Oak}\n  lead: {company: Oak}\n",
        ),
        (
            "- invalid: [zip]\n  record: {Name: Oak}\n  lead: {company: Oak}\n",
            "- record: {Name: Oak}\n  lead: {company: Oak}\n",
        ),
        (
            "- {record: {Name: Oak}, invalid: [zip], lead: {company: Oak}}\n",
            "- {record: {Name: Oak}, lead: {company: Oak}}\n",
        ),
        # Another outcome.
        (
            "- {record: {Name: ''}, lead: {company: x}, invalid: [zip]}\n",
            "- {record: {Name: ''}, rejected: company}\n",
        ),
        (
            "- record: {Name: Oak, Kind: Bar}\n  lead:\n    company: Oak\n    # no zip\n    zip: ''\n  # a bar\n",
            "- record: {Name: Oak, Kind: Bar}\n  filtered: true\n  # a bar\n",
        ),
        (
            "- record: {Name: Oak, Cap: many}\n  rejected: company   # really?\n",
            "- record: {Name: Oak, Cap: many}\n  lead:\n    company: Oak\n  invalid: [capacity]   # really?\n",
        ),
        ("- {filtered: true, record: {Name: Oak}}\n", "- {lead: {company: Oak}, record: {Name: Oak}}\n"),
        # Nothing said yet.
        (
            "- record: {Name: Oak, Zip: '04101', Owner: Ann}\n  lead: {}\n",
            "- record: {Name: Oak, Zip: '04101', Owner: Ann}\n  lead:\n    company: Oak\n    operator: Ann\n    zip: \"04101\"\n",
        ),
        ("- {record: {Name: Oak}, lead: {}}\n", "- {record: {Name: Oak}, lead: {company: Oak}}\n"),
    ],
)
def test_what_came_out_is_written_in_and_all_else_stays(before: str, after: str) -> None:
    assert updated(before) == after


def test_tests_that_pass_are_not_touched() -> None:
    tests = "-   {record: {Name:   Oak}, lead: {company: 'Oak'}}   # as it is\n"
    assert updated(tests) == tests


def test_line_ends_stay_what_they_are() -> None:
    tests = "- record: {Name: Oak, Cap: many}\r\n  lead: {company: x}   # a\r\n- {record: {Name: y}, lead: {company: y}}\r\n"
    assert updated(tests) == tests.replace(
        "company: x}   # a", "company: Oak}   # a\r\n  invalid: [capacity]"
    )


def test_a_test_that_shares_with_others_is_not_rewritten() -> None:
    text = f"{HEAD}tests:\n- record: {{Name: Oak}}\n  lead: &lead {{company: Pine}}\n- {{record: {{Name: Pine}}, lead: *lead}}\n"
    stale = [each for each in try_mapping(mapping_of(text), today=TODAY) if each.differences]
    with pytest.raises(UsageError, match=r"trial\.yaml:10:3: the test contains a YAML alias"):
        rewritten(text, stale)


cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)


@settings(max_examples=40)
@given(name=cells, owner=cells, flow=st.booleans(), empty=st.booleans())
def test_whatever_comes_out_can_be_written_in(name: str, owner: str, flow: bool, empty: bool) -> None:
    record = flow_yaml({"Name": name, "Owner": owner})
    lead = "{}" if empty else "{company: x, operator: y}"
    if flow:
        updated(f"- {{record: {record}, lead: {lead}}}\n")
    else:
        updated(f"- record: {record}   # made up\n  lead: {lead}   # x\n")
