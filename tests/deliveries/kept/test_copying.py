"""Tests of leadingest.deliveries.kept.copying."""

import os
from pathlib import Path

import pytest

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.kept.copying import copy_delivery
from leadingest.errors import DeliveryError


def test_a_copy_has_the_bytes_and_the_time_of_the_delivery(tmp_path: Path) -> None:
    original = tmp_path / "acme.csv"
    original.write_bytes(b"\x00\xff" * 700_000)
    os.utime(original, ns=(0, 1_700_000_000_123_456_789))
    copy_delivery(fingerprint(original), tmp_path / "kept" / "copy")
    copy = tmp_path / "kept" / "copy"
    assert copy.read_bytes() == original.read_bytes()
    assert copy.stat().st_mtime_ns == original.stat().st_mtime_ns


def test_a_file_that_has_changed_is_not_copied(tmp_path: Path) -> None:
    original = tmp_path / "acme.csv"
    original.write_bytes(b"Oak")
    delivery = fingerprint(original)
    original.write_bytes(b"Elm")
    with pytest.raises(DeliveryError, match=r"acme\.csv is no longer the same file"):
        copy_delivery(delivery, tmp_path / "kept" / "copy")
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    original = tmp_path / "acme.csv"
    original.write_bytes(b"Oak")
    delivery = fingerprint(original)
    original.unlink()
    with pytest.raises(DeliveryError, match="file not found"):
        copy_delivery(delivery, tmp_path / "copy")
