"""Match the names that a mapping reads with the headers that a delivery has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from leadingest.documents.nearest import listed, nearest_of_each
from leadingest.errors import DeliveryError
from leadingest.mapping.headers import ShownHeaders, is_ignored, looks_like_header, plain_header
from leadingest.mapping.models import Entry, Mapping

#: Places of a header that are named; of more, only the number is said.
_MOST_PLACES: Final = 10
_QUOTES: Final = "\"'"


@dataclass(frozen=True)
class Binding:
    """Which column of a delivery each name of a mapping means."""

    #: The headers, one per column; blank ones and second ones under a name of their own.
    labels: tuple[str, ...]
    #: Headers that the mapping reads → position of the column, from 0.
    positions: dict[str, int]
    #: Headers that the mapping neither reads nor ignores.
    new: tuple[str, ...]
    let: frozenset[str]

    def choose(self, alternatives: Sequence[str]) -> str | None:
        """The first of the names that is there."""
        return next((name for name in alternatives if name in self.let or name in self.positions), None)


def bind(mapping: Mapping, headers: Sequence[str]) -> Binding:
    """The binding of the mapping to a delivery with these headers, in whatever order, as `respelled` takes them.

    Raises DeliveryError naming every header that is not there, with the likely rename, and every header
    that stands twice and is read.
    """
    entries = {**{f"let {name}": entry for name, entry in mapping.let.items()}, **mapping.fields}
    read = names_read(mapping)
    headers = respelled(mapping, headers)
    used = [header for header in dict.fromkeys(headers) if header in read]
    _refuse_clashes(mapping, used)
    _refuse_twice(used, headers, mapping.delivery.naming_columns)
    binding = Binding(
        labels=column_labels(headers),
        positions={header: headers.index(header) for header in used},
        new=tuple(_new(mapping, headers, read)),
        let=frozenset(mapping.let),
    )
    _refuse_missing(mapping, entries, binding)
    return binding


def names_read(mapping: Mapping) -> set[str]:
    """Every header or `let` name that the mapping may read."""
    entries = [*mapping.let.values(), *mapping.fields.values()]
    read = {name for entry in entries for name in entry.names()}
    return read | set(mapping.where.names if mapping.where else ())


def respelled(mapping: Mapping, headers: Sequence[str]) -> tuple[str, ...]:
    """The headers, each that differs from a name of the mapping in capitals and invisible signs only as that name.

    A name that is there as it is written, or that several headers may mean, is not looked for. For one that is not there
    at all, the first of its aliases stands.
    """
    read = names_read(mapping) - mapping.let.keys()
    wanted = {plain_header(name): name for name in sorted(read - set(headers), reverse=True)}
    meant = Counter(map(plain_header, headers))
    for name in read - set(headers):
        others = map(plain_header, mapping.aliases.get(name, ()) if not meant[plain_header(name)] else ())
        if there := next((other for other in others if meant[other]), None):
            wanted[there] = name

    def spelled(header: str) -> str:
        plain = plain_header(header)
        return wanted.get(plain, header) if header not in read and meant[plain] == 1 else header

    return tuple(map(spelled, headers))


def _new(mapping: Mapping, headers: Sequence[str], read: set[str]) -> Iterator[str]:
    for header in dict.fromkeys(headers):
        if header and header not in read and not is_ignored(header, mapping.ignore):
            yield header


def column_labels(headers: Sequence[str]) -> tuple[str, ...]:
    """A name for each column that no other has: its header, `column 8` where that is blank, `Phone (2)` for a second one."""
    return tuple(_labels(headers))


def _labels(headers: Sequence[str]) -> Iterator[str]:
    taken: set[str] = set()
    seen: dict[str, int] = {}
    for position, header in enumerate(headers, start=1):
        label = name = header or f"column {position}"
        while label in taken:
            seen[name] = seen.get(name, 1) + 1
            label = f"{name} ({seen[name]})"
        taken.add(label)
        yield label


def _refuse_clashes(mapping: Mapping, used: Sequence[str]) -> None:
    for name in used:
        if name in mapping.let:
            raise DeliveryError(
                f"{mapping.place('let', name).problem(f'the let value {name!r} is also a header of the file')}",
                hint="rename the let value, so that entries are unambiguous",
            )


def _refuse_twice(used: Sequence[str], headers: Sequence[str], naming_columns: str) -> None:
    for name in used:
        at = [str(position) for position, header in enumerate(headers, start=1) if header == name]
        if len(at) > 1:
            shown = [
                *at[:_MOST_PLACES],
                *([f"{len(at) - _MOST_PLACES} more"] if len(at) > _MOST_PLACES else []),
            ]
            raise DeliveryError(
                f"the header {name!r} occurs {len(at)} times, in columns {listed(shown, last='and')}, and the mapping reads it",
                hint=f"name the columns in the mapping: {naming_columns}",
            )


def _refuse_missing(mapping: Mapping, entries: dict[str, Entry], binding: Binding) -> None:
    missing: dict[tuple[str, ...], tuple[str, Entry | None]] = {}
    for name, entry in entries.items():
        for names in _missing(entry, binding):
            missing.setdefault(names, (name, entry))
    for name in mapping.where.names if mapping.where else ():
        if not binding.choose([name]):
            missing.setdefault((name,), ("where", None))
    if not missing:
        return
    shown = ShownHeaders.of_mapping(mapping, binding.labels)
    # One that is much like the name of a header is none of a record's cells.
    free = [
        label
        for label in binding.labels
        if label in binding.new and (shown.may_name(label) or looks_like_header(label))
    ]
    lines, hints = [], []
    expressed = {name for entry in entries.values() for name in entry.expressed()}
    expressed |= set(mapping.where.names if mapping.where else ())
    likely = nearest_of_each((names[0] for names in missing), free)
    for names, (field, owner) in missing.items():
        place = owner.position if owner else mapping.place("where")
        wanted = listed(repr(name) for name in names)
        lines.append(
            f"the file has no header {wanted}, which {field} reads ({place.file}:{place.line}:{place.column})"
        )
        quoted = next((each for each in binding.labels if _unquoted(each) in names), "")
        advice = _advice(names, field, likely.get(names[0]), expressed=names[0] in expressed)
        hints.append(_of_quotes(quoted) or advice)
    raise DeliveryError("\n".join(lines), hint="\n".join(dict.fromkeys(hints)))


def _missing(entry: Entry, binding: Binding) -> Iterator[tuple[str, ...]]:
    """Groups of names of which one should be there and none is."""
    if entry.optional:
        return
    for alternatives in (entry.source.alternatives(), entry.regions):
        if alternatives and not binding.choose(alternatives):
            yield alternatives
    for name in (*entry.source.reads(), *(entry.when.names if entry.when else ())):
        if not binding.choose([name]):
            yield (name,)
    for part in entry.parts:
        yield from _missing(part, binding)


def _unquoted(label: str) -> str:
    """What stands between the quotes of a header that was read with them; "" where it has none."""
    return label[1:-1] if len(label) > 2 and label[0] == label[-1] and label[0] in _QUOTES else ""


def _of_quotes(quoted: str) -> str:
    if not quoted:
        return ""
    sign = "'\"'" if quoted[0] == '"' else '"\'"'
    return (
        f"the file has it in quotes: in the delivery section of the mapping, set `blanks: skip` if blanks precede "
        f"the quotes, otherwise `quote: {sign}`"
    )


def _advice(names: tuple[str, ...], field: str, likely: str | None, *, expressed: bool) -> str:
    if likely and expressed:
        return f"if {names[0]!r} was renamed to {likely!r}, add the alias: aliases: {{{names[0]}: {likely}}}"
    if likely:
        aliases = ", ".join([*names, likely])
        return f"if {names[0]!r} was renamed to {likely!r}, add the alias: from: [{aliases}]"
    return f"if this source no longer has {field}, remove it from the mapping or set `optional: true`"
