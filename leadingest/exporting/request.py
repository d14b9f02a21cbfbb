"""What somebody wants handed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from leadingest.destinations.leads import LINEAGE
from leadingest.documents.nearest import did_you_mean
from leadingest.errors import UsageError
from leadingest.exporting.formats import FORMATS
from leadingest.mapping.read_sections import SOURCE_NAME
from leadingest.operations.sql.node import TODAY, column_of
from leadingest.operations.sql_expression import kind_of_sql, names_read, parse_sql
from leadingest.operations.sql_range import out_of_range, refuse_uncertain
from leadingest.stores.location import Location
from leadingest.stores.open_store import exists


@dataclass(frozen=True)
class Request:
    """An export as it is asked for."""

    file: Location
    format: str
    #: What the program remembers it by; "" for an export of everything that is not remembered.
    name: str = ""
    #: None: the source and every lead field.
    columns: tuple[str, ...] | None = None
    #: An SQL condition over the columns of the view; "" for none.
    where: str = ""
    sources: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    #: Hand everything out once more.
    all_again: bool = False

    @property
    def manifest(self) -> Location:
        """The file beside it that tells what is in it."""
        return self.file.with_name(f"{self.file.name}.json")

    @property
    def chosen_by(self) -> dict[str, object]:
        """Which leads are asked for."""
        return {"where": self.where or None, "sources": list(self.sources), "states": list(self.states)}

    def refuse_unusable(self) -> None:
        """Raise UsageError for a name that is none, or an option that has nothing to do without one."""
        if self.name and not SOURCE_NAME.fullmatch(self.name):
            raise UsageError(
                f"{self.name!r} is not a valid export name: use 1 to 64 letters, digits or any of _ . -",
                hint="for example --name weekly",
            )
        if self.all_again and not self.name:
            raise UsageError(
                "--all-again requires --name",
                hint="without --name, all leads are exported anyway",
            )

    def refuse_existing_file(self) -> None:
        """Raise UsageError where the file is there: leads that nobody has fetched yet would be gone."""
        for file in (self.file, self.manifest):
            if exists(file):
                raise UsageError(
                    f"{file} already exists", hint="name another file, or replace it with --overwrite"
                )


def format_of(file: Location, requested: str | None) -> str:
    """The format that is asked for, else that of the file's name. Raises UsageError where neither says it."""
    ending = file.suffix.removeprefix(".").lower()
    if requested or ending in FORMATS:
        return requested or ending
    raise UsageError(
        f"{file.name} does not tell the format{did_you_mean(ending, FORMATS)}",
        hint=f"name it {file.stem}.csv, or use --format {', '.join(FORMATS)}",
    )


#: The column that tells whether a lead is new, has changed or has reappeared since the export before.
CHANGE = "change"
#: Leads are told apart by these, whatever else is asked for.
KNOWN_BY = ("source_name", "lead_key", "name_hash")
_EXAMPLE = "such as \"state = 'TX' AND license_issued >= DATE '2026-01-01'\""


@dataclass(frozen=True)
class ExportSelection:
    """Columns of the file, in their order, and the conditions that its leads meet."""

    columns: tuple[str, ...]
    #: What a lead is compared by with what was handed out of it: the lead fields among the columns.
    compared: tuple[str, ...]
    #: All that has to be read.
    read: tuple[str, ...]
    #: Over the columns that SQL expressions read.
    conditions: tuple[pl.Expr, ...]
    #: What `today` is in them.
    today: date
    #: Where a condition calculates what is out of range, so that it cannot be told.
    untold: pl.Expr | None = None

    def of(self, leads: pl.DataFrame) -> pl.DataFrame:
        """Those of the leads that are asked for. Raises UsageError where that cannot be told of one of them."""
        named = leads.rename(column_of)
        dated = named.with_columns(pl.lit(self.today).alias(TODAY))
        if self.untold is not None and dated.select(self.untold.any()).item():
            raise UsageError(
                "--where computes a number or a date that is out of range for some leads", hint=_EXAMPLE
            )
        selected = dated.filter(*(condition.fill_null(False) for condition in self.conditions))
        return selected.drop(TODAY).rename(dict(zip(named.columns, leads.columns, strict=True)))


def choice_of(request: Request, types: Mapping[str, pl.DataType], *, today: date) -> ExportSelection:
    """What the request asks for of a view with columns of these types; `today` is the day of the export.

    Raises UsageError for a column that there is not, and for a condition that is none.
    """
    fields = tuple(name for name in types if name not in LINEAGE)
    # A lead field of that name goes first.
    change = (CHANGE,) if request.name and CHANGE not in types else ()
    columns = request.columns or (*change, "source_name", *fields)
    offered = (*change, *types)
    for name in columns:
        if name not in offered:
            raise UsageError(
                f"leads have no column {name!r}{did_you_mean(name, offered)}",
                hint=f"the columns are {', '.join(offered)}",
            )
    # Not in the order of the columns, which may be another one the next time.
    compared = tuple(name for name in fields if name in columns)
    if request.name and not compared:
        raise UsageError(
            "an export with a name needs at least one field, to detect changed leads",
            hint=f"the fields are {', '.join(fields)}",
        )
    conditions = _conditions(request, types)
    names = (*(names_read(request.where) if request.where else ()), *(["state"] if request.states else []))
    read = dict.fromkeys((*KNOWN_BY, *(name for name in columns if name in types), *names))
    return ExportSelection(
        tuple(dict.fromkeys(columns)), compared, tuple(read), conditions, today, _untold(request, types)
    )


def _conditions(request: Request, types: Mapping[str, pl.DataType]) -> tuple[pl.Expr, ...]:
    conditions = [_parsed(request.where, types)] if request.where else []
    if request.states:
        if "state" not in types:
            raise UsageError(
                "--state requires a field 'state', which these leads do not have",
                hint="--where accepts any condition",
            )
        conditions.append(pl.col(column_of("state")).is_in([state.upper() for state in request.states]))
    return tuple(conditions)


def _untold(request: Request, types: Mapping[str, pl.DataType]) -> pl.Expr | None:
    return out_of_range(request.where, types) if request.where else None


def _parsed(text: str, types: Mapping[str, pl.DataType]) -> pl.Expr:
    """The condition. What looks at no column is none: it would be the same for every lead."""
    try:
        condition, names = parse_sql(text), names_read(text)
        for name in names:
            if name not in types:
                raise UsageError(
                    f"--where: leads have no column {name!r}{did_you_mean(name, types)}",
                    hint=f"put texts in single quotes: 'TX'; the columns are {', '.join(types)}",
                )
        kind = kind_of_sql(text, {name: types[name] for name in names})
        refuse_uncertain(text, types)
    except ValueError as error:
        raise UsageError(f"--where {error}", hint=_EXAMPLE) from error
    if kind != pl.Boolean() or not names:
        raise UsageError(f"--where must be a condition on a column, but {text} is not", hint=_EXAMPLE)
    return condition
