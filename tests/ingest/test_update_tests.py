"""Tests of leadingest.ingest.update_tests: the file is written whole, or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from leadingest.errors import UsageError
from leadingest.ingest import update_tests as subject
from leadingest.ingest.update_tests import update_tests
from leadingest.mapping.read_mapping import read_mapping
from tests.engine.trial import DDL, TODAY

MAPPING = 'source: acme\ndelivery: {match: "*.csv"}\nfields: {company: Name, capacity: Cap}\n'
STALE = f"{MAPPING}tests:\n  - {{record: {{Name: Oak}}, lead: {{company: Pine}}}}\n"


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
    monkeypatch.setattr(subject, "rewritten", lambda text, stale: text.replace("Name,", "Title,"))
    with pytest.raises(UsageError, match=r"acme\.yaml:5:5: the test cannot be rewritten so that it passes"):
        update(tmp_path, STALE)
    assert (tmp_path / "acme.yaml").read_text(encoding="utf-8") == STALE
    assert os.listdir(tmp_path) == ["acme.yaml"]
