"""How a file is to be read: the settings that a draft must say, found by trying."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby, zip_longest
from typing import Any, Final

import polars as pl

from leadingest.deliveries.byte_streams import HeadedStream
from leadingest.deliveries.compression import inner_name, open_unpacked
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.foreign_file import refuse_foreign
from leadingest.deliveries.header_names import clean_names, joined_names
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.readers.broken_lines import record_lengths
from leadingest.deliveries.readers.old_workbook import sheets_of
from leadingest.deliveries.workbook.book import Sheet, read_book
from leadingest.deliveries.workbook.package import open_workbook
from leadingest.drafting.encodings import TextFile, read_text_file
from leadingest.drafting.legend import Legend, legend_of
from leadingest.drafting.list_date import preamble_date
from leadingest.drafting.sample import SHAPES
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import WORKBOOKS, DeliveryFormat
from leadingest.tables.types import LOOKS
from leadingest.tables.types.base import Evidence, Look

_DELIMITERS: Final = (",", "\t", ";", "|", "~", "^")
_SPELLED: Final = {"\t": "tab"}
_ROWS: Final = 200
#: Of the lines at the start and at the end: what a file says of itself stands in so many.
_AROUND: Final = 15
_HEAD_SIZE: Final = 1 << 16
#: Quotes that are meant as text by a backslash before them.
_ESCAPED: Final = re.compile(r'[^\\]\\"[^,;|\t\r\n"]')
_ESCAPED_DELIMITER: Final = re.compile(r"[^\\]\\[,;|\t~^]")
#: A cell that was meant to be quoted, but for blanks in front of the quote.
_BLANK_BEFORE_QUOTE: Final = re.compile(r'[,;|\t~^] ++"')
_JOINED: Final = "short lines are joined into whole records: check the first of them"
Rows = list[list[str]]


def text_settings(delivery: Delivery, *, usual_delimiter: str, today: date) -> DeliverySettings:
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
        settings = settings.adding({"delimiter": _SPELLED.get(delimiter, delimiter)})
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
    settings = header_settings(settings, rows, today=today)
    around = (*file.head.splitlines()[:_AROUND], *file.tail.splitlines()[-_AROUND:])
    settings = replace(settings, legend=legend_of(around))
    if _has_broken_lines(rows):
        settings = settings.adding({"broken_lines": "join"}, {"broken_lines": _JOINED})
    return settings.adding(_footer(file, rows, delimiter))


def _delimited(head: str, usual: str) -> tuple[str, Rows]:
    """The delimiter under which most rows have the same number of cells, and the rows that it makes."""
    lines = head.splitlines(keepends=True)[:_ROWS]
    candidates = [usual, *(each for each in _DELIMITERS if each != usual)]
    # Strictly, or a wrong one takes the line end between two quotes for a part of a cell.
    made = {each: _rows(lines, each, strict=True) for each in candidates}
    best = max(candidates, key=lambda each: _agreement(made[each]))
    return best, _rows(lines, best)


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
    cells = next(iter(_rows([line], delimiter)), [])
    return sum(1 for cell in cells if cell.strip(' "'))


_SHEET_ROWS: Final = 50
_LAST: Final = 3
#: So many times as many cells as the first sheet must another one have to be the list.
_FULLER: Final = 3
#: Of wider sheets only the first columns are looked at here.
_NAMES: Final = tuple(f"column {number}" for number in range(1, 301))

Row = tuple[str, ...]


@dataclass(frozen=True)
class _Sheet:
    name: str
    first: list[Row]
    last: list[Row]
    filled: int


def workbook_settings(delivery: Delivery, sheets: Sequence[Sheet], *, today: date) -> DeliverySettings:
    """The settings of a workbook with these sheets. Raises DeliveryError where it cannot be read."""
    names = [sheet.name for sheet in sheets if not sheet.hidden] or [sheet.name for sheet in sheets]
    found = [sheet for name in names if (sheet := _sheet(delivery, name, alone=len(names) == 1))]
    if not found:
        raise DeliveryError(f"{delivery.name}: no sheet has records", hint="ask for the file again")
    fullest = max(found, key=lambda sheet: sheet.filled)
    chosen = fullest if fullest.filled > _FULLER * found[0].filled else found[0]
    settings = DeliverySettings()
    if chosen.name != names[0]:
        settings = settings.adding({"sheet": chosen.name})
    settings = header_settings(settings, chosen.first, today=today)
    around = (*chosen.first[:_AROUND], *chosen.last)
    settings = replace(settings, legend=legend_of(cell for row in around for cell in row))
    last = [(",".join(filter(None, row)), sum(map(bool, row))) for row in chosen.last]
    cells = max(sum(map(bool, row)) for row in chosen.first)
    return settings.adding(footer_setting(last, cells))


def _sheet(delivery: Delivery, name: str, *, alone: bool) -> _Sheet | None:
    """The sheet with its first and last rows; None for one without rows, unless there is no other.

    No row is taken for the header here: the rows below a title of one cell would be too wide for it.
    """
    fmt = DeliveryFormat(sheet=name, header="none", names=_NAMES)
    first = last = pl.DataFrame()
    filled = 0
    try:
        with open_records(delivery, fmt) as records:
            for batch in records.batches():
                first = batch.frame.head(_SHEET_ROWS) if first.is_empty() else first
                last = batch.frame.tail(_LAST) if batch.frame.height else last
                filled += int((batch.frame != "").sum().sum_horizontal().item())
    except DeliveryError:
        if alone:
            raise
        return None
    return _Sheet(name, first.rows(), last.rows(), filled) if first.height else None


def find_settings(delivery: Delivery, *, today: date) -> DeliverySettings:
    """The settings that differ from the defaults. Raises DeliveryError where the file is no list at all."""
    plain = DeliveryFormat()
    file_format = plain.format_of(inner_name(delivery, plain))
    if file_format == "xlsx":
        with open_workbook(delivery, plain) as package:
            return workbook_settings(delivery, read_book(package).sheets, today=today)
    if file_format in WORKBOOKS and (sheets := sheets_of(delivery)):
        return workbook_settings(delivery, sheets, today=today)
    return text_settings(delivery, usual_delimiter="\t" if file_format == "tsv" else ",", today=today)


@dataclass(frozen=True)
class DeliverySettings:
    """Keys of the `delivery` section that differ from their defaults, and of some why they may be wrong."""

    values: Mapping[str, Any] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)
    #: What the file says of its codes.
    legend: Legend = field(default_factory=dict)

    @property
    def format(self) -> DeliveryFormat:
        """The settings as readers take them."""
        return DeliveryFormat.model_validate(self.values)

    def adding(self, values: Mapping[str, Any], doubts: Mapping[str, str] | None = None) -> DeliverySettings:
        """These settings and more."""
        return replace(self, values={**self.values, **values}, doubts={**self.doubts, **(doubts or {})})


_BEGINS: Final = re.compile(
    r'^[,"\s]*+((?:grand )?total\b|report\b|end of\b|as of\b|source:|note:|printed\b|run date|generated\b|\d+ (?:records|rows)\b)',
    re.IGNORECASE,
)
#: Of the cells that a record has: a footer fills fewer.
_FEW: Final = 0.4


def footer_setting(last: Sequence[tuple[str, int]], cells: int) -> dict[str, Any]:
    """`footer` by the beginning of the first of the last lines that is one; each comes with how many cells it fills."""
    for line, filled in last:
        begins = _BEGINS.match(line) if filled <= max(1, _FEW * cells) else None
        if begins is None and filled == 1 and cells > _NARROW and line.count('"') % 2 == 0:
            begins = _SENTENCE.match(line)
        if begins:
            return {"footer": {"match": f'^[,"\\s]*{pl.escape_regex(begins[1])}'}}
    return {}


#: A line with one cell and several words in it; its beginning is what it is known by.
_SENTENCE: Final = re.compile(r'[,"\s]*+([^\s,"|;]+(?: [^\s,"|;]+)?) [^|;]*\w[^|;]* \w')


_SEARCHED: Final = 30
#: Of the widest row: a title above the header fills fewer cells.
_WIDE: Final = 0.6
_FILLED: Final = 0.5
#: In a narrower table a row that fills fewer cells may as well be a header with a blank in it.
_NARROW: Final = 3
_MOST_DIGITS: Final = 0.3
_MADE_UP: Final = (
    "the file has no header: these names are placeholders; the first record may show what they should be"
)
_NAMES_TO_FIND_BY: Final = 2


def header_settings(
    settings: DeliverySettings, rows: Sequence[Sequence[str]], *, today: date
) -> DeliverySettings:
    """The settings with what must be said of the header: nothing where it is the first row."""
    cleaned = [clean_names(row) for row in rows]
    at = header_row(cleaned)
    if at is None:
        return settings
    names = cleaned[at]
    if _is_record(names):
        if at:
            return settings
        values = {"header": "none", "names": _made_up_names(names)}
        return settings.adding(values, {"names": _MADE_UP})
    above = [" ".join(filter(None, row)) for row in cleaned[:at]]
    if listed_on := preamble_date(above, today=today):
        settings = settings.adding({"extract_time": listed_on})
    first, last = _header_rows(cleaned, at)
    if last > first:
        where = {"match": _telling(joined_names(cleaned[first : last + 1]))} if first else {"row": 1}
        return settings.adding({"header": {**where, "rows": last - first + 1}})
    if at == 0:
        return _one_name_short(settings, cleaned)
    return settings.adding({"header": {"match": _telling(names)}})


def _telling(names: Sequence[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name][:_NAMES_TO_FIND_BY]


def _header_rows(rows: Sequence[tuple[str, ...]], at: int) -> tuple[int, int]:
    """The first and the last row of the header that has its fullest row at `at`: titles above it, names below it."""
    if at and _are_titles(rows[at - 1], rows[at]):
        return at - 1, at
    if at + 1 < len(rows):
        has_gaps = any(
            below and not above for above, below in zip_longest(rows[at], rows[at + 1], fillvalue="")
        )
        if _is_second_row(rows[at + 1], rows[at + 2 :], fewest=1 if has_gaps else _FEWEST_TITLES):
            return at, at + 1
    return at, at


def _are_titles(row: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the row has titles for several of the columns: words, and no more cells than names below."""
    filled = [number for number, cell in enumerate(row) if cell]
    return (
        len(filled) >= _FEWEST_TITLES
        and max(filled) < len(names)
        and not _is_record(row)
        and all(len(row[number].split()) <= _WORDS_OF_A_TITLE for number in filled)
    )


