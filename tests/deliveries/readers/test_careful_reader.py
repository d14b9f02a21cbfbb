"""Tests of leadingest.deliveries.readers.careful_reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leadingest.deliveries.readers.careful_reader import lenient_cells
from leadingest.deliveries.readers.dialect import CsvDialect, RecordShape
from tests.deliveries.conftest import Whole

SHAPE = RecordShape(CsvDialect(","), 3, 1 << 20, 1000)


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"The "Oak", Inc",Reno,NV\n', ['The "Oak", Inc', "Reno", "NV"]),
        ('"Oak" Care,"7 Oak Ave, 2",NV', ['"Oak" Care', "7 Oak Ave, 2", "NV"]),
        ('"Oak,Reno,NV\r\n', ['"Oak', "Reno", "NV"]),
        ('"The ""Oak"" "Tree"",Reno,NV', ['The "Oak" "Tree"', "Reno", "NV"]),
    ],
)
def test_a_line_with_one_reading_is_read_so(line: str, cells: list[str]) -> None:
    assert lenient_cells(line, SHAPE) == cells


@pytest.mark.parametrize(
    "line", ['"a"x,"b","c",d', "a,b,c,d", '"a,b', '"a" x,b,c,d', '"a,b","c,d"', 'Kids"7 Oak, 2",NV']
)
def test_a_line_with_several_readings_or_none_is_not(line: str) -> None:
    assert lenient_cells(line, SHAPE) is None


def test_it_is_only_done_where_the_mapping_says_so_and_told(read: Callable[..., Whole]) -> None:
    content = b'a,b,c\n"The "Oak", Inc",Reno,NV\nElm,Elko,NV\nHappy Kids"7 Oak Ave, 2",NV\nFir,Elko,NV\n'
    strict, lenient = (read(content, delimiter=",", quotes=each) for each in ("strict", "lenient"))
    assert (len(strict.rows), len(strict.rejects), strict.remarks) == (2, 2, ())
    assert lenient.rows[0] == ('The "Oak", Inc', "Reno", "NV")
    assert (len(lenient.rows), len(lenient.rejects)) == (3, 1)
    assert lenient.remarks == ("1 record was read leniently",)
