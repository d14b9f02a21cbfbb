"""The settings of a delivery that a draft must say, as far as they are told by its rows: header and footer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from leadingest.deliveries.header_names import clean_names
from leadingest.drafting.shapes import SHAPES
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.tables.types import LOOKS
from leadingest.tables.types.base import Evidence, Look


@dataclass(frozen=True)
class DeliverySettings:
    """Keys of the `delivery` section that differ from their defaults, and of some why they may be wrong."""

    values: Mapping[str, Any] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)

    @property
    def format(self) -> DeliveryFormat:
        """The settings as readers take them."""
        return DeliveryFormat.model_validate(self.values)

    def adding(self, values: Mapping[str, Any], doubts: Mapping[str, str] | None = None) -> DeliverySettings:
        """These settings and more."""
        return DeliverySettings({**self.values, **values}, {**self.doubts, **(doubts or {})})


_BEGINS: Final = re.compile(
    r'^[,"\s]*+((?:grand )?total\b|report\b|end of\b|as of\b|source:|note:|printed\b|run date|generated\b|\d+ (?:records|rows)\b)',
    re.IGNORECASE,
)
#: Of the cells that a record has: a footer fills fewer.
_FEW: Final = 0.4


def footer_setting(last: Sequence[tuple[str, int]], cells: int) -> dict[str, Any]:
    """`footer` by the beginning of the first of the last lines that is one; each comes with how many cells it fills."""
    for line, filled in last:
        begins = _BEGINS.match(line)
        if begins and filled <= max(1, _FEW * cells):
            return {"footer": {"match": f'^[,"\\s]*{pl.escape_regex(begins[1])}'}}
    return {}


_SEARCHED: Final = 30
#: Of the widest row: a title above the header fills fewer cells.
_WIDE: Final = 0.6
_FILLED: Final = 0.5
#: In a narrower table a row that fills fewer cells may as well be a header with a blank in it.
_NARROW: Final = 3
_MOST_DIGITS: Final = 0.3
_MADE_UP: Final = (
    "the file has no header: these names are made up; the first record may show what they should be"
)
_NAMES_TO_FIND_BY: Final = 2


def header_settings(settings: DeliverySettings, rows: Sequence[Sequence[str]]) -> DeliverySettings:
    """The settings with what must be said of the header: nothing where it is the first row."""
    cleaned = [clean_names(row) for row in rows]
    at = header_row(cleaned)
    if at is None:
        return settings
    names = cleaned[at]
    if _is_record(names):
        if at:
            return settings
        values = {"header": "none", "names": _made_up_names(names)}
        return settings.adding(values, {"names": _MADE_UP})
    if at == 0:
        return _one_name_short(settings, cleaned)
    telling = [name for name in dict.fromkeys(names) if name]
    return settings.adding({"header": {"match": telling[:_NAMES_TO_FIND_BY]}})


def _one_name_short(settings: DeliverySettings, rows: Sequence[tuple[str, ...]]) -> DeliverySettings:
    """What must be said where every record has one cell more than the header: a first one, or a blank last one."""
    names, *records = rows
    if not records or not all(names) or any(len(record) != len(names) + 1 for record in records):
        return settings
    if not any(record[-1] for record in records):
        return settings.adding({"header": 1, "names": [*names, ""]})
    return settings.adding({"header": {"row_names": True}})


def header_row(rows: Sequence[tuple[str, ...]]) -> int | None:
    """The first row that is about as wide as the widest, and mostly filled."""
    widest = max((_extent(row) for row in rows), default=0)
    if rows and widest < _NARROW and len(rows[0]) >= widest:
        return 0
    for number, row in enumerate(rows[: min(_SEARCHED, len(rows) - 1)]):
        extent = _extent(row)
        if extent and extent >= _WIDE * widest and sum(map(bool, row)) >= _FILLED * extent:
            return number
    return None


def _extent(row: Sequence[str]) -> int:
    """How many cells there are up to the last filled one."""
    return max((number for number, cell in enumerate(row, start=1) if cell), default=0)


def _is_record(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    shaped = any(look.tells is Evidence.NO_TEXT for cell in filled for look in _looks(cell))
    return shaped or sum(cell.isdigit() for cell in filled) > _MOST_DIGITS * len(filled)


def _looks(cell: str) -> Iterator[Look]:
    """The looks that the cell has, as far as they have a name for their column."""
    for kind, look in LOOKS.items():
        if look.header and re.search(SHAPES[kind] if look.tells is Evidence.NO_TEXT else look.pattern, cell):
            yield look


def _made_up_names(cells: Sequence[str]) -> list[str]:
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = next((look.header for look in _looks(cell)), None)
        names.append(name if name and name not in names else f"Column {number}")
    return names
