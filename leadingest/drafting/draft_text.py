"""A draft as the YAML of a mapping, with comments where it is not sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

from leadingest.documents.nearest import listed
from leadingest.drafting.draft_mapping import Draft
from leadingest.drafting.file_pattern import escaped
from leadingest.drafting.proposal import Proposal, ProposedValues
from leadingest.drafting.sample import SampleColumn
from leadingest.mapping.read_mapping import DEFAULT_TABLE

#: A line longer than this is broken into several.
_WIDEST: Final = 108
_PLAIN: Final = re.compile(r"[^\W\d_](?:[\w /().&+'-]*[\w/().&+'-])?")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
#: Words that some readers of YAML take for something else than text.
_NOT_TEXT: Final = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])


def scalar(text: str) -> str:
    """The text, in double quotes unless all readers of YAML agree about it without."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _NOT_TEXT:
        return text
    return f'"{"".join(map(_in_quotes, text))}"'


def _in_quotes(sign: str) -> str:
    """The character as it stands between double quotes."""
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    if sign.isprintable():
        return sign
    code = ord(sign)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def entry_lines(key: str, value: Any, *, indent: str) -> list[str]:
    """`key: value` on one line where it fits, else as a block."""
    if not (isinstance(value, Mapping) and any(_must_be_block(each) for each in value.values())):
        line = f"{indent}{scalar(key)}: {_flow(value)}"
        if len(line) <= _WIDEST or not isinstance(value, Mapping | Sequence) or isinstance(value, str):
            return [line]
    return [f"{indent}{scalar(key)}:", *_block(value, indent + _INDENT)]


def _must_be_block(value: Any) -> bool:
    return isinstance(value, ProposedValues) and bool(value.unknown)


def _flow(value: Any) -> str:
    if isinstance(value, SampleColumn):
        return scalar(value.label)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, ProposedValues):
        value = value.meanings
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return scalar(str(value))


def _block(value: Any, indent: str) -> list[str]:
    lines: list[str] = []
    if isinstance(value, ProposedValues):
        lines += [f"{indent}{scalar(key)}: {scalar(meaning)}" for key, meaning in value.meanings.items()]
        lines += _unknown(value, indent)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if _must_be_block(each):
                lines += [f"{indent}{scalar(key)}:", *_block(each, indent + _INDENT)]
            else:
                lines += _short(key, each, indent)
    else:
        for each in value:
            lines.append(f"{indent}- {_flow(each)}")
    return lines


