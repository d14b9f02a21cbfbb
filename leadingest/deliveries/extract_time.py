"""When the list of a delivery was made."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import chain
from typing import Final

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.header_names import clean_names
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.records import Records
from leadingest.errors import DeliveryError
from leadingest.expressions import BLANKS
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.mapping.extract_time import QUARTER, InColumn, InPreamble
from leadingest.mapping.headers import position_of
from leadingest.tables.date_format import DIRECTIVES, TIME_DIRECTIVES

_PATTERNS: Final = DIRECTIVES | TIME_DIRECTIVES | {QUARTER: "[1-4]"}
_WILDCARDS: Final = {"*": ".*", "?": "."}
#: Parts of a date that are written with two digits where nothing stands between them and another part.
_TWO_DIGITS: Final = ("%m", "%d", "%H", "%I", "%M", "%S")
_PIECE: Final = re.compile(r"%.|[*?]|[^%*?]+")
#: Pieces of a text that is no file name: blanks count as one, and nothing stands for anything.
_TEXT_PIECE: Final = re.compile(r"%.|\s+|[^%\s]+")
#: Between the parts of a date; no file name has it.
_BETWEEN: Final = "\0"


def extract_time(delivery: Delivery, fmt: DeliveryFormat) -> datetime:
    """The time that the delivery tells as `extract_time` of the mapping describes it, else its last change; UTC.

    A month, a quarter or a year counts from its first moment. What does not fit the description, and a file
    that cannot be read, tells nothing, and the last change counts.
    """
    return told_time(delivery, fmt) or delivery.modified


def told_time(delivery: Delivery, fmt: DeliveryFormat) -> datetime | None:
    """The time that the delivery tells; None where it tells none, or the mapping does not say where it does."""
    match fmt.extract_time:
        case None:
            return None
        case str(described):
            return time_in_name(delivery.name, described)
        case _:
            return _time_inside(delivery, fmt)


def undated(delivery: Delivery, fmt: DeliveryFormat) -> tuple[str, ...]:
    """What is to be said of a delivery that does not tell its time where the mapping says that it does."""
    if fmt.extract_time is None or told_time(delivery, fmt):
        return ()
    return (
        f"no date was found {_where(fmt.extract_time)}: the modification time of the file is used as the extract time",
    )


def time_in_name(name: str, described: str) -> datetime | None:
    """The time in the name of a file; None where the name does not fit the description."""
    return _read(described, _PIECE, name, re.fullmatch)


def _where(described: str | InPreamble | InColumn) -> str:
    match described:
        case InPreamble(preamble=text):
            return f'above the header that is written "{text}"'
        case InColumn(column=column, format=text):
            return f'at the top of column "{column}" that is written "{text}"'
        case _:
            return f'in the name of the file that is written "{described}"'


@lru_cache(maxsize=256)
def _time_inside(delivery: Delivery, fmt: DeliveryFormat) -> datetime | None:
    """The time in the delivery itself. Kept, for a run asks when it chooses, when it loads and when it archives."""
    # The column may be one of those that are put together there.
    fmt = fmt.model_copy(update={"repeat": ()})
    try:
        with open_records(delivery, fmt) as records:
            match fmt.extract_time:
                case InPreamble(preamble=described):
                    found = (time_in_text(line, described) for line in records.layout.preamble)
                    return next(filter(None, found), None)
                case InColumn(column=column, format=described):
                    cell = _first_value(records, column, fmt)
                    return _time_of_cell(cell, described) if cell else None
    except DeliveryError:
        # Whoever goes on to read the delivery is told what is the matter with it.
        return None
    return None


def _first_value(records: Records, column: str, fmt: DeliveryFormat) -> str | None:
    (wanted,) = clean_names([column])
    position = position_of(wanted, records.headers)
    if position is None:
        return None
    nulls = ["", *(null.strip(BLANKS) for null in fmt.nulls)]
    for batch in records.batches():
        cells = batch.frame[str(position)].str.strip_chars(BLANKS)
        filled = cells.filter(~cells.is_in(nulls)).head(1)
        if not filled.is_empty():
            return str(filled[0])
    return None


def time_in_text(text: str, described: str) -> datetime | None:
    """The time in a text; None where it does not hold what is described."""
    return _read(described, _TEXT_PIECE, text, re.search)


def _time_of_cell(cell: str, described: str) -> datetime | None:
    return _read(described, _TEXT_PIECE, cell, re.fullmatch)


def _read(
    described: str,
    piece: re.Pattern[str],
    text: str,
    look: Callable[[str, str, re.RegexFlag], re.Match[str] | None],
) -> datetime | None:
    """The time in the text, where it is written as described; UTC unless it says otherwise."""
    pieces = piece.findall(described)
    directives = [each for each in pieces if each.startswith("%")]
    around = zip(["", *pieces], pieces, [*pieces[1:], ""], strict=False)
    pattern = "".join(_pattern(each, before, after) for before, each, after in around)
    # In a name capitals count, as they do in `match`.
    flags = re.IGNORECASE if piece is _TEXT_PIECE else re.NOFLAG
    found = look(pattern, text, flags)
    if not found:
        return None
    parts = chain.from_iterable(map(_for_strptime, directives, found.groups()))
    written, formats = zip(*parts, strict=True)
    try:
        time = datetime.strptime(_BETWEEN.join(written), _BETWEEN.join(formats))
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        # The digits are there, but no such day is, or none in UTC.
        return None


def is_after_tomorrow(time: datetime, today: date) -> bool:
    """Whether no list can have been made at that time: in no time zone is it that day yet. `today` is that of UTC."""
    return time.astimezone(UTC).date() > today + timedelta(days=1)


def _for_strptime(directive: str, written: str) -> list[tuple[str, str]]:
    """A part of a date and its directive, as Python knows it."""
    if directive == QUARTER:
        return [(str(3 * int(written) - 2), "%m")]
    return [(written, directive)]


def _pattern(piece: str, before: str, after: str) -> str:
    """What fits a piece of the description between two others; a date takes no digits from what is around it."""
    if not piece.startswith("%"):
        return r"\s+" if piece.isspace() else _WILDCARDS.get(piece) or re.escape(piece)
    beside = before.startswith("%") or after.startswith("%")
    digits = "[0-9]{2}" if beside and piece in _TWO_DIGITS else _PATTERNS[piece]
    apart_before = "(?<![0-9])" if before in ("", *_WILDCARDS) else ""
    apart_after = "(?![0-9])" if after in ("", *_WILDCARDS) else ""
    return f"{apart_before}({digits}){apart_after}"
