"""YAML as an editor reads it: version 1.2, in which `417` is a number, `true` a boolean and nothing at all null."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

#: The scalars that are no texts. Source: YAML 1.2.2, section 10.3.2. PyYAML's own loaders follow 1.1, to which
#: `NO` is false and `12:30` is 750.
_CORE: tuple[tuple[str, Callable[[str], object]], ...] = (
    (r"null|Null|NULL|~|", lambda text: None),
    (r"true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
    (r"[-+]?[0-9]+", int),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
)


def typed_yaml(text: str) -> Any:
    """The document with its types; keys are texts, as in JSON."""
    return _typed(yaml.compose(text, Loader=yaml.BaseLoader))


def _typed(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _typed(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_typed(item) for item in node.value]
    if not isinstance(node, yaml.ScalarNode) or node.style:
        return node and node.value
    return next(
        (read(node.value) for pattern, read in _CORE if re.fullmatch(pattern, node.value)), node.value
    )
