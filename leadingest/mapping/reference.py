"""The reference of the mapping language, put together from the docstrings of its words.

`leadingest reference` prints it; `docs/reference/language.md` is a copy that the tests compare.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from leadingest.documents.flow_yaml import flow_yaml
from leadingest.documents.nearest import did_you_mean
from leadingest.errors import UsageError
from leadingest.mapping.keys import ENTRY_KEYS, MAPPING_KEYS, Key, owners
from leadingest.mapping.sections import SECTIONS
from leadingest.operations import CHECKS, OPERATIONS
from leadingest.operations.base import INVALID, Example, Operation
from leadingest.operations.sources import SOURCES
from leadingest.tables.rejects import READING, Reason
from leadingest.tables.types import TYPES
from leadingest.tables.types.base import ColumnType

#: Characters of a value that a table shows.
LONGEST_SHOWN = 80

_HEAD = """\
# The mapping language

Look up a word, a type or a reason, each with an example. `leadingest reference WORD` prints one of them.

One YAML file describes one source. `fields` has one entry per field of the load table that
specifies the result: where the value comes from, how it is changed, and what it must be.

Every value is read as text: `NO` stays `NO` and `01234` stays `01234`. A type comes from the load table.
White space at the start and end of cells is removed, and an empty cell has no value.
"""

_ENTRY = """\
An entry defines where the value comes from, `when` it has one, the words that change it, and the checks it must pass.
**The words apply in the order in which they are written**: `{from: Kind, split: " - ", values: {Home: x}}`
looks up the first part, `{from: Kind, values: {Home - A: x}, split: " - "}` the whole cell. Wherever they are written, the source and `when` apply first, the type and the checks last. `otherwise` applies to every word of the entry that recognizes values; with `steps`, each word has its own. An entry that is only a header or a list of headers takes
the cell unchanged.

Every word removes blanks at the start and end of its value; a value that is then empty is no value.
"""

_FATES = """\
No value is ever lost silently. A cell that a word does not recognize, that does not match its type or
that fails a check is an **invalid value**: the field is blank in the lead, and the original cell is kept in `load_invalid_values` with its record number, header and rule. `on_invalid: reject` rejects the whole
record into `load_rejects` instead; `on_invalid: hold` holds the load until somebody approves it. A record without a valid value in a required field is always rejected. The rule is the name of the word, type or check that rejected the value; it is also `one_of` if the load table lists the allowed values.

