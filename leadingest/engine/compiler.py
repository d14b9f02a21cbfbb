"""Compile a mapping, bound to the headers of a delivery, into one lazy polars plan.

Every entry becomes a few columns, each computed from columns of earlier stages: the value its source
gives, then the value after each of its words. A stage computes its columns of all entries side by side.
Keeping the value before and after a word is what tells which word did not recognize it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from leadingest.documents.yaml_document import Step
from leadingest.engine.binding import Binding
from leadingest.engine.chain import Chain, Stages, Value, failure_code
from leadingest.engine.plan import KEPT, MARK, WHERE, Plan, Trail, failure_column, raw_column
from leadingest.errors import DefinitionError
from leadingest.expressions import BLANKS, damage_of, trimmed
from leadingest.mapping.models import Entry, OnInvalid
from leadingest.mapping.models import Mapping as SourceMapping
from leadingest.operations.checks.required import Required
from leadingest.operations.checks.unique import Unique
from leadingest.operations.sources.base import Source
from leadingest.operations.sources.sql import Sql
from leadingest.operations.sql.node import TODAY, column_of
from leadingest.operations.sql_expression import kind_of, names_read
from leadingest.operations.sql_range import OUT_OF_RANGE, out_of_range
from leadingest.tables.column import Column
from leadingest.tables.types.base import ColumnType
from leadingest.tables.types.regional import Regional


@dataclass(frozen=True)
class Part:
    """A part of an entry, and the first stage that may read what is here."""

    value: Value
    stage: int
    #: Where the part has a value, and the entry's words turn it into something that the type cannot read.
    misfit: pl.Expr = field(default_factory=lambda: pl.lit(False))
    #: The value as the type reads it, if the type was asked.
    typed: pl.Expr | None = None


@dataclass(frozen=True)
class Inputs:
    """All of it. `deciding` are the values that `when` reads."""

    parts: Sequence[Part]
    named: Mapping[str, Value]
    deciding: Sequence[Value]

    def __iter__(self) -> Iterator[Value]:
        yield from (part.value for part in self.parts)
        yield from self.named.values()
        yield from self.deciding

    @property
    def stage(self) -> int:
        """The first stage that may read all of them."""
        return max((0, *(each.stage for each in self), *(part.stage for part in self.parts)))

    @property
    def origin(self) -> tuple[int, ...]:
        """The columns of the delivery that they come from."""
        return tuple(dict.fromkeys(position for each in self for position in each.origin))

    def untried(self, source: Source) -> pl.Expr:
        """What the source makes of them, whatever the type may say."""
        return source.value([part.value.expr for part in self.parts], self._names)

    def value(self, source: Source) -> pl.Expr:
        """What the source makes of them: parts that the type can read come before those that it cannot."""
        fitting = [
            pl.when(~part.misfit).then(part.value.expr) for part in self.parts if part.typed is not None
        ]
        return source.value([*fitting, *(part.value.expr for part in self.parts)], self._names)

    @property
    def typed(self) -> pl.Expr | None:
        """`value` as the type reads it, if it was asked about every part."""
        typed = [part.typed for part in self.parts if part.typed is not None]
        return pl.coalesce(typed) if typed and len(typed) == len(self.parts) else None

    @property
    def _names(self) -> dict[str, pl.Expr]:
        return {name: value.expr for name, value in self.named.items()}

    def pass_on_failures(self, chain: Chain, source: Source, holds: pl.Expr | None) -> None:
        """Let the chain fail as they do: not where `when` is false, for nothing is asked of it then."""
        evaluated = pl.lit(True) if holds is None else holds.fill_null(False)
        counts = evaluated
        if not source.needs_every_part:
            passed = evaluated
            for part in self.parts:
                chain.inherit(part.value, passed & part.value.failed_for_good)
                passed = passed & (part.value.expr.is_null() | part.misfit)
            counts = evaluated & chain.value.is_null()
        for each in (*(part.value for part in self.parts), *self.named.values()):
            chain.inherit(each, counts)
        for each in self.deciding:
            chain.inherit(each, pl.lit(False) if holds is None else holds.is_null())
        chain.final += [code for part in self.parts for code in part.value.final]


def compile_mapping(
    mapping: SourceMapping, binding: Binding, *, today: date, damaged_cells: bool = False
) -> Plan:
    """The plan that turns the delivery's text columns into leads; `today` is the day of the run.

    With `damaged_cells` it looks in every cell for what spreadsheet programs damage, which costs time: a value made of
    one is invalid. The outcomes, and their codes, are the same with and without it.

    Raises DefinitionError when an SQL expression of the mapping cannot be computed.
    """
    return _Compiler(mapping, binding, today, Stages(damaged_cells)).plan()


def _is_read(chain: Chain, kind: ColumnType) -> bool:
    """Whether the type has to read the value; a number of SQL's for a field of numbers is one already."""
    return not (chain.dtype == kind.dtype != pl.String())


