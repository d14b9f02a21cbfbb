"""Drafts of the real deliveries, where they lie beside the repository: they lint, load, and are mostly right."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.ingest.lint_mappings import lint_mappings
from tests.benchmarks.drafts.comparison import DDL, compared, drafted
from tests.benchmarks.drafts.real_files import RealFile, real_files
from tests.real_deliveries import real

FILES = real_files()

pytestmark = real

#: Of the fields of each mapping by hand: so many does the draft make of the same columns.
MOST = 0.65


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.source)
def test_a_draft_lints_clean_loads_every_record_and_is_mostly_right(file: RealFile, tmp_path: Path) -> None:
    draft = drafted(file, tmp_path)
    assert lint_mappings([draft], ddl=DDL).findings == ()
    found = compared(file, draft, file.mapping)
    assert found.rejects == 0
    assert len(found.same_columns) >= MOST * len(found.by_hand)
