"""Go through a text file in regions: the quick way where it is proven well-formed, the careful way where not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from leadingest.deliveries.readers.careful import PIECE, CarefulReader, Place
from leadingest.deliveries.readers.record_shape import RecordShape
from leadingest.deliveries.readers.structure import Structure, check_structure, record_end
from leadingest.deliveries.readers.window import Window
from leadingest.deliveries.records import RecordBatch

#: Bytes proven at once: what is computed of so many takes a tenth less time than of a whole region, for the memory
#: that it stands in is soon used again.
_AT_ONCE: Final = 1 << 20


@dataclass(frozen=True)
class Proven:
    """Bytes of which the structure is proven, and the numbers of their first record and line."""

    data: bytes
    structure: Structure
    first_record: int
    first_line: int


class Regions:
    """The records of a window, in regions of about `size` bytes, each in parts: proven, or carefully read.

    How a file is cut changes nothing: a part is proven only if each of its records is one that the careful
    reader would take as it is.
    """

    def __init__(
        self,
        window: Window,
        shape: RecordShape,
        careful: CarefulReader,
        *,
        size: int,
        first_line: int,
        footer: re.Pattern[str] | None = None,
    ) -> None:
        self._window, self._shape, self._careful = window, shape, careful
        self._size, self._footer = size, footer
        self._place = Place(record=1, line=first_line)
        #: The region before was well-formed, so it is worth a try to prove the next one as a whole.
        self._sound = True

    def __iter__(self) -> Iterator[list[Proven | RecordBatch]]:
        self._window.fill(self._size)
        while self._window.readable:
            yield self._region(min(self._size, self._window.readable))
            self._window.fill(self._size)
        if self._footer and self._window.data:
            # What was held back is the end of the file: the footer, or records up to it.
            self._window.release()
            batch, _ = self._careful.read(0, len(self._window.data), self._place, footer=self._footer)
            yield [batch]

    def _region(self, size: int) -> list[Proven | RecordBatch]:
        whole = self._proven(0, size) if self._sound else None
        if whole:
            self._window.drop(len(whole.data))
            return [whole]
        at, parts = 0, list[Proven | RecordBatch]()
        while at < size:
            stop = min(at + PIECE, size)
            piece = self._proven(at, stop)
            if piece:
                parts.append(piece)
                at += len(piece.data)
            else:
                batch, at = self._careful.read(at, stop, self._place)
                parts.append(batch)
        self._window.drop(at)
        self._sound = all(isinstance(part, Proven) for part in parts)
        return parts

    def _proven(self, start: int, stop: int) -> Proven | None:
        """The records within window.data[start:stop] up to the first that is not well-formed, if there are any."""
        structures, end = [], start
        while (reach := self._reach(end, stop)) > end:
            structure = check_structure(self._window.data[end:reach], self._shape)
            if structure is None:
                break
            structures.append(structure)
            end = reach
        if not structures:
            return None
        place, structure = self._place, Structure.joined(structures)
        proven = Proven(self._window.data[start:end], structure, place.record, place.line)
        place.record += structure.records
        place.line += structure.line_ends
        place.doubtful = False
        return proven

    def _reach(self, start: int, stop: int) -> int:
        """Where the last record ends that is to be proven at once with the one at `start`; `start` if none does."""
        data, size = self._window.data, _AT_ONCE
        while True:
            near = min(start + size, stop)
            if near == len(data) and self._window.ended:
                return near
            end = record_end(data, start, near, self._shape.dialect.quote)
            if end > start or near == stop:
                return end
            size *= 2
