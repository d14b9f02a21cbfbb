"""How alike two columns are, from 0 to 1: by their names, and by what is in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

import polars as pl

from leadingest.deliveries.header_names import header_words
from leadingest.documents.nearest import LONGEST_NAME
from leadingest.drift.profiles.profile import ColumnProfile
from leadingest.mapping.headers import looks_like_header
from leadingest.tables.column import Column
from leadingest.tables.types import LOOKS
from leadingest.tables.types.base import Evidence

#: Shares by which two columns of one kind may differ; so many cells of a kind are a column of it.
_APART: Final = 0.5
_OF_ONE_KIND: Final = 0.8
#: How many of the cells must have one of the shapes that are known, for shapes to tell anything.
_OF_FEW_SHAPES: Final = 0.8
#: With texts of all sorts shapes tell only that columns have hardly one in common.
_HARDLY: Final = 0.02
_NOTHING_IN_COMMON: Final = 0.3
#: Kinds that tell columns apart, that no header is of, and that a field of plain text does not have.
_TELLING, _NO_HEADER, _NO_TEXT = (
    tuple(kind for kind, look in LOOKS.items() if look.tells >= least)
    for least in (Evidence.NO_OTHER_TYPE, Evidence.NO_HEADER, Evidence.NO_TEXT)
)
#: How many cells of the first row must be of a kind that no header is of.
_FEWEST_ALIKE: Final = 2
#: An explanation in brackets, and what becomes of the likeness where only one header has one.
_EXPLAINED: Final = re.compile(r"\([^(),]*+,[^()]*+\)")
_SAYS_MORE: Final = 0.75
#: Of the different cells, so many come again in the next list of the same column; then it is that column.
_COMES_AGAIN: Final = 0.5
_SAME_CELLS: Final = 0.9
#: How alike two columns of texts of all sorts are by their shapes.
_ANY_SHAPES: Final = 0.8
#: How often each value of a vocabulary stands there, on average.
_AGAIN_AND_AGAIN: Final = 4


def names_alike(one: str, other: str) -> float:
    """How alike two headers are: letter by letter, or word by word where one has only gained words."""
    from rapidfuzz import fuzz, utils

    if max(len(one), len(other)) > LONGEST_NAME:
        return float(one == other)
    clean = utils.default_process
    by_letter = fuzz.ratio(clean(one), clean(other)) / 100
    words, other_words = _words(one), _words(other)
    spelled_out = fuzz.token_sort_ratio(" ".join(words), " ".join(other_words)) / 100
    alike = max(by_letter, spelled_out, _gained(set(words), set(other_words)))
    # "Address (Street, City, Zip)" has the words of "Address", and more in it.
    return alike if bool(_EXPLAINED.search(one)) == bool(_EXPLAINED.search(other)) else _SAYS_MORE * alike


@lru_cache(maxsize=10_000)
def _words(header: str) -> tuple[str, ...]:
    return header_words(header)


def _gained(words: set[str], other_words: set[str]) -> float:
    """More than a half where all words of one are words of the other, by how many that has more."""
    fewer, more = sorted((words, other_words), key=len)
    return 0.6 + 0.4 * len(fewer) / len(more) if fewer and fewer <= more else 0.0


def contents_alike(one: ColumnProfile, other: ColumnProfile) -> float | None:
    """How alike what is in two columns is: the later one, `other`, may have more or less of the same.

    None where that cannot be told: one of them is empty, was not measured, or holds texts of all sorts.
    """
    if not (one.sampled and other.sampled):
        return None
    shares, other_shares = one.kind_shares, other.kind_shares
    apart = max(abs(shares.get(kind, 0.0) - other_shares.get(kind, 0.0)) for kind in _TELLING)
    if apart > _APART:
        return 1 - apart
    if _is_vocabulary(one) and _is_vocabulary(other):
        return _known_before(one, other)
    if max(shares.get(kind, 0.0) for kind in _TELLING) >= _OF_ONE_KIND:
        return 1 - apart
    alike = _overlap(one.shapes, other.shapes)
    of_few_shapes = min(sum(one.shapes.values()), sum(other.shapes.values())) >= _OF_FEW_SHAPES
    return alike if of_few_shapes else _NOTHING_IN_COMMON if alike < _HARDLY else None


def looks_like_record(headers: Sequence[str], columns: Sequence[ColumnProfile]) -> bool:
    """Whether several of the headers are what the cells below them are: phone numbers, dates, numbers, states."""
    return sum(_of_the_kinds(headers, columns)) >= _FEWEST_ALIKE


def looks_like_names(record: Sequence[str], columns: Sequence[ColumnProfile]) -> bool:
    """Whether the cells of a record look like headers, and none is what others in its column are."""
    filled = [cell for cell in record if cell]
    of_kinds = _of_the_kinds(record, columns)
    names = all(map(looks_like_header, filled)) and len({*filled}) == len(filled)
    return names and len(of_kinds) >= _FEWEST_ALIKE and not any(of_kinds)


def _of_the_kinds(cells: Sequence[str], columns: Sequence[ColumnProfile]) -> list[bool]:
    """Of each filled cell whose column is of a kind that no header is of: whether the cell is of it as well."""
    found = []
    for cell, column in zip(cells, columns, strict=False):
        shares = column.kind_shares
        kinds = [kind for kind in _NO_HEADER if shares.get(kind, 0.0) >= _OF_ONE_KIND]
        if cell and kinds:
            found.append(
                any(pl.select(pl.lit(cell).str.contains(LOOKS[kind].pattern)).item() for kind in kinds)
            )
    return found


def same_contents(one: ColumnProfile, other: ColumnProfile) -> float:
    """How much two columns look like one and the same, from 0 to 1; `other` may have gained and lost some records.

    By which cells come again, what kinds they are, how they are written, how many different ones there are, and how
    long they are: what differs most in one of these is another column, unless the cells themselves are the same.
    """
    if not (one.sampled and other.sampled):
        return 0.0
    again = cells_again(one, other)
    shares, other_shares = one.kind_shares, other.kind_shares
    kinds = 1 - max(
        (abs(shares.get(kind, 0.0) - other_shares.get(kind, 0.0)) for kind in {*shares, *other_shares}),
        default=0.0,
    )
    shapes = _overlap(one.shapes, other.shapes) / max(
        min(sum(one.shapes.values()), sum(other.shapes.values())), 0.01
    )
    distinct = 1 - abs(one.distinct / max(one.filled, 1) - other.distinct / max(other.filled, 1))
    looks = min(kinds, distinct, max(min(shapes, 1.0), _ANY_SHAPES if _of_all_sorts(one, other) else 0.0))
    if again >= _COMES_AGAIN:
        return max(looks, _SAME_CELLS)
    # Where a few values make a column, they would have come again.
    return min(looks, again / _COMES_AGAIN) if _few_values(one, other) else looks


def same_cells(one: ColumnProfile, other: ColumnProfile) -> float:
    """How many cells come again, where they tell the column from others; 0 where a few values make it."""
    return 0.0 if _few_values(one, other) else cells_again(one, other)


def cells_again(one: ColumnProfile, other: ColumnProfile) -> float:
    """Of the cells of either sample with the lowest hashes, the share that both have."""
    if not (one.hashes and other.hashes):
        return 0.0
    upto = min(one.hashes[-1], other.hashes[-1])
    hashes, other_hashes = ({each for each in column.hashes if each <= upto} for column in (one, other))
    return len(hashes & other_hashes) / max(min(len(hashes), len(other_hashes)), 1)


def _of_all_sorts(one: ColumnProfile, other: ColumnProfile) -> bool:
    return max(sum(one.shapes.values()), sum(other.shapes.values())) < _OF_FEW_SHAPES


def _few_values(one: ColumnProfile, other: ColumnProfile) -> bool:
    return all(column.distinct * _AGAIN_AND_AGAIN <= column.filled for column in (one, other))


def _is_vocabulary(column: ColumnProfile) -> bool:
    """Whether a few values stand there again and again."""
    return bool(column.values) and column.distinct * _AGAIN_AND_AGAIN <= column.filled


def _known_before(one: ColumnProfile, other: ColumnProfile) -> float:
    """How many cells of the other have a value that this one has."""
    values, counts = one.values or {}, other.values or {}
    return sum(times for value, times in counts.items() if value in values) / sum(counts.values())


def fits_field(column: ColumnProfile, field: Column) -> float | None:
    """How much of the column can be what the field holds; None where most things can, or nothing is known."""
    if not column.sampled:
        return None
    shares, look = column.kind_shares, field.type.look
    if field.type.any_text:
        other = max(shares.get(kind, 0.0) for kind in _NO_TEXT)
        return 1 - other if other > _APART else None
    return shares.get(look.kind, 0.0) if look else None


def _overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(min(share, other.get(name, 0.0)) for name, share in one.items())
