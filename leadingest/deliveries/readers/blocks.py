"""Cut a stream of text into blocks that begin and end with a record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from leadingest.deliveries.byte_stream import Readable
from leadingest.deliveries.footer import footer_length, held_back
from leadingest.deliveries.readers.structure import record_ends
from leadingest.mapping.delivery_format import FooterMatch

#: A record longer than this is taken for the work of a quote that is never closed.
MOST_RECORD_BYTES: Final = 16 << 20


@dataclass(frozen=True)
class Block:
    """Consecutive records. A block that is not `whole` is the beginning of a record that does not end."""

    data: bytes
    whole: bool = True


def record_blocks(
    stream: Readable, *, quote: str | None, size: int, footer: int | FooterMatch = 0
) -> Iterator[Block]:
    """Blocks of about `size` bytes, more where a record is longer, without footer and blank end."""
    rest = b""
    hold = held_back(footer)
    while more := stream.read(max(size - len(rest), len(rest), 1)):
        rest += more
        end = _records_end(rest, quote, hold)
        if end:
            yield Block(rest[:end])
            rest = rest[end:]
        elif len(rest) > MOST_RECORD_BYTES:
            yield Block(rest, whole=False)
            return
    last = _without_blank_end(rest[: _footer_start(rest, quote, footer)])
    if last:
        yield Block(last)


def _records_end(data: bytes, quote: str | None, hold: int) -> int:
    """Where the last record ends that is not held back for the footer; 0 for none.

    Blank lines after it are not taken: they may turn out to be the end of the file.
    """
    end = _held_end(data, quote, hold) if hold else _last_end(data, quote)
    if data[max(end - 3, 0) : end].endswith((b"\n\n", b"\n\r\n")) or end <= 2:
        return len(_without_blank_end(data[:end]))
    return end


def _held_end(data: bytes, quote: str | None, hold: int) -> int:
    ends = record_ends(data, quote)
    lengths = np.diff(ends, prepend=-1) - 1
    filled = ends[(lengths > 1) | ((lengths == 1) & (np.frombuffer(data, np.uint8)[ends - 1] != ord("\r")))]
    return int(filled[-hold - 1]) + 1 if filled.size > hold else 0


def _last_end(data: bytes, quote: str | None) -> int:
    end = data.rfind(b"\n") + 1
    if quote is None or not end:
        return end
    quotes = np.count_nonzero(np.frombuffer(data, np.uint8, end) == ord(quote))
    if quotes % 2 == 0:
        return end
    ends = record_ends(data, quote)
    return int(ends[-1]) + 1 if ends.size else 0


def _without_blank_end(data: bytes) -> bytes:
    """The data up to and with the line end of its last record."""
    text = data.rstrip(b"\r\n")
    if not text:
        return b""
    tail = data[len(text) : len(text) + 2]
    return data[: len(text) + (2 if tail == b"\r\n" else 1 if tail[:1] == b"\n" else len(tail))]


def _footer_start(data: bytes, quote: str | None, footer: int | FooterMatch) -> int:
    if not held_back(footer):
        return len(data)
    starts, texts = [], []
    for start, text in _last_records(data, quote):
        starts.append(start)
        texts.append(text.decode("utf-8", "replace"))
    length = footer_length(texts, footer)
    return starts[-length] if length else len(data)


def _last_records(data: bytes, quote: str | None) -> Iterator[tuple[int, bytes]]:
    """Start and text of each record that is not blank; a quote that is never closed means nothing."""
    lines = [line + b"\n" for line in data.split(b"\n")]
    mark = quote.encode() if quote else None
    at = start = 0
    while at < len(lines):
        upto = at + 1
        if mark and lines[at].count(mark) % 2:
            closing = (i for i in range(at + 1, len(lines)) if lines[i].count(mark) % 2)
            upto = next(closing, at) + 1
        text = b"".join(lines[at:upto])
        if text.strip(b"\r\n"):
            yield start, text.rstrip(b"\r\n")
        start += len(text)
        at = upto
