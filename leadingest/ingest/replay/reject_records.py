"""The rejects of a load as records, to be tried once more: as they were, and as somebody has corrected them in a file."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Final, Literal

import polars as pl

from leadingest.deliveries.encoding import has_shown_bytes
from leadingest.deliveries.readers.rereader import Rereader
from leadingest.deliveries.records import RecordBatch
from leadingest.destinations.diagnostics import RejectGroup
from leadingest.destinations.ledger import LoadRow
from leadingest.engine.binding import names_read
from leadingest.engine.transform import MappedBatch
from leadingest.ingest.replay.rejects_file import CorrectedFile, RejectsLayout
from leadingest.ingest.replay.replayed_rejects import CorrectedRecords, StillRefused
from leadingest.ingest.tally import FaultCount
from leadingest.mapping.models import Mapping
from leadingest.tables.rejects import CUT, REJECTS, UNCOMPUTED_FORMULA, UNDECODABLE

_NUMBER, _LINE = "record_number", "line_number"
_SECOND: Final = re.compile(r"(?P<name>.+) \(\d+\)", flags=re.DOTALL)
#: Records that are still rejected of which it is told where they stand.
_TOLD: Final = 10
_State = Literal["as_it_came", "half_corrected", "corrected"]


class RawRecords:
    """Takes rejects apart as the mapping says; `labels` are the headers that `load_profiles` has of the load."""

    def __init__(self, mapping: Mapping, load: LoadRow, labels: Sequence[str]) -> None:
        fmt = mapping.delivery
        #: How the rejects are laid out, as text.
        self.layout = RejectsLayout.of(fmt, load, labels)
        self.headers = self.layout.columns if fmt.names else headers_of(labels, names_read(mapping))
        self._labels, self._repeats = labels, bool(fmt.repeat)
        self._cells = [str(position) for position in range(len(self.headers))]
        self._reader = Rereader(fmt, len(self.headers), dialect=self.layout.dialect, encoding=load.encoding)

    def again(self, rejects: pl.DataFrame) -> tuple[RecordBatch, pl.DataFrame]:
        """The records that the rejects are now, in order, with those that still cannot be read; and the rest.

        The rest stays as it is: there is no telling its cells. It and `rejects` are shaped as REJECTS; those that
        the mapping refused stand there as JSON, header to cell, and the others as text.
        """
        cut = pl.col("raw_record").str.ends_with(CUT).fill_null(False)
        lost, rejects = rejects.filter(cut), rejects.filter(~cut)
        refused = pl.col("field").is_not_null()
        parsed, untold = self._parsed(rejects.filter(refused))
        unread = rejects.filter(~refused)
        if self._repeats:
            # Nothing is kept of the columns of the file, and one record of it may be several leads.
            untold, unread = pl.concat([untold, unread]), unread.clear()
        read, same = self._reader.read(unread.iter_rows())
        numbered = read.frame.with_columns(
            pl.Series(_NUMBER, read.numbers, pl.Int64), pl.Series(_LINE, read.lines, pl.Int64)
        )
        records = pl.concat([parsed, numbered.select(parsed.columns)]).sort(_NUMBER)
        batch = RecordBatch(
            records.select(self._cells), records[_NUMBER].to_list(), records[_LINE].to_list(), read.rejects
        )
        return batch, pl.concat([lost, untold, pl.DataFrame(same, schema=REJECTS, orient="row")])

    def _parsed(self, refused: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The JSON of records as columns, with their numbers and lines; and the rejects that it is not so with."""
        fits = len(self._labels) == len(self._cells)
        cells = self._decoded(refused["raw_record"]) if fits else pl.DataFrame()
        if not fits or refused.is_empty():
            columns = {_NUMBER: pl.Int64, _LINE: pl.Int64, **dict.fromkeys(self._cells, pl.String)}
            return pl.DataFrame(schema=columns), refused
        cells.columns = self._cells
        parsed = cells.select(pl.all_horizontal(pl.all().is_not_null())).to_series()
        return pl.concat([refused.select(_NUMBER, _LINE), cells], how="horizontal").filter(
            parsed
        ), refused.filter(~parsed)

    def _decoded(self, raw: pl.Series) -> pl.DataFrame:
        """The cells of each object by header; null in all of those of a text that is none."""
        kind = pl.Struct(dict.fromkeys(self._labels, pl.String))
        try:
            cells = raw.str.json_decode(kind).struct.unnest()
        except pl.exceptions.ComputeError:
            cells = pl.DataFrame()
        if cells.height == raw.len():
            return cells
        # Somebody has changed one by hand.
        objects = pl.Series([text if _is_object(text) else None for text in raw], dtype=pl.String)
        return objects.str.json_decode(kind).struct.unnest()


def _is_object(text: str | None) -> bool:
    """Whether it is a JSON object of texts."""
    try:
        cells = json.loads(text or "")
    except ValueError:
        return False
    return isinstance(cells, dict) and all(isinstance(cell, str) for cell in cells.values())


def headers_of(labels: Sequence[str], read: Collection[str]) -> tuple[str, ...]:
    """The headers; `read` are the names that the mapping reads.

    `Phone (2)` is what the second of two columns called Phone is labeled. It is Phone again where the mapping
    reads that and not this, so that it is told what a run would tell: that the header stands twice.
    """
    return tuple(_header(label, labels, read) for label in labels)


