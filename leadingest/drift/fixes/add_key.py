"""One more value that a value map knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leadingest.documents.spans import WrittenTable, written_node
from leadingest.documents.yaml_document import Document
from leadingest.drift.fixes.splice import Path_, text_yaml, with_entry
from leadingest.lint.finding import Edit


@dataclass(frozen=True)
class AddKey:
    """`values: {Open: active, OPEN: active}` in place of `values: {Open: active}`."""

    path: Path_
    value: str
    meaning: str

    @property
    def paths(self) -> tuple[Path_, ...]:
        """Where the value map stands."""
        return (self.path,)

    def edits(self, document: Document, path: Path_) -> Iterator[Edit]:
        """The edit of the value map; none where it is written in a way that others share."""
        node = written_node(document.text, path)
        if isinstance(node, WrittenTable) and node.keys:
            yield with_entry(document, node, self.value, text_yaml(self.meaning))
