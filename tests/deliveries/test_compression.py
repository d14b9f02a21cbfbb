import gzip
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import zstandard

from leadingest.errors import DeliveryError

Read = Callable[..., Any]

TEXT = b"a,b\n" + b"".join(b"%d,%d\n" % (i, i * i) for i in range(5_000))


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "zst": zstandard.compress,
    "zip": lambda text: zipped(leads=text),
}


@pytest.mark.parametrize("kind", PACKERS)
@pytest.mark.parametrize("name", ["leads.csv", "leads.csv.bin"])
def test_packing_is_told_by_content(read: Read, kind: str, name: str) -> None:
    assert len(read(PACKERS[kind](TEXT), name=name).rows) == 5_000


@pytest.mark.parametrize("kind", PACKERS)
@pytest.mark.parametrize("lost", [1, 9, 200])
def test_an_archive_that_is_cut_off_is_refused(read: Read, kind: str, lost: int) -> None:
    with pytest.raises(DeliveryError, match=f"the {kind} archive is damaged"):
        read(PACKERS[kind](TEXT)[:-lost])


@pytest.mark.parametrize("kind", PACKERS)
def test_a_file_that_is_not_packed_as_declared_is_refused(read: Read, kind: str) -> None:
    with pytest.raises(DeliveryError, match="archive is damaged"):
        read(TEXT, compression=kind)


def test_several_zst_frames_are_one_file(read: Read) -> None:
    packed = zstandard.compress(TEXT[:1000]) + zstandard.compress(TEXT[1000:])
    assert len(read(packed).rows) == 5_000


def test_a_zip_of_several_files_names_them(read: Read) -> None:
    with pytest.raises(DeliveryError, match=r"must hold exactly one file, but holds one\.csv, two\.csv"):
        read(zipped(**{"one.csv": TEXT, "two.csv": TEXT}))


def test_folders_and_finder_files_in_a_zip_do_not_count(read: Read) -> None:
    assert len(read(zipped(**{"x/": b"", "x/leads.csv": TEXT, "__MACOSX/x/._leads.csv": b"?"})).rows) == 5_000


def test_a_workbook_named_csv_is_refused(read: Read) -> None:
    with pytest.raises(DeliveryError, match="a workbook") as caught:
        read(zipped(**{"[Content_Types].xml": b"", "xl/workbook.xml": b""}))
    assert "format: xlsx" in caught.value.hint
