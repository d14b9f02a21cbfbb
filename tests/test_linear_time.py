"""No pattern of ours goes back over the bytes of a delivery: twice as many take about twice as long, not four times."""

from __future__ import annotations

import io
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from leadingest.deliveries.foreign_file import foreign_kind
from leadingest.deliveries.header_names import header_words
from leadingest.deliveries.readers.csv import find_dialect
from leadingest.deliveries.readers.dialect import CsvDialect, RecordShape
from leadingest.deliveries.readers.verdict import Judge, Parsed
from leadingest.deliveries.workbook.merged_cells import merged_ranges
from leadingest.deliveries.workbook.number_formats import NumberFormat
from leadingest.deliveries.workbook.numbers import _written_out
from leadingest.deliveries.workbook.sheet_xml import element_pieces
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat

#: Twice the input may take so many times as long; linear work takes twice, what goes back four times and more.
_MOST = 3.0
#: Seconds of the processor that the least input should take: less is noise. And what no input may take.
_MEASURABLE = 0.01
_BOUND = 20


def damaged() -> DeliveryError:
    return DeliveryError("damaged")


def sheet(content: str) -> None:
    """Read this as the rows of a sheet."""
    xml = io.BytesIO(content.encode())
    for _ in element_pieces(xml, within="sheetData", element="row", size=8 << 20, damaged=damaged):
        pass


def in_sheet(part: str) -> Callable[[int], None]:
    return lambda times: sheet(f"<worksheet><sheetData>{part * times}</sheetData></worksheet>")


def judged(line: str) -> None:
    shape = RecordShape(CsvDialect(","), 2, 1 << 24, 1000)
    Judge(shape).of(Parsed([line], ["", ""]), 1, doubtful=True)


def dialect(text: bytes) -> None:
    find_dialect(text, DeliveryFormat(), CsvDialect(","), encoding="utf-8", name="x")


#: What each reader is worst at, so many times.
WORST: dict[str, Callable[[int], Any]] = {
    "comments before a sheet": lambda n: sheet("<!---->" * n + "x"),
    "blanks before a sheet": lambda n: sheet(" " * n + "x"),
    "a tag that is not closed": lambda n: sheet("<worksheet><sheetData " + "a=" * n),
    "tags that are not closed": lambda n: sheet("<worksheet>" + "<sheetData " * n),
    "comments that are not closed": in_sheet("<!-- "),
    "CDATA that is not closed": in_sheet("<![CDATA["),
    "looks that are not closed": in_sheet("<rPr>"),
    "looks of many elements": in_sheet("<rPr><b/><b/>"),
    "tags of looks that are not closed": in_sheet("<rPr a"),
    "single quotes without an end": lambda n: sheet(f"<worksheet><sheetData><row{' a=' + chr(39)} {'b=' + chr(39)} " * n),
    "merged cells without a place": lambda n: merged_ranges(io.BytesIO(b"<mergeCell " + b"ref " * n), damaged),
    "merged cells with prefixes": lambda n: merged_ranges(io.BytesIO(b"mergeCell<" + b"a.-" * n), damaged),
    "brackets of a number format": lambda n: NumberFormat.of("[" * n),
    "quotes of a number format": lambda n: NumberFormat.of('"' * (2 * n + 1)),
    "hours of a number format": lambda n: NumberFormat.of("[" + "h" * n),
    "digits of a number": lambda n: _written_out("1" * n + "x"),
    "a cell with quotes": lambda n: judged('"' * (2 * n + 1)),
    "quoted cells": lambda n: judged('"a",' * n + '"'),
    "blanks before a quote": lambda n: judged(" " * n + 'a"'),
    "backslashes": lambda n: dialect(b'a,b\n"' + b"\\" * min(2 * n, 3 << 20) + b'"\n'),
    "brackets of a header": lambda n: header_words("(" * n),
    "explanations of a header": lambda n: header_words("(a, " * n),
    "the beginning of a web page": lambda n: foreign_kind(b"<" + b"<html" * n),
    "the beginning of JSON": lambda n: foreign_kind(b"{" + b" " * n),
    "the beginning of an archive": lambda n: foreign_kind(b"PK\x03\x04" * n),
}  # fmt: skip


@pytest.mark.parametrize("worst", WORST)
def test_twice_as_much_takes_about_twice_as_long(worst: str) -> None:
    work = WORST[worst]
    times = 1000
    while spent(work, times) < _MEASURABLE and times < 1 << 16:
        times *= 2
    # The machine may be busy with other things: one of several tries must show what it is.
    for _ in range(4):
        first, second, third = (spent(work, times * factor) for factor in (1, 2, 4))
        if max(second / max(first, _MEASURABLE), third / max(second, _MEASURABLE)) <= _MOST:
            return
    pytest.fail(
        f"{worst}: {first:.3f}, {second:.3f} and {third:.3f} s for {times} times it, twice and four times"
    )


def spent(work: Callable[[int], Any], times: int) -> float:
    """Seconds of the processor, the least of two; what is refused was looked at, too."""
    taken = []
    for _ in range(2):
        begun = time.process_time()
        with bounded(), suppress(DeliveryError, StopIteration):
            work(times)
        taken.append(time.process_time() - begun)
    return min(taken)


@contextmanager
def bounded() -> Iterator[None]:
    """End what would take for ever."""

    def end(*_: object) -> None:
        pytest.fail(f"it took more than {_BOUND} s")

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, _BOUND)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
