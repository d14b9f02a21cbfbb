"""Tests of leadingest.deliveries.extract_time."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.deliveries.extract_time import extract_time, undated
from leadingest.mapping.delivery_format import DeliveryFormat
from tests.workbooks import table, workbook

CHANGED = datetime(2026, 6, 30, 12, 0, 1, tzinfo=UTC)
MARCH_5 = datetime(2026, 3, 5, tzinfo=UTC)


def time_of(name: str, described: str | None) -> datetime:
    fmt = DeliveryFormat(extract_time=described) if described else DeliveryFormat()
    return extract_time(Delivery(Path(name), name, 0, "", CHANGED), fmt)


def told_by(path: Path, **settings: object) -> datetime | None:
    """The time that the file tells; None where it tells none."""
    fmt, delivery = DeliveryFormat.model_validate(settings), fingerprint(path)
    time = extract_time(delivery, fmt)
    assert bool(undated(delivery, fmt)) == (time == delivery.modified)
    return None if time == delivery.modified else time


@pytest.mark.parametrize(
    ("name", "described"),
    [
        ("source3_2026-03-05.csv", "source3_%Y-%m-%d.csv"),
        ("20260305_list.csv.gz", "%Y%m%d_*"),
        ("list 3-5-26 (1).csv", "list %m-%d-%y*.csv"),
        ("leads030526.csv", "*%m%d%y*"),
        ("v2_20260305_7.csv", "*%Y%m%d*"),
        ("a.b 05Mar2026", "a?b %d%b%Y"),
        ("March 5 2026.xlsx", "%B %d %Y.xlsx"),
        ("export 2026-03-05T02:00+0200.csv", "export %Y-%m-%dT%H:%M%z.csv"),
    ],
)
def test_the_name_tells_when_the_list_was_made(name: str, described: str) -> None:
    assert time_of(name, described) == MARCH_5


@pytest.mark.parametrize(
    ("name", "described", "month"),
    [
        ("acme_2026-03.csv", "acme_%Y-%m.csv", 3),
        ("providers March 2026.csv", "providers %B %Y.csv", 3),
        ("list_mar26.csv", "list_%b%y.csv", 3),
        ("acme_2026-Q2.csv", "acme_%Y-Q%q.csv", 4),
        ("q4 2026.xlsx", "q%q %Y.xlsx", 10),
        ("licenses-2026.csv", "licenses-%Y.csv", 1),
    ],
)
def test_a_month_a_quarter_and_a_year_count_from_their_first_moment(
    name: str, described: str, month: int
) -> None:
    assert time_of(name, described) == datetime(2026, month, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "name", ["other.csv", "source3_2026-13-05.csv", "xsource3_2026-03-05.csv", "source3_2026-02-30.csv"]
)
def test_a_name_that_does_not_fit_says_nothing_and_the_last_change_counts(name: str) -> None:
    assert time_of(name, "source3_%Y-%m-%d.csv") == CHANGED


def test_there_is_no_fifth_quarter() -> None:
    assert time_of("acme_2026-Q5.csv", "acme_%Y-Q%q.csv") == CHANGED


def test_a_wild_card_takes_no_digits_from_a_date() -> None:
    assert time_of("leads1030526.csv", "*%m%d%y*") == CHANGED
    assert time_of("leads35260.csv", "*%m%d%y*") == CHANGED


def test_without_a_description_the_last_change_counts() -> None:
    assert time_of("source3_2026-03-05.csv", None) == CHANGED


@pytest.mark.parametrize(
    ("preamble", "described"),
    [
        ("Licensed homes\n\nas AT  5 march 2026,,\n", "As at %d %B %Y"),
        ("Report date: 03/05/2026 (final)\n", "Report date: %m/%d/%Y"),
        ("caf\xe9, 3.5.26\n", "%m.%d.%y"),
    ],
)
def test_a_line_above_the_header_tells_it(tmp_path: Path, preamble: str, described: str) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"{preamble}Name,Phone\nElm,1\n", encoding="cp1252")
    settings = {"header": {"match": ["Name"]}, "encoding": "cp1252", "extract_time": {"preamble": described}}
    assert told_by(file, **settings) == MARCH_5


def test_lines_below_the_header_are_no_preamble(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Name\nAs at 5 March 2026\n")
    assert told_by(file, extract_time={"preamble": "As at %d %B %Y"}) is None


def test_lines_passed_over_are_the_preamble_of_a_file_without_a_header(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("As at 5 March 2026\nElm\n")
    settings = {"skip_lines": 1, "header": "none", "names": ["Name"]}
    assert told_by(file, extract_time={"preamble": "As at %d %B %Y"}, **settings) == MARCH_5


def test_a_row_above_the_header_of_a_sheet_tells_it(tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    rows = (("Homes",), ("As at", "5 March 2026"), ("Name", "Phone"), ("Elm", "1"))
    file.write_bytes(workbook(List=table(*rows)))
    settings = {"header": 3, "extract_time": {"preamble": "As at %d %B %Y"}}
    assert told_by(file, **settings) == MARCH_5


def test_a_date_in_a_preamble_takes_no_digits_from_what_is_around_it(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("No. 103/05/2026\nName\nElm\n")
    assert told_by(file, skip_lines=1, extract_time={"preamble": "%m/%d/%Y"}) is None


def test_the_first_value_of_a_column_tells_it(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Name,As  Of\nElm,\nOak,n/a\nAsh, 03/05/2026 \nFir,01/01/2020\n")
    where = {"column": "As Of", "format": "%m/%d/%Y"}
    assert told_by(file, nulls=["", "n/a"], extract_time=where) == MARCH_5
    assert told_by(file, extract_time=where) is None
    assert told_by(file, extract_time={**where, "column": "As At"}) is None


def test_a_file_that_cannot_be_read_tells_nothing(tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(b"PK\x03\x04 no workbook")
    assert told_by(file, extract_time={"preamble": "As at %d %B %Y"}) is None


@pytest.mark.parametrize(
    ("described", "complaint"),
    [
        ("", "must be a file name"),
        ("a/%Y-%m-%d", "without folders"),
        ("a_%m-%d", "needs a year"),
        ("%Y %d", "%d in .* needs a month"),
        ("%Y-%m-Q%q", "twice"),
        ("%Y-%m %H:%M", "no day"),
        ("%Q", "is not one of"),
        ({"preamble": "As at"}, "needs a year"),
        ({"column": "As Of"}, "format"),
        ({"column": "", "format": "%Y"}, "at least 1 character"),
    ],
)
def test_a_description_that_tells_no_time_is_refused(described: object, complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        DeliveryFormat.model_validate({"extract_time": described})