def _header(label: str, labels: Sequence[str], read: Collection[str]) -> str:
    found = _SECOND.fullmatch(label)
    second = found and label not in read and found["name"] in read and found["name"] in labels
    return found["name"] if found and second else label


class CorrectedRejects:
    """Looks up the reject that each record of a corrected file stands for; `rejects_of` gives those with these numbers.

    What is still rejected stays a reject as it came, so that the file can be corrected on and replayed again.
    """

    def __init__(
        self, file: CorrectedFile, raw: RawRecords, rejects_of: Callable[[Sequence[int]], pl.DataFrame]
    ) -> None:
        self._file, self._raw, self._rejects_of = file, raw, rejects_of
        #: Of the records of a batch.
        self._lines: dict[int, int] = {}
        self._records = self._settled = self._refused = 0
        self._first: list[StillRefused] = []
        self._gone: Counter[tuple[str | None, str]] = Counter()

    def batches(self) -> Iterator[tuple[pl.DataFrame, RecordBatch, pl.DataFrame]]:
        """The rejects that the file has, a batch at a time; the records that they are now; and those that stay as they are."""
        for batch in self._file.batches():
            self._records += batch.records
            unread = batch.rejects.select("line_number", "rule", "message")
            self._refuse(StillRefused(line, None, None, *why) for line, *why in unread.iter_rows())
            if not batch.frame.is_empty():
                yield self._looked_up(batch)

    def gone_of(self, rejects: pl.DataFrame, mapped: MappedBatch) -> tuple[pl.DataFrame, MappedBatch]:
        """Those of the rejects that are none any more, and what they have become."""
        refused = mapped.rejects.select(_NUMBER, "field", "rule", "message")
        self._refuse(StillRefused(self._lines[number], number, *why) for number, *why in refused.iter_rows())
        gone = rejects.filter(~pl.col(_NUMBER).is_in(refused[_NUMBER].implode()))
        self._gone.update(gone.select("field", "rule").iter_rows())
        return gone, replace(mapped, rejects=mapped.rejects.clear(), read=gone.height)

    def left_of(self, before: Sequence[RejectGroup]) -> list[FaultCount]:
        """How many rejects the load has now for each reason that it had."""
        return [
            FaultCount(each.field, each.rule, each.count - self._gone[each.field, each.rule])
            for each in before
        ]

    def joined(self, name: str) -> CorrectedRecords:
        """What the file of this name had, once all batches were taken."""
        return CorrectedRecords(name, self._records, self._settled, self._refused, tuple(self._first))

    def _refuse(self, refused: Iterable[StillRefused]) -> None:
        for each in refused:
            self._refused += 1
            self._first = sorted([*self._first, each], key=attrgetter("line"))[:_TOLD]

    def _looked_up(self, batch: RecordBatch) -> tuple[pl.DataFrame, RecordBatch, pl.DataFrame]:
        rejects = self._rejects_of(batch.numbers)
        self._settled += batch.frame.height - rejects.height
        self._lines = dict(zip(batch.numbers, batch.lines, strict=True))
        records = batch.frame.with_columns(pl.Series(_NUMBER, batch.numbers, pl.Int64))
        records = rejects.select(_NUMBER).join(records, on=_NUMBER, how="left", maintain_order="left")
        state = self._states(rejects, records.drop(_NUMBER))
        again, same = self._raw.again(rejects.filter(state == "as_it_came"))
        corrected = records.filter(state == "corrected")
        numbers = corrected[_NUMBER].to_list()
        both = RecordBatch(
            pl.concat([corrected.drop(_NUMBER), again.frame]),
            [*numbers, *again.numbers],
            [*(self._lines[number] for number in numbers), *again.lines],
            again.rejects,
        )
        return rejects, both, pl.concat([same, rejects.filter(state == "half_corrected")])

    def _states(self, rejects: pl.DataFrame, records: pl.DataFrame) -> pl.Series:
        """How far each record was corrected, by the reject that it was."""
        states = pl.Series(["corrected"], dtype=pl.String).new_from_index(0, rejects.height)
        unsure = (rejects["field"].is_null() | rejects["raw_record"].str.ends_with(CUT)).fill_null(True)
        places = unsure.arg_true()
        found = [self._state(rejects.row(place, named=True), records.row(place)) for place in places]
        return states.scatter(places, found)

    def _state(self, reject: dict[str, str | None], cells: Sequence[str]) -> _State:
        """Of a record that could not be read, or that the database could not take the whole of.

        A text in the file may stand for bytes that it cannot show, or for a value that the delivery does not have.
        """
        before = self._cells(reject["raw_record"] or "")
        if before == [*cells]:
            return "as_it_came"
        shown = reject["rule"] == UNDECODABLE.code and any(map(has_shown_bytes, cells))
        blank = reject["rule"] == UNCOMPUTED_FORMULA.code and not _fills_a_blank(before, cells)
        return "half_corrected" if shown or blank or any(CUT in cell for cell in cells) else "corrected"

    def _cells(self, raw: str) -> list[str]:
        """What stands between the delimiters of a raw record; nothing where that cannot be told."""
        try:
            rows = list(csv.reader(io.StringIO(raw, newline=""), **self._raw.layout.dialect.csv_options))
        except csv.Error:
            return []
        return rows[0] if len(rows) == 1 else []


def _fills_a_blank(before: Sequence[str], cells: Sequence[str]) -> bool:
    return any(cell.strip() and not was.strip() for was, cell in zip(before, cells, strict=False))
