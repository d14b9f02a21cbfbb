"""The rejects of a load as a file: written to be corrected by hand, and read again, record by record, for a replay."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import polars as pl

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.header_names import clean_names
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.readers.dialect import CsvDialect
from leadingest.deliveries.records import RecordBatch, Records
from leadingest.deliveries.repeat import Repeat
from leadingest.destinations.ledger import LoadRow
from leadingest.documents.nearest import listed
from leadingest.errors import DeliveryError, NoReadableRecordError, UsageError
from leadingest.mapping.delivery_format import WORKBOOKS, DeliveryFormat

_NUMBERED_BY = re.compile(r"record of load \d+")
#: Records that are looked up and mapped at a time, as rejects are.
_AT_ONCE = 2_000


@dataclass(frozen=True)
class RejectsLayout:
    """Of `load_rejects`, and of the file that `leadingest rejects --raw` writes and `leadingest replay --file` reads."""

    #: The column of the file that has the number of each record: a name that says which load it is of.
    numbered_by: str
    #: The names of the columns: those of the mapping where it gives them, else those that the load had.
    columns: tuple[str, ...]
    dialect: CsvDialect
    #: By how many the numbers of two records of the file differ.
    places: int

    @classmethod
    def of(cls, fmt: DeliveryFormat, load: LoadRow, labels: Sequence[str]) -> RejectsLayout:
        """That of a load whose headers are `labels`, under the mapping as it is now."""
        found = CsvDialect.from_text(load.dialect)
        # The rows of a sheet are kept as lines of CSV, whatever the mapping says.
        dialect = found if fmt.format_of(load.file_name) in WORKBOOKS else found.updated_by(fmt)
        columns = Repeat.of(fmt, clean_names(fmt.names)).headers if fmt.names else clean_names(labels)
        return cls(f"record of load {load.load_id}", columns, dialect, fmt.places)

    def read_as(self, fmt: DeliveryFormat) -> DeliveryFormat:
        """How the file is read: what the mapping says of records holds, what it says of deliveries does not."""
        return DeliveryFormat(
            format="csv",
            encoding=("utf-8",),
            delimiter=self.dialect.delimiter,
            quote=self.dialect.quote or "none",
            escape=self.dialect.escape or "none",
            blanks="skip" if self.dialect.skip_blanks else "keep",
            quotes=fmt.quotes,
            record_bytes=fmt.record_bytes,
            record_lines=fmt.record_lines,
            compression="none",
        )


def rejects_as_file(batches: Iterable[pl.DataFrame], layout: RejectsLayout) -> Iterator[bytes]:
    """The bytes of the file, piece by piece; `batches` are shaped as REJECTS.

    A header, and each record behind its number: one that could be read is written again, one that could not stands
    there as it came. It is UTF-8, however the delivery was written and whatever stood above and below its records.
    """
    writer = _Writer(layout)
    yield writer.record((layout.numbered_by, *layout.columns))
    for batch in batches:
        for number, field, raw in batch.select("record_number", "field", "raw_record").iter_rows():
            cells = _cells(raw) if field is not None else None
            yield writer.as_it_came(number, raw or "") if cells is None else writer.record((number, *cells))


def _cells(raw: str | None) -> list[str] | None:
    """The cells of a record that the mapping refused; None where the database could not take the whole of it."""
    try:
        cells = json.loads(raw or "")
    except ValueError:
        return None
    return [str(cell) for cell in cells.values()] if isinstance(cells, dict) else None


class _Writer:
    """Lines and records of a layout."""

    def __init__(self, layout: RejectsLayout) -> None:
        dialect = layout.dialect
        self._delimiter = dialect.delimiter
        self._buffer = io.StringIO(newline="")
        self._csv = csv.writer(
            self._buffer,
            delimiter=dialect.delimiter,
            quoting=csv.QUOTE_NONE if dialect.quote is None else csv.QUOTE_MINIMAL,
            quotechar=dialect.quote,
            escapechar=dialect.escape,
            doublequote=dialect.escape is None,
            # Cells with one of the two in them are quoted then.
            lineterminator="\r\n",
        )

    def as_it_came(self, number: int, raw: str) -> bytes:
        """A record whose cells nobody can tell."""
        return f"{number}{self._delimiter}{raw}\n".encode()

    def record(self, cells: Sequence[object]) -> bytes:
        """A line with these cells."""
        self._buffer.seek(0)
        self._buffer.truncate()
        try:
            self._csv.writerow(cells)
        except csv.Error as error:
            raise UsageError(
                f"record {cells[0]} has {self._delimiter!r} or a line end in a cell, which cannot be "
                "written with `quote: none`",
                hint="remove `quote: none` from the mapping, or set `escape`",
            ) from error
        return self._buffer.getvalue().removesuffix("\r\n").encode() + b"\n"


class CorrectedFile:
    """A file that `leadingest rejects --raw` wrote, opened: every record says which reject of the load it is."""

    def __init__(self, name: str, records: Records, load: LoadRow, layout: RejectsLayout) -> None:
        self._name, self._records, self._load, self._layout = name, records, load, layout
        self._numbered_by, *self._columns = self._places(records.headers)
        self._seen = pl.Series([], dtype=pl.Int64)

    def batches(self) -> Iterator[RecordBatch]:
        """The records in the columns of the layout, under their numbers in the load, with their lines in this file.

        Those that cannot be read have the numbers that they would have in this file.
        Raises DeliveryError where a number is missing, stands twice, or is none of the load.
        """
        for batch in self._read():
            numbers = self._numbers(batch)
            frame = batch.frame.select(
                pl.col(str(place)).alias(str(column)) for column, place in enumerate(self._columns)
            )
            for start in range(0, frame.height, _AT_ONCE):
                some = slice(start, start + _AT_ONCE)
                yield RecordBatch(frame[some], numbers[some], list(batch.lines[some]))
            if not batch.rejects.is_empty():
                yield RecordBatch(frame.clear(), (), (), batch.rejects)

    def _read(self) -> Iterator[RecordBatch]:
        # One who has corrected nothing that can be read is told so record by record.
        with suppress(NoReadableRecordError):
            yield from self._records.batches()

    def _places(self, headers: Sequence[str]) -> list[int]:
        """Where the numbers stand in this file, and each column of the layout."""
        wanted = (self._layout.numbered_by, *self._layout.columns)
        if tuple(headers) == wanted:
            return list(range(len(wanted)))
        if sorted(headers) == sorted(wanted) and len(set(wanted)) == len(wanted):
            return [headers.index(name) for name in wanted]
        raise self._other_headers(headers, wanted)

    def _other_headers(self, headers: Sequence[str], wanted: Sequence[str]) -> DeliveryError:
        numbered_by, load_id = self._layout.numbered_by, self._load.load_id
        lacking = [name for name in wanted if name not in headers]
        if numbered_by not in lacking:
            what = f"its columns are not those of load {load_id}: {_difference(lacking, headers, wanted)}"
        elif others := [name for name in headers if _NUMBERED_BY.fullmatch(name)]:
            what = f"it has the column {others[0]!r} instead of {numbered_by!r}: does the file belong to another load?"
        elif any(name.startswith(numbered_by) for name in headers):
            what = f"its cells are not separated by {self._layout.dialect.delimiter!r}, as in the original"
        else:
            what = f"it has no column {numbered_by!r}, which says which reject each record is"
        return DeliveryError(
            f"{self._name}: {what}",
            hint="correct the file that this command writes, without changing its header or "
            f"its numbers: leadingest rejects --load {load_id} --raw > fixed.csv",
            line=self._records.layout.header_row,
        )

    def _numbers(self, batch: RecordBatch) -> list[int]:
        """The number of each record in the load."""
        written = batch.frame[str(self._numbered_by)].str.strip_chars()
        numbers = written.cast(pl.Int64, strict=False).alias("number")
        in_range = numbers.is_between(1, self._load.records_read * self._layout.places).fill_null(False)
        if not in_range.all():
            at = batch.lines[in_range.not_().arg_max() or 0]
            raise self._refused(
                at, f"{self._layout.numbered_by!r} does not name a record of load {self._load.load_id}"
            )
        again = numbers.is_in(self._seen.implode()) | ~numbers.is_first_distinct()
        if again.any():
            at = again.arg_max() or 0
            raise self._refused(batch.lines[at], f"record {numbers[at]} occurs twice")
        self._seen = pl.concat([self._seen, numbers.rename("")])
        return numbers.to_list()

    def _refused(self, line: int, what: str) -> DeliveryError:
        return DeliveryError(
            f"{self._name}: line {line}: {what}",
            hint="every line is one reject of the load; put new records into a delivery of their own",
            line=line,
        )


@contextmanager
def corrected_file(
    delivery: Delivery, fmt: DeliveryFormat, load: LoadRow, layout: RejectsLayout
) -> Iterator[CorrectedFile]:
    """The file, for as long as the block lasts; `fmt` is that of the mapping."""
    with open_records(delivery, layout.read_as(fmt)) as records:
        yield CorrectedFile(delivery.name, records, load, layout)


def _difference(lacking: Sequence[str], headers: Sequence[str], wanted: Sequence[str]) -> str:
    """In what they differ, without listing all of them."""
    first = [repr(name) for name in lacking[:3]]
    if first:
        more = [f"{len(lacking) - 3:,} more"] if len(lacking) > 3 else []
        return f"it is missing {listed([*first, *more], last='and')}"
    beyond = len(headers) - len(wanted)
    return f"it has {beyond:,} more" if beyond else "some occur twice"
