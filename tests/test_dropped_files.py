"""Files dropped in a bucket, workers that load them, and what a kill in the midst of a load leaves."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.cloud.aws import MadeUpCloud
from tests.ingest.made_up_place import MadeUpPlace

SOURCES, FILES = 10, 40
MAPPING = """\
source: {source}
delivery: {{match: "{source}_*.csv"}}
guards: {{older_delivery: publish, sent_before: publish}}
fields: {{company: Name, phone: Phone}}
"""
#: After so many loads that it has begun, a worker is killed: in the midst of the last of them.
KILLED_AT = 3


def content(number: int) -> str:
    """A list that no other file has."""
    return f"Name,Phone\nOak {number},7025550{number:03}\nElm {number},7025551{number:03}\n"


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


def kill_in_a_load(program: subprocess.Popen[str], *, at: int) -> None:
    assert program.stderr
    begun = 0
    for line in program.stderr:
        begun += json.loads(line)["event"] == "load_started"
        if begun == at:
            break
    program.kill()
    program.wait()
    assert begun == at


def test_every_good_file_is_loaded_once_and_nothing_is_lost_whatever_is_killed(
    tmp_path: Path, database_url: str, aws: Mapping[str, str]
) -> None:
    place = MadeUpPlace(tmp_path, database_url)
    for number in range(SOURCES):
        source = f"s{number:02}"
        (tmp_path / f"mappings/{source}.yaml").write_text(MAPPING.format(source=source))
    cloud = MadeUpCloud(aws, visibility=5, most_tries=6)
    good = {f"s{number % SOURCES:02}_{number:03}.csv": content(number) for number in range(FILES)}
    for name, text in good.items():
        cloud.drop(f"drops/{name}", text)
    for number, text in enumerate(["", "<html></html>", "A,B\n1,2\n", "%PDF-1.7", "\0\0\0"]):
        cloud.drop(f"drops/s{number:02}_bad.csv", text)
    for number in range(3):
        cloud.drop(f"drops/s{number:02}_copy.csv", content(number))
    cloud.drop("drops/page.html", "<html></html>")
    cloud.send("this is not JSON")
    with (
        started(place, cloud, aws) as killed,
        started(place, cloud, aws) as second,
        started(place, cloud, aws) as third,
    ):
        kill_in_a_load(killed, at=KILLED_AT)
        for program in (second, third):
            output = program.communicate(timeout=120)
            assert program.returncode == 1, output[1][-2000:]

    done = [row for row in place.history(limit=None) if row.status not in {"failed", "running"}]
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in good.values()]
    assert Counter(row.file_sha256 for row in done) == Counter(digests)
    with place.open() as destination:
        assert destination.leads.rows().height == 2 * SOURCES
    assert sorted(path.name.split("_", 2)[2] for path in tmp_path.glob("dead_letters/*/*_*_*")) == [
        f"s{number:02}_bad.csv" for number in range(5)
    ]
    assert cloud.left(cloud.queue) == 0
    dead = cloud.bodies(cloud.dead_queue)
    assert ["page.html" in body or body == "this is not JSON" for body in dead] == [True, True]
