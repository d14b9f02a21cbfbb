"""What every bulk writer promises: whatever is written comes back exactly, or is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leadingest.destinations.sql.bulk_writers.bulk_writer import BulkWriter, DriverInsert
from leadingest.destinations.sql.bulk_writers.mysql import LoadData, QuotedInsert
from leadingest.errors import DestinationError
from tests.searched import examples
from tests.sql_databases import SQL_DATABASES

_COLUMNS = ("id", "same", "text", "number", "exact", "yes", "day", "time")
TABLE = sa.Table("rows_of_a_writer", sa.MetaData(), *(sa.Column(name) for name in _COLUMNS))
CREATE = """\
CREATE TABLE rows_of_a_writer (id INTEGER PRIMARY KEY, same VARCHAR(200), text VARCHAR(200), number INTEGER,
exact NUMERIC(30, 10), yes BOOLEAN, day DATE, time {time})"""
SCHEMA = {
    "id": pl.Int64(),
    "text": pl.String(),
    "number": pl.Int32(),
    "exact": pl.Decimal(30, 10),
    "yes": pl.Boolean(),
    "day": pl.Date(),
    "time": pl.Datetime("us"),
}
WRITERS: list[tuple[str, BulkWriter]] = [
    ("sqlite_url", DriverInsert()),
    ("mysql_url", DriverInsert()),
    ("mysql_url", LoadData()),
    ("mysql_url", QuotedInsert(packet=16 << 20)),
    ("mysql_url", QuotedInsert(packet=4_096)),
]
ROW = st.fixed_dictionaries(
    {
        "text": st.none()
        | st.text(max_size=30)
        | st.text(alphabet="\\\t\n\r\0'\"\x1aN0,()\x01\x02%s", max_size=8),
        "number": st.none() | st.integers(-(2**31), 2**31 - 1),
        "exact": st.none() | st.decimals(-(10**10), 10**10, places=10),
        "yes": st.none() | st.booleans(),
        "day": st.none() | st.dates(min_value=date(1000, 1, 1)),
        "time": st.none() | st.datetimes(min_value=datetime(1000, 1, 1)),
    }
)
NASTY = [
    "\\N",
    "\\",
    "\t",
    "\n",
    "\r\n",
    "\0",
    "\x1a",
    "'",
    '"',
    "",
    "NULL",
    "),(",
    "%s",
    "%%",
    "😀\U0010ffff",
    "\\\\N",
]
#: Every sign that could stand for a quote.
ALL_MARKS = "\x01\x02\x03\x04\x05\x06\x07"


def name_of(case: tuple[str, BulkWriter]) -> str:
    url, writer = case
    return f"{url.removesuffix('_url')} {type(writer).__name__} {vars(writer).get('_statement', '')}".strip()


@contextmanager
def _load_data_allowed(connection: sa.Connection, writer: BulkWriter) -> Iterator[None]:
    """MySQL's own default forbids LOAD DATA LOCAL: allow it for as long as the block lasts."""
    if not isinstance(writer, LoadData):
        yield
        return
    allowed = connection.exec_driver_sql("SELECT @@GLOBAL.local_infile").scalar()
    connection.exec_driver_sql("SET GLOBAL local_infile = 1")
    yield
    connection.exec_driver_sql("SET GLOBAL local_infile = %s", (allowed,))


@pytest.fixture(params=WRITERS, ids=name_of)
def case(request: pytest.FixtureRequest) -> Iterator[tuple[sa.Connection, BulkWriter]]:
    """A connection to an empty table, and a bulk writer."""
    fixture, writer = request.param
    url = request.getfixturevalue(fixture)
    options = {"connect_args": {"charset": "utf8mb4", "local_infile": 1}} if fixture == "mysql_url" else {}
    engine = sa.create_engine(url, **options)
    with engine.connect() as connection, _load_data_allowed(connection, writer):
        if fixture == "mysql_url":
            connection.exec_driver_sql("SET SESSION sql_mode = 'STRICT_ALL_TABLES'")
            connection.exec_driver_sql(CREATE.format(time="DATETIME(6)") + " CHARACTER SET utf8mb4")
        else:
            connection.exec_driver_sql(CREATE.format(time="DATETIME"))
        connection.commit()
        yield connection, writer
    engine.dispose()


