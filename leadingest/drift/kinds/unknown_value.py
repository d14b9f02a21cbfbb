"""Kind of drift DR202: values that a value map does not have, and what they plainly mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from leadingest.documents.nearest import listed
from leadingest.drift.comparison import Comparison
from leadingest.drift.delivered import UnknownValues
from leadingest.drift.fixes import AddKey, text_yaml
from leadingest.drift.kind import DriftDetail, kind
from leadingest.drift.profiles.personal_columns import is_personal
from leadingest.expressions import shown_value

#: Values that are named; of more, only the number is said.
_MOST_NAMED = 5


@kind("DR202", "values")
def unknown_value(comparison: Comparison) -> Iterator[DriftDetail]:
    """Values that are missing from a value map and that `otherwise` does not keep, each with its number of occurrences.

    Lossy: the field is blank, or the record is rejected. `--fix` adds values that are clearly another spelling of a
    value in the map, or that already are a value of the field.
    """
    for unknown in comparison.delivered.unknown_values:
        if not unknown.counts:
            continue
        column = comparison.mapping.table.columns.get(unknown.field)
        meanings = {
            value: meaning
            for value in sorted(unknown.counts)
            if (
                meaning := likely_meaning(
                    value, unknown.value_map or {}, tuple(column.one_of) if column else ()
                )
            )
        }
        fixes = [AddKey(unknown.path, value, meaning) for value, meaning in meanings.items() if unknown.path]
        headers = [header for header in unknown.headers if header in comparison.now]
        personal = any(is_personal(header, comparison.mapping) for header in headers)
        yield DriftDetail(
            kind_class="lossy",
            header=listed(headers, last="and"),
            expected=f"a value that {unknown.field} knows",
            found=_counted(unknown, personal=personal),
            advice=_advice(unknown, {} if personal else meanings),
            fixes=tuple(fixes),
        )


def _counted(unknown: UnknownValues, *, personal: bool) -> str:
    ranked = sorted(unknown.counts.items(), key=lambda each: (-each[1], each[0]))
    named = [
        f"{shown_value(value, times=count, personal=personal)} {_times(count)}"
        for value, count in ranked[:_MOST_NAMED]
    ]
    rest = ranked[_MOST_NAMED:]
    more = [f"{len(rest):,} more values {_times(sum(count for _, count in rest))}"] if rest else []
    return listed([*named, *more], last="and")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _advice(unknown: UnknownValues, meanings: dict[str, str]) -> str:
    if not meanings or not unknown.path:
        return f"add them to the value map of {unknown.field}"
    keys = ", ".join(f"{text_yaml(value)}: {text_yaml(meaning)}" for value, meaning in meanings.items())
    rest = "; add the others by hand" if len(meanings) < len(unknown.counts) else ""
    return f"add to the value map: {keys}; --fix does{rest}"


_NO_WORD = re.compile(r"[\W_]+")


def likely_meaning(value: str, value_map: Mapping[str, str], allowed: Collection[str]) -> str | None:
    """What another spelling of the value means, or the value itself where the field allows it; None where it is not plain.

    Spellings of one value differ in capitals, blanks and punctuation only: `Licensed` and `Unlicensed` are nearly
    alike, and mean the opposite.
    """
    words = _words(value)
    if not words:
        return None
    if "_".join(words) in allowed:
        return "_".join(words)
    meanings = {meaning for key, meaning in value_map.items() if _words(key) == words}
    return meanings.pop() if len(meanings) == 1 else None


def _words(text: str) -> list[str]:
    return _NO_WORD.sub(" ", text).lower().split()
