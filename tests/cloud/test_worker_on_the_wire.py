"""A worker and the services of AWS: a lake in a bucket, loads longer than messages are hidden, a service that comes back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from leadingest.cloud.handler import Handler
from leadingest.cloud.queue import SqsQueue
from leadingest.ingest.concurrency import Stop
from leadingest.project import Project
from tests.cloud.aws import CREDENTIALS, MadeUpCloud
from tests.cloud.many_drops import ManyDrops, drawn_anew
from tests.cloud.test_worker import MadeUpHandler, worker
from tests.ingest.made_up_place import MadeUpPlace
from tests.object_storage import s3_server


def emptied(cloud: MadeUpCloud) -> MadeUpCloud:
    """The queue without the test event that a bucket sends first."""
    cloud.bodies(cloud.queue)
    return cloud


def test_what_is_dropped_is_loaded_once_into_a_lake_in_the_same_bucket(
    tmp_path: Path, aws: Mapping[str, str]
) -> None:
    # The server takes `If-Match` for what it is, but not of two writers at once: workers race in a lake in a folder.
    cloud = MadeUpCloud(aws, most_tries=2, below="drops/")
    place = MadeUpPlace(tmp_path, f"s3://{cloud.bucket}/lake")
    drops = ManyDrops(place, cloud, drawn_anew(), sources=2, files=3, broken=2)
    project = Project.open(
        tmp_path,
        database_url=place.url,
        mappings=tmp_path / "mappings",
        dead_letters=tmp_path / "dead_letters",
    )
    with Handler(project) as handler:
        worker(SqsQueue(cloud.queue), handler, backoff=0).run()
    drops.check()


def test_nobody_else_receives_a_message_while_its_load_takes_longer_than_it_is_hidden(
    aws: Mapping[str, str],
) -> None:
    cloud = emptied(MadeUpCloud(aws, visibility=1))
    cloud.send("loaded")
    others: list[object] = []

    def long(_body: str, _stop: Stop) -> None:
        others.extend(cloud.received(cloud.queue, wait=3))

    handler = MadeUpHandler(long)
    worker(SqsQueue(cloud.queue), handler).run()
    assert (others, handler.bodies, cloud.left(cloud.queue)) == ([], ["loaded"], 0)


def test_a_service_that_is_started_again_finds_the_worker_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    with ExitStack() as server:
        address = server.enter_context(s3_server())
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        cloud = emptied(MadeUpCloud({**CREDENTIALS, "AWS_ENDPOINT_URL": address}, visibility=1))
        cloud.send("loaded")
        pauses: list[float] = []

        def ends(_body: str, _stop: Stop) -> None:
            if not pauses:
                server.close()

        def begins(seconds: float) -> bool:
            if not pauses:
                server.enter_context(s3_server(port=urlsplit(address).port or 0))
            pauses.append(seconds)
            return False

        handler = MadeUpHandler(ends)
        done = worker(SqsQueue(cloud.queue), handler)
        monkeypatch.setattr(done._ending, "wait", begins)
        done.run()
        # It could not be deleted, and came again.
        assert (handler.bodies, cloud.left(cloud.queue)) == (["loaded", "loaded"], 0)
        assert pauses[0] == 2
