"""Tests of leadingest.deliveries.readers.rereader."""

from __future__ import annotations

from typing import Any

import pytest

from leadingest.deliveries.readers.dialect import CsvDialect
from leadingest.deliveries.readers.rereader import Rereader, Row
from leadingest.mapping.delivery_format import DeliveryFormat


def reject(number: int, raw: str | None, rule: str = "short_record") -> Row:
    return number, 10 * number, None, rule, "as it was", raw


def reread(
    *rejects: Row, cells: int = 2, dialect: CsvDialect | None = None, read_in: str = "utf-8", **fmt: Any
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]], list[Row]]:
    """The records, the rejects and those that stay, of a delivery format with these keys."""
    read = DeliveryFormat(**fmt)
    now = (dialect or CsvDialect(",")).updated_by(read)
    batch, same = Rereader(read, cells, dialect=now, encoding=read_in).read(rejects)
    records = zip(batch.numbers, batch.lines, *batch.frame.get_columns(), strict=True)
    return list(records), [row[:1] + row[3:5] for row in batch.rejects.rows()], same


def test_a_record_that_fits_by_now_keeps_its_number_and_its_line() -> None:
    assert reread(reject(7, "a;b"), delimiter=";") == ([(7, 70, "a", "b")], [], [])


def test_one_that_still_does_not_fit_has_the_reason_that_it_has_now() -> None:
    records, rejects, same = reread(reject(7, "a|b|c"), delimiter="|")
    assert (records, rejects, same) == ([], [(7, "long_record", "3 cells instead of 2")], [])


def test_what_was_found_out_of_the_delivery_holds_where_the_mapping_says_nothing() -> None:
    found = CsvDialect(";", "'")
    assert reread(reject(1, "'a;1';b"), dialect=found)[0] == [(1, 10, "a;1", "b")]
    assert reread(reject(1, "'a;1';b"), dialect=found, quote="none")[1] == [
        (1, "long_record", "3 cells instead of 2")
    ]
    assert reread(reject(1, "'a,b"), dialect=found, delimiter=",", quote="none")[0] == [(1, 10, "'a", "b")]


def test_rejects_do_not_swallow_each_other() -> None:
    """Together they would be one well-formed record of two lines."""
    records, rejects, same = reread(reject(1, 'a,"b'), reject(2, 'c",'), cells=2)
    assert records == []
    assert [row[:2] for row in rejects] == [(1, "open_quote"), (2, "bare_quote")]
    assert same == []


def test_what_follows_a_record_that_still_cannot_be_read_must_be_well_formed() -> None:
    """As in a run: it may be a part of that record."""
    alone = reread(reject(5, 'b",2', "bare_quote"))
    after = reread(reject(4, '1,"a', "open_quote"), reject(5, 'b",2', "bare_quote"))
    assert alone[0] == [(5, 50, 'b"', "2")]
    assert [row[:2] for row in after[1]] == [(4, "open_quote"), (5, "bare_quote")]


def test_a_text_that_would_be_several_records_or_none_stays() -> None:
    several, none, lost = reject(1, 'a,"1\n2,b', "open_quote"), reject(2, " "), reject(3, None)
    assert reread(several, none, lost, quote="none") == ([], [], [several, none, lost])


@pytest.mark.parametrize("encodings", [["cp1252"], ["utf-8", "cp1252"]])
def test_bytes_that_did_not_decode_are_decoded_as_the_mapping_now_says(encodings: list[str]) -> None:
    raw = reject(1, r"\xe9,\xe9", "undecodable")
    assert reread(raw, encoding=encodings) == ([(1, 10, "é", "é")], [], [])


def test_bytes_that_still_do_not_decode_stay() -> None:
    raw = reject(1, r"\xe9,b", "undecodable")
    assert reread(raw) == ([], [], [raw])


def test_bytes_are_kept_until_they_are_a_record() -> None:
    """In another encoding they may be one yet."""
    raw = reject(1, r"\xe9,b,c", "undecodable")
    assert reread(raw, encoding="cp1252") == ([], [], [raw])


def test_a_text_that_did_decode_is_not_decoded_again() -> None:
    assert reread(reject(1, "é,b"), encoding="cp1252")[0] == [(1, 10, "é", "b")]


def test_a_row_of_a_sheet_without_the_value_of_a_formula_stays() -> None:
    raw = reject(1, "a,", "uncomputed_formula")
    assert reread(raw) == ([], [], [raw])


def test_an_encoding_that_cannot_be_written_backwards_leaves_the_record_as_it_is() -> None:
    raw = reject(1, r"\x00\xd8,b", "undecodable")
    assert reread(raw, read_in="utf-16-le") == ([], [], [raw])
