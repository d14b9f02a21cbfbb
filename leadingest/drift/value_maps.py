"""Which values come to the value maps of a mapping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import polars as pl

from leadingest.documents.yaml_document import Table, node_at
from leadingest.drift.delivered import Path_, UnknownValues
from leadingest.engine.binding import bind
from leadingest.engine.compiler import compile_mapping
from leadingest.engine.computation import ENGINE
from leadingest.engine.plan import KEPT
from leadingest.errors import DeliveryError
from leadingest.mapping.models import Entry
from leadingest.mapping.models import Mapping as SourceMapping
from leadingest.mapping.shared_maps import written_at
from leadingest.operations.each import Each
from leadingest.operations.values import Values
from leadingest.tables.column import Column
from leadingest.tables.identity import Identity
from leadingest.tables.load_table import LoadTable
from leadingest.tables.types.text import Text

#: Different values of one value map that are told apart; a map of more is a look-up.
MOST_VALUES: Final = 10_000
#: Records that are mapped at a time.
_AT_ONCE: Final = 200_000
#: As long a text as a type can take.
_ANY_TEXT: Final = Text(length=16_000)


@dataclass(frozen=True)
class ValueMap:
    """A value map with its place, and an entry that gives what comes to it."""

    path: Path_
    word: Values
    entry: Entry
    #: Where it is a word for pieces: all that is said of them, and which of their words it is.
    each: Each | None = None
    number: int = 0

    def reached_by(self, counted: pl.DataFrame) -> pl.DataFrame:
        """What comes to the map of `text` and `count`, how often each text came to the entry: the same of pieces."""
        if self.each is None:
            return counted
        given = self.each.given(self.number, counted["text"])
        counts = counted["count"].gather(given["row"]).cast(pl.Int64)
        return (
            pl.DataFrame([given["given"], counts])
            .group_by("given", maintain_order=True)
            .agg(pl.col("count").sum())
        )


def value_maps(mapping: SourceMapping) -> Iterator[ValueMap]:
    """Every value map of the mapping, those of parts and `let` values included."""
    for top in (*mapping.let.values(), *mapping.fields.values()):
        for entry in _with_parts(top):
            node = node_at(mapping.document, entry.path)
            stepwise = isinstance(node, Table) and "steps" in node.entries
            for number, operation in enumerate(entry.operations):
                before = replace(entry, operations=entry.operations[:number], type=_ANY_TEXT, checks=())
                step: Path_ = ("steps", number) if stepwise else ()
                path = (*entry.path, *step, operation.word())
                if isinstance(operation, Values):
                    yield ValueMap(path, operation, before)
                if isinstance(operation, Each):
                    for at, word in enumerate(operation.each):
                        if isinstance(word, Values):
                            yield ValueMap((*path, word.word()), word, before, operation, at)


def _with_parts(entry: Entry) -> Iterator[Entry]:
    yield entry
    for part in entry.parts:
        yield from _with_parts(part)


class ValueMapCounts:
    """Counts the values over the batches of a delivery.

    Raises DeliveryError where the mapping does not fit the headers or cannot be computed for the records.
    """

    def __init__(self, mapping: SourceMapping, headers: Sequence[str], *, today: date) -> None:
        self._maps, self._document = tuple(value_maps(mapping)), mapping.document
        self._counts: list[Counter[str]] = [Counter() for _ in self._maps]
        probing = _probing(mapping, [each.entry for each in self._maps])
        self._plan = compile_mapping(probing, bind(probing, headers), today=today) if self._maps else None
        self._gathered: list[pl.DataFrame] = []

    def add(self, records: pl.DataFrame) -> None:
        """Count what comes to the maps in a batch: text columns named by position."""
        if self._plan is None or not records.height:
            return
        # To map a batch costs something, however small it is; no more is kept than the columns that are read.
        read = [str(position) for position in self._plan.columns or (0,)]
        self._gathered.append(records.select(read))
        if sum(each.height for each in self._gathered) >= _AT_ONCE:
            self._count()

    def _count(self) -> None:
        if self._plan is None or not self._gathered:
            return
        records, self._gathered = pl.concat(self._gathered, rechunk=True), []
        try:
            mapped = self._plan.apply(records.lazy()).collect(engine=ENGINE)
        except pl.exceptions.PolarsError as error:
            # What polars says may quote cells, which are no matter for a log.
            raise DeliveryError(
                "the values that reach the value maps cannot be computed for this delivery",
                hint="an `sql` or `when` in the mapping fails for its values: wrap what may fail in TRY_CAST",
            ) from error
        for number, (each, counted) in enumerate(zip(self._maps, self._counts, strict=True)):
            values = mapped.filter(KEPT)[_name(number)].drop_nulls().alias("text")
            for value, count in each.reached_by(values.value_counts()).iter_rows():
                if value in counted or len(counted) < MOST_VALUES:
                    counted[value] += count

    @property
    def by_path(self) -> dict[Path_, Mapping[str, int]]:
        """How often each value came to the value map at the path."""
        self._count()
        return {each.path: counts for each, counts in zip(self._maps, self._counts, strict=True)}

    def unknown(self) -> Iterator[UnknownValues]:
        """What the maps do not know and do not keep, map by map."""
        self._count()
        for each, counts in zip(self._maps, self._counts, strict=True):
            unknown = {value: counts[value] for value in each.word.unlisted(counts)}
            if unknown and each.word.refuses:
                headers = tuple(each.entry.names())
                path = written_at(self._document, each.path)
                yield UnknownValues(str(each.path[1]), unknown, headers, path, each.word.values)


def _name(number: int) -> str:
    return f"value {number}"


def _probing(mapping: SourceMapping, entries: list[Entry]) -> SourceMapping:
    """A mapping into a table that has a text for each of the entries."""
    columns = {_name(number): Column(_name(number), _ANY_TEXT, "") for number in range(len(entries))}
    table = LoadTable("values", "", columns, Identity(), "")
    return replace(mapping, table=table, fields=dict(zip(columns, entries, strict=True)))
