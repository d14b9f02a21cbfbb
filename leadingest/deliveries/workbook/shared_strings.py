"""The texts that cells of a workbook share: a cell has only the number of its text."""

from __future__ import annotations

from typing import Final

import polars as pl

from leadingest.deliveries.workbook.package import Package
from leadingest.deliveries.workbook.xml_elements import element_pieces
from leadingest.deliveries.workbook.xml_text import ATTRIBUTES, RICH_TEXT, SPACE, plain_text, rich_text
from leadingest.errors import DeliveryError

#: They are held in memory as long as the sheet is read.
_MOST_BYTES: Final = 512 << 20
_ITEM: Final = rf"^{ATTRIBUTES}(?:/>|>{RICH_TEXT}</si>){SPACE}$"


def read_shared_strings(package: Package, path: str, *, size: int) -> pl.Series:
    """The texts, in the order of their numbers. Raises DeliveryError for a damaged part, or too much text."""
    texts = [pl.Series([], dtype=pl.String)]
    if path and path in package:
        left = _MOST_BYTES
        with package.open(path) as part:
            pieces = element_pieces(part, within="sst", element="si", size=size, damaged=package.damaged)
            for piece in pieces:
                texts.append(_items(piece, package))
                left -= len(piece)
                if left < 0:
                    raise DeliveryError(
                        f"{package.name}: the workbook has more text than fits in memory",
                        hint="save the sheet as CSV",
                    )
    return pl.concat(texts)


def _items(piece: str, package: Package) -> pl.Series:
    split = pl.Series([piece]).str.split("<si").explode()
    items = split.slice(1)
    if split[0].strip() or not items.str.contains(_ITEM).all():
        raise package.damaged()
    return plain_text(rich_text(items), package.damaged)
