"""What a delivery shows of the mapping that it was read by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leadingest.documents.yaml_document import Step

#: Where an entry stands in its mapping.
Path_ = tuple[Step, ...]


@dataclass(frozen=True)
class Unreadable:
    """How many cells of a field could not be read, by which rule, and how they are written (`99/99/9999`)."""

    field: str
    rule: str
    count: int
    #: Cells of the field that are not blank.
    filled: int
    shapes: tuple[str, ...]
    #: The text of all these cells, where it is the same several times and nothing that could be somebody's.
    token: str = ""


@dataclass(frozen=True)
class LeftOver:
    """How many cells of a column have something that none of the fields takes which `extract` parts of it."""

    fields: tuple[str, ...]
    count: int
    #: Cells of which a field takes a part.
    filled: int
    #: How one of them is written: `aaa… (A99) aaa…`.
    shape: str


@dataclass(frozen=True)
class CountedDelivery:
    """A delivery, counted. `error` says why it could not be read; all else is then empty."""

    file: str
    headers: tuple[str, ...] = ()
    records: int = 0
    #: How often each value came to the value map at the path.
    values: Mapping[Path_, Mapping[str, int]] = field(default_factory=dict)
    unreadable: tuple[Unreadable, ...] = ()
    #: Whether the key that the mapping declares is the number of the record.
    key_counts_records: bool = False
    left_over: tuple[LeftOver, ...] = ()
    #: How many records are broken, by what is wrong with them: too few cells, too many, quotes.
    broken: Mapping[str, int] = field(default_factory=dict)
    error: str = ""
