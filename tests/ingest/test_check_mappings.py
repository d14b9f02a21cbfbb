"""Tests of leadingest.ingest.check_mappings, and that the shipped mappings pass their own tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from leadingest.ingest.check_mappings import check_mappings
from leadingest.ingest.mapping_index import MappingIndex

ROOT = Path(__file__).parents[2]
SHIPPED = MappingIndex(ROOT / "mappings", ROOT / "ddl")
TODAY = date(2026, 3, 1)


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
