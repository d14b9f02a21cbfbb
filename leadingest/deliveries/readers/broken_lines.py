"""Join records that are broken over several lines without quotes around the cell that holds the line end."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

import numpy as np
import polars as pl

from leadingest.deliveries.noticed import Noticed
from leadingest.deliveries.readers.careful_reader import ReadRecords
from leadingest.deliveries.readers.dialect import RecordShape
from leadingest.deliveries.readers.verdict import well_formed
from leadingest.deliveries.records import RecordBatch
from leadingest.expressions import BLANKS
from leadingest.tables.rejects import SHORT_RECORD

Reject = tuple[int, int, str | None, str, str, str]


def with_joined_lines(
    batches: Iterator[RecordBatch], shape: RecordShape, noticed: Noticed
) -> Iterator[RecordBatch]:
    """The batches with broken records in one piece; how many there were is `noticed`.

    Lines that follow each other and have too few cells each are joined where there is one way to make whole records of
    all of them. A joined record has the number and the line of its first piece, and the numbers behind it follow on.
    """
    joining = _Joining(shape, noticed)
    for batch in batches:
        if (joined := joining.taking(batch)).records:
            yield joined
    if (rest := joining.rest()).records:
        yield rest


def record_lengths(cells: Sequence[int], wanted: int) -> list[int]:
    """Of how many pieces each record is made; `cells` says how many each piece has. None where that is not certain.

    A piece of one cell may be the end of a record as well as the beginning of the next.
    """
    lengths = list[int]()
    pieces, delimiters = 0, 0
    for count in cells:
        if not pieces and count == 1:
            return []
        pieces, delimiters = pieces + 1, delimiters + count - 1
        if delimiters > wanted - 1:
            return []
        if delimiters == wanted - 1:
            lengths.append(pieces)
            pieces, delimiters = 0, 0
    return [] if pieces else lengths


@dataclass(frozen=True)
class _Piece:
    """A reject that may be a part of a record."""

    reject: Reject
    cells: list[str]
    #: Where the next piece starts.
    line_behind: int

    @property
    def number(self) -> int:
        return self.reject[0]

    @property
    def is_blank(self) -> bool:
        """Whether it is a blank row where it is no part of a record."""
        return not any(cell.strip(BLANKS) for cell in self.cells)


class _Joining:
    """Goes through the batches; pieces at the end of one wait for those at the beginning of the next."""

    def __init__(self, shape: RecordShape, noticed: Noticed) -> None:
        self._shape, self._noticed = shape, noticed
        self._well_formed = well_formed(shape.dialect)
        #: Pieces that follow each other, and how long they are.
        self._run: list[_Piece] = []
        self._bytes = 0
        #: The last reject that is none: what comes right behind it may belong to it.
        self._unjoined = -1
        #: How many numbers of records are left out so far, and which ones of the batch that is gone through.
        self._left_out, self._numbers = 0, list[int]()
        self._outcome = ReadRecords()

    def taking(self, batch: RecordBatch) -> RecordBatch:
        """The batch with what waited for it, and without what has to wait."""
        if batch.rejects.is_empty() and not self._run:
            return self._renumbered(batch) if self._left_out else batch
        for reject in batch.rejects.iter_rows():
            self._take(reject)
        if self._run and self._run[-1].number < max(batch.numbers[-1:], default=0):
            self._end_run()
        return self._handed_out(replace(batch, rejects=batch.rejects.clear()))

    def rest(self) -> RecordBatch:
        """What waited when there were no more batches."""
        self._end_run()
        return self._handed_out(ReadRecords().batch(self._shape.cells))

    def _handed_out(self, batch: RecordBatch) -> RecordBatch:
        outcome, self._outcome = self._outcome, ReadRecords()
        renumbered = self._renumbered(together([batch, outcome.batch(self._shape.cells)]))
        self._left_out += len(self._numbers)
        self._numbers = []
        return renumbered

    def _take(self, reject: Reject) -> None:
        piece = self._piece(reject) if reject[0] != self._unjoined + 1 else None
        last = self._run[-1] if self._run else None
        if last and not (piece and (piece.number, reject[1]) == (last.number + 1, last.line_behind)):
            self._end_run()
            # The run may have come to nothing, and then this may be a part of it.
            piece = piece if reject[0] != self._unjoined + 1 else None
        if piece is None:
            self._keep(reject)
            return
        self._run.append(piece)
        self._bytes += len(reject[5].encode("utf-8", "surrogateescape"))
        lines = piece.line_behind - self._run[0].reject[1]
        if lines > self._shape.most_lines or self._bytes > self._shape.most_bytes:
            self._keep_run()

    def _piece(self, reject: Reject) -> _Piece | None:
        _, line, _, rule, _, raw = reject
        if rule != SHORT_RECORD.code or not self._well_formed.fullmatch(raw):
            return None
        reader = csv.reader(io.StringIO(raw, newline=""), **self._shape.dialect.csv_options)
        return _Piece(reject, next(reader), line + reader.line_num)

    def _end_run(self) -> None:
        """Join the pieces, or keep them as they came."""
        pieces = iter(self._run)
        lengths = record_lengths([len(piece.cells) for piece in self._run], self._shape.cells)
        records = [list(islice(pieces, length)) for length in lengths]
        if not all(map(self._is_certain, records)) or not records:
            self._keep_run()
            return
        self._run, self._bytes = [], 0
        for record in records:
            self._join(record)

    def _is_certain(self, record: Sequence[_Piece]) -> bool:
        """Whether there is anything in it, and no cell of which a part is quoted."""
        blank = all(piece.is_blank for piece in record)
        return not blank and not any(self._meet_at_quotes(*pair) for pair in pairwise(record))

    def _meet_at_quotes(self, one: _Piece, other: _Piece) -> bool:
        quote = self._shape.dialect.quote
        return quote is not None and (
            one.reject[5].endswith(quote) or other.reject[5].lstrip(" ").startswith(quote)
        )

    def _join(self, pieces: Sequence[_Piece]) -> None:
        cells = list(pieces[0].cells)
        for piece in pieces[1:]:
            cells[-1] += "\n" + piece.cells[0]
            cells += piece.cells[1:]
            self._numbers.append(piece.number)
        self._outcome.rows.append(cells)
        self._outcome.numbers.append(pieces[0].number)
        self._outcome.lines.append(pieces[0].reject[1])
        self._noticed.joined += 1

    def _keep_run(self) -> None:
        """The pieces stay as they came."""
        for piece in self._run:
            self._keep(piece.reject)
        self._run, self._bytes = [], 0

    def _keep(self, reject: Reject) -> None:
        """It stays a reject, or is a blank row."""
        self._unjoined = reject[0]
        if reject[5].strip(self._shape.hollow):
            self._outcome.rejects.append(reject)
        else:
            self._noticed.blank_rows += 1
            self._numbers.append(reject[0])

    def _renumbered(self, batch: RecordBatch) -> RecordBatch:
        if not self._left_out and not self._numbers:
            return batch
        numbers = self._moved(np.asarray(batch.numbers, np.int64))
        rejected = self._moved(batch.rejects["record_number"].to_numpy())
        rejects = batch.rejects.with_columns(pl.Series("record_number", rejected, pl.Int64))
        return replace(batch, numbers=numbers.tolist(), rejects=rejects)

    def _moved(self, numbers: np.typing.NDArray[np.int64]) -> np.typing.NDArray[np.int64]:
        return numbers - self._left_out - np.searchsorted(np.array(self._numbers, np.int64), numbers)


def together(parts: Sequence[RecordBatch]) -> RecordBatch:
    """The records and rejects of all parts, by their numbers."""
    rejecting = [part.rejects for part in parts if part.rejects.height]
    reading = [part for part in parts if part.frame.height] or [parts[0]]
    rejects = pl.concat(rejecting) if rejecting else parts[0].rejects
    if not rejects["record_number"].is_sorted():
        rejects = rejects.sort("record_number")
    if len(reading) == 1:
        return replace(reading[0], rejects=rejects)
    frame = pl.concat([part.frame for part in reading], rechunk=True)
    numbers = np.concatenate([np.asarray(part.numbers, np.int64) for part in reading])
    lines = np.concatenate([np.asarray(part.lines, np.int64) for part in reading])
    if (np.diff(numbers) < 0).any():
        order = np.argsort(numbers)
        frame, numbers, lines = frame[order], numbers[order], lines[order]
    return RecordBatch(frame, numbers.tolist(), lines.tolist(), rejects)
