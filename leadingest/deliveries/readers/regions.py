"""Go through a text file in regions: the quick way where it is proven well-formed, the careful way where not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leadingest.deliveries.readers.careful import PIECE, CarefulReader, Place
from leadingest.deliveries.readers.record_shape import RecordShape
from leadingest.deliveries.readers.structure import Structure, check_structure, record_end
from leadingest.deliveries.readers.window import Window
from leadingest.deliveries.records import RecordBatch


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
        """The records that end within window.data[start:stop], if there are any and all are well-formed."""
        window, place = self._window, self._place
        at_end = window.ended and stop == len(window.data)
        end = stop if at_end else record_end(window.data, start, stop, self._shape.dialect.quote)
        data = window.data[start:end]
        structure = check_structure(data, self._shape) if data else None
        if structure is None:
            return None
        proven = Proven(data, structure, place.record, place.line)
        place.record += structure.records
        place.line += structure.line_ends
        place.doubtful = False
        return proven
