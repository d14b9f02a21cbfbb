"""Tests of leadingest.ingest.load_delivery: a load that breaks off, and a book that does not balance."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from leadingest.deliveries.delivery import fingerprint
from leadingest.destinations.open_destination import open_destination
from leadingest.errors import DeliveryError
from leadingest.ingest.load_delivery import load_delivery
from leadingest.ingest.tally import FaultCount
from leadingest.mapping.read_mapping import read_mapping
from tests.loaded_tables import read

TODAY = date(2026, 3, 1)
DDL = Path(__file__).parents[2] / "ddl"
MAPPING = 'source: utah\ndelivery: {match: "*.csv"}\nfields: {company: Name, phone: Phone}\n'


def test_progress_counts_the_records_read_so_far(tmp_path: Path) -> None:
    (tmp_path / "utah.yaml").write_text(MAPPING, encoding="utf-8")
    path = tmp_path / "utah.csv"
    path.write_text("Name,Phone\n" + "Oak,702-555-0143\n" * 800_000, encoding="utf-8")
    counts: list[int] = []
    mapping = read_mapping(tmp_path / "utah.yaml", ddl=DDL)
    outcome = load_delivery(mapping, fingerprint(path), None, today=TODAY, progress=counts.append)
    assert len(counts) > 1
    assert counts == sorted(counts)
    assert counts[-1] == outcome.counts.read == 800_000


def test_a_record_that_cannot_be_read_is_rejected_and_the_others_come_through(tmp_path: Path) -> None:
    (tmp_path / "utah.yaml").write_text(MAPPING, encoding="utf-8")
    path = tmp_path / "utah.csv"
    record = "Oak,702-555-0143\n"
    path.write_text(f"Name,Phone\n{record * 200_000}Pine\n{record * 200_000}", encoding="utf-8")
    mapping = read_mapping(tmp_path / "utah.yaml", ddl=DDL)
    outcome = load_delivery(mapping, fingerprint(path), None, today=TODAY, progress=lambda _: None)
    assert (outcome.counts.read, outcome.counts.loaded, outcome.counts.rejected) == (400_001, 400_000, 1)
    assert outcome.reject_counts == (FaultCount(None, "short_record", 1),)


def test_a_line_without_end_late_in_the_file_fails_the_whole_delivery(tmp_path: Path) -> None:
    (tmp_path / "utah.yaml").write_text(MAPPING, encoding="utf-8")
    path = tmp_path / "utah.csv"
    path.write_text("Name,Phone\n" + "Oak,702-555-0143\n" * 400_000 + "x" * (17 << 20), encoding="utf-8")
    mapping = read_mapping(tmp_path / "utah.yaml", ddl=DDL)
    with pytest.raises(DeliveryError, match="line 400002"):
        load_delivery(mapping, fingerprint(path), None, today=TODAY, progress=lambda _: None)


def test_an_old_time_of_the_file_does_not_send_its_dates_to_another_century(tmp_path: Path) -> None:
    text = 'source: utah\ndelivery: {match: "*.csv"}\nfields:\n  company: Name\n'
    text += '  license_issued: {from: Since, formats: ["%m/%d/%y"]}\n'
    (tmp_path / "utah.yaml").write_text(text, encoding="utf-8")
    path = tmp_path / "utah.csv"
    path.write_text("Name,Since\nOak,7/1/22\nPine,7/1/27\n", encoding="utf-8")
    os.utime(path, (315_532_800, 315_532_800))  # 1 January 1980, as zip archives have it
    url = f"sqlite:///{tmp_path}/leads.db"
    mapping = read_mapping(tmp_path / "utah.yaml", ddl=DDL)
    with closing(open_destination(url, mapping.table)) as destination:
        destination.prepare()
        with destination.ledger.claim("utah") as claim:
            load_delivery(mapping, fingerprint(path), claim, today=TODAY, progress=lambda _: None)
        assert destination.leads.rows()["license_issued"].to_list() == [date(2022, 7, 1), date(1927, 7, 1)]


def test_odd_characters_come_through_to_the_tables(tmp_path: Path, database_url: str) -> None:
    (tmp_path / "utah.yaml").write_text(MAPPING, encoding="utf-8")
    path = tmp_path / "utah.csv"
    path.write_bytes(b"Name,Phone\n\0O\0ak\\\x1a,\nP\0ine\\\nCaf\xe9\t,\n'E\xf0\x9f\x8c\xb3lm''\x08,\n")
    mapping = read_mapping(tmp_path / "utah.yaml", ddl=DDL)
    with closing(open_destination(database_url, mapping.table)) as destination:
        destination.prepare()
        with destination.ledger.claim("utah") as claim:
            load_delivery(
                mapping, fingerprint(path), claim, today=datetime.now(UTC).date(), progress=lambda _: None
            )
        assert destination.leads.rows()["company"].to_list() == ["O ak\\", "'E🌳lm''"]
    rejects = read(database_url, "SELECT rule, field, raw_record FROM load_rejects ORDER BY record_number")
    assert [tuple(reject.values()) for reject in rejects] == [
        ("short_record", None, "P\0ine\\"),
        ("undecodable", None, "Caf\\xe9\t,"),
    ]
