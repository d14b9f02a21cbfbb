"""Tests of leadingest.ingest.concurrency, and of runs of several sources, or several runs, at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.ingest.concurrency import Stop, prefetch, run_concurrently
from tests.databases import fresh_database
from tests.ingest.made_up_place import Interfering, MadeUpPlace, records
from tests.loaded_tables import read

SOURCES = [f"source{number:02}" for number in range(6)]


def test_results_are_in_the_order_of_the_items_and_work_goes_on_side_by_side() -> None:
    together = Barrier(2)

    def work(item: int, stop: Stop) -> int:
        if item < 2:
            together.wait(timeout=60)
        return -item

    assert run_concurrently(work, range(5), jobs=2) == [0, -1, -2, -3, -4]


def test_the_first_error_stops_the_others() -> None:
    reached = Barrier(2)
    stopped = []

    def work(item: int, stop: Stop) -> None:
        reached.wait(timeout=60)
        if item == 0:
            raise ZeroDivisionError
        try:
            stop.pause(60)
        except KeyboardInterrupt:
            stopped.append(item)
            raise

    with pytest.raises(ZeroDivisionError):
        run_concurrently(work, [0, 1], jobs=2)
    assert stopped == [1]


@pytest.fixture(params=["sqlite", "mysql"])
def two_databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The URLs of two empty databases of the same kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/one.db", f"sqlite:///{tmp_path}/two.db"
        return
    server = request.getfixturevalue("mysql_server")
    with fresh_database(server) as one, fresh_database(server) as two:
        yield one, two


def contents(url: str) -> dict[str, list[dict[str, Any]]]:
    """All tables, without what differs from run to run: the numbers of the loads, times and processes."""
    loads = read(url, "SELECT load_id, source_name FROM loads")
    source_of = {row["load_id"]: row["source_name"] for row in loads}
    changing = {"load_id", "updated_at", "started_at", "finished_at", "published_at", "run_by"}
    found = {}
    for table in (
        "lead_sources",
        "loads",
        "load_rejects",
        "load_invalid_values",
        "load_profiles",
        "published_loads",
    ):
        rows = [
            {"of": source_of[row["load_id"]]} | {name: row[name] for name in row if name not in changing}
            for row in read(url, f"SELECT * FROM {table}")
        ]
        found[table] = sorted(rows, key=str)
    return found


def test_sources_side_by_side_give_the_same_tables_as_one_after_the_other(
    tmp_path: Path, two_databases: tuple[str, str]
) -> None:
    places = []
    for name, url in zip(("first", "second"), two_databases, strict=True):
        (tmp_path / name).mkdir()
        places.append(MadeUpPlace(tmp_path / name, url, *SOURCES))
    for run in range(2):
        for number, source in enumerate(SOURCES):
            for place in places:
                text = records(50 + number, name=f"{source} {run}") + ",\nElm,none\n"
                place.delivery(text, f"{source}.csv", age=-run)
        one, two = (place.run(*SOURCES, jobs=jobs) for place, jobs in zip(places, (1, 2), strict=True))
        assert [(each.source, each.status, each.counts) for each in one] == [
            (each.source, each.status, each.counts) for each in two
        ]
        assert {each.status for each in two} == {"loaded"}
    assert contents(places[0].url) == contents(places[1].url)


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> MadeUpPlace:
    place = MadeUpPlace(tmp_path, database_url, "utah", "ohio")
    for source in ("utah", "ohio"):
        place.delivery(records(10), f"{source}.csv")
    return place


def test_a_second_run_of_a_source_says_who_has_it(place: MadeUpPlace) -> None:
    results = []
    observer = Interfering(lambda: results.extend(place.run()))
    (first,) = place.run(observer=observer)
    (second,) = results
    assert (first.status, second.status, second.exit_code) == ("loaded", "failed", 1)
    assert second.message.startswith("utah is being loaded by process ")
    assert second.hint == "wait until it has finished, for example with --wait SECONDS"
    assert len(place.history()) == 1


def test_a_second_run_of_a_source_may_wait_and_then_has_nothing_to_do(place: MadeUpPlace) -> None:
    results = []
    second = Thread(target=lambda: results.extend(place.run(wait=60)))
    (first,) = place.run(observer=Interfering(second.start))
    second.join()
    assert (first.status, results[0].status) == ("loaded", "skipped")
    assert len(place.history()) == 1


def test_runs_of_different_sources_do_not_wait_for_each_other(place: MadeUpPlace) -> None:
    results = []
    observer = Interfering(lambda: results.extend(place.run("ohio")))
    (first,) = place.run("utah", observer=observer)
    assert (first.status, results[0].status) == ("loaded", "loaded")
    assert len(place.shown()) == 10


@given(st.lists(st.integers()), st.integers(1, 5))
def test_results_come_in_the_order_of_the_items(items: list[int], workers: int) -> None:
    assert list(prefetch(lambda item: item * 2, items, workers=workers)) == [item * 2 for item in items]


def test_items_are_taken_only_a_few_prefetch() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = prefetch(lambda item: item, items(), workers=2)
    assert next(results) == 0
    assert len(taken) == 3
    results.close()


@pytest.mark.parametrize("stops", [True, False], ids=["who uses it stops", "the work fails"])
def test_what_is_under_way_is_abandoned_before_it_is_waited_for(stops: bool) -> None:
    ended = threading.Event()

    def work(item: int) -> int:
        if item == 1 and not stops:
            raise ValueError("no")
        # Without being told to end it would go on for long.
        return item if item == 0 else int(ended.wait(30))

    results = prefetch(work, range(3), workers=2, abandoned=ended.set)
    assert next(results) == 0
    if stops:
        results.close()
    else:
        with pytest.raises(ValueError, match="no"):
            next(results)
    assert ended.is_set()


def test_items_are_worked_on_at_the_same_time() -> None:
    meeting = threading.Barrier(2, timeout=30)
    assert list(prefetch(lambda _: meeting.wait() >= 0, range(4), workers=2)) == [True] * 4


def test_an_error_is_raised_in_its_turn() -> None:
    results = prefetch(lambda item: 1 // item, [1, 1, 0, 1], workers=2)
    assert [next(results), next(results)] == [1, 1]
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_an_error_of_the_items_comes_through() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        list(prefetch(lambda item: item, items(), workers=2))
