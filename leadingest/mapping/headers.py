"""Headers: how their names are compared, and which of them may be named in a message, a report or a table that is kept.

A file may have no header at all: then its first record stands in the place of one, and what is taken for headers is
somebody's name, number and address.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Final
from unicodedata import category

import polars as pl

from leadingest.expressions import may_be_somebodys, shape
from leadingest.mapping.models import Entry, Mapping

#: What a header is made of: it begins with a letter, maybe behind a sign.
_HEADER: Final = re.compile(r"[#%(*_ ]{0,2}[^\W\d_][\w .,/&#%()'’:?+*-]*")
#: The most that one has: `Number of children under two`, `Address 2`. Two digits are no number to call, and no year.
_LONGEST, _MOST_WORDS, _MOST_DIGITS = 60, 6, 2
#: So many texts that all look like headers are hardly a record.
_FEWEST: Final = 3
#: A header as it is shown in place of one that may be a cell. It holds nothing of it, however often it is looked at.
_SHOWN: Final = re.compile(r"column [0-9]+ \((.*)\)", re.DOTALL)


@lru_cache(maxsize=4096)
def plain_header(name: str) -> str:
    """The name without capitals, and without signs that nobody sees: soft hyphens, marks of direction and the like."""
    return "".join(letter for letter in name if category(letter) not in ("Cf", "Cc")).casefold()


def is_ignored(header: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns under `ignore` takes the header."""
    plain = plain_header(header)
    return any(fnmatchcase(plain, plain_header(pattern)) for pattern in patterns)


def position_of(name: str, headers: Sequence[str]) -> int | None:
    """Where the one header stands that is spelled so, or differs in what does not count if none is spelled so."""
    spelled = ((name, headers), (plain_header(name), [plain_header(header) for header in headers]))
    return next((there.index(wanted) for wanted, there in spelled if there.count(wanted) == 1), None)


def looks_like_header(text: str) -> bool:
    """Whether the text is one that heads a column, as far as that can be told from itself: letters, few words."""
    return (
        len(text) <= _LONGEST
        and len(text.split()) <= _MOST_WORDS
        and sum(map(str.isdigit, text)) <= _MOST_DIGITS
        and bool(_HEADER.fullmatch(text))
    )


@dataclass(frozen=True)
class ShownHeaders:
    """Tells which headers of a delivery may be named; of the others only the shape is shown."""

    #: Headers of the mapping and of the published delivery: somebody has looked at them.
    seen: frozenset[str]
    ignore: tuple[str, ...]
    #: Whether the row is surely one of headers: most of what the mapping reads is there; or they all look like headers,
    #: and none is a value as well, as a city or a state of a record soon is.
    row_of_headers: bool
    #: Texts that stand in the records, in small letters.
    values: frozenset[str]

    @classmethod
    def of(
        cls,
        headers: Collection[str],
        entries: Iterable[Entry],
        *,
        let: AbstractSet[str],
        seen: Collection[str],
        ignore: Collection[str],
        values: Iterable[str] | None = None,
    ) -> ShownHeaders:
        """For a delivery with these headers, read by these entries; `let` are names that are no headers.

        `values` are cells of the records, None where there are none to look at.
        """
        groups = {names for entry in entries for names in _groups(entry) if let.isdisjoint(names)}
        there = sum(not set(names).isdisjoint(headers) for names in groups)
        cells = frozenset(value.strip().lower() for value in values or ())
        filled = [header for header in headers if header]
        alike = values is not None and len(filled) >= _FEWEST and all(map(looks_like_header, filled))
        # Somebody's mail address or number among them: then it is a record, or has become one in part.
        unknown = [header for header in filled if header not in seen]
        record = any(map(may_be_somebodys, unknown))
        other = alike and cells.isdisjoint(header.strip().lower() for header in filled)
        return cls(
            seen=frozenset(seen),
            # A pattern that says nothing of the name takes a cell as well.
            ignore=tuple(pattern for pattern in ignore if any(map(str.isalnum, pattern))),
            row_of_headers=not record and (0 < len(groups) <= 2 * there or other),
            values=cells,
        )

    @classmethod
    def of_mapping(
        cls,
        mapping: Mapping,
        headers: Collection[str],
        *,
        published: Collection[str] = (),
        values: Iterable[str] | None = None,
    ) -> ShownHeaders:
        """For a delivery with these headers; `published` are those of the published load."""
        entries = [*mapping.let.values(), *mapping.fields.values()]
        named = {name for entry in entries for name in entry.names()}
        named.update(mapping.where.names if mapping.where else (), mapping.delivery.names or (), published)
        named.update(column.name for column in mapping.delivery.repeat)
        return cls.of(
            headers, entries, let=mapping.let.keys(), seen=named, ignore=mapping.ignore, values=values
        )

    def may_name(self, header: str) -> bool:
        """Whether the header may be named."""
        if header in self.seen or is_ignored(header, self.ignore):
            return True
        found = _SHOWN.fullmatch(header)
        if found and pl.select(shape(pl.lit(found[1]))).item() == found[1]:
            return True
        return self.row_of_headers and looks_like_header(header) and header.strip().lower() not in self.values

    def shown(self, headers: Sequence[str]) -> tuple[str, ...]:
        """The headers of the columns in their order, as they may be shown: `column 8 (999-999-9999)`. Blank ones stay so."""
        hidden = [at for at, header in enumerate(headers) if header and not self.may_name(header)]
        shapes = (
            pl.Series([headers[at] for at in hidden], dtype=pl.String)
            .to_frame("text")
            .select(shape(pl.col("text")))
        )
        names = {
            at: f"column {at + 1} ({written})" for at, written in zip(hidden, shapes.to_series(), strict=True)
        }
        return tuple(names.get(at, header) for at, header in enumerate(headers))


def _groups(entry: Entry) -> Iterable[tuple[str, ...]]:
    """Headers of which the entry reads one."""
    if alternatives := entry.source.alternatives():
        yield alternatives
    for name in entry.source.reads():
        yield (name,)
    for part in entry.parts:
        yield from _groups(part)
