"""How a text file is to be read: encoding, delimiter, header, footer."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from leadingest.deliveries.byte_stream import HeadedStream
from leadingest.deliveries.compression import open_unpacked
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.foreign import refuse_foreign
from leadingest.deliveries.header_names import clean_names
from leadingest.deliveries.readers.broken_lines import record_lengths
from leadingest.drafting.delivery.footer import footer_setting
from leadingest.drafting.delivery.header import header_row, header_settings
from leadingest.drafting.delivery.settings import DeliverySettings
from leadingest.drafting.delivery.text_file import TextFile, read_text_file
from leadingest.mapping.delivery_format import DeliveryFormat

_DELIMITERS: Final = (",", "\t", ";", "|", "~", "^")
_SPELT: Final = {"\t": "tab"}
_ROWS: Final = 200
_HEAD_SIZE: Final = 1 << 16
#: Quotes that are meant as text by a backslash before them.
_ESCAPED: Final = re.compile(r'[^\\]\\"[^,;|\t\r\n"]')
_ESCAPED_DELIMITER: Final = re.compile(r"[^\\]\\[,;|\t~^]")
#: A cell that was meant to be quoted, but for blanks in front of the quote.
_BLANK_BEFORE_QUOTE: Final = re.compile(r'[,;|\t~^] ++"')
_JOINED: Final = "short lines are joined where they make whole records: look at the first of them"
Rows = list[list[str]]


def text_settings(delivery: Delivery, *, usual_delimiter: str) -> DeliverySettings:
    """The settings of a csv or tsv file. Raises DeliveryError where it is no text."""
    with open_unpacked(delivery, DeliveryFormat()) as plain:
        headed = HeadedStream(plain, _HEAD_SIZE)
        refuse_foreign(headed, delivery.name)
        file = read_text_file(headed, delivery.name, _DELIMITERS)
    settings = DeliverySettings()
    if file.encoding:
        settings = settings.adding(
            {"encoding": file.encoding}, {"encoding": file.doubt} if file.doubt else {}
        )
    delimiter, rows = _delimited(file.head, usual_delimiter)
    if delimiter != usual_delimiter:
        settings = settings.adding({"delimiter": _SPELT.get(delimiter, delimiter)})
    skipped = _rows_if(_BLANK_BEFORE_QUOTE, file.head, delimiter, skipinitialspace=True)
    escaped = _rows_if(_ESCAPED_DELIMITER, file.head, delimiter, escapechar="\\")
    if _agreement(skipped) > _agreement(rows):
        rows = skipped
        settings = settings.adding({"blanks": "skip"})
    elif _agreement(escaped) > _agreement(rows):
        rows = escaped
        settings = settings.adding({"escape": "\\"})
    elif file.quotes.mean_nothing(delimiter):
        settings = settings.adding({"quote": "none"})
    elif _ESCAPED.search(file.head) and '""' not in file.head:
        settings = settings.adding({"escape": "\\"})
    settings = header_settings(settings, rows)
    if _has_broken_lines(rows):
        settings = settings.adding({"broken_lines": "join"}, {"broken_lines": _JOINED})
    return settings.adding(_footer(file, rows, delimiter))


def _delimited(head: str, usual: str) -> tuple[str, Rows]:
    """The delimiter under which most rows have the same number of cells, and the rows that it makes."""
    lines = head.splitlines(keepends=True)[:_ROWS]
    candidates = [usual, *(each for each in _DELIMITERS if each != usual)]
    made = {each: _rows(lines, each) for each in candidates}
    best = max(candidates, key=lambda each: _agreement(made[each]))
    return best, made[best]


def _rows_if(sign: re.Pattern[str], head: str, delimiter: str, **options: Any) -> Rows:
    """The rows as the csv reader takes them with these options; none where the sign that asks for them is nowhere."""
    lines = head.splitlines(keepends=True)[:_ROWS] if sign.search(head) else []
    return _rows(lines, delimiter, **options)


def _rows(lines: Sequence[str], delimiter: str, **options: Any) -> Rows:
    try:
        return [row for row in csv.reader(lines, delimiter=delimiter, **options) if row]
    except csv.Error:
        return [line.rstrip("\r\n").split(delimiter) for line in lines]


def _agreement(rows: Rows) -> float:
    """How many of the rows have the most usual number of cells; more cells count more, a single one nothing."""
    counts = Counter(len(row) for row in rows)
    cells, times = max(counts.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    return times / len(rows) * math.log(cells) ** 0.25 if cells > 1 else 0.0


def _has_broken_lines(rows: Rows) -> bool:
    """Whether short rows between whole records make whole ones, too."""
    at = header_row([clean_names(row) for row in rows])
    if at is None:
        return False
    cells = len(rows[at])
    runs = [
        (is_short, [*map(len, run)]) for is_short, run in groupby(rows[at:], lambda row: len(row) < cells)
    ]
    return any(is_short and record_lengths(run, cells) for is_short, run in runs[:-1])


def _footer(file: TextFile, rows: Rows, delimiter: str) -> dict[str, Any]:
    lines = [line for line in file.tail.splitlines() if line.strip()]
    cells = max((len(row) for row in rows), default=1)
    return footer_setting([(line, _filled(line, delimiter)) for line in lines[-3:]], cells)


def _filled(line: str, delimiter: str) -> int:
    return sum(1 for cell in line.split(delimiter) if cell.strip(' "'))
