"""Filters that the batches of every file format pass: what is left out of them, filled, looked at, and refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import polars as pl

from leadingest.deliveries.header_names import clean_names
from leadingest.deliveries.noticed import Noticed
from leadingest.deliveries.records import RecordBatch
from leadingest.errors import DeliveryError, NoReadableRecordError
from leadingest.expressions import BLANKS, trimmed
from leadingest.mapping.headers import position_of
from leadingest.tables.rejects import READING
from leadingest.wording import counted

_MARK: Final = "\ufeff"
_TOTAL: Final = re.compile(
    r"(?:grand |sub-?)?totals?(?: (?:of )?(?:records|rows|count|leads))?+\W*+[0-9.,]*+", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"[-+$€£(]?+[0-9][0-9.,]*+[%)]?+")
#: So many of the records must lack the same for the header to be blamed.
_MOST: Final = 0.9


def without_repeated_header(
    batches: Iterator[RecordBatch], header: Sequence[str], noticed: Noticed
) -> Iterator[RecordBatch]:
    """The batches without records that equal the header, white space aside; these are counted in `noticed`.

    `header` has the cells as they stand in the file. What begins with a byte order mark was a file of its own.
    """
    names = clean_names(header)
    told_by = max(range(len(names)), key=lambda at: (names[at] != "", at > 0, len(names[at])), default=0)
    if not any(names):
        yield from batches
        return
    wanted = header[told_by].strip(BLANKS)
    for batch in batches:
        likely = (batch.frame[str(told_by)].str.strip_chars(BLANKS) == wanted).arg_true().to_list()
        rows = [row for row in likely if _cleaned(batch.frame.row(row)) == names]
        noticed.repeated_headers += len(rows)
        noticed.header_first |= any(batch.numbers[row] == 1 for row in rows)
        yield without_rows(batch, rows) if rows else batch


def _cleaned(cells: Sequence[str]) -> tuple[str, ...]:
    return clean_names([cells[0].removeprefix(_MARK), *cells[1:]])


def without_rows(batch: RecordBatch, rows: Sequence[int]) -> RecordBatch:
    """The batch without the records in these rows, which count as left out."""
    kept = sorted(set(range(batch.frame.height)) - set(rows))
    return replace(
        batch,
        frame=batch.frame[pl.Series(kept, dtype=pl.UInt32)],
        numbers=[batch.numbers[row] for row in kept],
        lines=[batch.lines[row] for row in kept],
        repeated=sorted([*batch.repeated, *(batch.numbers[row] for row in rows)]),
    )


def filled_down(
    batches: Iterator[RecordBatch], names: Sequence[str], headers: Sequence[str], noticed: Noticed, name: str
) -> Iterator[RecordBatch]:
    """The batches with blank cells of the columns filled with the text above, in the order of the file.

    A record with nothing else in it is a title, and is left out. A column that is filled ends what those named after
    it have. Below a record that cannot be read nothing is filled until the next text, for it may have held another one.
    Both are counted in `noticed`. Raises DeliveryError where `headers` lacks one of the names.
    """
    positions = [position_of(column, headers) for column in names]
    if None in positions:
        raise DeliveryError(
            f"{name}: the header {names[positions.index(None)]!r} to fill down is missing or occurs more than once",
            hint="check `fill_down` in the delivery section of the mapping against the file",
        )
    columns = list(map(str, positions))
    above = dict.fromkeys(columns, "")
    after_reject = False
    for batch in batches:
        rejects = batch.rejects["record_number"].sort()
        numbers = pl.Series(batch.numbers, dtype=pl.Int64)
        before = rejects.search_sorted(numbers).cast(pl.Int64)
        broken = (before.diff().fill_null(before.head(1).sum() + after_reject) > 0).alias("broken")
        filled = bool(columns) and batch.frame.height > 0
        yield _filled(batch, columns, above, broken, noticed) if filled else batch
        if rejects.len():
            after_reject = numbers.is_empty() or rejects[-1] > numbers[-1]
        elif numbers.len():
            after_reject = False


def _filled(
    batch: RecordBatch, columns: Sequence[str], above: dict[str, str], broken: pl.Series, noticed: Noticed
) -> RecordBatch:
    """The batch filled; `above` has the texts that hold at its beginning, and then those at its end."""
    frame = batch.frame
    others = [pl.col(column) for column in frame.columns if column not in columns]
    has_own = {column: frame.select(trimmed(pl.col(column)) != "").to_series() for column in columns}
    given = pl.Series([False]).new_from_index(0, frame.height)
    filled: list[pl.Series] = []
    blank = pl.repeat("", frame.height, eager=True)
    for column in columns:
        own = has_own[column]
        # A text of this row, "" where nothing holds any more, null where that of the row above does.
        stops = ~own & (given | broken)
        values = frame[column].zip_with(
            own | stops, pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
        )
        values = values.zip_with(~stops, blank)
        filled.append(values.fill_null(strategy="forward").fill_null(above[column]).alias(column))
        given = given | own
        above[column] = filled[-1][-1]
        noticed.not_filled += int((~own & broken).sum())
    titles = frame.select(
        pl.all_horizontal(pl.lit(True), *(trimmed(each) == "" for each in others))
    ).to_series()
    rows = (titles & given).arg_true().to_list() if others else []
    noticed.titles += len(rows)
    batch = replace(batch, frame=frame.with_columns(filled))
    return without_rows(batch, rows) if rows else batch


def with_total_row(batches: Iterator[RecordBatch], noticed: Noticed) -> Iterator[RecordBatch]:
    """The batches as they are; whether the last record looks like a total is then told by `noticed`."""
    last = None
    for batch in batches:
        yield batch
        last = batch
    if last is None or not last.frame.height:
        return
    rejected = last.rejects["record_number"].max() if last.rejects.height else 0
    if last.numbers[-1] > int(str(rejected)) and looks_like_total(last.frame.row(-1)):
        noticed.total_line = last.lines[-1]


def looks_like_total(cells: Sequence[str]) -> bool:
    """Whether the first cell that is not blank says `Total`, and all others are numbers."""
    first, *others = [cell for cell in (each.strip(BLANKS) for each in cells) if cell] or [""]
    return bool(_TOTAL.fullmatch(first)) and all(map(_NUMBER.fullmatch, others))


def with_readable(batches: Iterator[RecordBatch], name: str) -> Iterator[RecordBatch]:
    """The batches that hold anything; at their end raises NoReadableRecordError if there was nothing but rejects."""
    records = rejects = 0
    first: dict[str, Any] = {}
    messages: Counter[str] = Counter()
    cells = 0
    for batch in batches:
        records += batch.frame.height
        rejects += batch.rejects.height
        if not records and batch.rejects.height:
            messages.update(batch.rejects["message"].to_list())
            cells = batch.frame.width
        if batch.rejects.height and not first:
            first = batch.rejects.row(0, named=True)
        if batch.records:
            yield batch
    if rejects and not records:
        line = first["line_number"]
        which = "the only record cannot" if rejects == 1 else f"none of the {rejects:,} records can"
        raise NoReadableRecordError(
            f"{name}: line {line}: {first['message']}; {which} be read",
            hint=_of_the_header(messages, rejects, cells) or READING[first["rule"]].hint,
            line=line,
        )


def _of_the_header(messages: Counter[str], rejects: int, cells: int) -> str:
    """What to do where nearly every record has one cell more or less than the header; "" where that is not so."""

    def have(found: int) -> bool:
        return messages[f"{counted(found, 'cell')} instead of {cells}"] >= _MOST * rejects

    if have(cells + 1):
        return (
            "every record has one cell more than the header: if the first column has no name, write "
            "`header: {row_names: true}` in the delivery section of the mapping; if another name is missing from the header, give all names under `names`, with `header: 1`"
        )
    if cells > 2 and have(cells - 1):
        return (
            "every record has one cell fewer than the header: write `header: 1` and the names of the actual "
            "columns under `names` in the delivery section of the mapping, or check `delimiter`"
        )
    return ""
