import gzip
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.deliveries.byte_streams import LEAST_REFUSED_BYTES, MOST_TIMES
from leadingest.errors import DeliveryError
from tests.searched import examples

Read = Callable[..., Any]

SHORT = b"a,b\n0,0\n1,1\n"
TEXT = b"a,b\n" + b"".join(b"%d,%d\n" % (i, i * i) for i in range(5_000))


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def refused(read: Read, content: bytes, **keys: object) -> tuple[str, str]:
    """Message and hint of what comes of reading the content."""
    with pytest.raises(DeliveryError) as caught:
        read(content, **keys)
    return caught.value.message, caught.value.hint


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    # With a checksum, without which a changed byte cannot be told.
    "zst": zstandard.ZstdCompressor(write_checksum=True).compress,
    "zip": lambda text: zipped(leads=text),
}


@pytest.mark.parametrize("kind", PACKERS)
@pytest.mark.parametrize("name", ["leads.csv", "leads.csv.bin"])
def test_packing_is_told_by_content(read: Read, kind: str, name: str) -> None:
    assert len(read(PACKERS[kind](TEXT), name=name).rows) == 5_000


@pytest.mark.parametrize("kind", PACKERS)
@pytest.mark.parametrize("lost", [1, 9, 200])
def test_an_archive_that_is_cut_off_is_refused(read: Read, kind: str, lost: int) -> None:
    assert refused(read, PACKERS[kind](TEXT)[:-lost]) == (
        f"leads.csv: the {kind} archive is damaged or cut off",
        "ask for the file again; if it is not compressed, set `compression: none` in the mapping",
    )


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("gz", "the gz archive is damaged or cut off"),
        ("zst", "the zst archive is damaged or cut off"),
        ("zip", "unexpected data after the end of the zip archive"),
    ],
)
def test_an_archive_that_something_follows_is_refused(read: Read, kind: str, message: str) -> None:
    assert refused(read, PACKERS[kind](TEXT) + b"garbage")[0] == f"leads.csv: {message}"


def test_the_comment_of_a_zip_archive_belongs_to_it(read: Read) -> None:
    packed = zipped(leads=TEXT)
    assert len(read(packed[:-2] + b"\x05\x00hello").rows) == 5_000


@pytest.mark.parametrize("kind", PACKERS)
def test_a_file_that_is_not_packed_as_declared_is_refused(read: Read, kind: str) -> None:
    assert refused(read, TEXT, compression=kind)[0] == f"leads.csv: the {kind} archive is damaged or cut off"


@given(
    kind=st.sampled_from(sorted(PACKERS)),
    place=st.integers(0, 1 << 20),
    put=st.binary(max_size=3),
    lost=st.integers(0, 5),
)
@settings(max_examples=examples(300))
def test_whatever_is_changed_in_an_archive_it_is_read_as_it_was_or_refused(
    read: Read, kind: str, place: int, put: bytes, lost: int
) -> None:
    packed = PACKERS[kind](SHORT)
    at = place % len(packed)
    try:
        rows = read(packed[:at] + put + packed[at + lost :], compression=kind).rows
    except DeliveryError:
        return
    assert rows == [("0", "0"), ("1", "1")]


def test_several_zst_frames_are_one_file(read: Read) -> None:
    packed = zstandard.compress(TEXT[:1000]) + zstandard.compress(TEXT[1000:])
    assert len(read(packed).rows) == 5_000


TWO = {"x/one.csv": TEXT, "x/two.csv": b"a,b\n1,2\n"}


@pytest.mark.parametrize("member", ["x/two.csv", "two.csv", "*/t*.csv", "t*"])
def test_a_zip_of_several_files_is_read_when_the_mapping_says_which(read: Read, member: str) -> None:
    assert read(zipped(**TWO), name="leads.zip", member=member).rows == [("1", "2")]


