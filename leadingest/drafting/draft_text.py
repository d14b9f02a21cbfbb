"""A draft as the YAML of a mapping, with comments where it is not sure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.drafting.column import Column
from leadingest.drafting.delivery.file_pattern import escaped
from leadingest.drafting.draft import Draft
from leadingest.drafting.yaml_text import entry_lines, scalar
from leadingest.mapping.read_mapping import DEFAULT_TABLE

_SCHEMA: Final = "# yaml-language-server: $schema=mapping.schema.json"
_INDENT: Final = "  "
_MARK: Final = "# unsure: "
#: Values of an unused column are shown as far as they fit.
_SHOWN: Final = 48
_COMMENT_AT: Final = 36


def draft_text(draft: Draft) -> str:
    """The text of the mapping file."""
    return "\n".join([*_top(draft), *_delivery(draft), *_let(draft), *_fields(draft), *_ignore(draft), ""])


def _top(draft: Draft) -> Iterator[str]:
    sample = draft.sample
    looked_at = "all" if sample.whole else "the first"
    yield _SCHEMA
    yield f"# Drafted from {scalar(sample.delivery.name)}, of which {looked_at} {sample.records:,} records were looked at."
    yield '# Look at every line, at those marked "unsure" first; take a mark out when you are sure.'
    yield f"source: {scalar(draft.source)}"
    yield f"about: {scalar('say here who sends the list, and of what')}"
    if draft.table != DEFAULT_TABLE:
        yield f"into: {scalar(draft.table)}"


def _delivery(draft: Draft) -> Iterator[str]:
    yield "delivery:"
    for key, value in draft.settings.said.items():
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
    for name, proposal in draft.fields.items():
        for doubt in proposal.doubts:
            yield f"{_INDENT}{_MARK}{_one_line(doubt)}"
        yield from entry_lines(name, proposal.entry, indent=_INDENT)


def _ignore(draft: Draft) -> Iterator[str]:
    """Each header once, with what is in its column."""
    used = {column.header for proposal in draft.fields.values() for column in proposal.columns}
    named = "names" in draft.settings.said
    unused = {(each.label if named else each.header): each for each in reversed(draft.ignored)}
    lines = {name: column for name, column in reversed(unused.items()) if named or column.header not in used}
    if lines:
        yield "ignore:"
    for name, column in lines.items():
        item = f"{_INDENT}- {scalar(escaped(name))}"
        yield f"{item:<{_COMMENT_AT}}  # {_one_line(_content(column))}"


def _content(column: Column) -> str:
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
