"""`--format markdown`: for a pull request or a chat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from leadingest.drift.source_drift import SourceDrift
from leadingest.reports.drift_words import HEADS, compared_with, rows, sums, title
from leadingest.reports.printable import one_line

#: Signs that mean something in Markdown, and what does in HTML, to who would be notified, or as a link.
_SIGNS: Final = re.compile(r"[\\`*_{}\[\]#+!|~$]")
_ENTITIES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "@": "&#64;",
    "://": "&#58;//",
    "www.": "www&#46;",
}
_NO_TEXT: Final = re.compile("|".join(map(re.escape, _ENTITIES)))


def markdown(drifts: Sequence[SourceDrift], *, width: int | None = None) -> str:
    """A heading, the sums and a table for each source."""
    return "\n\n".join("\n".join(_source(drift)) for drift in drifts) + "\n"


def _source(drift: SourceDrift) -> Iterator[str]:
    yield f"### {plain(title(drift))}"
    yield ""
    if drift.message:
        yield f"**not compared**: {plain(drift.message)}"
        return
    yield f"{plain(compared_with(drift))}: **{plain(sums(drift))}**"
    if drift.differences:
        yield ""
        yield f"| {' | '.join(HEADS)} |"
        yield "|---" * len(HEADS) + "|"
    for cells in rows(drift):
        yield f"| {' | '.join(map(plain, cells))} |"


def plain(text: str) -> str:
    """The text on one line, as it is read: nothing in it is Markdown, HTML or a mention."""
    escaped = _SIGNS.sub(r"\\\g<0>", one_line(text))
    return _NO_TEXT.sub(lambda sign: _ENTITIES[sign[0]], escaped)
