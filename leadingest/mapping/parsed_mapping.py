"""All that could be read of a mapping file, and what is wrong with the rest."""

from __future__ import annotations

from dataclasses import dataclass

from leadingest.documents.yaml_document import Document, Position, Step, Table, locate
from leadingest.errors import Problem
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.mapping.models import MappingSections
from leadingest.tables.load_table import LoadTable


@dataclass(frozen=True, kw_only=True)
class ParsedMapping(MappingSections):
    """A mapping as far as it can be read. Without problems it is whole."""

    #: How messages call its file.
    name: str
    problems: tuple[Problem, ...]
    #: The file itself and those that it extends; none where it is no YAML.
    documents: tuple[Document, ...] = ()
    #: What they say together; None where it extends what cannot be read.
    root: Table | None = None
    table: LoadTable | None = None
    delivery: DeliveryFormat | None = None

    def place(self, *path: Step) -> Position:
        """Where the node at `path` stands."""
        return locate(self.root, path) if self.root else Position(self.name, 1, 1)
