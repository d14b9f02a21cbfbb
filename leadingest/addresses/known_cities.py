"""Names of cities, for where nothing else says which words are the city."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_name("us_cities.txt")
#: How words at the beginning of a city are written out in the list.
_WRITTEN_OUT: Final = {
    "N": "NORTH", "NO": "NORTH", "S": "SOUTH", "SO": "SOUTH", "E": "EAST", "W": "WEST",
    "ST": "SAINT", "STE": "SAINTE", "FT": "FORT", "MT": "MOUNT",
}  # fmt: skip


def is_known_city(keys: list[str], state: str) -> bool:
    """Whether words, in capitals and without dots, are a city of a state; of any state where none is given."""
    name = " ".join([_WRITTEN_OUT.get(keys[0], keys[0]), *keys[1:]])
    cities = _cities()
    return name in cities.get(state, ()) if state else any(name in each for each in cities.values())


def hides_known_city(keys: list[str], state: str) -> bool:
    """Whether the first or the last of the words are a city of the state, but all of them are not.

    "Oak Plaza Reno", "Reno Washoe".
    """
    if not state or is_known_city(keys, state):
        return False
    parts = (part for place in range(1, len(keys)) for part in (keys[:place], keys[place:]))
    return any(is_known_city(part, state) for part in parts)


@cache
def _cities() -> dict[str, frozenset[str]]:
    """The names by the code of their state. Read where they are needed first: most addresses do without."""
    text = _FILE.read_text(encoding="utf-8").replace("\n    ", " ")
    states = (line.split(": ") for line in text.splitlines() if not line.startswith("#"))
    return {state: frozenset(names.split("; ")) for state, names in states}
