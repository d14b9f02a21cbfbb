"""A value as YAML on one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from leadingest.documents.read_yaml import NO_VALUE

#: What may stand without quotes, also between brackets, and be read as a text by us.
_PLAIN: Final = re.compile(r"""[^\W_][^#:{}\[\],&*?|<>=!%@\\'"^$`(]*""")
_ESCAPES: Final = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def flow_yaml(value: object) -> str:
    """Tables as `{key: value}`, lists as `[value]`; texts in quotes where they need, or might need, them."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow_yaml(key)}: {flow_yaml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow_yaml(each) for each in value) + "]"
    text = str(value)
    if not text.isprintable():
        return quoted_yaml(text)
    plain = _PLAIN.fullmatch(text) and text == text.strip() and text not in NO_VALUE and " -" not in text
    return text if plain else "'" + text.replace("'", "''") + "'"


def quoted_yaml(text: str) -> str:
    """The text between double quotes."""
    return '"' + "".join(_escaped(letter) for letter in text) + '"'


def _escaped(letter: str) -> str:
    """The character as it stands between double quotes. Source: YAML 1.2.2, section 5.7."""
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"
