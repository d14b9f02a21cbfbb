"""UTF-8 before the encodings that the files of a source may be in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from leadingest.documents.spans import WrittenList, WrittenText, written_node
from leadingest.documents.yaml_document import Document
from leadingest.drift.fixes.splice import Path_, kept, with_item_before
from leadingest.lint.finding import Edit
from leadingest.mapping.delivery_values import encoding

#: Where a mapping says which encodings there are.
_PATH: Final[Path_] = ("delivery", "encoding")
_UTF8: Final = "utf-8"


@dataclass(frozen=True)
class Utf8First:
    """`encoding: [utf-8, cp1252]` in place of `encoding: cp1252`: a file that is UTF-8 is read as that."""

    @property
    def paths(self) -> tuple[Path_, ...]:
        """Where the encodings stand."""
        return (_PATH,)

    def edits(self, document: Document, path: Path_) -> Iterator[Edit]:
        """The edit of the encodings; none where they are written in a way that others share."""
        node = written_node(document.text, path)
        if isinstance(node, WrittenText):
            yield Edit(document.name, node.span.start, node.span.end, f"[{_UTF8}, {kept(document, node)}]")
        elif isinstance(node, WrittenList):
            texts = [document.text[item.start : item.end] for item in node.items]
            at = next((at for at, text in enumerate(texts) if encoding(text.strip("'\"")) == _UTF8), None)
            if at is None:
                yield with_item_before(document, node, _UTF8)
                return
            # It stands behind another one, which reads any file: the two change places.
            for item, text in ((node.items[0], texts[at]), (node.items[at], texts[0])):
                yield Edit(document.name, item.start, item.end, text)
