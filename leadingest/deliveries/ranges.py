"""Cut one large text file into ranges that can be read side by side, in processes or on other machines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from leadingest.deliveries.byte_streams import HeadedStream, Readable, WatchedStream, damaged
from leadingest.deliveries.compression import is_packed
from leadingest.deliveries.delivery import Delivery, unreadable
from leadingest.deliveries.encoding import bytes_in_file, from_encoding
from leadingest.deliveries.noticed import Noticed
from leadingest.deliveries.readers.careful_reader import RecordPosition
from leadingest.deliveries.readers.regions import Known, Proven
from leadingest.deliveries.readers.text_records import TextLayout, TextRecords
from leadingest.deliveries.records import Records

#: Bytes of text that a range has, or a little more: some seconds of work, so that what it costs to hand one out is
#: nothing beside it, and a file of a few hundred megabytes keeps several processes busy.
RANGE_SIZE: Final = 16 << 20
#: Bytes that are kept as known to be proven: to look for fewer would cost what it saves.
_LEAST_KNOWN: Final = 1 << 14
#: So many records for each one of several lines, at least, of which more than the bytes is kept: a plan stays small.
_MOST_LONGER: Final = 8


@dataclass(frozen=True)
class Range:
    """Records that follow each other: where in the file they begin, and which they are."""

    #: The byte of the file with which the first one begins.
    start: int
    #: Bytes of text, in UTF-8, in which its records begin; None for all to the end of the file.
    size: int | None
    #: The numbers of the first record and its line.
    first: RecordPosition
    #: What of these bytes of text was proven, so that it need not be proven again.
    known: tuple[Known, ...] = ()


@dataclass(frozen=True)
class RangePlan:
    """A text file in ranges, in their order. It can be sent anywhere: no record is in it."""

    file: TextLayout
    ranges: tuple[Range, ...]

    def records(self, part: Range, stream: Readable) -> TextRecords:
        """The records of a range; the stream gives the bytes of the file from its `start` on.

        They are what one reading of the whole file gives, with the same numbers and lines. What is `noticed` while they
        are read belongs to that of the whole by `Noticed.add_part`.
        """
        noticed = Noticed()
        text = HeadedStream(from_encoding(stream, self.file.encoding, noticed), 0)
        return TextRecords(
            file=self.file,
            window=self.file.window(text),
            noticed=noticed,
            place=part.first,
            start=part.start,
            is_part=True,
            own=part.size,
            known=part.known,
        )


def _is_worth_it(part: Proven) -> bool:
    return part.size >= _LEAST_KNOWN and part.structure.longer.size * _MOST_LONGER <= part.structure.records


@contextmanager
def opened_at(delivery: Delivery, start: int) -> Iterator[Readable]:
    """The bytes of a file that is not packed, from there on; `read` raises DeliveryError as that of the whole does."""
    try:
        file = delivery.path.open("rb")
    except OSError as error:
        raise unreadable(delivery.name, error) from error
    with file:
        file.seek(start)
        yield WatchedStream(file, delivery, damage=lambda: damaged(delivery.name, "none"))


def one_range_because(records: Records, delivery: Delivery) -> str:
    """Why the delivery can only be read as one, in a few words; "" where it can be cut into ranges."""
    if not isinstance(records, TextRecords):
        return "it is a workbook"
    file = records.file
    if is_packed(delivery):
        return "it is packed"
    if file.other_encoding or not bytes_in_file(file.encoding):
        return f"it is written in {' and '.join(filter(None, (file.encoding, file.other_encoding)))}"
    if file.fill_down:
        return "`fill_down` takes cells from the records above"
    if file.shape.joins:
        return "`broken_lines: join` puts records together"
    return ""


def planned(records: TextRecords, *, size: int = RANGE_SIZE) -> RangePlan:
    """Read the opened file once, without parsing what is proven, and cut it between records into ranges of a size.

    What its records hold is then still to be `noticed`. Raises DeliveryError as the batches do.
    """
    window, place = records.window, replace(records.place)
    ranges = [Range(records.start, None, records.place)]
    begun, known = 0, list[Known]()
    for region in records.regions(place, most=size):
        known += [
            Known(part.start - begun, part.size, part.structure)
            for part in region.proven
            if _is_worth_it(part)
        ]
        if window.passed - begun >= size:
            ranges[-1] = replace(ranges[-1], size=window.passed - begun, known=tuple(known))
            ranges.append(Range(records.start + window.passed_in_file, None, replace(place)))
            begun, known = window.passed, []
    ranges[-1] = replace(ranges[-1], known=tuple(known))
    while len(ranges) > 1 and ranges[-1].first.record == place.record:
        # The last record of the file is one of the last range: it may be a total.
        ranges.pop()
        ranges[-1] = replace(ranges[-1], size=None)
    return RangePlan(records.file, tuple(ranges))