_FEWEST_TITLES: Final = 2
_WORDS_OF_A_TITLE: Final = 5
#: Records that are looked at below a row that may be part of the header.
_FEWEST_BELOW: Final = 2
_BELOW: Final = 20
_SHAPED: Final = 0.8
_NUMBER: Final = re.compile(r"[$-]?[0-9][0-9,.]*%?")


def _is_second_row(row: Sequence[str], below: Sequence[tuple[str, ...]], *, fewest: int) -> bool:
    """Whether the row has so many different words where all records below have numbers, days, phones and the like."""
    words = set()
    for number, cell in enumerate(row):
        cells = [record[number] for record in below[:_BELOW] if number < len(record) and record[number]]
        if len(cells) >= _FEWEST_BELOW and sum(map(_has_shape, cells)) >= _SHAPED * len(cells):
            if _has_shape(cell):
                return False
            words.add(cell)
    return len(words - {""}) >= fewest


def _has_shape(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell)) or any(look.tells is Evidence.NO_TEXT for look in _looks(cell))


def _one_name_short(settings: DeliverySettings, rows: Sequence[tuple[str, ...]]) -> DeliverySettings:
    """What must be said where every record has one cell more than the header: a first one, or a blank last one."""
    names, *records = rows
    if not records or not all(names) or any(len(record) != len(names) + 1 for record in records):
        return settings
    if not any(record[-1] for record in records):
        return settings.adding({"header": 1, "names": [*names, ""]})
    return settings.adding({"header": {"row_names": True}})


