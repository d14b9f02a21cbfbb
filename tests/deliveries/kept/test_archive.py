"""Tests of leadingest.deliveries.kept.archive."""

import gzip
import os
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import zstandard

from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.deliveries.kept.archive import Archive
from leadingest.errors import DeliveryError, NothingToDoError
from tests.object_storage import store_in

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
TEXT = b"Name,Phone\n" + b"Oak,702-555-0143\n" * 5_000


@pytest.fixture(params=["folder", "objects", "prefix"])
def archive(tmp_path: Path, request: pytest.FixtureRequest) -> Archive:
    return Archive(store_in(request.param, tmp_path / "archive"))


def delivery(folder: Path, content: bytes = TEXT, name: str = "acme.csv") -> Delivery:
    path = folder / name
    path.write_bytes(content)
    os.utime(path, ns=(0, 1_700_000_000_123_456_789))
    return fingerprint(path)


def kept(archive: Archive) -> list[str]:
    sources = ("acme", "beta")
    return [f"{source}/{name}" for source in sources for name in archive.store.names(source)]


def test_a_delivery_is_packed_and_named_by_source_time_and_hash(archive: Archive, tmp_path: Path) -> None:
    loaded = delivery(tmp_path)
    archive.keep("acme", loaded, made=NOON)
    name = f"20260801T120000Z_{loaded.sha256[:16]}_acme.csv.zst"
    assert kept(archive) == [f"acme/{name}"]
    packed = archive.store.read(f"acme/{name}").content
    assert len(packed) < len(TEXT) / 100
    assert zstandard.ZstdDecompressor().decompressobj().decompress(packed) == TEXT


def test_the_same_content_is_kept_once(archive: Archive, tmp_path: Path) -> None:
    archive.keep("acme", delivery(tmp_path), made=NOON)
    archive.keep("acme", delivery(tmp_path, name="again.csv"), made=NOON + timedelta(days=1))
    archive.keep("beta", delivery(tmp_path), made=NOON)
    assert [name.partition("/")[0] for name in kept(archive)] == ["acme", "beta"]


def zipped(folder: Path) -> bytes:
    with zipfile.ZipFile(folder / "x.zip", "w") as file:
        file.writestr("[Content_Types].xml", "x")
    return (folder / "x.zip").read_bytes()


@pytest.mark.parametrize("kind", ["csv.gz", "csv.zst", "xlsx", "csv", "empty.csv"])
def test_what_is_taken_out_is_what_came(archive: Archive, tmp_path: Path, kind: str) -> None:
    contents = {
        "csv.gz": gzip.compress(TEXT),
        "csv.zst": zstandard.compress(TEXT),
        "xlsx": zipped(tmp_path),
        "csv": TEXT,
        "empty.csv": b"",
    }
    loaded = delivery(tmp_path, contents[kind], f"März list.{kind}")
    archive.keep("acme", loaded, made=NOON)
    assert kept(archive)[0].endswith(".csv.zst") == (kind not in {"csv.gz", "xlsx"})
    with archive.taken_out("acme", loaded.sha256, name=loaded.name) as again:
        assert again.path.read_bytes() == contents[kind]
        assert again.path != loaded.path
        assert (again.name, again.sha256, again.modified) == (loaded.name, loaded.sha256, loaded.modified)


@pytest.mark.parametrize("kind", ["csv.gz", "csv.zst", "csv"])
def test_the_newest_can_be_opened_without_a_hash(archive: Archive, tmp_path: Path, kind: str) -> None:
    contents: dict[str, Callable[[bytes], bytes]] = {
        "csv.gz": gzip.compress,
        "csv.zst": zstandard.compress,
        "csv": bytes,
    }
    texts = [contents[kind](TEXT + f"{day}\n".encode()) for day in range(3)]
    for day in (1, 2, 0):
        archive.keep(
            "acme", delivery(tmp_path, texts[day], f"March {day}.{kind}"), made=NOON + timedelta(days=day)
        )
    archive.store.put("acme/notes.txt", b"no delivery")
    newest = archive.newest("acme", 2)
    assert [key.partition("T")[0] for key in newest] == ["acme/20260803", "acme/20260802"]
    for key, day in zip(newest, (2, 1), strict=True):
        with archive.opened(key) as again:
            assert again.path.read_bytes() == texts[day]
            assert again.name == f"March_{day}.{kind.removesuffix('.zst')}"
    assert archive.newest("beta", 2) == []


def test_a_damaged_copy_is_told_where_its_hash_is_known_in_part(archive: Archive, tmp_path: Path) -> None:
    archive.keep("acme", delivery(tmp_path), made=NOON)
    (key,) = archive.newest("acme", 1)
    archive.store.put(key, zstandard.compress(TEXT + b"more"))
    with pytest.raises(DeliveryError, match="damaged"), archive.opened(key):
        pass


def test_what_is_not_there_is_told(archive: Archive) -> None:
    with (
        pytest.raises(NothingToDoError, match=r"acme\.csv is not in the archive"),
        archive.taken_out("acme", "a" * 64, name="acme.csv"),
    ):
        pass


@pytest.mark.parametrize("damage", ["cut off", "changed", "other"])
def test_a_damaged_copy_is_not_taken_for_the_delivery(archive: Archive, tmp_path: Path, damage: str) -> None:
    loaded = delivery(tmp_path)
    archive.keep("acme", loaded, made=NOON)
    (copy,) = kept(archive)
    content = archive.store.read(copy).content
    spoilt = {
        "cut off": content[:-9],
        "changed": content[:20] + bytes([content[20] ^ 1]) + content[21:],
        "other": zstandard.compress(b"Name,Phone\n"),
    }
    archive.store.put(copy, spoilt[damage])
    with (
        pytest.raises(DeliveryError, match="this copy in the archive is damaged"),
        archive.taken_out("acme", loaded.sha256, name="acme.csv"),
    ):
        pass


def test_beside_a_copy_in_doubt_the_one_that_was_written_counts(archive: Archive, tmp_path: Path) -> None:
    loaded = delivery(tmp_path)
    archive.keep("acme", loaded, made=NOON)
    (copy,) = kept(archive)
    archive.store.put(copy.removesuffix(".zst"), b"of the object that took its place")
    with archive.taken_out("acme", loaded.sha256, name="acme.csv") as again:
        assert again.path.read_bytes() == TEXT
