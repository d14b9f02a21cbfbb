"""Drafts of whole files beside good mappings of them: the made-up lists, and the real deliveries where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.ingest.lint_mappings import lint_mappings
from tests.benchmarks.drafts.__main__ import table
from tests.benchmarks.drafts.comparison import DDL, Comparison, compared, summed
from tests.benchmarks.drafts.listed_files import ListedFile, made_up_files, real_files

#: Of all fields that a good mapping or the draft has: of each file, and of all together. `SURE` is of those without a mark.
RIGHT, RIGHT_IN_ALL, UNMARKED, SURE = 0.6, 0.9, 0.01, 0.97
#: So many records of a batch show what all of them would, in a fraction of the time.
MOST = 1_000


def checked(file: ListedFile, folder: Path) -> Comparison:
    """The comparison of the draft, which must lint clean, load every record and be mostly right."""
    found = compared(file, folder, most=MOST)
    assert lint_mappings([folder / f"{file.source}.yaml"], ddl=DDL).findings == (), file.source
    assert found.rejects == 0, file.source
    assert len(found.right) >= RIGHT * found.fields, file.source
    return found


@pytest.mark.long
@pytest.mark.parametrize("file", real_files(), ids=lambda file: file.source)
def test_a_real_list_is_drafted_mostly_right(file: ListedFile, tmp_path: Path) -> None:
    checked(file, tmp_path)


def test_made_up_lists_are_drafted_as_well_as_is_told(tmp_path: Path) -> None:
    found = summed([checked(file, tmp_path) for file in made_up_files()], "made-up lists")
    sure = len(found.right - found.right_marked)
    assert len(found.right) >= RIGHT_IN_ALL * found.fields
    assert len(found.unmarked) <= UNMARKED * found.fields
    assert sure >= SURE * (sure + len(found.unmarked))


def test_the_table_says_how_far_fields_without_a_mark_can_be_trusted() -> None:
    right, wrong = frozenset({"company", "city", "zip"}), frozenset({"phone"})
    found = Comparison("acme", right, frozenset(), wrong, frozenset({"state"}), frozenset({"zip"}), 0)
    assert table([found]).splitlines()[2] == "| acme | 5 | 3 (60%) | 0 (0%) | 1 (20%) | 1 (20%) | 67% | 0 |"
