"""Leave out last records that are no records, such as a total."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import FooterMatch

#: So many last lines are searched for the beginning of a footer.
LOOKED_AT: Final = 100


@dataclass(frozen=True)
class LastRow:
    """One of the last rows of a delivery: a record, or what could not be read as one."""

    line: int
    cells: Sequence[str]

    @property
    def texts(self) -> tuple[str, str]:
        """What a footer is told by: the cells that are not blank with commas between them, and the line of CSV."""
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(self.cells)
        return ",".join(filter(None, self.cells)), line.getvalue()


def held_back(footer: int | FooterMatch) -> int:
    """How many last records must be seen together to tell the footer."""
    return footer if isinstance(footer, int) else LOOKED_AT


def footer_length(last: Sequence[LastRow], footer: int | FooterMatch, *, cells: int, name: str) -> int:
    """How many of the last rows are footer; a record has so many `cells`, and `name` is that of the delivery.

    A footer begins with the first row that matches, from the end up to the last row that looks like a record. Raises
    DeliveryError where rows match only farther up.
    """
    if isinstance(footer, int):
        return min(footer, len(last))
    searched = last[-LOOKED_AT:]
    matching, like = _matching(searched, footer), _like_records(searched, cells)
    start = None
    for at in range(len(searched) - 1, -1, -1):
        if matching[at] and (start is None or not like[at]):
            start = at
        elif like[at]:
            break
    if start is not None:
        return len(searched) - start
    if any(matching):
        raise _not_at_the_end(searched, matching.index(True), like, name)
    return 0


def _not_at_the_end(rows: Sequence[LastRow], at: int, like: Sequence[bool], name: str) -> DeliveryError:
    behind = sum(like[at + 1 :])
    reason = (
        "1 row after it looks like a record" if behind == 1 else f"{behind} rows after it look like records"
    )
    return DeliveryError(
        f"{name}: line {rows[at].line}: it matches `footer`, but {reason}",
        hint="under `footer` in the delivery section of the mapping, give a pattern that matches no record, "
        f"or the number of footer lines; the last {LOOKED_AT} lines are searched, from the end up",
        line=rows[at].line,
    )


def _matching(rows: Sequence[LastRow], footer: FooterMatch) -> list[bool]:
    """Which of them match. The pattern runs in Rust's regex, as all of a mapping do: in linear time, whatever it is."""
    # A byte that does not decode is a lone surrogate here, which polars does not take.
    texts = [[text.encode("utf-8", "replace").decode() for text in row.texts] for row in rows]
    found = pl.DataFrame(texts, schema={"filled": pl.String, "line": pl.String}, orient="row")
    return found.select(pl.any_horizontal(pl.all().str.contains(footer.match))).to_series().to_list()


def _like_records(rows: Sequence[LastRow], cells: int) -> list[bool]:
    """Which look like records: as full as others, with letters and digits in the columns where most of them have these."""
    filled = [sum(map(bool, row.cells)) if len(row.cells) == cells else 0 for row in rows]
    full = [2 * number > max(filled) for number in filled]
    kinds = [tuple(map(_kind, row.cells)) for row in rows]
    columns = zip(*(each for each, is_full in zip(kinds, full, strict=True) if is_full), strict=True)
    usual = [Counter(column).most_common(1)[0][0] for column in columns]
    wanted = [at for at, kind in enumerate(usual) if any(kind)]
    return [
        is_full and 2 * sum(each[at] == usual[at] for at in wanted) > len(wanted)
        for each, is_full in zip(kinds, full, strict=True)
    ]


def _kind(cell: str) -> tuple[bool, bool]:
    return any(map(str.isdigit, cell)), any(map(str.isalpha, cell))
