"""Loads that are broken off: by whatever happens, a reader sees the old load, and the next run loads everything."""

from __future__ import annotations

import math
import random
import re
import resource
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from time import monotonic

import pytest
import sqlalchemy as sa
from hypothesis import settings

from leadingest.destinations.open_destination import open_destination
from leadingest.errors import DestinationBusyError, DestinationLostError
from leadingest.ingest.replay.replay_rejects import replay_rejects
from leadingest.tables.load_table import read_load_table
from tests.databases import ThrowAwayServer, run_sql, throw_away_server
from tests.ingest.made_up_place import DDL, Interfering, MadeUpPlace, records
from tests.loaded_tables import read
from tests.warm_starts import WarmStarts

OLD = "Name,Phone\nOld,\n"
#: Records of several batches and chunks: enough to be in the middle of them.
SOME = 20_000
#: As many as fill a small disk.
MANY = 100_000
#: The moments at which a process is killed, as shares of its time.
MOMENTS = random.Random(20)
#: So many times it is killed in its load, beside those in which the moment came too early or too late: ten times with
#: `--hypothesis-profile=thorough`.
KILLS = max(1, settings().max_examples // 50)
#: What cuts a load into small pieces, so that it need not be a large one.
SMALL_PIECES = {
    "leadingest.deliveries.records.MOST_RECORDS": 4_000,
    "leadingest.destinations.sql.dialects.sqlite.SQLite.chunk": 6_000,
}

#: `leadingest` in small pieces, in a process of its own, which says when it has imported what it needs.
PROGRAM = "\n".join(
    [
        "import leadingest.cli.support.replaying, leadingest.cli.support.run_output, leadingest.ingest.run",
        "import leadingest.deliveries.readers.csv, leadingest.destinations.sql.dialects.sqlite",
        *(f"{name} = {number}" for name, number in SMALL_PIECES.items()),
        "from leadingest.cli.main import main; print('begins', flush=True); main()",
    ]
)


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, number in SMALL_PIECES.items():
        monkeypatch.setattr(name, number)


def loaded_place(folder: Path, url: str) -> MadeUpPlace:
    place = MadeUpPlace(folder, url, "utah")
    place.delivery(OLD, age=60)
    place.run()
    return place


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> MadeUpPlace:
    return loaded_place(tmp_path, database_url)


def rows_by_load(url: str) -> dict[int, int]:
    found = read(url, "SELECT load_id, COUNT(*) AS n FROM lead_sources GROUP BY load_id")
    return {row["load_id"]: row["n"] for row in found}


def words_of(place: MadeUpPlace, command: str, *words: str) -> list[str]:
    """A command for the source, as PROGRAM is called."""
    mappings = ["--mappings", str(place.folder / "mappings")]
    return [command, "--source", "utah", *mappings, *words, "--database-url", place.url]


def run(place: MadeUpPlace) -> list[str]:
    """`leadingest run`, so."""
    return words_of(place, "run", "--inbox", str(place.folder / "inbox"))


def seconds_of(warm: WarmStarts, place: MadeUpPlace, command: list[str], *, most: float = math.inf) -> float:
    """How long it takes from when it begins; it is killed after so many seconds, and `most` is what it took."""
    with warm.start(PROGRAM, *command, folder=place.folder) as process:
        assert process.stdout.readline() == b"begins\n"
        began = monotonic()
        try:
            assert process.wait(None if most == math.inf else most) == 0
        except subprocess.TimeoutExpired:
            return most
    return monotonic() - began


class Moments:
    """How long a command may run until it is killed: not as long as it takes when nothing befalls it."""

    def __init__(self, warm: WarmStarts, place: MadeUpPlace, command: list[str]) -> None:
        self._warm, self._place, self._command = warm, place, command
        self._whole = seconds_of(warm, place, command)

    def kill(self) -> None:
        """Kill it at one of them; where it was done before, it takes less than was thought."""
        most = self._whole * MOMENTS.random()
        took = seconds_of(self._warm, self._place, self._command, most=most)
        if took < most:
            self._whole = took


#: Lakes are killed at every single write as well, which takes less.
EVERYWHERE = ["sqlite", "mysql", pytest.param("lake", marks=pytest.mark.long)]


@pytest.mark.parametrize("database_url", EVERYWHERE, indirect=True)
def test_a_run_that_is_killed_at_any_moment_leaves_the_old_load_and_the_next_one_loads_everything(
    place: MadeUpPlace, warm: WarmStarts
) -> None:
    place.delivery(records(SOME))
    moments = Moments(warm, place, run(place))
    with place.open() as destination:
        destination.ledger.rollback("utah")
    broken, number = set[int](), SOME
    while len(broken) < KILLS:
        number += 1
        place.delivery(records(number))
        moments.kill()
        shown = read(place.url, "SELECT COUNT(*) AS n FROM vw_lead_sources")[0]["n"]
        newest = place.history()[0]
        if newest.published:
            # The moment came too late: after it was published, before the process had ended.
            assert shown == number
            with place.open() as destination:
                destination.ledger.rollback("utah", to=1)
        else:
            assert shown == 1
            broken |= {newest.load_id} if newest.status == "running" else set()
    place.delivery(records(SOME))
    (result,) = place.run(again=True)
    assert (result.status, result.counts.loaded) == ("loaded", SOME)
    with place.open() as destination:
        history = destination.ledger.history(limit=100)
    assert {row.load_id for row in history if row.status == "failed"} == broken
    # What was broken off has left nothing behind, and what was not is whole.
    finished = {row.load_id: row.records_loaded for row in history if row.status == "loaded"}
    assert rows_by_load(place.url) == finished
    assert {row.load_id for row in history} == broken | finished.keys()


def set_aside(place: MadeUpPlace, number: int) -> None:
    """A published load of one lead, with so many rejects that a fixed mapping makes leads of."""
    mapping = place.folder / "mappings" / "utah.yaml"
    text = f"{mapping.read_text().partition('guards')[0]}guards: {{most_rejects: off, most_invalid: off, largest_fall: off}}\n"
    mapping.write_text(
        text.replace("company: Name", "company: {from: Name, one_of: [Old], on_invalid: reject}")
    )
    place.delivery(f"{OLD}{records(number).partition(chr(10))[2]}")
    (result,) = place.run(again=True)
    assert (result.counts.loaded, result.counts.rejected) == (1, number)
    mapping.write_text(text)


@pytest.mark.parametrize("database_url", EVERYWHERE, indirect=True)
def test_a_replay_that_is_killed_at_any_moment_changes_nothing_or_everything(
    place: MadeUpPlace, warm: WarmStarts
) -> None:
    number = 5_000
    replay = words_of(place, "replay")
    set_aside(place, number)
    moments = Moments(warm, place, replay)
    set_aside(place, number)
    for _ in range(KILLS):
        moments.kill()
        shown = read(place.url, "SELECT COUNT(*) AS n FROM vw_lead_sources")[0]["n"]
        load = place.history()[0]
        assert (load.records_loaded, load.records_rejected) in {(1, number), (number + 1, 0)}
        assert shown == load.records_loaded
        if load.records_rejected == 0:
            set_aside(place, number)
    seconds_of(warm, place, replay)
    assert place.history()[0].records_loaded == number + 1
    assert rows_by_load(place.url)[place.history()[0].load_id] == number + 1


def test_a_replay_whose_connections_are_cut_changes_nothing(tmp_path: Path, mysql_url: str) -> None:
    place = MadeUpPlace(tmp_path, mysql_url, "utah")
    set_aside(place, 5_000)
    cut: list[int] = []

    def cut_once(done: int) -> None:
        if not cut:
            cut_connections(mysql_url)
        cut.append(done)

    mapping = place.project.mapping("utah")
    with place.open() as destination, pytest.raises(DestinationLostError):
        replay_rejects(mapping, destination, None, started=lambda _: cut_once)
    (load, *_) = place.history()
    assert (load.records_loaded, load.records_rejected, rows_by_load(mysql_url)[load.load_id]) == (
        1,
        5_000,
        1,
    )
    with place.open() as destination:
        assert replay_rejects(mapping, destination, None).loaded == 5_000


def cut_connections(url: str) -> None:
    """End every connection to the database but the one that asks."""
    others = "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()"
    run_sql(url, ";".join(f"KILL {number}" for (number,) in run_sql(url, others)))


def test_a_load_whose_connections_are_cut_is_begun_again(tmp_path: Path, mysql_url: str) -> None:
    place = MadeUpPlace(tmp_path, mysql_url, "utah")
    place.delivery(OLD, age=60)
    place.run()
    place.delivery(records(SOME))
    observer = Interfering(lambda: cut_connections(mysql_url))
    (result,) = place.run(observer=observer)
    assert [type(error) for error in observer.retries] == [DestinationLostError]
    assert (result.status, result.counts.loaded, result.tries) == ("loaded", SOME, 2)
    broken = place.history()[1]
    assert (broken.status, rows_by_load(mysql_url).get(broken.load_id)) == ("failed", None)


def test_a_source_that_is_busy_after_a_loss_is_tried_again(
    tmp_path: Path, mysql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadingest.ingest.run._UNTIL_NOTICED", 0)
    place = MadeUpPlace(tmp_path, mysql_url, "utah")
    place.delivery(records(SOME))
    observer = Interfering(lambda: cut_connections(mysql_url))
    with place.open() as other, ExitStack() as held:

        def in_other_hands() -> None:
            held.enter_context(other.ledger.claim("utah"))
            observer.at_retry = held.close

        observer.at_retry = in_other_hands
        (result,) = place.run(observer=observer)
    assert [type(error) for error in observer.retries] == [DestinationLostError, DestinationBusyError]
    assert (result.status, result.counts.loaded, result.tries) == ("loaded", SOME, 3)


def new_database(server: ThrowAwayServer) -> str:
    """The URL of one that goes with its server, which may be in no state to drop it."""
    run_sql(server.url, "CREATE DATABASE leads CHARACTER SET latin1")
    return server.url.set(database="leads").render_as_string(hide_password=False)


def test_a_load_in_which_the_server_goes_down_and_comes_back_is_begun_again(
    tmp_path: Path, mysql_server: sa.URL
) -> None:
    # With the server's own settings: what was committed survives.
    with throw_away_server(options=["--innodb-buffer-pool-size=64M"]) as server:
        place = MadeUpPlace(tmp_path, new_database(server), "utah")
        place.delivery(OLD, age=60)
        place.run()
        place.delivery(records(SOME))
        observer = Interfering(server.kill)
        observer.at_retry = server.start
        (result,) = place.run(observer=observer)
        assert (result.status, result.counts.loaded, result.tries) == ("loaded", SOME, 2)
        assert result.cleared
        assert rows_by_load(place.url) == {1: 1, result.load_id: SOME}


def test_a_server_that_stays_away_ends_the_load_with_the_reason(tmp_path: Path, mysql_server: sa.URL) -> None:
    with throw_away_server() as server:
        place = MadeUpPlace(tmp_path, new_database(server), "utah")
        place.delivery(records(SOME))
        (result,) = place.run(observer=Interfering(server.kill))
    assert (result.status, result.exit_code) == ("failed", 1)
    assert "cannot be reached" in result.message


def test_a_lock_that_is_waited_for_too_long_is_waited_for_again(tmp_path: Path, mysql_url: str) -> None:
    patient = sa.make_url(mysql_url).update_query_dict(
        {"init_command": "SET SESSION innodb_lock_wait_timeout = 1"}
    )
    place = MadeUpPlace(tmp_path, patient.render_as_string(hide_password=False), "utah")
    place.delivery(records(SOME))
    engine = sa.create_engine(mysql_url)
    with place.open(), engine.connect() as other:

        def stand_in_the_way() -> None:
            other.exec_driver_sql("SELECT * FROM loads FOR UPDATE").all()

        observer = Interfering(stand_in_the_way)
        observer.at_retry = other.rollback
        (result,) = place.run(observer=observer)
    engine.dispose()
    assert (result.status, result.counts.loaded, result.tries) == ("loaded", SOME, 2)
    assert "(1205)" in observer.retries[0].message
    assert rows_by_load(mysql_url) == {result.load_id: SOME}


def test_locked_tables_are_waited_for_again(tmp_path: Path, mysql_url: str) -> None:
    patient = sa.make_url(mysql_url).update_query_dict({"init_command": "SET SESSION lock_wait_timeout = 1"})
    place = MadeUpPlace(tmp_path, patient.render_as_string(hide_password=False), "utah")
    place.delivery(OLD)
    with place.open(), closing(sa.create_engine(mysql_url).raw_connection()) as other:
        other.cursor().execute("LOCK TABLES loads WRITE, published_loads WRITE")
        observer = Interfering()
        observer.at_retry = lambda: other.cursor().execute("UNLOCK TABLES")
        (result,) = place.run(observer=observer)
    assert (result.status, result.tries) == ("loaded", 2)
    assert "(1205)" in observer.retries[0].message


def test_a_full_server_leaves_nothing_and_says_so(tmp_path: Path, mysql_server: sa.URL) -> None:
    small = ["--innodb-file-per-table=0", "--innodb-data-file-path=ibdata1:12M:autoextend:max:20M"]
    with throw_away_server(options=["--innodb-buffer-pool-size=64M", *small]) as server:
        place = MadeUpPlace(tmp_path, new_database(server), "utah")
        place.delivery(OLD, age=60)
        place.run()
        place.delivery(records(MANY))
        (result,) = place.run()
        assert (result.status, result.tries) == ("failed", 1)
        assert re.search(r"^the database \S+ is full: .* \(1114\)$", result.message)
        assert place.shown() == ["Old"]


def test_a_full_disk_leaves_the_old_load_and_says_so(tmp_path: Path, sqlite_url: str) -> None:
    place = MadeUpPlace(tmp_path, sqlite_url, "utah")
    place.delivery(OLD, age=60)
    place.run()
    place.delivery(records(MANY))

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4 << 20, 4 << 20))

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *run(place)],
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=small_files,
        cwd=tmp_path,
    )
    assert done.returncode == 1
    output = " ".join(done.stderr.split())
    assert re.search(
        r"^error: utah: the database sqlite:\S+ cannot be read or written hint: check the disk", output
    )
    assert place.shown() == ["Old"]
    (result,) = place.run()
    assert (result.status, result.counts.loaded) == ("loaded", MANY)
    assert rows_by_load(sqlite_url) == {1: 1, result.load_id: MANY}


def test_what_a_dead_process_left_is_cleared_and_told(tmp_path: Path, sql_url: str) -> None:
    place = loaded_place(tmp_path, sql_url)
    with place.open() as destination:
        # As a process leaves it that was killed: the load is running, and nobody holds the source.
        table = read_load_table(DDL / "lead_sources.yaml")
        other = open_destination(place.url, table)
        with other.ledger.claim("utah") as claim:
            row = claim.published()
        other.close()
        assert row
        read_only = sa.create_engine(place.url)
        with read_only.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE loads SET status = 'running', run_by = 'process 1 on box9 #00'"
            )
        read_only.dispose()
        with destination.ledger.claim("utah") as claim:
            assert [(load.load_id, load.run_by) for load in claim.cleared] == [(1, "process 1 on box9")]
    (load,) = place.history()
    assert (load.status, load.reason) == ("failed", "interrupted: process 1 on box9 is no longer running")
    assert rows_by_load(place.url) == {}
