"""Read the raw text of records that could not be read once more, each by itself."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Final

from leadingest.deliveries.encoding import raw_bytes
from leadingest.deliveries.readers.careful_reader import CarefulReader, ReadRecords, RecordPosition
from leadingest.deliveries.readers.dialect import CsvDialect, RecordShape
from leadingest.deliveries.readers.window import Window
from leadingest.deliveries.records import RecordBatch
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.tables.rejects import UNCOMPUTED_FORMULA, UNDECODABLE

#: A reject as it stands in `load_rejects`, in the order of REJECTS.
Row = tuple[int, int | None, str | None, str, str, str | None]

_TEXT: Final = "utf-8"


class Rereader:
    """Reads rejects of one delivery as its mapping now says; `cells` is how many a record has.

    `encoding` is the one that the delivery was read in. A text that decoded then stays as it is. One with bytes
    that did not is decoded again; where it is no record then either, its bytes are kept as they were.
    """

    def __init__(self, fmt: DeliveryFormat, cells: int, *, dialect: CsvDialect, encoding: str) -> None:
        shape = RecordShape(dialect, cells, fmt.record_bytes, fmt.record_lines, fmt.quotes == "lenient")
        self._reader = CarefulReader(Window(io.BytesIO()), shape, encoding=_TEXT, name="")
        self._cells, self._fmt, self._encoding = cells, fmt, encoding or _TEXT
        #: The last record that still cannot be read: a part of it may stand in the next.
        self._unread = 0

    def read(self, rejects: Iterable[Row]) -> tuple[RecordBatch, list[Row]]:
        """What these rejects, in order, are now: records and rejects; and those that are no better than before."""
        outcome, same = ReadRecords(), list[Row]()
        for reject in rejects:
            before = len(outcome.rows), len(outcome.rejects)
            text = self._text(reject)
            if text is not None:
                self._read_one(outcome, reject, text)
            rows, refused = len(outcome.rows) - before[0], len(outcome.rejects) - before[1]
            if rows + refused != 1 or (refused and reject[3] == UNDECODABLE.code):
                # None, or several where one number was given; or bytes that may be meant otherwise, and are kept.
                _cut(outcome, *before)
                same.append(reject)
            if rows != 1 or refused:
                self._unread = reject[0]
        return outcome.batch(self._cells), same

    def _read_one(self, outcome: ReadRecords, reject: Row, text: str) -> None:
        data = text.encode(_TEXT)
        self._reader.window = Window(io.BytesIO(data))
        place = RecordPosition(reject[0], reject[1] or 0, doubtful=reject[0] == self._unread + 1)
        self._reader.read_into(outcome, 0, len(data), place)

    def _text(self, reject: Row) -> str | None:
        """The text of the record; None where there is none to be had."""
        *_, rule, _, raw = reject
        if raw is None or rule == UNCOMPUTED_FORMULA.code:
            # The text of a sheet's row has no value in place of a formula, and must not be taken for one.
            return None
        return self._decoded(raw) if rule == UNDECODABLE.code else raw

    def _decoded(self, raw: str) -> str | None:
        """The text in the first encoding of the mapping in which it decodes."""
        try:
            data = raw_bytes(raw, self._encoding)
        except UnicodeEncodeError:
            return None
        for encoding in self._fmt.encoding or (_TEXT,):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
        return None


def _cut(outcome: ReadRecords, rows: int, rejects: int) -> None:
    """Forget what was read last."""
    for each in (outcome.rows, outcome.numbers, outcome.lines):
        del each[rows:]
    del outcome.rejects[rejects:]