def _unknown(value: ProposedValues, indent: str) -> list[str]:
    """The values without a meaning as comments, to be filled in; until then they are invalid values."""
    if not value.unknown:
        return []
    question = f"The meaning of these values could not be detected: {listed(value.choices)}?"
    wrapped = wrap(question, _WIDEST, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ")
    return [*wrapped, *(f"{indent}# {scalar(each)}:" for each in value.unknown)]


def _short(key: str, value: Any, indent: str) -> list[str]:
    line = f"{indent}{scalar(key)}: {_flow(value)}"
    structured = isinstance(value, Mapping | ProposedValues | list | tuple)
    return (
        [line]
        if len(line) <= _WIDEST or not structured
        else [f"{indent}{scalar(key)}:", *_block(value, indent + _INDENT)]
    )


_SCHEMA: Final = "# yaml-language-server: $schema=mapping.schema.json"
_INDENT: Final = "  "
_MARK: Final = "# unsure: "
#: Values of an unused column are shown as far as they fit.
_SHOWN: Final = 48
_COMMENT_AT: Final = 36
#: So many values are shown of what is unsure, each cut to so many characters.
_THREE: Final = 3
_LONGEST: Final = 30


def draft_text(draft: Draft) -> str:
    """The text of the mapping file."""
    return "\n".join([*_top(draft), *_delivery(draft), *_let(draft), *_fields(draft), *_ignore(draft), ""])


def _top(draft: Draft) -> Iterator[str]:
    sample = draft.sample
    looked_at = "all" if sample.whole else "the first"
    yield _SCHEMA
    yield f"# Drafted from {looked_at} {sample.records:,} records of {scalar(sample.delivery.name)}."
    yield '# Review every line, starting with those marked "unsure"; remove a mark when you are sure.'
    yield f"source: {scalar(draft.source)}"
    yield f"about: {scalar('describe here who sends the list, and what it contains')}"
    if draft.table != DEFAULT_TABLE:
        yield f"into: {scalar(draft.table)}"


def _delivery(draft: Draft) -> Iterator[str]:
    yield "delivery:"
    for key, value in draft.settings.values.items():
        if doubt := draft.settings.doubts.get(key):
            yield f"{_INDENT}{_MARK}{doubt}"
        one = value[0] if isinstance(value, list) and len(value) == 1 and key == "match" else value
        yield from entry_lines(key, one, indent=_INDENT)


def _let(draft: Draft) -> Iterator[str]:
    values = {name: entry for proposal in draft.fields.values() for name, entry in proposal.let.items()}
    if values:
        yield "let:"
    for name, entry in values.items():
        yield from entry_lines(name, entry, indent=_INDENT)


def _fields(draft: Draft) -> Iterator[str]:
    yield "fields:"
    first: dict[tuple[object, ...], str] = {}
    for name, proposal in draft.fields.items():
        marks = tuple(_marks(proposal))
        if marks and (same := first.setdefault((*marks, *proposal.columns[:1]), name)) != name:
            yield f"{_INDENT}{_MARK}as {same}, for the same reason"
        else:
            yield from marks
        yield from entry_lines(name, proposal.entry, indent=_INDENT)
    for constant in draft.constants:
        yield f"{_INDENT}# {constant.why}; if so, add:"
        yield f"{_INDENT}# {constant.field}: {{const: {scalar(constant.value)}}}"


def _marks(proposal: Proposal) -> Iterator[str]:
    """What is unsure of the entry: the last line shows some values, and the column that comes next."""
    if not proposal.doubts:
        return
    *others, last = proposal.doubts
    for doubt in others:
        yield f"{_INDENT}{_MARK}{_one_line(doubt)}"
    shown = proposal.columns and not _lists_values(proposal.entry)
    evidence = _some_values(proposal.shown or proposal.columns[0].values.head(_THREE)) if shown else ""
    if proposal.following:
        evidence += f"; else {scalar(proposal.following.label)}"
    yield f"{_INDENT}{_MARK}{_one_line(last + evidence)}"


def _lists_values(entry: Any) -> bool:
    return isinstance(entry, Mapping) and any(isinstance(each, ProposedValues) for each in entry.values())


def _some_values(values: Iterable[str]) -> str:
    """The values, each no longer than a line allows."""
    shown = [f"{each[:_LONGEST]}…" if len(each) > _LONGEST else each for each in values]
    return f": {', '.join(map(scalar, shown))}" if shown else ""


def _ignore(draft: Draft) -> Iterator[str]:
    """Each header once, with what is in its column."""
    used = {column.header for proposal in draft.fields.values() for column in proposal.columns}
    named = "names" in draft.settings.values
    unused = {(each.label if named else each.header): each for each in reversed(draft.ignored)}
    lines = {name: column for name, column in reversed(unused.items()) if named or column.header not in used}
    if lines:
        yield "ignore:"
    for name, column in lines.items():
        item = f"{_INDENT}- {scalar(escaped(name))}"
        yield f"{item:<{_COMMENT_AT}}  # {_one_line(_content(column))}"


def _content(column: SampleColumn) -> str:
    """What is in a column, in a few words."""
    if not column.distinct:
        return "empty"
    values = column.values.to_list()
    shown = values[0]
    for value in values[1:]:
        if len(shown) + len(value) > _SHOWN:
            break
        shown += f", {value}"
    if len(shown) > _SHOWN:
        shown = f"{shown[:_SHOWN]}…"
    if column.distinct == 1:
        return f"always {shown}"
    more = ", …" if shown.count(", ") + 1 < column.distinct and not shown.endswith("…") else ""
    return f"{column.distinct:,} values: {shown}{more}"


def _one_line(text: str) -> str:
    """The text without line ends and other control characters, which would end a comment."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
