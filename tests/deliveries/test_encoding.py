"""Tests of leadingest.deliveries.encoding: how bytes that do not decode are kept, and found again."""

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leadingest.deliveries.encoding import as_utf8, raw_bytes, raw_text


def kept(content: bytes, encoding: str) -> str:
    """The raw text of a record with these bytes."""
    stream, _ = as_utf8(io.BytesIO(content), encoding, "acme.csv")
    text = b"".join(iter(lambda: stream.read(3), b"")).decode("utf-8", "surrogateescape")
    return raw_text(text, encoding)


@pytest.mark.parametrize(
    ("content", "encoding", "raw"),
    [
        (b"caf\xe9", "utf-8", r"caf\xe9"),
        ("café".encode(), "utf-8", "café"),
        (rb"caf\xe9 and \x" + b"\xe9", "utf-8", r"caf\x5cxe9 and \x\xe9"),
        (b"\x81\xe9", "cp1252", r"\x81é"),
    ],
)
def test_bytes_that_do_not_decode_are_shown_and_nothing_else_looks_like_them(
    content: bytes, encoding: str, raw: str
) -> None:
    assert kept(content, encoding) == raw


@given(st.binary(max_size=40), st.sampled_from(["utf-8", "cp1252", "iso8859-3"]))
@example(rb"\x5c\xe9" + b"\xe9", "utf-8")
@example(b"\xed\xb3\xa9", "utf-8")
def test_the_bytes_are_found_again(content: bytes, encoding: str) -> None:
    marked = content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
    if not marked:
        assert raw_bytes(kept(content, encoding), encoding) == content
