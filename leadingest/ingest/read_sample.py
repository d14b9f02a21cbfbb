"""A delivery, read by a mapping and counted, for lint to compare the two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.records import RecordBatch
from leadingest.drift.profiles.lead_profiler import LeadProfiler
from leadingest.drift.superseded import leave_out_superseded
from leadingest.drift.value_maps import ValueMapCounts
from leadingest.engine.binding import respelled
from leadingest.engine.transform import MappedBatch, Transform
from leadingest.errors import DefinitionError, DeliveryError
from leadingest.lint.subject import CountedDelivery, LeftOver, Unreadable
from leadingest.mapping.models import ParsedMapping
from leadingest.mapping.read_mapping import mapping_of
from leadingest.operations.checks.required import Required
from leadingest.operations.extract import Extract

#: Ways of writing that are named.
_MOST_SHAPES = 3
_LONGEST_SHAPE = 40
#: What can be no value of a person, where so many cells have it and no other: signs and one digit again and again,
#: or a word that says that nothing is known.
_FEWEST_SAME = 2
_SAYS_NOTHING = (
    r"(?i)^(?:[^\p{L}\p{Nd}]*(?:(?:0+|9+)[^\p{L}\p{Nd}]*)*"
    r"|\W*(?:n\W?a|not? (?:applicable|available|data|information|phone|email|website|listed|provided|given)"
    r"|none|null|nil|unknown|unavailable|missing|blank|pending|tbd|tba|see (?:website|comments?|notes?))\W*)$"
)


def read_sample(
    reading: ParsedMapping, name: str, file: AbstractContextManager[Delivery], *, today: date
) -> CountedDelivery:
    """What the file of this name shows of the mapping. Only the headers are read where the mapping has problems."""
    if reading.delivery is None:
        return CountedDelivery(name)
    headers: tuple[str, ...] = ()
    try:
        with file as delivery, open_records(delivery, reading.delivery) as records:
            headers = records.headers
            # A mapping that has problems may not tell what it reads.
            if not reading.problems:
                headers = respelled(mapping_of(reading), headers)
            counting = _counting(reading, headers, today)
            if counting is None:
                return CountedDelivery(name, headers)
            leave_out_superseded(counting.transform, delivery)
            for batch in records.batches():
                counting.add(batch)
    except DeliveryError as error:
        return CountedDelivery(name, headers, error=error.message)
    return counting.sample(name, headers)


def _counting(reading: ParsedMapping, headers: tuple[str, ...], today: date) -> _Counting | None:
    """What counts the records; None where no record can be mapped."""
    try:
        mapping = mapping_of(reading)
        maps = ValueMapCounts(mapping, headers, today=today)
        return _Counting(Transform(mapping, headers, today=today), maps, LeadProfiler(mapping))
    except (DefinitionError, DeliveryError):
        return None


@dataclass
class _Counting:
    """Goes through a delivery once, batch by batch."""

    transform: Transform
    maps: ValueMapCounts
    leads: LeadProfiler
    records: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    shapes: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    #: The one text of all cells that a rule refuses in a field; None where there are several.
    same: dict[tuple[str, str], str | None] = field(default_factory=dict)

    #: By column: cells of which something is left over, all of which something was taken, and one of the first.
    left_over: dict[str, tuple[int, int, str]] = field(default_factory=dict)

    def add(self, batch: RecordBatch) -> None:
        """Count one batch of records."""
        self._add_mapped(self.transform.batch(batch.frame, numbers=batch.numbers, lines=batch.lines))
        self.records += batch.frame.height + batch.rejects.height
        for header, position in self.transform.binding.positions.items():
            if header in self._extracting:
                self._add_left_over(header, batch.frame[str(position)])
        self.broken.update(dict(batch.rejects.group_by("rule").len().iter_rows()))
        self.maps.add(batch.frame)

    @cached_property
    def _extracting(self) -> dict[str, dict[str, Extract]]:
        """The columns that several fields extract a part of, and do nothing else with: by field, what each takes."""
        found: dict[str, dict[str, Extract]] = {}
        for name, entry in self.transform.mapping.fields.items():
            match entry.operations, entry.source.alternatives():
                case (Extract() as operation,), (header,):
                    found.setdefault(header, {})[name] = operation
        return {header: operations for header, operations in found.items() if len(operations) > 1}

    def _add_left_over(self, header: str, cells: pl.Series) -> None:
        operations = self._extracting[header].values()
        parts = [operation.expr(pl.col("text")) for operation in operations]
        taken = pl.sum_horizontal(_signs(part).fill_null(0) for part in parts)
        found = (
            pl.LazyFrame({"text": cells})
            .with_columns(taken=taken, there=_signs(pl.col("text")))
            .filter(pl.col("taken") > 0)
            .select(
                pl.len().alias("filled"),
                text=pl.col("text").filter(pl.col("taken") < pl.col("there")).implode(),
            )
            .collect()
        )
        filled, texts = found.row(0)
        count, all_filled, example = self.left_over.get(header, (0, 0, ""))
        self.left_over[header] = (count + len(texts), all_filled + filled, example or next(iter(texts), ""))

    def _add_mapped(self, mapped: MappedBatch) -> None:
        self.leads.add(mapped)
        for name in self.transform.mapping.fields:
            self.filled[name] += mapped.leads.height - mapped.leads[name].null_count()
        for frame in (mapped.invalid_values, mapped.rejects):
            for name, rule, count in frame.group_by("field", "rule").len().iter_rows():
                self.refused[name, rule] += count
                self.filled[name] += count if rule != Required.word() else 0
        shaped = mapped.invalid_values.select("field", "rule", _shape(pl.col("raw_value")).alias("shape"))
        for name, rule, shape, count in shaped.drop_nulls().group_by(pl.all()).len().iter_rows():
            self.shapes.setdefault((name, rule), Counter())[shape] += count

        texts = mapped.invalid_values.group_by("field", "rule").agg(
            pl.col("raw_value").n_unique().alias("texts"), pl.col("raw_value").first()
        )
        for name, rule, number, text in texts.iter_rows():
            only = text if number == 1 and self.same.get((name, rule), text) == text else None
            self.same[name, rule] = only

    def sample(self, file: str, headers: tuple[str, ...]) -> CountedDelivery:
        """What was counted."""
        return CountedDelivery(
            file,
            headers,
            self.records,
            self.maps.by_path,
            tuple(self._unreadable()),
            self.leads.key().counts_records and bool(self.transform.mapping.key),
            tuple(self._left_over()),
            self.broken,
        )

    def _left_over(self) -> Iterator[LeftOver]:
        for header, (count, filled, example) in self.left_over.items():
            if count:
                fields = tuple(self._extracting[header])
                yield LeftOver(fields, count, filled, str(pl.select(_shape(pl.lit(example))).item()))

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
            yield Unreadable(name, rule, count, filled, shapes, self._token(name, rule, count))

    def _token(self, name: str, rule: str, count: int) -> str:
        text = self.same.get((name, rule))
        harmless = text and count >= _FEWEST_SAME and pl.Series([text]).str.contains(_SAYS_NOTHING).item()
        return text if text and harmless else ""


def _signs(text: pl.Expr) -> pl.Expr:
    """How many letters and digits the text has."""
    return text.str.count_matches(r"[\p{L}\p{Nd}]")


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
