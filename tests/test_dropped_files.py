"""Files dropped in a bucket, workers that load them, and what a kill at any moment leaves."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.cloud.aws import MadeUpCloud
from tests.cloud.many_drops import ManyDrops, drawn_anew
from tests.ingest.made_up_place import MadeUpPlace

#: One of three workers begins at least so many loads, and a load takes about so many seconds.
LOADS, LOAD = 8, 0.2


@contextmanager
def started(
    place: MadeUpPlace, cloud: MadeUpCloud, aws: Mapping[str, str]
) -> Iterator[subprocess.Popen[str]]:
    """A worker in a process of its own, until the queue is empty; it is killed where the test fails."""
    words = ["worker", "--queue-url", cloud.queue, "--until-empty", "--backoff", "0", "--jobs", "1"]
    variables = {**os.environ, **aws, "LEADINGEST_DATABASE_URL": place.url}
    program = subprocess.Popen(
        [sys.executable, "-m", "leadingest", *words],
        cwd=place.folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield program
    finally:
        program.kill()
        program.communicate()


def kill_at_any_moment(program: subprocess.Popen[str], chance: random.Random) -> None:
    """Kill the worker in one of its loads, or shortly before or after it."""
    assert program.stderr
    begun, last = 0, chance.randint(1, LOADS)
    for line in program.stderr:
        begun += json.loads(line)["event"] == "load_started"
        if begun == last:
            break
    assert begun == last
    with suppress(subprocess.TimeoutExpired):
        program.wait(chance.uniform(0, LOAD))
    program.kill()
    assert program.wait() < 0


def test_every_good_file_is_loaded_once_and_nothing_is_lost_whatever_is_killed(
    tmp_path: Path, database_url: str, aws: Mapping[str, str]
) -> None:
    chance = drawn_anew()
    place, cloud = MadeUpPlace(tmp_path, database_url), MadeUpCloud(aws, visibility=5, most_tries=12)
    drops = ManyDrops(place, cloud, chance)
    with (
        started(place, cloud, aws) as killed,
        started(place, cloud, aws) as second,
        started(place, cloud, aws) as third,
    ):
        kill_at_any_moment(killed, chance)
        for program in (second, third):
            output = program.communicate(timeout=250)
            assert program.returncode in {0, 1}, output[1][-2000:]
    drops.check()
