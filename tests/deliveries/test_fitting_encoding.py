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
        assert whole.remarks == (() if used == "utf-8" else (f"it is read as {used}, for it is not utf-8",))


def test_where_none_fits_the_last_is_taken_and_the_rest_are_rejects(read: Read) -> None:
    whole = read(b"a,b\ncaf\xe9,1\n\x81,2\n", encoding=["utf-8", "cp1252"])
    assert (whole.encoding, whole.rows) == ("cp1252", [("café", "1")])
    assert whole.rejects == [(2, 3, "undecodable", "byte 0x81 is not cp1252", "\\x81,2")]


def test_a_sign_that_is_cut_off_at_the_end_does_not_fit(read: Read) -> None:
    assert read("a,b\nx,é".encode()[:-1], encoding=["utf-8", "latin-1"]).encoding == "iso8859-1"
