"""The order in which `let` values can be computed."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from leadingest.mapping.models import Entry


def in_order(let: Mapping[str, Entry]) -> tuple[dict[str, Entry], list[str]]:
    """The values, each after those it reads; and, where they go in a circle, the names on it in order."""
    needs = {name: [other for other in entry.names() if other in let] for name, entry in let.items()}
    try:
        return {name: let[name] for name in TopologicalSorter(needs).static_order()}, []
    except CycleError as error:
        return dict(let), list(reversed(error.args[1]))
