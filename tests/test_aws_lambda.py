"""Tests of leadingest.aws_lambda: in the real runtime, and what it does as its time runs out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty
from typing import Any

import pytest

from leadingest import aws_lambda
from leadingest.cloud.handler import Handled, HandledFile
from leadingest.errors import LeadingestError, QueueError
from leadingest.ingest.concurrency import Stop
from tests.cloud.aws import MadeUpCloud
from tests.cloud.many_drops import ManyDrops, drawn_anew
from tests.cloud.runtime_api import RuntimeApi, runtime
from tests.ingest.made_up_place import MAPPING, MadeUpPlace, records


def batch(*bodies: str) -> dict[str, Any]:
    """An event of SQS, as it calls Lambda."""
    return event({"MessageId": f"m{number}", "Body": body} for number, body in enumerate(bodies))


def event(messages: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """An event with messages as they were received."""
    return {
        "Records": [
            {
                "messageId": message["MessageId"],
                "receiptHandle": message.get("ReceiptHandle", "AQEBzWwaftRI0KuVm4tP"),
                "body": message["Body"],
                "attributes": message.get("Attributes", {"ApproximateReceiveCount": "1"}),
                "messageAttributes": {},
                "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:drops",
                "awsRegion": "eu-west-1",
            }
            for message in messages
        ]
    }


def failures(*numbers: int) -> tuple[str, Any]:
    return "response", {"batchItemFailures": [{"itemIdentifier": f"m{number}"} for number in numbers]}


def test_the_runtime_of_lambda_loads_what_messages_tell_of_and_names_what_must_come_back(
    tmp_path: Path, sqlite_url: str, aws: Mapping[str, str]
) -> None:
    place, cloud = MadeUpPlace(tmp_path, sqlite_url, "utah", "ohio"), MadeUpCloud(aws)
    cloud.drop("utah/utah list.csv", records(2))
    cloud.drop("ohio.csv", "<html></html>")
    notifications = [each["Body"] for each in cloud.received(cloud.queue)]
    cloud.drop("ohio_2.csv", records(1))
    cloud.drop("ohio_large.csv", b"Name,Phone\n" + b"\n" * (20 << 20))
    small, large = (
        json.dumps({"file": f"s3://{cloud.bucket}/{key}"}) for key in ("ohio_2.csv", "ohio_large.csv")
    )
    variables = {**aws, "LEADINGEST_DATABASE_URL": sqlite_url}
    with runtime("leadingest.aws_lambda.handler", tmp_path, variables) as api:
        # The test event of the notification, a file, and a broken one; then what nobody can do.
        assert api.call(batch(*notifications, "hello")) == failures(3)
        assert [row.status for row in place.history()] == ["failed", "loaded"]
        # What comes again is skipped; there is time for a small file, and none to begin a large one.
        assert api.call(batch(notifications[1], large, small), seconds=25) == failures(1)
        # This one's time is over before it begins.
        assert api.call(batch(notifications[1], large), seconds=5) == failures(0, 1)
        # An event that comes by itself.
        assert api.call(json.loads(notifications[1])) == ("response", {"outcome": "skipped"})
        strange: list[object] = [{"hello": "world"}, {"Records": [1]}, [{"Records": []}], "hello", None]
        for each in strange:
            kind, answer = api.call(each)
            assert (kind, answer["errorType"]) == ("error", "QueueError")
    assert [(row.file_name, row.status) for row in place.history()] == [
        ("ohio_2.csv", "loaded"),
        ("ohio.csv", "failed"),
        ("utah list.csv", "loaded"),
    ]
    assert len(list(tmp_path.glob("dead_letters/ohio/*.csv"))) == 1


def do(
    api: RuntimeApi, cloud: MadeUpCloud, messages: Sequence[Mapping[str, Any]], *, seconds: float = 600
) -> int:
    """Do a batch as SQS has Lambda do it; how many messages came back, whose time until then passes at once."""
    _, answer = api.call(event(messages), seconds=seconds)
    failed = {each["itemIdentifier"] for each in answer["batchItemFailures"]}
    for message in messages:
        end = cloud.give_back if message["MessageId"] in failed else cloud.delete
        end(cloud.queue, message)
    return len(failed)


@pytest.mark.long
@pytest.mark.parametrize("destination", ["sqlite_url", "lake_url"])
def test_in_the_runtime_of_lambda_every_good_file_is_loaded_once_whatever_cuts_a_batch_off(
    tmp_path: Path, request: pytest.FixtureRequest, aws: Mapping[str, str], destination: str
) -> None:
    chance, url = drawn_anew(), request.getfixturevalue(destination)
    place, cloud = MadeUpPlace(tmp_path, url), MadeUpCloud(aws, most_tries=6)
    drops = ManyDrops(place, cloud, chance)
    name, variables = "leadingest.aws_lambda.handler", {**aws, "LEADINGEST_DATABASE_URL": url}
    with runtime(name, tmp_path, variables) as api:
        do(api, cloud, cloud.received(cloud.queue))
        # The tenth of a second in which files are begun does not suffice for ten of them.
        assert do(api, cloud, cloud.received(cloud.queue), seconds=13.1)
        killed = cloud.received(cloud.queue)
        api.begin(event(killed))
        with suppress(Empty):
            api.answers.get(timeout=chance.uniform(0, 0.5))
    for message in killed:
        cloud.give_back(cloud.queue, message)
    with runtime(name, tmp_path, variables) as api:
        while messages := cloud.received(cloud.queue):
            do(api, cloud, messages)
    drops.check()


@dataclass
class Context:
    """So much time is left."""

    seconds: float

    def get_remaining_time_in_millis(self) -> int:
        return int(self.seconds * 1000)


class Opened:
    """A handler that works until it is told to stop, or asks whether a file of this size fits."""

    def __init__(self, size: int | None = None) -> None:
        self._size = size

    def handle(self, _body: str, stop: Stop, *, fits: Any) -> Handled:
        if self._size is None:
            stop.pause(60)
        try:
            fits(self._size)
        except LeadingestError as error:
            return Handled((HandledFile("transient", reason=error.message),))
        return Handled((HandledFile("loaded"),))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Any:
    from leadingest.cloud.log import MessageLog
    from leadingest.settings import Settings

    def with_handler(size: int | None) -> None:
        log = MessageLog(Settings(log_format="json"))
        monkeypatch.setattr(aws_lambda, "_opened", lambda: (Opened(size), log))

    return with_handler


def test_a_load_that_its_time_does_not_suffice_for_is_broken_off_and_comes_back(
    opened: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    opened(None)
    answer = aws_lambda.handler(batch("{}"), Context(0.0))
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m0"}]}
    assert json.loads(capsys.readouterr().err)["reason"].startswith("stopped: ")


@pytest.mark.parametrize(
    ("size", "seconds", "comes_back"),
    [
        (0, 14, False),
        (0, 12, True),
        (100 << 20, 120, False),
        (100 << 20, 100, True),
        # The longest that a function may take, and a file that its disk has no room for either.
        (6 << 30, 900, True),
    ],
)
def test_a_file_is_begun_only_where_the_time_left_allows_for_its_size(
    opened: Any, size: int, seconds: float, comes_back: bool
) -> None:
    opened(size)
    assert bool(aws_lambda.handler(batch("{}"), Context(seconds))["batchItemFailures"]) == comes_back


def test_the_project_may_be_in_the_bucket(
    tmp_path: Path, sqlite_url: str, aws: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud = MadeUpCloud(aws)
    cloud.drop("project/mappings/utah.yaml", MAPPING.format(source="utah"))
    cloud.drop("drops/utah.csv", records(2))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEADINGEST_PROJECT", f"s3://{cloud.bucket}/project")
    monkeypatch.setenv("LEADINGEST_DATABASE_URL", sqlite_url)
    aws_lambda._opened.cache_clear()
    try:
        event = {"file": f"s3://{cloud.bucket}/drops/utah.csv"}
        assert aws_lambda.handler(event, Context(60)) == {"outcome": "loaded"}
        # A mapping that is uploaded between two calls is there for the second.
        cloud.drop("project/mappings/ohio.yaml", MAPPING.format(source="ohio"))
        cloud.drop("drops/ohio.csv", records(1))
        event = {"file": f"s3://{cloud.bucket}/drops/ohio.csv"}
        assert aws_lambda.handler(event, Context(60)) == {"outcome": "loaded"}
        aws_lambda._opened()[0].__exit__(None, None, None)
    finally:
        aws_lambda._opened.cache_clear()


def test_an_event_by_itself_that_is_not_done_is_an_error_so_that_lambda_calls_again(opened: Any) -> None:
    opened(0)
    with pytest.raises(QueueError, match="not started"):
        aws_lambda.handler({"file": "s3://drops/utah.csv"}, Context(5))
