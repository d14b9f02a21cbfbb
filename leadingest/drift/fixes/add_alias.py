"""One more header that a column may have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leadingest.documents.spans import WrittenTable, written_node
from leadingest.documents.yaml_document import Document
from leadingest.drift.fixes.splice import Path_, with_item
from leadingest.lint.finding import Edit


@dataclass(frozen=True)
class AddAlias:
    """`from: [Phone, Phone No]` in place of `from: Phone`, at each place that reads the column."""

    paths: tuple[Path_, ...]
    header: str

    def edits(self, document: Document, path: Path_) -> Iterator[Edit]:
        """The edit of the entry at one of the paths; none where it is written in a way that others share."""
        node = written_node(document.text, path)
        if isinstance(node, WrittenTable):
            node = written_node(document.text, (*path, "from"))
        if node is not None and not isinstance(node, WrittenTable):
            yield with_item(document, node, self.header)
