"""Tests of leadingest.cloud.worker: messages are done once, given back, or come again."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.cloud import worker as working
from leadingest.cloud.handler import Handled, HandledFile, Handler, Outcome
from leadingest.cloud.log import MessageLog
from leadingest.cloud.queue import Queue, QueueMessage
from leadingest.cloud.worker import Worker, WorkerOptions, pause_before
from leadingest.errors import ConfigurationError, QueueError
from leadingest.ingest.concurrency import Stop
from leadingest.settings import Settings
from tests.cloud.made_up_queue import MadeUpQueue

PATIENCE = 20


class MadeUpHandler:
    """Ends each message as its body says."""

    def __init__(self, at_message: Callable[[str, Stop], None] = lambda _body, _stop: None) -> None:
        self._at_message = at_message
        self.bodies: list[str] = []

    def handle(self, body: str, stop: Stop) -> Handled:
        self.bodies.append(body)
        self._at_message(body, stop)
        return Handled((HandledFile(cast("Outcome", body)),))


def worker(queue: Queue, handler: MadeUpHandler | Handler, **options: Any) -> Worker:
    log = MessageLog(Settings(log_format="off"))
    chosen = WorkerOptions(**{"until_empty": True, "chance": lambda: 0.0, **options})
    return Worker(queue, cast("Handler", handler), log, chosen)


@pytest.mark.parametrize("outcome", ["loaded", "held", "skipped", "failed"])
def test_a_message_that_is_done_goes(outcome: str) -> None:
    queue = MadeUpQueue(outcome)
    worker(queue, MadeUpHandler()).run()
    assert (queue.deleted, queue.left(), queue.dead) == ([outcome], 0, [])


@pytest.mark.parametrize("outcome", ["transient", "poison"])
def test_a_message_that_is_not_done_comes_back_later_and_later_until_the_queue_puts_it_aside(
    outcome: str,
) -> None:
    queue = MadeUpQueue(outcome)
    done = worker(queue, MadeUpHandler())
    done.run()
    assert queue.hidden == [(outcome, 2), (outcome, 4), (outcome, 8)]
    assert (queue.dead, queue.deleted, dict(done.outcomes)) == ([outcome], [], {outcome: 3})


@given(st.integers(1, 10_000), st.floats(0, 60), st.floats(0, 1))
def test_a_pause_doubles_with_each_try_up_to_a_quarter_of_an_hour(
    tries: int, backoff: float, chance: float
) -> None:
    pause = pause_before(tries, backoff=backoff, chance=chance)
    longest = min(backoff * 2.0 ** min(tries, 100), 900)
    assert longest / 2 - 1 <= pause <= longest + 1


def test_a_message_under_way_stays_hidden_however_long_its_load_takes() -> None:
    hidden, beats = Event(), [0]
    queue = MadeUpQueue("loaded", visibility=0)
    queue.visibility = 1

    def at_hide() -> None:
        beats[0] += 1
        if beats[0] == 2:
            hidden.set()

    queue.at_hide = at_hide

    def until_hidden_twice(_body: str, _stop: Stop) -> None:
        assert hidden.wait(PATIENCE)

    worker(queue, MadeUpHandler(until_hidden_twice)).run()
    assert queue.hidden[:2] == [("loaded", 1)] * 2
    assert queue.deleted == ["loaded"]


def test_so_many_messages_are_done_side_by_side() -> None:
    both, begun = Event(), []

    def at_message(body: str, _stop: Stop) -> None:
        begun.append(body)
        if len(begun) == 2:
            both.set()
        assert both.wait(PATIENCE)

    queue = MadeUpQueue("loaded", "held")
    worker(queue, MadeUpHandler(at_message), jobs=2).run()
    assert sorted(queue.deleted) == ["held", "loaded"]


def test_told_to_end_it_finishes_what_is_under_way_and_takes_no_more() -> None:
    queue, handler = MadeUpQueue("loaded", "held"), MadeUpHandler(lambda *_: done.end())
    done = worker(queue, handler, until_empty=False)
    done.run()
    assert (queue.deleted, handler.bodies, queue.left()) == (["loaded"], ["loaded"], 1)


def test_a_message_that_is_received_as_it_ends_is_given_back() -> None:
    class Ending(MadeUpQueue):
        def receive(self, most: int, *, wait: int) -> list[QueueMessage]:
            done.end()
            return super().receive(most, wait=wait)

    queue, handler = Ending("loaded"), MadeUpHandler()
    done = worker(queue, handler, until_empty=False)
    done.run()
    assert (queue.hidden, handler.bodies) == ([("loaded", 0)], [])


def test_interrupted_it_breaks_its_loads_off_and_gives_the_messages_back() -> None:
    class Interrupted(MadeUpQueue):
        def receive(self, most: int, *, wait: int) -> list[QueueMessage]:
            if self.under_way:
                raise KeyboardInterrupt
            return super().receive(most, wait=wait)

    def until_stopped(_body: str, stop: Stop) -> None:
        stop.pause(PATIENCE)

    queue = Interrupted("loaded")
    with pytest.raises(KeyboardInterrupt):
        worker(queue, MadeUpHandler(until_stopped), jobs=2).run()
    assert (queue.hidden, queue.deleted) == ([("loaded", 0)], [])


def test_a_queue_that_fails_for_a_while_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    queue = MadeUpQueue("loaded")
    queue.failures = [QueueError("throttled"), QueueError("throttled")]
    done = worker(queue, MadeUpHandler())
    monkeypatch.setattr(done._ending, "wait", lambda _seconds: False)
    done.run()
    assert queue.deleted == ["loaded"]


def test_a_queue_that_fails_for_five_minutes_ends_a_worker_that_ends_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queue, pauses = MadeUpQueue("loaded"), list[float]()
    queue.failures = [QueueError("throttled")] * 100

    def passed(seconds: float) -> bool:
        pauses.append(seconds)
        return False

    done = worker(queue, MadeUpHandler())
    monkeypatch.setattr(done._ending, "wait", passed)
    with pytest.raises(QueueError):
        done.run()
    assert 240 < sum(pauses) < 360


def test_while_its_queue_fails_it_is_known_to_be_well(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file, pauses = tmp_path / "healthy", list[float]()

    def passed(seconds: float) -> bool:
        pauses.append(seconds)
        # It is there, and must come again.
        file.unlink()
        return False

    queue = MadeUpQueue("loaded")
    queue.failures = [QueueError("throttled")] * 6
    done = worker(queue, MadeUpHandler(), health_file=file)
    monkeypatch.setattr(done._ending, "wait", passed)
    done.run()
    assert pauses == [2, 4, 8, 16, 20, 20]


def test_a_queue_that_is_no_more_ends_it() -> None:
    queue = MadeUpQueue("loaded")
    queue.failures = [ConfigurationError("there is no queue")]
    with pytest.raises(ConfigurationError):
        worker(queue, MadeUpHandler()).run()


def test_a_message_that_cannot_be_deleted_comes_again_and_no_load_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queue = MadeUpQueue("loaded")

    def refused(_message: QueueMessage) -> None:
        queue.under_way.clear()
        raise QueueError("the network is down")

    monkeypatch.setattr(queue, "delete", refused)
    done = worker(queue, MadeUpHandler())
    done.run()
    assert done.outcomes["loaded"] == 1


def test_its_health_is_a_file_that_goes_with_it(tmp_path: Path) -> None:
    file, seen = tmp_path / "healthy", []
    queue = MadeUpQueue("loaded")
    worker(queue, MadeUpHandler(lambda *_: seen.append(file.exists())), health_file=file).run()
    assert (seen, file.exists()) == ([True], False)


def test_told_to_end_it_is_known_to_be_well_until_its_last_load_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "LONG_POLL", 0.01)
    file = tmp_path / "healthy"

    def touched_again(_body: str, stop: Stop) -> None:
        done.end()
        for _ in range(2):
            file.unlink()
            for _ in range(PATIENCE * 100):
                if file.exists():
                    break
                stop.pause(0.01)
            assert file.exists()

    done = worker(MadeUpQueue("loaded"), MadeUpHandler(touched_again), health_file=file)
    done.run()
    assert (done.outcomes["loaded"], file.exists()) == (1, False)


def test_log_lines_of_messages_are_json_and_name_neither_body_nor_receipt(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = MessageLog(Settings())
    file = HandledFile("failed", "s3://drops/utah.csv", "utah", "this is HTML")
    log.handled("m1", Handled((file,)), tries=2)
    log.handled("m2", Handled((replace(file, outcome="transient"),)), tries=1, again_in=2)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["event"], line["outcome"], line["level"]) for line in lines] == [
        ("message_done", "failed", "warning"),
        ("message_comes_back", "transient", "warning"),
    ]
    assert lines[1]["again_in"] == 2
    message = QueueMessage("m1", "receipt", "body")
    assert "receipt" not in repr(message).replace("receipt=", "") and "body" not in repr(message)


def test_with_logs_off_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    with suppress(QueueError):
        MessageLog(Settings(log_format="off")).queue_failed(QueueError("throttled"))
    assert capsys.readouterr().err == ""
