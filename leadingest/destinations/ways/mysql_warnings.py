"""What a MySQL server says about rows that it has taken."""

from __future__ import annotations

import re

import sqlalchemy as sa

from leadingest.errors import DestinationError


def refuse_warnings(connection: sa.Connection, table: str) -> None:
    """Raise DestinationError if the last statement left any warning: a value cut, bent or left out.

    LOAD DATA LOCAL turns errors into warnings and goes on, for the file is on the other side.
    """
    driver = connection.connection.driver_connection
    if driver is None or not driver.warning_count():
        return
    said = connection.exec_driver_sql("SHOW WARNINGS LIMIT 1").all()
    what = _without_data(str(said[0][2]), int(said[0][1])) if said else "a warning"
    raise DestinationError(
        f"the database does not take a row of {table} as it is: {what}",
        hint="nothing of this load is visible; see that the table is as `leadingest ddl` describes it",
    )


def _without_data(message: str, number: int) -> str:
    """The number and the column of a warning; its words may quote a value."""
    column = re.search(r"for column (?:\S+\.)?[`'](?P<name>\w+)[`'](?: at row \d+)?$", message)
    return f"{column['name']}, error {number}" if column else f"error {number}"
