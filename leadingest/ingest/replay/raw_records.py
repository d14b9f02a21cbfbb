"""The rejects of a load as the records that they were, for the mapping to be tried on once more."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from typing import Final

import polars as pl

from leadingest.deliveries.readers.rereader import Rereader
from leadingest.deliveries.records import RecordBatch
from leadingest.destinations.ledger import LoadRow
from leadingest.engine.binding import names_read
from leadingest.ingest.replay.rejects_layout import RejectsLayout
from leadingest.mapping.models import Mapping
from leadingest.tables.rejects import CUT, REJECTS

_NUMBER, _LINE = "record_number", "line_number"
_SECOND: Final = re.compile(r"(?P<name>.+) \(\d+\)", flags=re.DOTALL)


class RawRecords:
    """Takes rejects apart as the mapping says; `labels` are the headers that `load_profiles` has of the load."""

    def __init__(self, mapping: Mapping, load: LoadRow, labels: Sequence[str]) -> None:
        fmt = mapping.delivery
        #: How the rejects are laid out, as text.
        self.layout = RejectsLayout.of(fmt, load, labels)
        self.headers = self.layout.columns if fmt.names else headers_of(labels, names_read(mapping))
        self._labels = labels
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
        read, same = self._reader.read(rejects.filter(~refused).iter_rows())
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

    `Phone (2)` is what the second of two columns called Phone is labelled. It is Phone again where the mapping
    reads that and not this, so that it is told what a run would tell: that the header stands twice.
    """
    return tuple(_header(label, labels, read) for label in labels)


def _header(label: str, labels: Sequence[str], read: Collection[str]) -> str:
    found = _SECOND.fullmatch(label)
    second = found and label not in read and found["name"] in read and found["name"] in labels
    return found["name"] if found and second else label
