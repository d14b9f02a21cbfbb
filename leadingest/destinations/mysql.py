"""MySQL and MariaDB, by way of mysqlclient."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from leadingest.destinations.shown_url import shown_url
from leadingest.destinations.sql_destination import SqlDestination
from leadingest.errors import DestinationSetupError
from leadingest.tables.load_table import LoadTable

#: Nothing is cut or changed to fit, whatever the server's own setting.
_SQL_MODE = "STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION"


class MySQL(SqlDestination):
    """Leads in a MySQL or MariaDB database, which must be there. Needs the extra `leadingest[mysql]`."""

    def __init__(self, url: sa.URL, table: LoadTable) -> None:
        if not url.database:
            raise DestinationSetupError(
                f"the database URL {shown_url(str(url))} names no database",
                hint="it ends with the name: mysql+mysqldb://user:password@host/leads",
            )
        _refuse_without_driver()
        engine = sa.create_engine(
            url.set(drivername="mysql+mysqldb"),
            connect_args={"charset": "utf8mb4", "connect_timeout": 10},
            # A server lets go of a connection that was idle too long, as between two sources.
            pool_pre_ping=True,
            hide_parameters=True,
        )
        sa.event.listen(engine, "connect", _strict_and_utc)
        super().__init__(engine, table)


def _refuse_without_driver() -> None:
    try:
        import MySQLdb  # noqa: F401  # only to see whether it is there
    except ImportError as error:
        raise DestinationSetupError(
            "MySQL needs the driver mysqlclient, which is not installed",
            hint="on Debian and Ubuntu:\n"
            "  apt-get install -y build-essential python3-dev pkg-config libmariadb-dev\n"
            "  pip install 'leadingest[mysql]'",
        ) from error


def _strict_and_utc(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION sql_mode = %s, time_zone = '+00:00'", (_SQL_MODE,))
