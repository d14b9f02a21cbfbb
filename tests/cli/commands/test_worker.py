"""Tests of `leadingest worker`, and of `leadingest replay` with a queue."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Mapping
from pathlib import Path

import pytest

from leadingest.ingest.concurrency import Stop
from tests.cli.made_up_project import NEVADA_CSV, MadeUpProject
from tests.cloud.aws import MadeUpCloud

SECRET = "wisteria-4711"


@pytest.fixture
def cloud(aws: Mapping[str, str]) -> MadeUpCloud:
    return MadeUpCloud(aws, most_tries=1)


def work(project: MadeUpProject, cloud: MadeUpCloud, *words: str) -> tuple[int, str, list[dict[str, object]]]:
    """The exit code of a worker until the queue is empty, what it prints, and its log lines about messages."""
    done = project.call("worker", "--queue-url", cloud.queue, "--until-empty", "--backoff", "0", *words)
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    return done.exit_code, done.stdout, [line for line in lines if str(line["event"]).startswith("message")]


def test_a_worker_loads_what_was_dropped_and_says_what_it_has_done(
    project: MadeUpProject, cloud: MadeUpCloud
) -> None:
    cloud.drop("nevada.csv", NEVADA_CSV)
    code, output, _ = work(project, cloud)
    assert (code, output) == (0, "2 messages received: 1 loaded, 1 skipped\n")
    assert "published" in project.call("loads").stdout


def test_what_fails_and_what_nobody_can_do_ends_it_with_1(project: MadeUpProject, cloud: MadeUpCloud) -> None:
    cloud.drop("utah.csv", "<html></html>")
    cloud.send("hello")
    code, output, lines = work(project, cloud, "--log-level", "warning")
    assert (code, output) == (1, "3 messages received: 1 skipped, 1 failed, 1 poison\n")
    assert sorted((line["event"], line["outcome"]) for line in lines) == [
        ("message_comes_back", "poison"),
        ("message_done", "failed"),
    ]
    assert cloud.bodies(cloud.dead_queue) == ["hello"]


def test_a_worker_needs_no_folder_where_the_project_is_in_the_bucket(
    project: MadeUpProject, cloud: MadeUpCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud.drop_file("project/mappings/nevada.yaml", project.folder / "mappings/nevada.yaml")
    shutil.rmtree(project.folder / "mappings")
    monkeypatch.setenv("LEADINGEST_PROJECT", f"s3://{cloud.bucket}/project")
    cloud.bodies(cloud.queue)
    cloud.drop("drops/nevada.csv", NEVADA_CSV)
    code, output, _ = work(project, cloud)
    assert (code, output) == (0, "1 message received: 1 loaded\n")


def test_messages_that_were_put_aside_are_moved_back_once_a_mapping_takes_their_files(
    project: MadeUpProject, cloud: MadeUpCloud
) -> None:
    cloud.drop("ohio.csv", NEVADA_CSV)
    assert work(project, cloud)[0] == 1
    project.write(
        "mappings/ohio.yaml", "source: ohio\ndelivery: {match: ohio.csv}\nfields: {company: Name}\n"
    )
    output = project.call("replay", "--queue-url", cloud.dead_queue, "--dry-run").stdout
    assert output == f"about 1 message would be moved to {cloud.queue}; nothing was changed\n"
    moved = project.call("replay", "--queue-url", cloud.dead_queue).stdout
    assert moved == f"1 message moved to {cloud.queue}\n"
    assert work(project, cloud)[:2] == (0, "1 message received: 1 loaded\n")
    assert cloud.left(cloud.dead_queue) == 0


def test_a_queue_that_is_nobodys_dead_letter_queue_needs_to_be_told_where_to(
    project: MadeUpProject, cloud: MadeUpCloud
) -> None:
    done = project.call("replay", "--queue-url", cloud.queue)
    assert (done.exit_code, "--to-queue-url" in done.stderr) == (2, True)
    done = project.call("replay", "--queue-url", cloud.queue, "--to-queue-url", cloud.dead_queue)
    assert done.stdout == f"1 message moved to {cloud.dead_queue}\n"


def test_a_message_that_is_put_aside_again_while_others_are_moved_ends_it(cloud: MadeUpCloud) -> None:
    from leadingest.cloud.move_back import move_back
    from leadingest.cloud.queue import SqsQueue

    queue = SqsQueue(cloud.queue)
    # Moved into itself, each comes at once again.
    assert move_back(queue, queue) == 1
    assert queue.left() == 1


@pytest.mark.parametrize(
    "words",
    [
        ["--queue-url", "q", "--source", "utah"],
        ["--queue-url", "q", "--load", "1"],
        ["--queue-url", "q", "--dead-letters"],
        ["--to-queue-url", "q", "--source", "utah"],
        ["--forget", "utah.csv", "--source", "utah"],
    ],
)
def test_what_contradicts_itself_is_refused(project: MadeUpProject, words: list[str]) -> None:
    assert project.call("replay", *words).exit_code == 2


def test_a_dead_letter_can_be_forgotten(project: MadeUpProject) -> None:
    project.write("inbox/utah.csv", "<html></html>")
    assert project.call("run", "--source", "utah").exit_code == 1
    words = ["replay", "--source", "utah", "--dead-letters", "--forget"]
    assert project.call(*words, "other.csv").exit_code == 3
    assert (
        project.call(*words, "utah.csv", "--dry-run").stdout
        == "utah: utah.csv, 13 bytes: would be forgotten\n"
    )
    assert list(Path("dead_letters").rglob("*.json"))
    assert project.call(*words, "utah.csv").stdout == "utah: utah.csv, 13 bytes: forgotten\n"
    assert not list(Path("dead_letters").rglob("*.*"))


def test_sigterm_finishes_the_load_under_way_and_takes_no_new_one(
    project: MadeUpProject, cloud: MadeUpCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leadingest.cloud.handler import Handled, Handler

    handle, begun = Handler.handle, []

    def terminated(self: Handler, body: str, stop: Stop) -> Handled:
        begun.append(body)
        os.kill(os.getpid(), signal.SIGTERM)
        return handle(self, body, stop)

    monkeypatch.setattr(Handler, "handle", terminated)
    cloud.drop("nevada.csv", NEVADA_CSV)
    before = signal.getsignal(signal.SIGTERM)
    code, output, _ = work(project, cloud, "--jobs", "1", "--health-file", "healthy")
    assert (code, len(begun)) == (0, 1)
    assert output.startswith("1 message received: 1 ")
    assert cloud.left(cloud.queue) == 1
    assert (signal.getsignal(signal.SIGTERM), Path("healthy").exists()) == (before, False)


def test_a_queue_that_is_deleted_ends_the_worker_with_a_line_and_what_is_loaded_stays(
    project: MadeUpProject, cloud: MadeUpCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leadingest.cloud.handler import Handled, Handler

    handle = Handler.handle

    def removing(self: Handler, body: str, stop: Stop) -> Handled:
        cloud.remove_queue()
        return handle(self, body, stop)

    monkeypatch.setattr(Handler, "handle", removing)
    cloud.bodies(cloud.queue)
    cloud.drop("nevada.csv", NEVADA_CSV)
    done = project.call("worker", "--queue-url", cloud.queue, "--jobs", "1")
    assert (done.exit_code, f"there is no queue {cloud.queue}" in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr
    assert "published" in project.call("loads").stdout


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"LEADINGEST_DATABASE_URL": "sqlite:////no/such/folder/leads.db"}, "leads.db"),
        ({"LEADINGEST_MAPPINGS": "nowhere"}, "nowhere"),
        ({"LEADINGEST_DATABASE_URL": f"mysql+mysqldb://leads:{SECRET}@127.0.0.1:9/leads"}, "127.0.0.1"),
        (
            {
                "AWS_SECRET_ACCESS_KEY": SECRET,
                "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
                "AWS_MAX_ATTEMPTS": "1",
            },
            "cannot be reached",
        ),
    ],
    ids=["no database", "no mappings", "no server", "no queue"],
)
def test_a_worker_that_could_load_nothing_does_not_begin(
    project: MadeUpProject,
    cloud: MadeUpCloud,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, str],
    message: str,
) -> None:
    for name, value in change.items():
        monkeypatch.setenv(name, value)
    done = project.call("worker", "--queue-url", cloud.queue, "--until-empty")
    assert (done.exit_code in {1, 2}, message in done.stderr) == (True, True)
    assert SECRET not in done.output
    assert cloud.left(cloud.queue) == 1


def test_a_worker_without_a_queue_is_refused(project: MadeUpProject, cloud: MadeUpCloud) -> None:
    done = project.call("worker", "--queue-url", f"{cloud.queue}-other")
    assert (done.exit_code, "there is no queue" in done.stderr) == (2, True)


def test_a_queue_without_a_dead_letter_queue_is_warned_of(project: MadeUpProject, cloud: MadeUpCloud) -> None:
    done = project.call("worker", "--queue-url", cloud.dead_queue, "--until-empty")
    assert "has no dead-letter queue" in done.stderr
