"""From offsets in a document to places."""

from bisect import bisect_right

from leadingest.documents.yaml_document import Document, Position
from leadingest.lint.comments import line_starts


def position_at(document: Document, offset: int) -> Position:
    """The place of the character at the offset."""
    starts = line_starts(document.text)
    line = bisect_right(starts, offset) - 1
    return Position(document.name, line + 1, offset - starts[line] + 1)
