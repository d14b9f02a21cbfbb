import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.deliveries.readers.window import LINE_END, Window


@given(st.text("a\r\n", max_size=40), st.integers(1, 10))
def test_lines_come_whole_one_chunk_after_the_other(text: str, size: int) -> None:
    window, content = Window(io.BytesIO(text.encode())), text.encode()
    at, chunks = 0, list[bytes]()
    while chunk := window.lines(at, size):
        chunks.append(chunk)
        at += len(chunk)
    assert b"".join(chunks) == content
    whole = [line for chunk in chunks for line in io.StringIO(chunk.decode(), newline="")]
    assert whole == list(io.StringIO(text, newline=""))


@pytest.mark.parametrize("size", [1, 5, 1 << 16])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_the_last_lines_are_held_back_blank_ones_not_counted(size: int, end: bytes) -> None:
    lines = [b"a", b"b", b"", b"c", b"d", b" ", b""]
    window = Window(io.BytesIO(end.join(lines)), held=2)
    window.fill(size)
    while not window.ended:
        assert window.readable >= size
        window.fill(window.readable + size)
    assert window.data[: window.readable] == end.join([b"a", b"b", b"", b""])
    window.release()
    assert window.readable == len(window.data)


@pytest.mark.parametrize("last", [b"b\n", b"b" * 100_000, b"b" * 100_000 + b"\n"])
def test_held_lines_may_be_long(last: bytes) -> None:
    content = b"a\n" + b"x" * 100_000 + b"\n" + last
    window = Window(io.BytesIO(content), held=2)
    window.fill(len(content) + 1)
    assert window.readable == 2


def test_a_line_without_end_does_not_fill_the_memory() -> None:
    window = Window(io.BytesIO(b"x" * (80 << 20)))
    assert 16 << 20 < len(window.lines(0, 1 << 16)) < 64 << 20


def test_a_line_end_is_a_line_feed_a_carriage_return_or_both() -> None:
    assert LINE_END.split(b"a\nb\rc\r\nd\r\re") == [b"a", b"b", b"c", b"d", b"", b"e"]


@given(st.text("ab\n", max_size=60), st.integers(1, 12))
def test_what_is_filled_by_lines_is_all_there_and_ends_with_one(text: str, size: int) -> None:
    window, content, parts = Window(io.BytesIO(text.encode())), text.encode(), list[bytes]()
    window.fill_lines(size)
    while window.readable:
        parts.append(window.data)
        window.drop(len(window.data))
        window.fill_lines(size)
    assert b"".join(parts) == content
    assert all(part.endswith(b"\n") or b"\n" not in part for part in parts[:-1])


@given(st.text("ab\n", max_size=60), st.integers(1, 12), st.integers(1, 30))
def test_what_is_filled_is_what_follows_however_it_was_filled_before(text: str, size: int, more: int) -> None:
    window, content = Window(io.BytesIO(text.encode())), text.encode()
    window.fill_lines(size)
    window.fill(more)
    assert content.startswith(window.data)
    assert len(window.data) >= min(more, len(content))
    assert window.ended or len(window.data) >= more
