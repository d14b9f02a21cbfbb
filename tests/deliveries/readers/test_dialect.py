"""Tests of leadingest.deliveries.readers.dialect."""

import pytest

from leadingest.deliveries.readers.dialect import Dialect


@pytest.mark.parametrize("dialect", [Dialect(","), Dialect("\t", None), Dialect("¦", "'", "\\")])
def test_a_dialect_that_was_written_down_is_read_again(dialect: Dialect) -> None:
    assert Dialect.from_text(dialect.as_text) == dialect


def test_a_dialect_is_written_down_for_people() -> None:
    assert Dialect(";", "'").as_text == '{"delimiter": ";", "quote": "\'", "escape": null}'


def test_where_nothing_was_written_down_it_is_the_usual_one() -> None:
    assert Dialect.from_text("") == Dialect(",", '"', None)
