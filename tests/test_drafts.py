"""Drafts of whole files beside good mappings of them: the made-up lists, and the real deliveries where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.ingest.lint_mappings import lint_mappings
from tests.benchmarks.drafts.__main__ import table
from tests.benchmarks.drafts.comparison import DDL, Comparison, compared
from tests.benchmarks.drafts.listed_files import ListedFile, made_up_files, real_files

FILES = [*made_up_files(), *real_files()]

#: Of all fields that a good mapping or the draft has.
RIGHT = 0.3


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.source)
def test_a_draft_lints_clean_loads_every_record_and_is_mostly_right(file: ListedFile, tmp_path: Path) -> None:
    found = compared(file, tmp_path)
    findings = lint_mappings([tmp_path / f"{file.source}.yaml"], ddl=DDL).findings
    # A draft without phone, address and city has nothing that tells two leads apart.
    assert {finding.code for finding in findings} <= {"LI301"}
    assert found.rejects == 0
    assert len(found.right) >= RIGHT * found.fields


def test_the_table_says_how_far_fields_without_a_mark_can_be_trusted() -> None:
    right, wrong = frozenset({"company", "city", "zip"}), frozenset({"phone"})
    found = Comparison("acme", right, frozenset(), wrong, frozenset({"state"}), frozenset({"zip"}), 0)
    assert table([found]).splitlines()[2] == "| acme | 5 | 3 (60%) | 0 (0%) | 1 (20%) | 1 (20%) | 67% | 0 |"
