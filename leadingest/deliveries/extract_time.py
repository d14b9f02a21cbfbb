"""When the list of a delivery was made."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.tables.date_format import DIRECTIVES, TIME_DIRECTIVES

_PATTERNS = DIRECTIVES | TIME_DIRECTIVES
_WILDCARDS = {"*": ".*", "?": "."}
_PIECE = re.compile(r"%.|[*?]|[^%*?]+")
#: Between the parts of a date; no file name has it.
_BETWEEN = "\0"


def extract_time(name: str, modified: datetime, fmt: DeliveryFormat) -> datetime:
    """The time in the name of a file, as `extract_time` of the mapping describes it, else its last change; UTC.

    A name that does not fit the description says nothing, and the last change counts.
    """
    return (_time_in(name, fmt.extract_time) if fmt.extract_time else None) or modified


def _time_in(name: str, described: str) -> datetime | None:
    pieces = _PIECE.findall(described)
    directives = [piece for piece in pieces if piece.startswith("%")]
    pattern = "".join(
        f"({_PATTERNS[piece]})" if piece.startswith("%") else _WILDCARDS.get(piece) or re.escape(piece)
        for piece in pieces
    )
    found = re.fullmatch(pattern, name)
    if not found:
        return None
    try:
        time = datetime.strptime(_BETWEEN.join(found.groups()), _BETWEEN.join(directives))
    except ValueError:
        # The digits are there, but no such day is.
        return None
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
