"""`repeat`: records with several leads side by side, in columns such as Contact 1 to Contact 3, told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from leadingest.deliveries.records import RecordBatch
from leadingest.documents.nearest import listed
from leadingest.errors import DeliveryError
from leadingest.expressions import BLANKS, trimmed
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.mapping.headers import position_of

_NUMBER: Final = "number"
_LINE: Final = "line"


@dataclass(frozen=True)
class Repeat:
    """What the records of a file become: one for each place in the lists of `repeat` in which anything stands.

    Where there are no such lists there is one place, which has the columns as they are.
    """

    #: Those that the records have then.
    headers: tuple[str, ...]
    #: For each place the columns of the file that stand under these headers; None where the file lacks it.
    places: tuple[tuple[int | None, ...], ...]
    #: Which of the headers have another column in each place.
    several: tuple[int, ...]
    #: Columns of the lists that the file lacks.
    absent: tuple[str, ...]
    #: Cells that mean "no value".
    nulls: tuple[str, ...]

    @classmethod
    def of(cls, fmt: DeliveryFormat, headers: Sequence[str]) -> Repeat:
        """For a file with these headers. Raises DeliveryError where a column of the lists stands there twice."""
        lists = {column.name: [_column(names, headers) for names in column.headers] for column in fmt.repeat}
        taken = {at for columns in lists.values() for at in columns if at is not None}
        # A column that the file lacks altogether stands behind all others.
        stands = {
            name: min((at for at in columns if at is not None), default=len(headers))
            for name, columns in lists.items()
        }
        others = ((at, header, at) for at, header in enumerate(headers) if at not in taken)
        found = sorted(
            [*others, *((at, name, None) for name, at in stands.items())], key=lambda each: each[0]
        )
        return cls(
            headers=tuple(header for _, header, _ in found),
            places=tuple(
                tuple(lists[header][place] if own is None else own for _, header, own in found)
                for place in range(fmt.places)
            ),
            several=tuple(at for at, (_, _, own) in enumerate(found) if own is None),
            absent=tuple(
                names[0]
                for column in fmt.repeat
                for names, at in zip(column.headers, lists[column.name], strict=True)
                if at is None
            ),
            nulls=tuple({"", *(null.strip(BLANKS) for null in fmt.nulls)}),
        )

    def batches(self, batches: Iterator[RecordBatch]) -> Iterator[RecordBatch]:
        """The batches with a record for each place; as they are where there is one."""
        return map(self._batch, batches) if self.several else batches

    def _batch(self, batch: RecordBatch) -> RecordBatch:
        """Record 4 becomes the records 10, 11 and 12 of three places: a number hangs on nothing before it."""
        places = len(self.places)
        before = (pl.Series(batch.numbers, dtype=pl.Int64) - 1) * places
        numbered = batch.frame.lazy().with_columns(
            before.alias(_NUMBER), pl.Series(_LINE, batch.lines, pl.Int64)
        )
        filled = [self._filled(columns) for columns in self.places]
        # A record with nothing in any place is one lead all the same.
        there = [filled[0] | ~pl.any_horizontal(filled), *filled[1:]]
        parts = [
            numbered.filter(here).select(*_cells(columns), pl.col(_NUMBER) + place, _LINE)
            for place, (columns, here) in enumerate(zip(self.places, there, strict=True), start=1)
        ]
        records = pl.concat(parts).sort(_NUMBER).collect(engine="in-memory")
        return replace(
            batch,
            frame=records.drop(_NUMBER, _LINE),
            numbers=records[_NUMBER].to_list(),
            lines=records[_LINE].to_list(),
            rejects=batch.rejects.with_columns((pl.col("record_number") - 1) * places + 1),
            repeated=[(number - 1) * places + 1 for number in batch.repeated],
        )

    def _filled(self, columns: Sequence[int | None]) -> pl.Expr:
        cells = (columns[at] for at in self.several)
        texts = (trimmed(pl.col(str(cell))) for cell in cells if cell is not None)
        return pl.any_horizontal(pl.lit(False), *(~text.is_in(self.nulls) for text in texts))


def _cells(columns: Sequence[int | None]) -> Iterator[pl.Expr]:
    for at, column in enumerate(columns):
        yield (pl.lit("") if column is None else pl.col(str(column))).alias(str(at))


def _column(names: Sequence[str], headers: Sequence[str]) -> int | None:
    """Where the first of the names stands that is there."""
    for name in names:
        at = position_of(name, headers)
        if at is None and name in headers:
            raise DeliveryError(
                f"the header {name!r}, which `repeat` reads, occurs {headers.count(name)} times",
                hint="give the columns other names under `names` in the delivery section of the mapping",
            )
        if at is not None:
            return at
    return None


def numbering(fmt: DeliveryFormat) -> str:
    """What to know of a record that is not there; "" where its number says all."""
    several = f"of each {fmt.places} numbers in a row, those of blank places of `repeat` are not used"
    return several if fmt.repeat else ""


def lacking(name: str, absent: Sequence[str]) -> DeliveryError:
    """What to say of a file that lacks columns of the lists."""
    shown = listed(map(repr, absent), last="and")
    return DeliveryError(
        f"{name}: the file has no header {shown}, which `repeat` reads",
        hint=f"if it was renamed, add the alias: aliases: {{{absent[0]}: ...}}; if it is gone for good, remove its place from all lists of `repeat`",
    )
