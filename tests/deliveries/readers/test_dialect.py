"""Tests of leadingest.deliveries.readers.dialect."""

import pytest

from leadingest.deliveries.readers.dialect import CsvDialect


@pytest.mark.parametrize("dialect", [CsvDialect(","), CsvDialect("\t", None), CsvDialect("¦", "'", "\\")])
def test_a_dialect_that_was_written_down_is_read_again(dialect: CsvDialect) -> None:
    assert CsvDialect.from_text(dialect.as_text) == dialect


def test_a_dialect_is_written_down_for_people() -> None:
    assert CsvDialect(";", "'").as_text == '{"delimiter": ";", "quote": "\'", "escape": null}'


def test_where_nothing_was_written_down_it_is_the_usual_one() -> None:
    assert CsvDialect.from_text("") == CsvDialect(",", '"', None)
