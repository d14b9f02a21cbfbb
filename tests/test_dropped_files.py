"""Files dropped in a bucket, workers that load them, and what a kill at any moment leaves."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from subprocess import TimeoutExpired

import pytest

from tests.cloud.aws import MadeUpCloud
from tests.cloud.many_drops import ManyDrops, drawn_anew
from tests.ingest.made_up_place import MadeUpPlace
from tests.warm_starts import Started, WarmStarts

#: One of three workers begins at least so many loads, and a load takes about so many seconds.
LOADS, LOAD = 8, 0.2


def started(warm: WarmStarts, place: MadeUpPlace, cloud: MadeUpCloud) -> Started:
    """A worker in a process of its own, until the queue is empty; it is killed where the test fails."""
    words = ["worker", "--queue-url", cloud.queue, "--until-empty", "--backoff", "0", "--jobs", "1"]
    program = "from leadingest.cli.main import main; main()"
    return warm.start(program, *words, "--database-url", place.url, folder=place.folder)


def kill_at_any_moment(program: Started, chance: random.Random) -> None:
    """Kill the worker in one of its loads, or shortly before or after it."""
    begun, last = 0, chance.randint(1, LOADS)
    for line in program.stdout:
        begun += json.loads(line)["event"] == "load_started"
        if begun == last:
            break
    assert begun == last
    with suppress(TimeoutExpired):
        program.wait(chance.uniform(0, LOAD))
    program.kill()
    assert program.wait() < 0


#: What is killed is the worker, whatever it loads into.
LONG = [pytest.param(name, marks=pytest.mark.long) for name in ("sqlite", "lake")]


@pytest.mark.parametrize("database_url", ["mysql", *LONG], indirect=True)
def test_every_good_file_is_loaded_once_and_nothing_is_lost_whatever_is_killed(
    tmp_path: Path, database_url: str, aws: Mapping[str, str], warm: WarmStarts
) -> None:
    chance = drawn_anew()
    place, cloud = MadeUpPlace(tmp_path, database_url), MadeUpCloud(aws, visibility=5, most_tries=12)
    drops = ManyDrops(place, cloud, chance)
    with (
        started(warm, place, cloud) as killed,
        started(warm, place, cloud) as second,
        started(warm, place, cloud) as third,
    ):
        kill_at_any_moment(killed, chance)
        for program in (second, third):
            output = program.stdout.read()
            assert program.wait() in {0, 1}, output[-2000:]
    drops.check()
