"""One entry on its way from its source to its finished value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import polars as pl

from leadingest.engine.plan import MARK, PossibleFailure, Waypoint
from leadingest.expressions import DAMAGES, Damage
from leadingest.mapping.models import OnInvalid
from leadingest.operations.base import Operation, Otherwise, PartOperation, RecognizingOperation
from leadingest.tables.types.base import ColumnType


@dataclass(frozen=True)
class Value:
    """A computed column, the one that tells its failures, and the first stage that may read them."""

    column: str
    failure: str | None
    stage: int
    dtype: pl.DataType
    #: The columns of the delivery it comes from, by position.
    origin: tuple[int, ...]
    #: The failures for which nothing may stand in, no later part of a `first_of` either.
    final: tuple[int, ...] = ()
    #: The column that tells which of `DAMAGES` it is, of what comes from the delivery as it is.
    damage: str | None = None

    @property
    def expr(self) -> pl.Expr:
        """The value, for whatever is computed in its stage or a later one."""
        return pl.col(self.column)

    @property
    def failed(self) -> pl.Expr:
        """Whether it could not be read."""
        return pl.col(self.failure) > 0 if self.failure else pl.lit(False)

    @property
    def damages(self) -> Iterator[tuple[Damage, pl.Expr]]:
        """What a spreadsheet program may have made of it, and where that is so."""
        for number, damage in enumerate(DAMAGES if self.damage else (), start=1):
            yield damage, pl.col(self.damage or "") == number

    @property
    def failed_for_good(self) -> pl.Expr:
        """Whether it could not be read, and nothing may stand in for it."""
        return pl.col(self.failure).is_in(self.final) if self.failure else pl.lit(False)


@dataclass
class Stages:
    """The expressions gathered so far, by stage, and every outcome that a failure code stands for.

    `damaged_cells` says whether cells may be what a spreadsheet program has damaged. Codes are the same either way.
    """

    damaged_cells: bool
    stages: list[list[pl.Expr]] = field(default_factory=list)
    outcomes: list[PossibleFailure] = field(default_factory=list)
    #: Columns that several entries read, with the first stage that may.
    shared: dict[str, int] = field(default_factory=dict)
    #: What entries have computed on their way, by the columns that it reads: each with its column, and the first stage
    #: that may read it.
    kept: dict[tuple[str, ...], list[tuple[pl.Expr, str, int]]] = field(default_factory=dict)

    def share(self, stage: int, expr: pl.Expr, column: str) -> int:
        """Compute the expression as the column unless that was done for another entry; the first stage that may read it."""
        if column not in self.shared:
            self.add(stage, expr.alias(column))
            self.shared[column] = stage + 1
        return self.shared[column]

    def keep(self, stage: int, expr: pl.Expr, column: str) -> tuple[str, int]:
        """Compute the expression as the column, unless another entry does the same: then its column is the one to read.

        Gives the column, and the first stage that may read it.
        """
        alike = self.kept.setdefault(tuple(expr.meta.root_names()), [])
        for other, its_column, ready in alike:
            if other.meta.eq(expr):
                return its_column, max(stage, ready)
        self.add(stage, expr.alias(column))
        alike.append((expr, column, stage + 1))
        return column, stage + 1

    def add(self, stage: int, expr: pl.Expr) -> None:
        """Compute the expression in the stage."""
        while len(self.stages) <= stage:
            self.stages.append([])
        self.stages[stage].append(expr)

    def outcome(self, rule: str, problem: str, fate: OnInvalid, origin: tuple[int, ...]) -> int:
        """The code of a new outcome."""
        code = len(self.outcomes) + 1
        self.outcomes.append(PossibleFailure(code, rule, problem, fate, origin))
        return code


@lru_cache(maxsize=1024)
def failure_code(code: int) -> pl.Expr:
    """The code of an outcome as the value of a failure column; to make such a literal takes longer than most expressions."""
    return pl.lit(code, pl.UInt16)


@dataclass
class Chain:
    """The value of an entry so far: an expression over columns of stages before `stage`.

    Conditions under which it fails are gathered in order; the first one that holds counts.
    """

    stages: Stages
    name: str
    value: pl.Expr
    dtype: pl.DataType
    stage: int
    origin: tuple[int, ...]
    on_invalid: OnInvalid
    #: Whether it tells failures; otherwise a value is only tried.
    tells: bool = True
    #: Conditions, each with the code that a value gets for which it is the first to hold.
    failures: list[tuple[pl.Expr, pl.Expr]] = field(default_factory=list)
    #: The codes for which nothing may stand in.
    final: list[int] = field(default_factory=list)
    points: list[Waypoint] = field(default_factory=list)

    def keep(self, step: str) -> pl.Expr:
        """Compute what the chain has come to as a column, unless it is one: what follows only refers to it."""
        if self.value.meta.is_column():
            return self.value
        column, self.stage = self.stages.keep(self.stage, self.value, f"{self.name}/{step}")
        self.value = pl.col(column)
        return self.value

    def trying(self, value: Value, name: str) -> Chain:
        """A chain that begins with the value and tells of no failure."""
        return Chain(
            self.stages,
            name,
            value.expr,
            value.dtype,
            value.stage,
            value.origin,
            self.on_invalid,
            tells=False,
        )

    def mark(self, word: str) -> None:
        """Note what the value has become by way of the word."""
        self.points.append(Waypoint(word, self.value))

    def fail(self, condition: pl.Expr, rule: str, problem: str, fate: OnInvalid | None = None) -> int:
        """Where the condition holds, the value cannot be read: `<header> <problem>`. Gives the code of that, if it is told."""
        if not self.tells:
            return 0
        code = self.stages.outcome(rule, problem, fate or self.on_invalid, self.origin)
        self.failures.append((condition, failure_code(code)))
        return code

    def inherit(self, made_of: Value, condition: pl.Expr) -> None:
        """Fail as what the value is made of has failed, where the condition holds."""
        if made_of.failure:
            self.failures.append((made_of.failed & condition, pl.col(made_of.failure)))
        for damage, is_damaged in made_of.damages:
            code = self.stages.outcome(damage.rule, damage.problem, self.on_invalid, self.origin)
            if self.stages.damaged_cells:
                self.failures.append((is_damaged & condition, failure_code(code)))

    def apply(self, operation: Operation, step: str) -> None:
        """Apply a word. Null from a word that recognizes values means: not recognized; "" means: blank."""
        before = self.keep(f"{step} before")
        made = (
            self._taken_apart(operation, before)
            if isinstance(operation, PartOperation)
            else operation.expr(before)
        )
        self.value = operation.tidied(made)
        after = self.keep(step)
        if isinstance(operation, RecognizingOperation):
            self._judge(operation, before, after)
        self.value = pl.when(self.value != "").then(self.value)
        self.mark(operation.word())

    def _taken_apart(self, operation: PartOperation, before: pl.Expr) -> pl.Expr:
        column = f"{MARK}{before.meta.output_name()} apart by {operation.word()}"
        self.stage = max(self.stage, self.stages.share(self.stage, operation.apart(before), column))
        return operation.part(pl.col(column))

    def _judge(self, operation: RecognizingOperation, before: pl.Expr, after: pl.Expr) -> None:
        unknown = before.is_not_null() & after.is_null()
        match operation.otherwise:
            case "invalid":
                self.fail(unknown, operation.word(), operation.problem)
            case "stop" | "reject" as fate:
                rejecting: OnInvalid | None = "reject" if fate == "reject" else None
                self.final.append(self.fail(unknown, operation.word(), operation.problem, rejecting))
            case "keep":
                self.value = pl.coalesce(after, before)
            case Otherwise(const=const):
                self.value = pl.when(unknown).then(pl.lit(const)).otherwise(after)
            case "blank":
                return

    def cast(self, kind: ColumnType, parsed: pl.Expr) -> pl.Expr:
        """Take `parsed` for the value; what it has lost could not be read as the type. Gives whether that is so."""
        before = self.value
        self.value, self.dtype = parsed, kind.dtype
        after = self.keep("type")
        lost = before.is_not_null() & after.is_null()
        self.fail(lost, kind.name, f"is {kind.problem}")
        self.mark(kind.name)
        return lost

    def finish(self, column: str, failure: str) -> Value:
        """The finished value under `column`, null wherever `failure` holds the code of an outcome."""
        if not self.failures:
            self.stages.add(self.stage, self.value.alias(column))
            return Value(column, None, self.stage + 1, self.dtype, self.origin)
        value = self.keep("unchecked")
        code = failure_code(0)
        for condition, its_code in reversed(self.failures):
            code = pl.when(condition).then(its_code).otherwise(code)
        self.stages.add(self.stage, code.alias(failure))
        self.stages.add(self.stage + 1, pl.when(pl.col(failure) == 0).then(value).alias(column))
        return Value(column, failure, self.stage + 2, self.dtype, self.origin, tuple(self.final))
