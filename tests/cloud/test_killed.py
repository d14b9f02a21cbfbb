"""A worker that is killed at any step of a message: when the message comes again, nothing is loaded twice or lost."""

from __future__ import annotations

from typing import Any

import pytest

from leadingest.cloud import handler as handling
from leadingest.cloud.handler import Handler
from leadingest.cloud.log import MessageLog
from leadingest.cloud.worker import Worker, WorkerOptions
from leadingest.deliveries.kept import dead_letters
from leadingest.deliveries.kept.archive import Archive
from leadingest.deliveries.kept.dead_letters import DeadLetters
from leadingest.destinations.sql.claim import SqlClaim
from leadingest.destinations.sql.load import SqlLoad
from leadingest.errors import DestinationError
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.run import SourceRun
from leadingest.ingest.run_options import KeptDeliveries
from leadingest.project import Project
from leadingest.settings import Settings
from tests.cloud.folder_bucket import FolderBucket
from tests.cloud.made_up_queue import MadeUpQueue
from tests.ingest.made_up_place import records

GOOD, BROKEN = records(2), "<html></html>"
#: What has just been done when the worker is killed, in the order of a message.
ALWAYS = {
    "received": (MadeUpQueue, "receive"),
    "understood": (handling, "dropped_files"),
    "its source known": (MappingIndex, "path_of"),
    "fetched": (FolderBucket, "fetch"),
    "claimed": (SqlClaim, "clear"),
    "looked for among earlier loads": (SqlClaim, "loaded_before"),
    "begun": (SqlClaim, "_begun"),
    "told": (SourceRun, "result"),
    "handled": (Handler, "handle"),
    "deleted": (MadeUpQueue, "delete"),
}
LOADED = {
    "in the midst of its leads": (SqlLoad, "_commit"),
    "written": (SqlLoad, "write_profiles"),
    "published": (SqlLoad, "finish"),
    "given up its claim": (SourceRun, "_loaded"),
    "archived": (Archive, "keep"),
    "no dead letter any more": (DeadLetters, "remove"),
    "kept": (KeptDeliveries, "loaded"),
}
FAILED = {
    "undone": (SqlClaim, "_undo"),
    "copied": (dead_letters, "copy_delivery"),
    "a dead letter": (DeadLetters, "keep"),
    "kept": (KeptDeliveries, "failed"),
}


def work(bucket: FolderBucket, queue: MadeUpQueue) -> None:
    """Do what is in the queue, as a worker that has just been started."""
    project = Project(bucket.project.settings)
    with Handler(project, wait=0, pauses=(), open_drop=bucket.opened) as handler:
        Worker(queue, handler, MessageLog(Settings(log_format="off")), WorkerOptions(until_empty=True)).run()


def work_until(bucket: FolderBucket, queue: MadeUpQueue, owner: Any, step: str) -> None:
    """As a worker that is killed once the step is done: it cleans up nothing that a database can see."""
    genuine = getattr(owner, step)

    def last(*arguments: Any, **options: Any) -> None:
        genuine(*arguments, **options)
        patched.setattr(SqlClaim, "_undo", gone)
        raise SystemExit

    def gone(*_: object) -> None:
        raise DestinationError("nobody is left to undo it")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(owner, step, last)
        with pytest.raises(SystemExit):
            work(bucket, queue)
    queue.pass_time()


@pytest.mark.parametrize("step", [*ALWAYS, *LOADED])
def test_a_file_is_loaded_once_whenever_its_worker_is_killed(bucket: FolderBucket, step: str) -> None:
    body = bucket.drop(GOOD)
    mapping = bucket.place.folder / "mappings/utah.yaml"
    text = mapping.read_text()
    mapping.write_text(text.replace("phone:", "fone:"))
    assert bucket.outcomes(body) == ["failed"]
    # What is loaded is a dead letter no more.
    mapping.write_text(text)
    queue = MadeUpQueue(body)
    work_until(bucket, queue, *(ALWAYS | LOADED)[step])
    assert bucket.place.shown() in ([], ["Oak 0", "Oak 1"])
    work(bucket, queue)
    assert [row.status for row in bucket.place.history() if row.status != "failed"] == ["loaded"]
    assert bucket.place.shown() == ["Oak 0", "Oak 1"]
    assert (bucket.archived(), bucket.dead_letters()) == (["utah.csv.zst"], [])
    assert (queue.deleted, queue.left(), queue.dead) == ([body], 0, [])


@pytest.mark.parametrize("step", [*ALWAYS, *FAILED])
def test_a_broken_file_is_one_dead_letter_whenever_its_worker_is_killed(
    bucket: FolderBucket, step: str
) -> None:
    body = bucket.drop(BROKEN)
    queue = MadeUpQueue(body)
    work_until(bucket, queue, *(ALWAYS | FAILED)[step])
    work(bucket, queue)
    assert {row.status for row in bucket.place.history()} == {"failed"}
    assert [name for name in bucket.dead_letters() if name.endswith("csv")] == ["utah.csv"]
    assert len(bucket.dead_letters()) == 2
    assert (queue.deleted, queue.left(), queue.dead) == ([body], 0, [])
