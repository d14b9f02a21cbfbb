"""Tests of leadingest.ingest.mapping_tests: shipped mappings pass theirs; what came out is written in, and all else stays."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.documents.flow_yaml import flow_yaml
from leadingest.engine.try_mapping import try_mapping
from leadingest.errors import UsageError
from leadingest.ingest import mapping_tests
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.mapping_tests import check_mappings, rewritten, to_be_rewritten, update_tests
from leadingest.mapping.read_mapping import read_mapping
from tests.engine.trial import DDL, mapping_of

ROOT = Path(__file__).parents[2]
SHIPPED = MappingIndex(ROOT / "mappings", ROOT / "ddl")
TODAY = date(2026, 3, 1)
MAPPING = 'source: acme\ndelivery: {match: "*.csv"}\nfields: {company: Name, capacity: Cap}\n'
STALE = f"{MAPPING}tests:\n  - {{record: {{Name: Oak}}, lead: {{company: Pine}}}}\n"
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


@pytest.mark.parametrize("source", sorted(path.stem for path in (ROOT / "mappings").glob("[!_]*.yaml")))
def test_a_shipped_mapping_passes_its_own_tests(source: str) -> None:
    (tested,) = check_mappings(SHIPPED, [source], today=TODAY)
    assert tested.error is None
    assert len(tested.tests) >= 2
    assert tested.failed == ()


def test_a_mapping_that_cannot_be_tried_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("source: bad\n", encoding="utf-8")
    good = 'source: good\ndelivery: {match: "*"}\nfields: {company: Name}\ntests: [{record: {Name: x}, lead: {}}]\n'
    (tmp_path / "good.yaml").write_text(good, encoding="utf-8")
    project = MappingIndex(tmp_path, ROOT / "ddl")
    bad, tried = check_mappings(project, list(project.sources()), today=TODAY)
    assert bad.error is not None
    assert (tried.source, len(tried.tests), tried.failed, tried.error) == ("good", 1, (), None)


def test_coverage_is_told_if_it_is_wanted() -> None:
    (without,) = check_mappings(SHIPPED, ["source3"], today=TODAY)
    (covered,) = check_mappings(SHIPPED, ["source3"], today=TODAY, with_coverage=True)
    assert without.coverage is None
    assert covered.coverage is not None
    assert covered.coverage.items


def test_tests_are_rewritten_before_they_are_tried(tmp_path: Path) -> None:
    text = 'source: good\ndelivery: {match: "*"}\nfields: {company: Name}\ntests: [{record: {Name: x}, lead: {company: y}}]\n'
    (tmp_path / "good.yaml").write_text(text, encoding="utf-8")
    (tried,) = check_mappings(MappingIndex(tmp_path, ROOT / "ddl"), ["good"], today=TODAY, update=True)
    assert (tried.updated, tried.failed) == (1, ())
    assert (tmp_path / "good.yaml").read_text(encoding="utf-8") == text.replace("company: y", "company: x")


def update(folder: Path, text: str) -> int:
    """Update the mapping acme in the folder."""
    (folder / "acme.yaml").write_bytes(text.encode())
    return update_tests(read_mapping(folder / "acme.yaml", ddl=DDL), ddl=DDL, today=TODAY)


def test_stale_tests_are_rewritten_in_the_file_and_counted(tmp_path: Path) -> None:
    assert update(tmp_path, STALE) == 1
    assert (tmp_path / "acme.yaml").read_text(encoding="utf-8") == STALE.replace("Pine", "Oak")
    assert os.listdir(tmp_path) == ["acme.yaml"]


def test_a_file_whose_tests_pass_is_not_written(tmp_path: Path) -> None:
    text = STALE.replace("Pine", "Oak")
    (tmp_path / "acme.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "acme.yaml").chmod(0o444)
    mapping = read_mapping(tmp_path / "acme.yaml", ddl=DDL)
    before = (tmp_path / "acme.yaml").stat()
    assert update_tests(mapping, ddl=DDL, today=TODAY) == 0
    assert (tmp_path / "acme.yaml").stat() == before


def test_its_mark_line_ends_and_rights_stay(tmp_path: Path) -> None:
    text = "\ufeff" + STALE.replace("\n", "\r\n")
    (tmp_path / "acme.yaml").write_bytes(text.encode())
    (tmp_path / "acme.yaml").chmod(0o640)
    mapping = read_mapping(tmp_path / "acme.yaml", ddl=DDL)
    assert update_tests(mapping, ddl=DDL, today=TODAY) == 1
    assert (tmp_path / "acme.yaml").read_bytes() == text.replace("Pine", "Oak").encode()
    assert stat.S_IMODE((tmp_path / "acme.yaml").stat().st_mode) == 0o640


def test_tests_that_others_may_share_are_not_rewritten(tmp_path: Path) -> None:
    (tmp_path / "_base.yaml").write_text(STALE.replace("source: acme\n", ""), encoding="utf-8")
    with pytest.raises(
        UsageError, match=r"the tests of acme are in .*_base\.yaml, which other mappings may extend"
    ):
        update(tmp_path, "source: acme\nextends: _base.yaml\n")


def test_a_rewriting_that_would_do_harm_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapping_tests, "rewritten", lambda text, stale: text.replace("Name,", "Title,"))
    with pytest.raises(UsageError, match=r"acme\.yaml:5:5: the test cannot be rewritten so that it passes"):
        update(tmp_path, STALE)
    assert (tmp_path / "acme.yaml").read_text(encoding="utf-8") == STALE
    assert os.listdir(tmp_path) == ["acme.yaml"]


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
