"""Values as YAML that every reader reads alike, in the style of the shipped mappings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

from leadingest.documents.nearest import listed
from leadingest.drafting.column import Column
from leadingest.drafting.proposal import ValueMap

#: A line longer than this is broken into several.
_WIDEST: Final = 108
_INDENT: Final = "  "
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
    return isinstance(value, ValueMap) and bool(value.unknown)


def _flow(value: Any) -> str:
    if isinstance(value, Column):
        return scalar(value.label)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, ValueMap):
        value = value.known
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return scalar(str(value))


def _block(value: Any, indent: str) -> list[str]:
    lines: list[str] = []
    if isinstance(value, ValueMap):
        lines += [f"{indent}{scalar(key)}: {scalar(meaning)}" for key, meaning in value.known.items()]
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


def _unknown(value: ValueMap, indent: str) -> list[str]:
    """The values without a meaning as comments, to be filled in; until then they are invalid values."""
    if not value.unknown:
        return []
    told = f"What these mean was not told by their words: {listed(value.choices)}?"
    wrapped = wrap(told, _WIDEST, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ")
    return [*wrapped, *(f"{indent}# {scalar(each)}:" for each in value.unknown)]


def _short(key: str, value: Any, indent: str) -> list[str]:
    line = f"{indent}{scalar(key)}: {_flow(value)}"
    structured = isinstance(value, Mapping | ValueMap | list | tuple)
    return (
        [line]
        if len(line) <= _WIDEST or not structured
        else [f"{indent}{scalar(key)}:", *_block(value, indent + _INDENT)]
    )
