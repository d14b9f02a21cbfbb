"""Take the records that are not UTF-8 out of a region: only they must be read carefully."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import numpy as np

from leadingest.deliveries.readers.bits import Offsets
from leadingest.deliveries.readers.careful_reader import CarefulReader, ReadRecords, RecordPosition
from leadingest.deliveries.readers.dialect import RecordShape
from leadingest.deliveries.readers.regions import Proven, Region
from leadingest.deliveries.readers.structure import mark_records
from leadingest.deliveries.readers.window import Window


def decodable(region: Region, shape: RecordShape, careful: Callable[[Window], CarefulReader]) -> Region:
    """What is proven, as far as it is UTF-8; its `careful` has the other records of that, as they are read."""
    kept, parts, outcome, behind = list[bytes](), list[Proven](), ReadRecords(), 0
    for part in region.proven:
        data = region.data[behind : behind + part.size]
        behind += part.size
        marked = mark_records(data, shape)
        starts, reader, first = [0, *marked.ends.tolist()], careful(Window(io.BytesIO(data))), 0
        for bad in [*_undecodable(data, marked.ends), marked.ends.size]:
            if bad > first:
                piece = data[starts[first] : starts[bad]]
                line = part.first_line + marked.lines_before(first)
                kept.append(piece)
                begin, structure = part.start + starts[first], marked.structure(first, bad)
                parts.append(Proven(begin, len(piece), structure, part.first_record + first, line))
            if bad < marked.ends.size:
                place = RecordPosition(part.first_record + bad, part.first_line + marked.lines_before(bad))
                reader.read_into(outcome, starts[bad], starts[bad + 1], place)
            first = bad + 1
    return Region(b"".join(kept), tuple(parts), outcome.batch(shape.cells))


def _undecodable(data: bytes, ends: Offsets) -> Iterator[int]:
    """The records, by their place, that are not UTF-8."""
    view, start = memoryview(data), 0
    while start < len(data):
        try:
            str(view[start:], "utf-8")
        except UnicodeDecodeError as error:
            record = int(np.searchsorted(ends, start + error.start, side="right"))
            yield record
            start = int(ends[record])
        else:
            return