def header_row(rows: Sequence[tuple[str, ...]]) -> int | None:
    """The first row that is about as wide as the widest, and mostly filled."""
    widest = max((_extent(row) for row in rows), default=0)
    if rows and widest < _NARROW and len(rows[0]) >= widest:
        return 0
    for number, row in enumerate(rows[: min(_SEARCHED, len(rows) - 1)]):
        extent = _extent(row)
        if extent and extent >= _WIDE * widest and sum(map(bool, row)) >= _FILLED * extent:
            return number
    return None


def _extent(row: Sequence[str]) -> int:
    """How many cells there are up to the last filled one."""
    return max((number for number, cell in enumerate(row, start=1) if cell), default=0)


def _is_record(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    shaped = any(look.tells is Evidence.NO_TEXT for cell in filled for look in _looks(cell))
    return shaped or sum(cell.isdigit() for cell in filled) > _MOST_DIGITS * len(filled)


def _looks(cell: str) -> Iterator[Look]:
    """The looks that the cell has, as far as they have a name for their column."""
    for kind, look in LOOKS.items():
        if look.header and re.search(SHAPES[kind] if look.tells is Evidence.NO_TEXT else look.pattern, cell):
            yield look


def _made_up_names(cells: Sequence[str]) -> list[str]:
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = next((look.header for look in _looks(cell)), None)
        names.append(name if name and name not in names else f"Column {number}")
    return names
