"""A delivery, read by a mapping and counted, for lint to compare the two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.records import RecordBatch
from leadingest.engine.transform import MappedBatch, Transform
from leadingest.errors import DefinitionError, DeliveryError
from leadingest.lint.sample import Path_, Sample, Unreadable
from leadingest.lint.subject import Subject
from leadingest.mapping.models import Entry, Mapping
from leadingest.mapping.read_mapping import mapping_of
from leadingest.mapping.reading import Reading
from leadingest.operations.checks.required import Required
from leadingest.operations.values import Values
from leadingest.tables.column import Column
from leadingest.tables.identity import Identity
from leadingest.tables.load_table import LoadTable
from leadingest.tables.types.text import Text

#: Different values of one value map that are told apart; a map of more is a look-up.
_MOST_VALUES = 10_000
#: Ways of writing that are named.
_MOST_SHAPES = 3
_LONGEST_SHAPE = 40
#: As long a text as a type can take.
_ANY_TEXT = Text(length=16_000)


def read_sample(reading: Reading, file: Path, *, today: date) -> Sample:
    """What the file shows of the mapping. Only the headers are read where the mapping has problems."""
    if reading.delivery is None:
        return Sample(file.name)
    headers: tuple[str, ...] = ()
    try:
        with open_records(fingerprint(file), reading.delivery) as records:
            headers = records.headers
            counting = _counting(reading, headers, today)
            if counting is None:
                return Sample(file.name, headers)
            for batch in records.batches():
                counting.add(batch)
    except DeliveryError as error:
        return Sample(file.name, headers, error=error.message)
    return counting.sample(file.name, headers)


def _counting(reading: Reading, headers: tuple[str, ...], today: date) -> _Counting | None:
    """What counts the records; None where no record can be mapped."""
    try:
        mapping = mapping_of(reading)
        probes = _before_value_maps(Subject(reading))
        maps = (
            Transform(_probing(mapping, [entry for _, entry in probes]), headers, today=today)
            if probes
            else None
        )
        return _Counting(Transform(mapping, headers, today=today), maps, [path for path, _ in probes])
    except (DefinitionError, DeliveryError):
        return None


def _before_value_maps(subject: Subject) -> list[tuple[Path_, Entry]]:
    """Each value map's path, with an entry that gives what comes to it."""
    found = []
    for entry in subject.entries:
        for number, (path, word) in enumerate(subject.words(entry)):
            if isinstance(word, Values):
                found.append((path, replace(entry, words=entry.words[:number], type=_ANY_TEXT, checks=())))
    return found


def _probing(mapping: Mapping, entries: list[Entry]) -> Mapping:
    """A mapping into a table that has a text for each of the entries."""
    names = [f"value {number}" for number in range(len(entries))]
    columns = {name: Column(name, _ANY_TEXT, "") for name in names}
    table = LoadTable("values", "", columns, Identity(), "")
    return replace(mapping, table=table, fields=dict(zip(names, entries, strict=True)))


@dataclass
class _Counting:
    """Goes through a delivery once, batch by batch."""

    transform: Transform
    maps: Transform | None
    paths: list[Path_]
    records: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    values: dict[Path_, Counter[str]] = field(default_factory=dict)
    filled: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    shapes: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)

    def add(self, batch: RecordBatch) -> None:
        """Count one batch of records."""
        self._add_mapped(self.transform.batch(batch.frame, numbers=batch.numbers, lines=batch.lines))
        self.records += batch.frame.height + batch.rejects.height
        self.broken.update(dict(batch.rejects.group_by("rule").len().iter_rows()))
        if self.maps:
            leads = self.maps.batch(batch.frame, numbers=batch.numbers, lines=batch.lines).leads
            for number, path in enumerate(self.paths):
                counted = self.values.setdefault(path, Counter())
                for value, count in _counts(leads[f"value {number}"]):
                    if value in counted or len(counted) < _MOST_VALUES:
                        counted[value] += count

    def _add_mapped(self, mapped: MappedBatch) -> None:
        for name in self.transform.mapping.fields:
            self.filled[name] += mapped.leads.height - mapped.leads[name].null_count()
        for frame in (mapped.invalid_values, mapped.rejects):
            for name, rule, count in frame.group_by("field", "rule").len().iter_rows():
                self.refused[name, rule] += count
                self.filled[name] += count if rule != Required.word() else 0
        shaped = mapped.invalid_values.select("field", "rule", _shape(pl.col("raw_value")).alias("shape"))
        for name, rule, shape, count in shaped.drop_nulls().group_by(pl.all()).len().iter_rows():
            self.shapes.setdefault((name, rule), Counter())[shape] += count

    def sample(self, file: str, headers: tuple[str, ...]) -> Sample:
        """What was counted."""
        return Sample(file, headers, self.records, self.values, tuple(self._unreadable()), self.broken)

    def _unreadable(self) -> Iterator[Unreadable]:
        order = {name: number for number, name in enumerate(self.transform.mapping.fields)}
        for (name, rule), count in sorted(
            self.refused.items(), key=lambda each: (order.get(each[0][0], -1), each[0])
        ):
            ranked = sorted(
                self.shapes.get((name, rule), Counter()).items(), key=lambda each: (-each[1], each[0])
            )
            shapes = tuple(shape for shape, _ in ranked[:_MOST_SHAPES])
            filled = self.records if rule == Required.word() else self.filled[name]
            yield Unreadable(name, rule, count, filled, shapes)


def _counts(values: pl.Series) -> Iterator[tuple[str, int]]:
    yield from values.drop_nulls().value_counts().iter_rows()


def _shape(text: pl.Expr) -> pl.Expr:
    """How a cell is written, without what is in it: digits become 9, letters A and a.

    Of a value that comes from several cells, a JSON object, the cells that are filled are joined.
    """
    cells = text.str.extract_all(r':"(?:[^"\\]|\\.)*"').list.eval(
        pl.element().str.slice(2).str.strip_suffix('"')
    )
    filled = cells.list.filter(pl.element() != "")
    text = pl.when(text.str.starts_with('{"')).then(filled.list.join(" + ")).otherwise(text)
    letters = (
        text.str.strip_chars()
        .str.replace_all(r"[\p{Ll}\p{Lm}\p{Lo}\p{Lt}]", "a")
        .str.replace_all(r"\p{Lu}", "A")
    )
    short = (
        letters.str.replace_all(r"\p{Nd}", "9")
        .str.replace_all("a{4,}", "aaa…")
        .str.replace_all("A{4,}", "AAA…")
    )
    return (
        pl.when(short.str.len_chars() > _LONGEST_SHAPE)
        .then(short.str.slice(0, _LONGEST_SHAPE) + "…")
        .otherwise(short)
    )
