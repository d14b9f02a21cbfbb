"""What a recognizer proposes for a field."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from leadingest.drafting.sample import SampleColumn


@dataclasses.dataclass(frozen=True)
class ProposedValues:
    """`values:` with what each value means, and the values whose meaning nobody can tell yet."""

    meanings: Mapping[str, str]
    unknown: tuple[str, ...] = ()
    #: The words to choose from.
    choices: tuple[str, ...] = ()


#: An entry as it stands in the YAML: a header, the name of a `let` value, or words with what they say. Columns stand
#: for their headers.
Entry = SampleColumn | str | Mapping[str, Any]


@dataclasses.dataclass(frozen=True)
class Proposal:
    """An entry for a field, how sure it is (up to 1), and why it may be wrong."""

    field: str
    entry: Entry
    columns: tuple[SampleColumn, ...]
    score: float
    doubts: tuple[str, ...] = ()
    #: Whether no other field should be made of the same columns: a company's name is nobody's city.
    alone: bool = True
    #: Values that show what is doubted; else any of the first column.
    shown: tuple[str, ...] = ()
    #: The column that would be taken if this one were not there.
    following: SampleColumn | None = None
    #: `let` values that the entry names.
    let: Mapping[str, Mapping[str, Any]] = dataclasses.field(default_factory=dict)


def named(column: SampleColumn, meaning: str) -> tuple[str, ...]:
    """The doubt to have where the header is not known to the word."""
    match = column.meanings.get(meaning)
    if match is None or match.exact:
        return ()
    return (f'"{column.label}" is taken for "{match.phrase}"',)