def come_back(connection: sa.Connection) -> list[dict[str, Any]]:
    """The rows of the table, as the types of the frame."""
    found = connection.exec_driver_sql("SELECT * FROM rows_of_a_writer ORDER BY id").mappings()
    return [
        {
            **row,
            "exact": None if row["exact"] is None else Decimal(str(row["exact"])),
            "yes": None if row["yes"] is None else bool(row["yes"]),
            "day": date.fromisoformat(row["day"]) if isinstance(row["day"], str) else row["day"],
            "time": datetime.fromisoformat(row["time"]) if isinstance(row["time"], str) else row["time"],
        }
        for row in found
    ]


@settings(max_examples=examples(250))
@given(st.lists(ROW, min_size=1, max_size=12), st.text(max_size=20))
@example([dict.fromkeys(SCHEMA.keys() - {"id"})], "x")
@example(
    [{"text": text, "number": 1, "exact": None, "yes": True, "day": None, "time": None} for text in NASTY],
    "\\N",
)
@example(
    [{"text": ALL_MARKS, "number": None, "exact": None, "yes": None, "day": None, "time": None}], ALL_MARKS
)
def test_what_is_written_comes_back_exactly(
    case: tuple[sa.Connection, BulkWriter], rows: list[dict[str, Any]], same: str
) -> None:
    connection, writer = case
    connection.exec_driver_sql("DELETE FROM rows_of_a_writer")
    given = [{"id": number, **row} for number, row in enumerate(rows)]
    if not SQL_DATABASES[connection.dialect.name].exact_decimals:
        # As fractions of SQLite; exact decimals of many digits are texts there, by the schema.
        given = [{**row, "exact": None} for row in given]
    written = writer.write(
        connection, TABLE, pl.DataFrame(given, schema=SCHEMA, orient="row"), {"same": same}
    )
    assert written == len(rows)
    assert come_back(connection) == [{**row, "same": same} for row in given]
    connection.rollback()


def test_many_rows_are_all_written(case: tuple[sa.Connection, BulkWriter]) -> None:
    connection, writer = case
    frame = pl.select(pl.int_range(30_000).alias("id")).with_columns(text=pl.format("{} x", "id"))
    assert writer.write(connection, TABLE, frame, {"same": "s"}) == frame.height
    found = connection.exec_driver_sql(
        "SELECT COUNT(*), MIN(id), MAX(id), COUNT(DISTINCT text) FROM rows_of_a_writer"
    )
    assert found.one() == (30_000, 0, 29_999, 30_000)


def refused(connection: sa.Connection, writer: BulkWriter, rows: pl.DataFrame) -> bool:
    """Whether the rows are not taken."""
    try:
        writer.write(connection, TABLE, rows, {"same": "s"})
    except (DestinationError, sa.exc.DBAPIError) as error:
        # Our own words do not tell values; those of the driver are never shown.
        return isinstance(error, sa.exc.DBAPIError) or "secret" not in str(error)
    return False


def test_a_row_whose_key_is_there_is_refused_and_not_left_out(case: tuple[sa.Connection, BulkWriter]) -> None:
    assert refused(*case, pl.DataFrame({"id": [1, 1], "text": ["secret a", "secret b"]}))


def test_a_text_that_is_too_long_is_refused_and_not_cut(case: tuple[sa.Connection, BulkWriter]) -> None:
    connection, writer = case
    long = pl.DataFrame({"id": [1], "text": ["secret" * 100]})
    database = SQL_DATABASES[connection.dialect.name]
    assert refused(connection, writer, long) == (not database.takes_long_texts)
    if database.takes_long_texts:
        assert come_back(connection)[0]["text"] == long["text"].item()
