"""Tests of leadingest.deliveries.kept.copies."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.kept.copies import copies_of, copy_delivery, harmless, kept_name, time_in_key
from leadingest.errors import DeliveryError
from leadingest.stores.folder import FolderStore

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


def test_a_copy_is_named_by_time_content_and_its_own_name() -> None:
    assert kept_name(NOON, "0123456789abcdef" * 4, "acme.csv") == (
        "20260801T120000Z_0123456789abcdef_acme.csv"
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("my list (2).csv", "my_list_2_.csv"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("-rf $(x);\n.csv", "-rf_x_.csv"),
        ("Liste für März.xlsx", "Liste_f_r_M_rz.xlsx"),
        ("\udcff.csv", "_.csv"),
    ],
)
def test_what_is_odd_in_a_name_becomes_an_underscore(name: str, kept: str) -> None:
    assert harmless(name) == kept


@given(st.text(min_size=1, max_size=300))
def test_every_name_makes_a_file_of_the_folder(name: str) -> None:
    kept = kept_name(NOON, "a" * 64, name)
    assert kept.isascii()
    assert len(kept) < 200
    assert Path("folder", kept).parent == Path("folder")


def test_copies_are_found_by_their_content(tmp_path: Path) -> None:
    first, second = kept_name(NOON, "a" * 64, "x.csv"), kept_name(NOON, "b" * 64, "x.csv")
    for name in (first, second, first.replace("_x.csv", ".json")):
        FolderStore(tmp_path).put(f"acme/{name}", b"")
    assert copies_of(FolderStore(tmp_path), "acme", "a" * 64) == [f"acme/{first}"]
    assert copies_of(FolderStore(tmp_path), "gone", "a" * 64) == []


def test_the_time_of_a_copy_is_read_from_its_key() -> None:
    key = f"acme/{kept_name(NOON, 'a' * 64, 'x_1_2.csv')}"
    assert time_in_key(key) == NOON.timestamp() * 1_000_000_000


def test_a_copy_has_the_bytes_and_the_time_of_the_delivery(tmp_path: Path) -> None:
    original = tmp_path / "acme.csv"
    original.write_bytes(b"\x00\xff" * 700_000)
    os.utime(original, ns=(0, 1_700_000_000_123_456_789))
    copy_delivery(fingerprint(original), FolderStore(tmp_path / "kept"), "copy")
    copy = tmp_path / "kept" / "copy"
    assert copy.read_bytes() == original.read_bytes()
    assert copy.stat().st_mtime_ns == original.stat().st_mtime_ns


def test_a_file_that_has_changed_is_not_copied(tmp_path: Path) -> None:
    original = tmp_path / "acme.csv"
    original.write_bytes(b"Oak")
    delivery = fingerprint(original)
    original.write_bytes(b"Elm")
    with pytest.raises(DeliveryError, match=r"acme\.csv is no longer the same file"):
        copy_delivery(delivery, FolderStore(tmp_path / "kept"), "copy")
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    original = tmp_path / "acme.csv"
    original.write_bytes(b"Oak")
    delivery = fingerprint(original)
    original.unlink()
    with pytest.raises(DeliveryError, match="file not found"):
        copy_delivery(delivery, FolderStore(tmp_path), "copy")
