"""Tests of leadingest.ingest.replay.raw_records."""

from __future__ import annotations

import polars as pl
import pytest

from leadingest.ingest.replay.raw_records import RawRecords, headers_of
from leadingest.tables.rejects import CUT
from tests.destinations.made_up import rejects_of
from tests.engine.trial import mapping_of
from tests.reports.test_of_replay import LOAD

MAPPING = mapping_of("fields:\n  company: Name\n  phone: Phone\n")


def again(*rejects: tuple[object, ...]) -> tuple[list[tuple[object, ...]], list[int]]:
    """The records, each with its number and its line, and the numbers of the rejects that stay as they are."""
    batch, same = RawRecords(MAPPING, LOAD, ["Name", "Phone"]).again(rejects_of(*rejects))
    records = zip(batch.numbers, batch.lines, *batch.frame.get_columns(), strict=True)
    return list(records), same["record_number"].to_list()


def refused(number: int, raw: str | None) -> tuple[object, ...]:
    return number, number + 1, "phone", "phone", "no", raw


def unread(number: int, raw: str) -> tuple[object, ...]:
    return number, number + 1, None, "short_record", "no", raw


def test_records_come_in_order_whether_they_were_refused_or_could_not_be_read() -> None:
    records, same = again(
        refused(2, '{"Name":"Oak","Phone":"1"}'),
        unread(3, "Elm,2"),
        refused(7, '{"Name":"","Phone":"\\u0000é\\n"}'),
    )
    assert records == [(2, 3, "Oak", "1"), (3, 4, "Elm", "2"), (7, 8, "", "\x00é\n")]
    assert same == []


def test_there_may_be_rejects_of_one_kind_alone_or_none() -> None:
    assert again(refused(2, '{"Name":"Oak","Phone":"1"}'))[0] == [(2, 3, "Oak", "1")]
    assert again(unread(2, "Oak,1"))[0] == [(2, 3, "Oak", "1")]
    assert again() == ([], [])


@pytest.mark.parametrize(
    "raw",
    ["", "Oak,1", "[]", '{"Name":"Oak"}', '{"Name":"Oak","Phone":{}}', '{"Name":"Oak","Phone":1}x', None],
)
def test_an_object_that_somebody_has_spoilt_stays_and_the_others_come_through(raw: str | None) -> None:
    records, same = again(
        refused(2, '{"Name":"Oak","Phone":"1"}'), refused(3, raw), refused(4, '{"Name":"Elm","Phone":"2"}')
    )
    assert records == [(2, 3, "Oak", "1"), (4, 5, "Elm", "2")]
    assert same == [3]


def test_what_is_kept_cut_stays_and_becomes_no_record() -> None:
    records, same = again(unread(2, f"Oak,1{CUT}"), refused(3, '{"Name":"Elm' + CUT), unread(4, "Elm,2"))
    assert records == [(4, 5, "Elm", "2")]
    assert same == [2, 3]


def test_an_object_that_somebody_has_mended_is_a_record() -> None:
    """In another order, and with what was not there."""
    assert again(refused(2, '{"Phone":"1","Name":"Oak","More":"x"}'))[0] == [(2, 3, "Oak", "1")]


def test_what_stays_is_as_it_was() -> None:
    spoilt = rejects_of(refused(3, "x"))
    _, same = RawRecords(MAPPING, LOAD, ["Name", "Phone"]).again(spoilt)
    assert isinstance(same, pl.DataFrame)
    assert same.equals(spoilt)


@pytest.mark.parametrize(
    ("read", "headers"),
    [
        ({"Phone"}, ("Phone", "Phone", "Fax (2)")),
        ({"Phone", "Phone (2)"}, ("Phone", "Phone (2)", "Fax (2)")),
        ({"Fax"}, ("Phone", "Phone (2)", "Fax (2)")),
    ],
)
def test_a_second_column_has_its_header_back_where_the_mapping_reads_that(
    read: set[str], headers: tuple[str, ...]
) -> None:
    assert headers_of(["Phone", "Phone (2)", "Fax (2)"], read) == headers
