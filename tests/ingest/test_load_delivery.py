"""Tests of leadingest.ingest.load_delivery: a load that breaks off, and a book that does not balance."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.deliveries.delivery import fingerprint
from leadingest.errors import DeliveryError
from leadingest.ingest.load_delivery import check_delivery
from leadingest.mapping.read_mapping import read_mapping

DDL = Path(__file__).parents[2] / "ddl"
MAPPING = 'source: utah\ndelivery: {match: "*.csv"}\nfields: {company: Name, phone: Phone}\n'


def test_progress_counts_the_records_read_so_far(tmp_path: Path) -> None:
    (tmp_path / "utah.yaml").write_text(MAPPING, encoding="utf-8")
    path = tmp_path / "utah.csv"
    path.write_text("Name,Phone\n" + "Oak,702-555-0143\n" * 400_000, encoding="utf-8")
    told: list[int] = []
    mapping = read_mapping(tmp_path / "utah.yaml", ddl=DDL)
    outcome = check_delivery(mapping, fingerprint(path), progress=told.append)
    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1] == outcome.counts.read == 400_000


def test_a_fault_late_in_the_file_fails_the_whole_delivery(tmp_path: Path) -> None:
    (tmp_path / "utah.yaml").write_text(MAPPING, encoding="utf-8")
    path = tmp_path / "utah.csv"
    path.write_text("Name,Phone\n" + "Oak,702-555-0143\n" * 400_000 + "Pine\n", encoding="utf-8")
    mapping = read_mapping(tmp_path / "utah.yaml", ddl=DDL)
    with pytest.raises(DeliveryError, match="line 400002"):
        check_delivery(mapping, fingerprint(path), progress=lambda _: None)
