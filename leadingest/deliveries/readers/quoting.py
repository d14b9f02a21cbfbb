"""What the quotes of a block enclose, and the lines with quotes that stand where RFC 4180 has none."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from leadingest.deliveries.readers.bits import (
    Offsets,
    Words,
    after_each,
    before_each,
    between_pairs,
    bit_at,
    counted,
    first_bit,
    last_bit,
    set_at,
)


@dataclass(frozen=True)
class Quoting:
    """What stands inside quotes: an opening quote counts as inside, a closing one as outside."""

    inside: Words
    #: Where the lines begin that have a quote out of place. Their quotes enclose nothing here.
    broken: Offsets
    #: The bytes before a quote that is not closed in the block; all of them where each is.
    sound: int


def quoting_of(quotes: Words, borders: Words, returns: Words | None, newlines: Offsets, size: int) -> Quoting:
    """That of a block of so many bytes, which starts with a record.

    `borders` are the delimiters and line feeds, which may stand before and behind a quoted cell; `returns`, carriage
    returns, only behind it.
    """
    last = np.array([size - 1])
    borders = borders | quotes
    before = after_each(borders)
    follows = before_each(borders if returns is None else borders | returns) | set_at(last, quotes.size)
    inside, broken = between_pairs(quotes), newlines[:0]
    wrong = _misplaced(quotes, inside, before, follows)
    if wrong.any():
        bounds = np.concatenate([[0], newlines + 1, [size]])
        lines = _broken_lines(quotes, wrong, _misplaced(quotes, ~inside, before, follows), bounds)
        broken = bounds[lines]
        # The end of the last line may be one behind the last word.
        edges = set_at(np.concatenate([broken, bounds[lines + 1]]), quotes.size + 1)
        quotes = quotes & ~between_pairs(edges)[:-1]
        inside = between_pairs(quotes)
        wrong = _misplaced(quotes, inside, before, follows)
    if wrong.any():
        return Quoting(inside, broken, first_bit(wrong))
    return Quoting(inside, broken, last_bit(quotes & inside) if bit_at(inside, last)[0] else size)


def _misplaced(quotes: Words, inside: Words, before: Words, follows: Words) -> Words:
    """The opening quotes with no border before them, and the closing ones with none behind."""
    return quotes & ((inside & ~before) | ~(inside | follows))


def _broken_lines(quotes: Words, wrong: Words, wrong_else: Words, bounds: Offsets) -> Offsets:
    """The lines in which no record that begins with them has its quotes where they may be.

    `wrong` are the quotes out of place as they follow each other from the start of the block, `wrong_else` those where
    inside were outside. Behind a broken line a record begins: the walk goes from one line to the next that matters.
    """
    before = counted(quotes, bounds) & 1
    begins_inside, is_odd = before[:-1] == 1, before[1:] != before[:-1]
    one, other = (np.diff(counted(each, bounds)) > 0 for each in (wrong, wrong_else))
    wrong_outside, wrong_inside = np.where(begins_inside, [other, one], [one, other])
    ending = np.flatnonzero(wrong_inside | is_odd).tolist()
    broken = list[int]()
    behind = 0
    for line in np.flatnonzero(wrong_outside | is_odd).tolist():
        if line < behind:
            continue
        if wrong_outside[line]:
            broken.append(line)
            continue
        # A quoted cell goes on behind the line.
        at = bisect_right(ending, line)
        if at == len(ending):
            break
        if wrong_inside[ending[at]]:
            broken.append(line)
        else:
            behind = ending[at] + 1
    return np.array(broken, np.int64)
