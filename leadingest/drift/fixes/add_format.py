"""One more format that the dates of a field may be written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leadingest.documents.spans import WrittenList, WrittenTable, WrittenText, written_node
from leadingest.documents.yaml_document import Document
from leadingest.drift.fixes.splice import Path_, kept, text_yaml, with_entry, with_item
from leadingest.lint.finding import Edit


@dataclass(frozen=True)
class AddFormat:
    """`formats: ["%m/%d/%y", "%m/%d/%Y"]` in place of `formats: "%m/%d/%y"`.

    `known` are the formats that the field has, whether its entry says them or the load table does.
    """

    path: Path_
    known: tuple[str, ...]
    format: str

    @property
    def paths(self) -> tuple[Path_, ...]:
        """Where the entry stands."""
        return (self.path,)

    def edits(self, document: Document, path: Path_) -> Iterator[Edit]:
        """The edit of the entry; none where it is a list of lines, or written in a way that others share."""
        node = written_node(document.text, path)
        formats = ", ".join(text_yaml(each) for each in (*self.known, self.format))
        if isinstance(node, WrittenTable):
            known = written_node(document.text, (*path, "formats"))
            if isinstance(known, WrittenText | WrittenList):
                yield with_item(document, known, self.format)
            elif "formats" not in node.keys:
                yield with_entry(document, node, "formats", f"[{formats}]")
        elif isinstance(node, WrittenText):
            entry = f"{{from: {kept(document, node)}, formats: [{formats}]}}"
            yield Edit(document.name, node.span.start, node.span.end, entry)
        elif isinstance(node, WrittenList) and node.flow:
            start, end = node.items[0].start, node.items[-1].end
            brackets = document.text.rfind("[", 0, start), document.text.find("]", end) + 1
            headers = document.text[brackets[0] : brackets[1]]
            yield Edit(document.name, *brackets, f"{{from: {headers}, formats: [{formats}]}}")
