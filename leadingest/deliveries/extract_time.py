"""When the list of a delivery was made."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.tables.date_format import DIRECTIVES, TIME_DIRECTIVES

_PATTERNS = DIRECTIVES | TIME_DIRECTIVES
_WILDCARDS = {"*": ".*", "?": "."}
#: Parts of a date that are written with two digits where nothing stands between them and another part.
_TWO_DIGITS = ("%m", "%d", "%H", "%I", "%M", "%S")
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
    around = zip(["", *pieces], pieces, [*pieces[1:], ""], strict=False)
    pattern = "".join(_pattern(piece, before, after) for before, piece, after in around)
    found = re.fullmatch(pattern, name)
    if not found:
        return None
    try:
        time = datetime.strptime(_BETWEEN.join(found.groups()), _BETWEEN.join(directives))
    except ValueError:
        # The digits are there, but no such day is.
        return None
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)


def _pattern(piece: str, before: str, after: str) -> str:
    """What fits a piece of the description between two others; no wild card takes digits from a date."""
    if not piece.startswith("%"):
        return _WILDCARDS.get(piece) or re.escape(piece)
    beside = before.startswith("%") or after.startswith("%")
    digits = "[0-9]{2}" if beside and piece in _TWO_DIGITS else _PATTERNS[piece]
    apart_before = "(?<![0-9])" if before in _WILDCARDS else ""
    apart_after = "(?![0-9])" if after in _WILDCARDS else ""
    return f"{apart_before}({digits}){apart_after}"
