"""How a workbook is to be read: sheet, header, footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.workbook.book import Sheet
from leadingest.drafting.delivery.footer import footer_setting
from leadingest.drafting.delivery.header import header_settings
from leadingest.drafting.delivery.settings import DeliverySettings
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat

_ROWS: Final = 50
_LAST: Final = 3
#: So many times as many cells as the first sheet must another one have to be the list.
_FULLER: Final = 3
#: Of wider sheets only the first columns are looked at here.
_NAMES: Final = tuple(f"column {number}" for number in range(1, 301))

Row = tuple[str, ...]


@dataclass(frozen=True)
class _Sheet:
    name: str
    first: list[Row]
    last: list[Row]
    filled: int


def workbook_settings(delivery: Delivery, sheets: Sequence[Sheet]) -> DeliverySettings:
    """The settings of a workbook with these sheets. Raises DeliveryError where it cannot be read."""
    names = [sheet.name for sheet in sheets if not sheet.hidden] or [sheet.name for sheet in sheets]
    found = [sheet for name in names if (sheet := _sheet(delivery, name, alone=len(names) == 1))]
    if not found:
        raise DeliveryError(f"{delivery.name}: no sheet has records", hint="ask for the file again")
    fullest = max(found, key=lambda sheet: sheet.filled)
    chosen = fullest if fullest.filled > _FULLER * found[0].filled else found[0]
    settings = DeliverySettings()
    if chosen.name != names[0]:
        settings = settings.adding({"sheet": chosen.name})
    settings = header_settings(settings, chosen.first)
    last = [(",".join(filter(None, row)), sum(map(bool, row))) for row in chosen.last]
    cells = max(sum(map(bool, row)) for row in chosen.first)
    return settings.adding(footer_setting(last, cells))


def _sheet(delivery: Delivery, name: str, *, alone: bool) -> _Sheet | None:
    """The sheet with its first and last rows; None for one without rows, unless there is no other.

    No row is taken for the header here: the rows below a title of one cell would be too wide for it.
    """
    fmt = DeliveryFormat(sheet=name, header="none", names=_NAMES)
    first = last = pl.DataFrame()
    filled = 0
    try:
        with open_records(delivery, fmt) as records:
            for batch in records.batches():
                first = batch.frame.head(_ROWS) if first.is_empty() else first
                last = batch.frame.tail(_LAST) if batch.frame.height else last
                filled += int((batch.frame != "").sum().sum_horizontal().item())
    except DeliveryError:
        if alone:
            raise
        return None
    return _Sheet(name, first.rows(), last.rows(), filled) if first.height else None
