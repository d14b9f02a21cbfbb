"""The words that say where the value of an entry comes from: one of them stands in every entry."""

from typing import Final

from leadingest.operations.base import WordRegistry
from leadingest.operations.sources.base import Source

#: Each with its file in this folder.
SOURCES: Final = WordRegistry[Source](
    __name__,
    {
        "from": "header",
        "const": "const",
        "first_of": "first_of",
        "last_of": "last_of",
        "join": "join",
        "flags": "flags",
        "days": "days",
        "sql": "sql",
    },
)
