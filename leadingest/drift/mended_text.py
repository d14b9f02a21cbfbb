"""The fixes of differences, written into the text of a mapping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leadingest.documents.yaml_document import Document, locate
from leadingest.drift.difference import Difference
from leadingest.drift.fixes import Fix
from leadingest.lint.finding import Edit, mended
from leadingest.mapping.parsed_mapping import ParsedMapping


@dataclass(frozen=True)
class MendedText:
    """A file of the mapping, its text as it would be, and how many changes that makes."""

    document: Document
    text: str
    changes: int


@dataclass(frozen=True)
class _Mending:
    edits: tuple[Edit, ...]


def mended_texts(reading: ParsedMapping, differences: Iterable[Difference]) -> Iterator[MendedText]:
    """Each file of the mapping that the fixes change. A fix is made whole or not at all."""
    fixes = [fix for difference in differences for fix in difference.told.fixes]
    mendings = [mending for fix in fixes if (mending := _mending(reading, fix))]
    for document in reading.documents:
        text, changes = mended(document.text, document.name, mendings)
        if changes:
            yield MendedText(document, text, changes)


def _mending(reading: ParsedMapping, fix: Fix) -> _Mending | None:
    documents = {document.name: document for document in reading.documents}
    edits: list[Edit] = []
    for path in fix.paths:
        document = documents.get(locate(reading.root, path).file) if reading.root else None
        made = tuple(fix.edits(document, path)) if document else ()
        if not made:
            return None
        edits += made
    return _Mending(tuple(edits))