@pytest.mark.parametrize(
    ("members", "member", "message", "hint"),
    [
        (
            TWO,
            None,
            "holds 2 files: x/one.csv and x/two.csv",
            "name one in the delivery section: member: x/one.csv",
        ),
        (
            {f"{number}.csv": TEXT for number in range(7)},
            None,
            "holds 7 files: 0.csv, 1.csv, 2.csv, 3.csv, 4.csv and 2 more",
            "name one in the delivery section: member: 0.csv",
        ),
        (
            TWO,
            "*.csv",
            "contains 2 files that match `member: *.csv`: x/one.csv and x/two.csv",
            "make the pattern more specific, so that it matches one file",
        ),
        (
            {"one.csv": TEXT},
            "two.csv",
            "contains no file that matches `member: two.csv`; it holds 1 file: one.csv",
            "set `member` in the delivery section of the mapping to the name of one of them",
        ),
        ({"x/": b""}, None, "contains no file", "ask for the file again"),
        ({}, None, "contains no file", "ask for the file again"),
    ],
)
def test_a_zip_that_does_not_say_which_file_it_is_names_them(
    read: Read, members: dict[str, bytes], member: str | None, message: str, hint: str
) -> None:
    keys = {"member": member} if member else {}
    assert refused(read, zipped(**members), **keys) == (f"leads.csv: the zip archive {message}", hint)


def test_the_format_is_told_by_the_name_inside_the_zip_archive(read: Read) -> None:
    whole = read(zipped(**{"x/list.tsv": b"a\tb\n1\t2\n"}), name="export.zip")
    assert (whole.format, whole.rows) == ("tsv", [("1", "2")])


def test_an_encrypted_zip_archive_is_told(read: Read) -> None:
    packed = bytearray(zipped(**{"leads.csv": TEXT}))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    assert refused(read, bytes(packed)) == (
        "leads.csv: leads.csv in the zip archive is encrypted",
        "ask for it without a password, or unpack it and put the file in the inbox",
    )


def test_a_zip_archive_that_is_packed_in_an_unusual_way_is_told(read: Read) -> None:
    packed = bytearray(zipped(**{"leads.csv": TEXT}))
    packed[packed.index(b"PK\x01\x02") + 10] = 9
    assert refused(read, bytes(packed)) == (
        "leads.csv: leads.csv in the zip archive uses an unsupported compression",
        "unpack it and put the file in the inbox",
    )


@pytest.mark.parametrize("outer", PACKERS)
@pytest.mark.parametrize("inner", PACKERS)
def test_an_archive_within_an_archive_is_told(read: Read, outer: str, inner: str) -> None:
    assert refused(read, PACKERS[outer](PACKERS[inner](TEXT))) == (
        f"leads.csv: this is a {inner} archive, not a text file with cells",
        "unpack it and put the file for this source in the inbox",
    )


@pytest.mark.parametrize("kind", PACKERS)
def test_a_bomb_is_refused_before_it_goes_off(read: Read, kind: str) -> None:
    record = b"1," + b"x" * 100_000 + b"\n"
    packed = PACKERS[kind](b"a,b\n" + record * (LEAST_REFUSED_BYTES // len(record) + 1))
    assert len(packed) * MOST_TIMES < LEAST_REFUSED_BYTES
    assert refused(read, packed) == (
        "leads.csv: unpacks to more than 250 times its size, like an archive made to do harm",
        "check it; if it is a list, unpack it and put the file in the inbox",
    )


def test_a_zip_archive_with_a_list_too_long_to_be_read_is_refused(read: Read) -> None:
    members = {f"{number:0>60000}": b"" for number in range(80)}
    assert refused(read, zipped(**members))[0] == "leads.csv: the zip archive lists too many files"


def test_folders_and_finder_files_in_a_zip_do_not_count(read: Read) -> None:
    assert len(read(zipped(**{"x/": b"", "x/leads.csv": TEXT, "__MACOSX/x/._leads.csv": b"?"})).rows) == 5_000