def _regions_first(mapping: SourceMapping) -> list[str]:
    """The fields of the mapping, those first by whose value another one is read."""
    kinds = (column.type for column in mapping.table.columns.values())
    regions = {kind.region_of.column for kind in kinds if isinstance(kind, Regional) and kind.region_of}
    return sorted(mapping.fields, key=lambda name: name not in regions)


class _Compiler:
    def __init__(self, mapping: SourceMapping, binding: Binding, today: date, stages: Stages) -> None:
        self.mapping, self.binding, self.today = mapping, binding, today
        self.stages = stages
        #: Cells that mean "no value".
        self.nulls = [null.strip(BLANKS) for null in mapping.delivery.nulls if null.strip(BLANKS)]
        #: Headers and `let` values: what a name in the mapping means.
        self.names: dict[str, Value] = {}
        self.fields: dict[str, Value] = {}
        self.unique: dict[str, int] = {}
        self.trails: dict[tuple[Step, ...], Trail] = {}

    def plan(self) -> Plan:
        for header, position in self.binding.positions.items():
            self.names[header] = self._header(header, position)
        if self.mapping.reads_today:
            self.stages.add(0, pl.lit(self.today).alias(TODAY))
        for name, entry in self.mapping.let.items():
            chain = self._chain(entry, f"{MARK}let {name}", entry.on_invalid)
            self.names[name] = self._finished(entry, chain, column_of(name), f"{MARK}failure of let {name}")
        for name in _regions_first(self.mapping):
            self.fields[name] = self._field(self.mapping.fields[name], name)
        values = {name: self.fields[name] for name in self.mapping.fields}
        untold = self._untold()
        return Plan(
            columns=tuple(self.binding.positions.values()),
            stages=tuple(tuple(stage) for stage in self.stages.stages),
            result=tuple(self._result(values, untold)),
            outcomes=tuple(self.stages.outcomes),
            unique=self.unique,
            trails=self.trails,
        )

    def _header(self, header: str, position: int) -> Value:
        text = trimmed(pl.col(raw_column(position)))
        filled = ~text.is_in(["", *self.nulls]) if self.nulls else text != ""
        damage = f"{MARK}damage in {header}"
        if self.stages.damaged_cells:
            found = pl.when(filled).then(damage_of(pl.col(raw_column(position))))
            self.stages.add(0, found.alias(damage))
            filled = filled & (found == 0)
        self.stages.add(0, pl.when(filled).then(text).alias(column_of(header)))
        return Value(column_of(header), None, 1, pl.String(), (position,), damage=damage)

    def _field(self, entry: Entry, name: str) -> Value:
        column = self.mapping.table.columns[name]
        required = column.required or any(isinstance(check, Required) for check in entry.checks)
        chain = self._chain(entry, f"{MARK}{name}", "reject" if required else entry.on_invalid)
        self._check_column(chain, column)
        if any(isinstance(check, Unique) for check in entry.checks):
            # What is unique is told batch by batch, from what earlier batches had.
            self.unique[name] = chain.fail(pl.lit(False), Unique.word(), Unique.problem)
        if required:
            chain.fail(chain.value.is_null(), Required.word(), Required.problem)
        return self._finished(entry, chain, f"{MARK}field {name}", failure_column(name))

    def _finished(self, entry: Entry, chain: Chain, column: str, failure: str) -> Value:
        value = chain.finish(column, failure)
        self.trails[entry.path] = Trail(value.origin, tuple(chain.points), value.column, value.failure)
        return value

    def _chain(self, entry: Entry, name: str, on_invalid: OnInvalid, kind: ColumnType | None = None) -> Chain:
        """The entry's chain; `kind`: what its value is to be read as later, where it has no type of its own."""
        chain, parsed = self._source(entry, name, on_invalid, entry.type or kind)
        self._apply_operations(entry, chain)
        if entry.type and _is_read(chain, entry.type):
            self._cast(chain, entry.type, None if entry.operations else parsed)
        for check in entry.checks:
            if not isinstance(check, Required | Unique):
                chain.fail(check.fails(chain.value, chain.dtype), check.word(), check.problem)
        return chain

    def _apply_operations(self, entry: Entry, chain: Chain) -> None:
        if chain.dtype != pl.String() and (entry.operations or entry.type is None):
            chain.value, chain.dtype = chain.value.cast(pl.String), pl.String()
        for number, operation in enumerate(entry.operations, start=1):
            chain.apply(operation, f"{number} {operation.word()}")
            if operation.gives_cells and self.nulls:
                chain.value = pl.when(~chain.value.is_in(self.nulls)).then(chain.value)

    def _cast(self, chain: Chain, kind: ColumnType, parsed: pl.Expr | None = None) -> pl.Expr:
        """Read the value as the type, unless `parsed` is what that gives; where it cannot be."""
        if chain.dtype != pl.String():
            chain.value = chain.value.cast(pl.String)
        return chain.cast(kind, self._read(chain, kind) if parsed is None else parsed)

    def _read(self, chain: Chain, kind: ColumnType) -> pl.Expr:
        """The value as the type reads it, by the rules of the country beside it where each record has its own."""
        text = chain.keep("text")
        where = kind.region_of if isinstance(kind, Regional) else None
        if not isinstance(kind, Regional) or where is None:
            return kind.parse(text, today=self.today)
        header = self.binding.choose(where.headers)
        region = self.names[header] if header else self.fields.get(where.column)
        if region is None:
            return kind.parse_in(text, None)
        chain.stage = max(chain.stage, region.stage)
        return kind.parse_beside(text, region.expr)

    def _source(
        self, entry: Entry, name: str, on_invalid: OnInvalid, kind: ColumnType | None
    ) -> tuple[Chain, pl.Expr | None]:
        """The value that the source gives; also as the type reads it, where that was needed to choose a part."""
        source = entry.source
        parts = [
            self._part(entry, part, f"{name}/{number}", on_invalid, kind)
            for number, part in enumerate(entry.parts)
        ]
        chosen = (
            [self.binding.choose(source.alternatives())] if source.alternatives() else list(source.reads())
        )
        conditions = entry.when.names if entry.when else ()
        if any(each not in self.names for each in (*chosen, *conditions)):
            # Only an optional entry can come here without its header: it has no value.
            chain = Chain(self.stages, name, pl.lit(None, pl.String), pl.String(), 0, (), on_invalid)
            chain.mark(source.word())
            return chain, None
        named = {each: self.names[each] for each in chosen if each}
        inputs = Inputs(parts, named, [self.names[each] for each in conditions])
        dtype = self._dtype(inputs.untried(source), inputs, entry)
        # What reads nothing but the day of the load comes behind it.
        first = 1 if self.mapping.reads_today else 0
        value, parsed, stage, holds = inputs.value(source), inputs.typed, max(first, inputs.stage), None
        if dtype == pl.String():
            value = source.tidied(value)
        if entry.when:
            stage = self.stages.share(stage, entry.when.expression, f"{name}/when")
            holds = pl.col(f"{name}/when")
            value = pl.when(holds).then(value)
            parsed = None if parsed is None else pl.when(holds).then(parsed)
        chain = Chain(self.stages, name, value, dtype, stage, inputs.origin, on_invalid)
        given = chain.keep("source")
        if dtype == pl.String() and not value.meta.is_column():  # a cell and a finished value are never empty
            chain.value = pl.when(given != "").then(given)
        chain.mark(source.word())
        inputs.pass_on_failures(chain, source, holds)
        if isinstance(source, Sql):
            self._check_range(chain, source.word(), source.sql, holds)
        if entry.when:
            self._check_range(chain, "when", entry.when.text)
        return chain, parsed

    def _check_range(self, chain: Chain, word: str, text: str, holds: pl.Expr | None = None) -> None:
        """Fail where something that the expression calculates is out of range."""
        if (stray := out_of_range(text, self._kinds(text))) is not None:
            chain.fail(stray if holds is None else holds.fill_null(False) & stray, word, OUT_OF_RANGE)

    def _kinds(self, text: str) -> dict[str, pl.DataType]:
        return {name: self.names[name].dtype for name in names_read(text)}

    def _part(
        self, entry: Entry, part: Entry, name: str, on_invalid: OnInvalid, kind: ColumnType | None
    ) -> Part:
        """A part of the entry; of one that takes the first part that fits, with whether the type can read it."""
        tried_type = None if entry.source.needs_every_part else kind
        chain = self._chain(part, name, on_invalid, None if entry.operations else tried_type)
        value = self._finished(part, chain, name, f"{name} failure")
        if tried_type is None:
            return Part(value, value.stage)
        tried = chain.trying(value, f"{name}/tried")
        self._apply_operations(entry, tried)
        if not _is_read(tried, tried_type):
            return Part(value, tried.stage, typed=tried.value)
        misfit = self._cast(tried, tried_type)
        return Part(value, tried.stage, misfit, tried.value)

    def _dtype(self, value: pl.Expr, inputs: Iterable[Value], entry: Entry) -> pl.DataType:
        try:
            return kind_of(value, {TODAY: pl.Date(), **{each.column: each.dtype for each in inputs}})
        except ValueError as error:
            place = self.mapping.place(*entry.path, entry.source.word())
            raise DefinitionError([place.problem(f"{entry.source.word()} {error}")]) from error

    def _check_column(self, chain: Chain, column: Column) -> None:
        if column.one_of:
            stray = chain.value.is_not_null() & ~chain.value.is_in(list(column.one_of))
            chain.fail(stray, "one_of", f"is not one of the values of {column.name}")

    def _untold(self) -> pl.Expr | None:
        """Why `where` cannot be told of a record, by the code of an outcome: a value that it reads or calculates has failed."""
        where = self.mapping.where
        if where is None:
            return None
        read = [self.names[name] for name in where.names]
        codes = [code for each in read for code in self._untold_for(each)]
        if (stray := out_of_range(where.text, self._kinds(where.text))) is not None:
            origin = tuple(dict.fromkeys(position for each in read for position in each.origin))
            code = self.stages.outcome(WHERE, OUT_OF_RANGE, "blank", origin)
            codes.append(pl.when(stray).then(failure_code(code)))
        return pl.coalesce(*codes, failure_code(0)) if codes else None

    def _untold_for(self, value: Value) -> Iterator[pl.Expr]:
        if value.failure:
            yield pl.when(value.failed).then(pl.col(value.failure))
        for damage, is_damaged in value.damages:
            code = self.stages.outcome(damage.rule, damage.problem, "blank", value.origin)
            if self.stages.damaged_cells:
                yield pl.when(is_damaged).then(failure_code(code))

    def _result(self, values: dict[str, Value], untold: pl.Expr | None) -> Iterator[pl.Expr]:
        fields = {}
        for name, column in self.mapping.table.columns.items():
            value = values.get(name)
            fields[name] = value.expr if value else pl.lit(None, column.type.dtype)
            yield fields[name].alias(name)
        for name, value in values.items():
            if value.failure:
                yield pl.col(value.failure).alias(failure_column(name))
        where = self.mapping.where
        kept = where.expression.fill_null(False) if where else pl.lit(True)
        if untold is not None:
            # Such a record is not left out: it is kept, and what could not be read is told.
            kept = kept | (untold > 0)
            yield untold.alias(failure_column(WHERE))
        yield kept.alias(KEPT)
