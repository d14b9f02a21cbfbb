"""The program that reads a workbook with python-calamine, in a process of its own.

It is given a path, the most bytes of memory that it may take, and the most seconds of computing time until the
workbook is open, and in all. It writes a line
of JSON with the sheets, reads the position of one of them from its input, and writes a line with the sheet's merged
ranges and one for each of its cells that hold something. A file that makes it take more, or that breaks the library,
ends this process and no other.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

#: What it ends with where the workbook is protected by a password.
PROTECTED: Final = 10

Value = int | float | str | bool | time | date | datetime | timedelta


def main(path: str, *limits: str) -> int:
    """Read the workbook; the exit code."""
    most_bytes, seconds_to_open, most_seconds = map(int, limits)
    _limit("RLIMIT_AS", most_bytes, most_bytes)
    # Some broken files are gone round in for ever.
    _limit("RLIMIT_CPU", seconds_to_open, most_seconds)
    # What breaks off writes no image of its memory, with leads in it, to the disk.
    _limit("RLIMIT_CORE", 0, 0)
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        with open(path, "rb") as file:
            book = CalamineWorkbook.from_filelike(file)
    except PasswordError:
        return PROTECTED
    _limit("RLIMIT_CPU", most_seconds, most_seconds)
    _say(
        [
            (sheet.name, sheet.visible != SheetVisibleEnum.Visible)
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
    )
    chosen = sys.stdin.readline()
    if not chosen:
        return 0
    sheet = book.get_sheet_by_name(json.loads(chosen))
    _say([[top, left, bottom] for (top, left), (bottom, _) in sheet.merged_cell_ranges or ()])
    first_column = (sheet.start or (0, 0))[1] + 1
    # Leading rows with nothing in them are given, leading columns are not.
    for row, values in enumerate(sheet.iter_rows(), start=1):
        for cell in _cells(row, first_column, values):
            _say(cell)
    sys.stdout.flush()
    return 0


def _limit(name: str, soft: int, hard: int) -> None:
    try:
        import resource
    except ImportError:  # there is none on Windows
        return
    resource.setrlimit(getattr(resource, name), (soft, hard))


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    if isinstance(what, list):
        sys.stdout.flush()


def _cells(row: int, first_column: int, values: list[Value]) -> Iterator[dict[str, object]]:
    for column, value in enumerate(values, start=first_column):
        if value != "":
            number = isinstance(value, int | float) and not isinstance(value, bool)
            yield {"row": row, "column": column, "number": number, "text": text_of(value)}


def text_of(value: Value) -> str:
    """The value as cells of other workbooks are told; a number as a program writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == time() else f"{value.date()} {_clock(value.time())}"
    if isinstance(value, time):
        return _clock(value)
    if isinstance(value, timedelta):
        return _elapsed(value)
    return str(value)


def _clock(moment: time) -> str:
    thousandths = moment.microsecond // 1000
    return moment.strftime("%H:%M:%S") + (f".{thousandths:03}" if thousandths else "")


def _elapsed(length: timedelta) -> str:
    seconds = length // timedelta(seconds=1)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
