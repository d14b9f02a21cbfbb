"""Loads through a network that fails without a word: they end well, or fail clearly, in bounded time."""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from leadingest.errors import DestinationLostError
from tests.databases import run_sql
from tests.ingest.made_up_place import Interfering, MadeUpPlace, records
from tests.loaded_tables import read
from tests.proxy import Proxy, proxy

#: Enough to be in the middle of it.
SOME = 20_000


def connect_to(url: sa.URL) -> socket.socket:
    """A line to the server."""
    path = url.query.get("unix_socket")
    if path is None:
        return socket.create_connection((url.host or "", url.port or 3306))
    line = socket.socket(socket.AF_UNIX)
    line.connect(str(path))
    return line


def through(url: str, between: Proxy) -> str:
    """The database as it is reached through the proxy, by one who is not patient."""
    query = {"read_timeout": "3", "write_timeout": "3", "connect_timeout": "5"}
    direct = sa.make_url(url)
    near = direct.set(host="127.0.0.1", port=between.port, query=query)
    return near.render_as_string(hide_password=False)


#: What nobody is told of takes as long as everybody is patient.
UNNOTICED = [pytest.param(fault, marks=pytest.mark.long) for fault in (Proxy.drop_far, Proxy.stall)]


@pytest.mark.parametrize("fault", [Proxy.drop_near, *UNNOTICED])
def test_a_load_whose_lines_fail_is_begun_again(
    tmp_path: Path, mysql_url: str, fault: Callable[[Proxy], None]
) -> None:
    with proxy(partial(connect_to, sa.make_url(mysql_url))) as between:
        place = MadeUpPlace(tmp_path, through(mysql_url, between), "utah")
        place.delivery(records(SOME))
        observer = Interfering(partial(fault, between))
        (result,) = place.run(observer=observer)
        assert {type(error) for error in observer.retries} == {DestinationLostError}
        assert (result.status, result.counts.loaded, result.message) == ("loaded", SOME, "")
        assert result.tries > 1
        found = read(mysql_url, "SELECT load_id, COUNT(*) AS n FROM lead_sources GROUP BY load_id")
        assert found == [{"load_id": result.load_id, "n": SOME}]
        # What the server did not notice has been ended: nobody but us is there, and nothing waits for them.
        ended = "SELECT COUNT(*) FROM information_schema.innodb_trx"
        assert run_sql(mysql_url, ended) == [(0,)]


def test_a_load_through_a_slow_line_ends_well(tmp_path: Path, mysql_url: str) -> None:
    with proxy(partial(connect_to, sa.make_url(mysql_url)), slow=0.002) as between:
        place = MadeUpPlace(tmp_path, through(mysql_url, between), "utah")
        place.delivery(records(1_000))
        (result,) = place.run()
    assert (result.status, result.counts.loaded, result.tries) == ("loaded", 1_000, 1)
