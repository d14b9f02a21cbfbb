"""Many messages, most of them for nothing; and two workers that have the same source."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from time import process_time

import pytest

from leadingest.cloud.handler import Handler
from leadingest.cloud.messages import DroppedFile
from leadingest.deliveries.delivery import Delivery
from tests.cloud.folder_bucket import FolderBucket
from tests.cloud.made_up_queue import MadeUpQueue
from tests.cloud.test_messages import TEST_EVENT
from tests.cloud.test_worker import PATIENCE, worker
from tests.ingest.made_up_place import MadeUpPlace, records

MESSAGES, COPIES = 10_000, 300
#: Seconds of a processor for a message beside its load, at most.
MOST = 0.05


def objects() -> int:
    gc.collect()
    return len(gc.get_objects())


@pytest.mark.long
def test_ten_thousand_messages_for_nothing_cost_little_and_leave_nothing_in_memory(
    tmp_path: Path, sqlite_url: str
) -> None:
    bucket = FolderBucket(MadeUpPlace(tmp_path, sqlite_url, *(f"s{n:03}" for n in range(100))))
    copy = bucket.drop(records(2), "s050.csv")

    def work(*bodies: str) -> float:
        """Seconds of a processor for each message."""
        queue, begun = MadeUpQueue(*bodies), process_time()
        worker(queue, handler, jobs=2).run()
        assert (len(queue.deleted), queue.most) == (len(bodies), 2)
        return (process_time() - begun) / len(bodies)

    with Handler(bucket.project, wait=30, open_drop=bucket.opened) as handler:
        work(copy, *[json.dumps(TEST_EVENT)] * 100, copy)
        before = objects()
        assert work(*[json.dumps(TEST_EVENT)] * (MESSAGES - COPIES)) < MOST / 10
        assert work(*[copy] * COPIES) < MOST
        # Not one for each message.
        assert objects() - before < COPIES
    assert [row.file_name for row in bucket.place.history()] == ["s050.csv"]


def test_two_workers_with_two_deliveries_of_one_source_load_both_one_after_the_other(
    bucket: FolderBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, fetch = Barrier(2), bucket.fetch

    def fetched_by_both(file: DroppedFile, fits: Callable[[int], None]) -> Delivery:
        both.wait(PATIENCE)
        return fetch(file, fits)

    monkeypatch.setattr(bucket, "fetch", fetched_by_both)
    bodies = [bucket.drop(records(2, name), f"utah_{name}.csv") for name in ("Oak", "Elm")]
    queue = MadeUpQueue(*bodies)

    def work() -> None:
        with Handler(bucket.project, wait=30, open_drop=bucket.opened) as handler:
            worker(queue, handler).run()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work), pool.submit(work)]:
            done.result()
    assert sorted(row.file_name for row in bucket.place.history()) == ["utah_Elm.csv", "utah_Oak.csv"]
    assert {row.status for row in bucket.place.history()} == {"loaded"}
    assert bucket.place.shown() in (["Oak 0", "Oak 1"], ["Elm 0", "Elm 1"])
    assert sorted(queue.deleted) == sorted(bodies)