An error of a spreadsheet program, such as `#N/A`, `#REF!` or `Err:502`, is invalid too: any value made from such a
cell is invalid by the rule `error_cell`, in workbooks and in text files, unless `nulls` lists the error. So is a number
that a spreadsheet program has shortened, such as `1.23457E+11`: its other digits are lost, and the rule is
`damaged_number`. Ask for the file as it was before a spreadsheet program saved it.
"""


_UNREAD = """\
A malformed record is rejected before it is mapped: it is kept whole, as the original text, in
`load_rejects`, without a field and with one of these reasons as its rule. The other records are loaded. If no record of a file can be read, the load fails.
"""


def reference_text(word: str | None = None) -> str:
    """The whole reference as Markdown, or the section of one word, key or type.

    Raises UsageError, with the nearest word, for one that the language does not have.
    """
    if word is None:
        return "\n".join(_whole()).rstrip() + "\n"
    sections = dict(_sections())
    if word not in sections:
        message = f"unknown word {word!r}{did_you_mean(word, sections)}"
        hint = "list all words with leadingest reference; list the fields of a lead with leadingest ddl --dialect sqlite"
        raise UsageError(message, hint=hint)
    return "\n".join(sections[word]).rstrip() + "\n"


def _sections() -> Iterator[tuple[str, list[str]]]:
    """Each word with its section; where two words have one name, both under it."""
    found: dict[str, list[str]] = {}
    for keys in (MAPPING_KEYS, ENTRY_KEYS):
        for name, key in keys.items():
            found.setdefault(name, []).extend(key_section(name, key))
    for name, lines in _models():
        found.setdefault(name, []).extend(lines)
    yield from found.items()


def _models() -> Iterator[tuple[str, list[str]]]:
    for section in SECTIONS.values():
        for key, field in section.model.model_fields.items():
            yield field.alias or key, setting_section(field.alias or key, field)
    for word in owners():
        yield word.word(), list(word_section(word.word(), word, word.examples))
    for kind in TYPES:
        yield kind.name, list(type_section(kind))
    for reason in READING.values():
        yield reason.code, reason_section(reason)


def _whole() -> Iterator[str]:
    yield _HEAD
    yield from ("## A mapping", "")
    for name, key in MAPPING_KEYS.items():
        yield from key_section(name, key)
    for name, section in SECTIONS.items():
        yield from (f"## `{name}`: {section.about}", "")
        for attribute, field in section.model.model_fields.items():
            yield from setting_section(field.alias or attribute, field)
    yield from ("## An entry", "", _ENTRY)
    yield from ("## Keys that any entry may have", "")
    for name, key in ENTRY_KEYS.items():
        yield from key_section(name, key)
    for title, words in (
        ("Where the value comes from: one of these", SOURCES),
        ("How it is changed, in the order written", OPERATIONS),
        ("What it must be", CHECKS),
    ):
        yield from (f"## {title}", "")
        for name, word in words.items():
            yield from word_section(name, word, word.examples)
    yield from ("## Types", "", "The load table gives every field one of these types.", "")
    for kind in TYPES:
        yield from type_section(kind)
    yield from ("## Values that cannot be read", "", _FATES)
    yield from ("## Records that cannot be read", "", _UNREAD)
    for reason in READING.values():
        yield from reason_section(reason)


def key_section(name: str, key: Key) -> list[str]:
    """The section of a key: what it says, and an example."""
    return [f"### `{name}`", "", key.about, "", "```yaml", key.example, "```", ""]


def setting_section(key: str, field: FieldInfo) -> list[str]:
    """The section of a key under `delivery` or another section of settings."""
    lines = [f"### `{key}`", "", field.description or ""]
    if field.examples:
        lines += ["", "```yaml", *(f"{key}: {flow_yaml(example)}" for example in field.examples), "```"]
    return [*lines, ""]


def reason_section(reason: Reason) -> list[str]:
    """The section of a reason why a record cannot be read."""
    return [f"### `{reason.code}`", "", f"{reason.about} What to do: {reason.hint}.", ""]


def word_section(name: str, model: type[BaseModel], examples: Iterable[Example]) -> Iterator[str]:
    """The section of a word: what it does, its options, and what its examples make of some cells."""
    yield from (f"### `{name}`", "", _docstring(model), "")
    yield from _options(model, except_for=name)
    if issubclass(model, Operation):
        yield from model.details()
    for example in examples:
        yield from ("```yaml", f"field: {example.entry}", "```", "")
        yield from ("| cell | field |", "|---|---|")
        for cell, outcome in example.cases:
            yield f"| {_shown_cell(cell)} | {_shown(outcome)} |"
        yield ""


def type_section(kind: type[ColumnType]) -> Iterator[str]:
    """The section of a type: what it takes, its options in a mapping, and what it makes of some texts."""
    yield from (f"### `{kind.name}`", "", _docstring(kind), "")
    yield from _options(kind, only=kind.mapping_options)
    if kind.examples:
        yield from ("| cell | options with `from` | stored |", "|---|---|---|")
        for example in kind.examples:
            stored = INVALID if example.stored is None else example.stored
            yield f"| {_shown(example.text)} | {_code(example.options)} | {_shown(stored)} |"
        yield ""


def _options(
    model: type[BaseModel], *, except_for: str = "", only: Iterable[str] | None = None
) -> Iterator[str]:
    """The keys that may stand beside the word, those that say what they are for."""
    described = [
        f"- `{field.alias or name}`: {' '.join(field.description.split())}{_default(field)}"
        for name, field in model.model_fields.items()
        if field.description and (field.alias or name) != except_for and (only is None or name in only)
    ]
    if described:
        yield from (*described, "")


def _default(field: FieldInfo) -> str:
    if field.default in (PydanticUndefined, None, (), "") or not isinstance(field.default, str | int | bool):
        return ""
    shown = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
    return f" Default: `{shown}`."


def _docstring(model: type[BaseModel]) -> str:
    return inspect.cleandoc(model.__doc__ or "")


def _shown_cell(cell: object) -> str:
    if isinstance(cell, Mapping):
        return (
            "<br>".join(f"{_cell(str(header))}: {_shown(value)}" for header, value in cell.items()) or "(any)"
        )
    return _shown(cell)


def _shown(value: object) -> str:
    if value is INVALID:
        return "*invalid value*"
    return "*blank*" if value in (None, "") else _code(_shortened(str(value)))


def _shortened(text: str) -> str:
    """The text as far as it fits into a table."""
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN // 2] + f"… ({len(text)} characters)"


def _code(text: str) -> str:
    text = text.replace("\n", "⏎").replace("|", "\\|")
    return f"`` {text} ``" if "`" in text else f"`{text}`" if text else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
