"""All that could be read of a mapping file, and what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from pathlib import Path

from leadingest.documents.yaml_document import Document, Position, Step, Table, locate
from leadingest.errors import Problem
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.mapping.models import Condition, Entry
from leadingest.mapping.sections import Expectation, Guards, OnDrift, Rhythm
from leadingest.tables.load_table import LoadTable


@dataclass(frozen=True)
class Reading:
    """A mapping as far as it can be read. Without problems it is whole."""

    path: Path
    name: str
    problems: tuple[Problem, ...]
    #: The file itself and those that it extends; none where it is no YAML.
    documents: tuple[Document, ...] = ()
    #: What they say together; None where it extends what cannot be read.
    root: Table | None = None
    table: LoadTable | None = None
    source: str = ""
    about: str = ""
    delivery: DeliveryFormat | None = None
    guards: Guards = field(default_factory=Guards)
    on_drift: OnDrift = field(default_factory=OnDrift)
    expect: Rhythm | None = None
    let: Dict[str, Entry] = field(default_factory=dict)
    where: Condition | None = None
    fields: Dict[str, Entry] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    tests: tuple[Expectation, ...] = ()

    def place(self, *path: Step) -> Position:
        """Where the node at `path` stands."""
        return locate(self.root, path) if self.root else Position(self.name, 1, 1)
