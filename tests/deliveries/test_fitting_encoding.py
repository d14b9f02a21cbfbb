import gzip
from collections.abc import Callable

import pytest

from tests.deliveries.conftest import Whole

Read = Callable[..., Whole]

WESTERN = ["utf-8", "cp1252", "latin-1"]


@pytest.mark.parametrize(
    ("cells", "used"),
    [
        (b"plain", "utf-8"),
        ("café".encode(), "utf-8"),
        ("café".encode("cp1252"), "cp1252"),
        ("caf\x81é".encode("latin-1"), "iso8859-1"),
    ],
)
@pytest.mark.parametrize("where", ["first", "last"])
def test_the_first_encoding_is_taken_that_the_whole_file_fits(
    read: Read, cells: bytes, used: str, where: str
) -> None:
    plain = b"x,1\n" * 100_000
    record = cells + b",2\n"
    body = record + plain if where == "first" else plain + record
    for content, name in ((b"a,b\n" + body, "a.csv"), (gzip.compress(b"a,b\n" + body, 1), "a.csv.gz")):
        whole = read(content, name=name, encoding=WESTERN)
        assert whole.encoding == used
        assert whole.rows[0 if where == "first" else -1] == (cells.decode(used), "2")
        assert whole.rejects == []
        assert whole.remarks == (
            () if used == "utf-8" else (f"it was read as {used}, because it is not utf-8",)
        )


def test_of_several_that_decode_it_the_one_that_makes_letters_of_its_words_is_taken(read: Read) -> None:
    content = "Name,City\nPeñasco,Mérida\nZürich,Córdoba\n"
    for written in ("cp1252", "cp850"):
        whole = read(content.encode(written), encoding=["utf-8", "cp1252", "cp850"])
        assert (whole.encoding, whole.rows[0]) == (written, ("Peñasco", "Mérida"))
        assert whole.remarks == (f"it was read as {written}, because it is not utf-8",)


def test_a_few_lines_in_another_encoding_do_not_turn_the_file(read: Read) -> None:
    both = "José,1\n".encode("cp1252").replace(b"1", "é".encode())
    content = b"Name,x\n" + "José,1\n".encode() * 20 + "José’s,2\n".encode("cp1252") + both
    whole = read(content, encoding=["utf-8", "cp1252"])
    assert (whole.encoding, whole.rows) == ("utf-8", [("José", "1")] * 20 + [("José’s", "2")])
    assert [reject[2] for reject in whole.rejects] == ["undecodable"]
    assert whole.remarks == ("1 line is not utf-8, and read as cp1252",)


def test_utf8_in_a_file_that_is_said_to_be_something_else_is_told(read: Read) -> None:
    content = b"Name,City\n" + b"x,y\n" * 200_000 + "Ca\u00f1on,Reno\n".encode()
    remark = "it was read as cp1252, but looks like utf-8: check `encoding` in the mapping"
    assert read(content, encoding="cp1252").remarks == (remark,)
    assert read(content + b"caf\xe9,1\n", encoding="cp1252").remarks == ()
    assert read(b"a,b\n1,2\n", encoding="cp1252").remarks == ()


def test_control_characters_that_an_encoding_makes_are_told(read: Read) -> None:
    (remark,) = read("a,b\n“Oak”,2\n".encode("cp1252"), encoding="latin-1").remarks
    assert remark == "2 control characters (U+0080 to U+009F) came from its encoding: it looks like cp1252"


def test_where_none_fits_the_last_is_taken_and_the_rest_are_rejects(read: Read) -> None:
    whole = read(b"a,b\ncaf\xe9,1\n\x81,2\n", encoding=["utf-8", "cp1252"])
    assert (whole.encoding, whole.rows) == ("cp1252", [("café", "1")])
    assert whole.rejects == [(2, 3, "undecodable", "byte 0x81 is not cp1252", "\\x81,2")]


def test_a_sign_that_is_cut_off_at_the_end_does_not_fit(read: Read) -> None:
    assert read("a,b\nx,é".encode()[:-1], encoding=["utf-8", "latin-1"]).encoding == "iso8859-1"
