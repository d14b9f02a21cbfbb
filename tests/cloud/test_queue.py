"""Tests of leadingest.cloud.queue, on the wire."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from botocore.stub import Stubber

from leadingest.cloud.queue import LONG_POLL, SqsQueue, _client
from leadingest.errors import ConfigurationError, LeadingestError, QueueError
from tests.cloud.aws import MadeUpCloud


def test_a_message_is_received_hidden_and_deleted(cloud: MadeUpCloud) -> None:
    queue = SqsQueue(cloud.queue)
    assert (queue.visibility, queue.has_dead_letter_queue) == (30, True)
    # The test event of the notification.
    (first,) = queue.receive(10, wait=0)
    queue.delete(first)
    cloud.send("hello")
    (message,) = queue.receive(10, wait=0)
    assert (message.body, message.tries, queue.receive(10, wait=0), queue.left()) == ("hello", 1, [], 1)
    queue.hide(message, 0)
    (again,) = queue.receive(10, wait=0)
    assert (again.id, again.tries) == (message.id, 2)
    queue.delete(again)
    assert queue.left() == 0


def test_messages_of_a_queue_that_hides_none_are_hidden_while_they_are_done(aws: Mapping[str, str]) -> None:
    cloud = MadeUpCloud(aws, visibility=0)
    queue = SqsQueue(cloud.queue)
    assert (queue.visibility, len(queue.receive(10, wait=0)), queue.receive(10, wait=0)) == (30, 1, [])


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("https://sqs.eu-west-1.amazonaws.com/1/leads", "eu-west-1"),
        ("https://sqs.cn-north-1.amazonaws.com.cn/1/leads", "cn-north-1"),
        ("https://sqs.us-gov-west-1.api.aws/1/leads", "us-gov-west-1"),
        ("https://us-west-2.queue.amazonaws.com/1/leads", "us-west-2"),
        ("https://queue.amazonaws.com/1/leads", "ap-south-1"),
        ("http://127.0.0.1:5000/1/leads", "ap-south-1"),
    ],
)
def test_a_queue_is_asked_in_the_region_of_its_address(
    monkeypatch: pytest.MonkeyPatch, address: str, region: str
) -> None:
    monkeypatch.setenv("AWS_REGION", "ap-south-1")
    assert _client(address).meta.region_name == region


@pytest.mark.parametrize(
    ("code", "error", "hint"),
    [
        ("AWS.SimpleQueueService.NonExistentQueue", ConfigurationError, "check the URL"),
        ("AccessDeniedException", ConfigurationError, "allow sqs:ReceiveMessage"),
        ("KMS.AccessDeniedException", ConfigurationError, "kms:Decrypt"),
        ("ExpiredToken", ConfigurationError, "get new credentials"),
        ("SignatureDoesNotMatch", ConfigurationError, "the clock of this machine"),
        ("RequestThrottled", QueueError, ""),
    ],
)
def test_what_the_queue_refuses_is_said_with_what_to_do(
    cloud: MadeUpCloud, code: str, error: type[LeadingestError], hint: str
) -> None:
    client = _client(cloud.queue)
    queue = SqsQueue(cloud.queue, client)
    with Stubber(client) as stub:
        stub.add_client_error("receive_message", code, "words of AWS, with the key AKIAEXAMPLE")
        with pytest.raises(error) as refused:
            queue.receive(1, wait=0)
    assert hint in (refused.value.hint or "")
    assert "AKIAEXAMPLE" not in str(refused.value)


def test_an_answer_is_waited_for_longer_than_a_message(cloud: MadeUpCloud) -> None:
    assert LONG_POLL < _client(cloud.queue).meta.config.read_timeout < 30


def test_a_dead_letter_queue_knows_whose_it_is(cloud: MadeUpCloud) -> None:
    queue = SqsQueue(cloud.dead_queue)
    assert (queue.sources(), queue.has_dead_letter_queue) == ([cloud.queue], False)


def test_a_queue_that_is_not_there_is_said_so(cloud: MadeUpCloud) -> None:
    with pytest.raises(ConfigurationError, match="there is no queue"):
        SqsQueue(f"{cloud.queue}-other")


def test_a_server_that_does_not_answer_is_worth_another_try(
    cloud: MadeUpCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(QueueError, match="cannot be reached"):
        SqsQueue(cloud.queue)


def test_without_a_region_it_is_said_what_is_missing(
    cloud: MadeUpCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name)
    with pytest.raises(ConfigurationError, match="NoRegionError"):
        SqsQueue(cloud.queue)
