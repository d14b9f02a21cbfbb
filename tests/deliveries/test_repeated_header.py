"""Tests of leadingest.deliveries.repeated_header."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.deliveries.conftest import Whole

Read = Callable[..., Whole]


@pytest.mark.parametrize(
    "again", [b" Name,License  No,\n", b'"Name","License  No",""\n', b"Name ,License  No, \n"]
)
def test_white_space_aside_the_header_once_more_is_left_out_and_told(read: Read, again: bytes) -> None:
    whole = read(b"Name ,License  No,\nOak,1,\n" + again + b"Elm,2,x\n")
    assert (whole.rows, whole.numbers, whole.repeated) == ([("Oak", "1", ""), ("Elm", "2", "x")], [1, 3], [2])
    assert whole.remarks == ("1 repeated header is left out and counted as filtered",)


def test_names_that_the_mapping_gives_are_a_header_too(read: Read) -> None:
    assert read(b"a,b\n1,2\n", header="none", names=["a", "b"]).repeated == [1]
    assert read(b"a,b\n1,2\na,b\nx,y\n", header=1, names=["x", "y"]).repeated == [2]


def test_a_record_that_has_some_of_its_names_is_a_record(read: Read) -> None:
    assert read(b"Name,Kind\nName,Bar\nOak,Kind\n").repeated == []
