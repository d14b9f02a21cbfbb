"""Tests of leadingest.cloud.messages."""

import json
from contextlib import suppress
from typing import Any
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.cloud.messages import DroppedFile, dropped_files
from leadingest.errors import MessageError
from leadingest.stores.location import ObjectUrl

#: As AWS sends them, with made-up names and without what nobody reads.
S3 = {
    "Records": [
        {
            "eventVersion": "2.1",
            "eventSource": "aws:s3",
            "awsRegion": "eu-west-1",
            "eventTime": "2026-11-02T08:15:30.123Z",
            "eventName": "ObjectCreated:Put",
            "userIdentity": {"principalId": "AWS:EXAMPLE"},
            "requestParameters": {"sourceIPAddress": "192.0.2.1"},
            "responseElements": {"x-amz-request-id": "C3D13FE58DE4C810"},
            "s3": {
                "s3SchemaVersion": "1.0",
                "configurationId": "leads",
                "bucket": {
                    "name": "drops",
                    "ownerIdentity": {"principalId": "EXAMPLE"},
                    "arn": "arn:aws:s3:::drops",
                },
                "object": {
                    "key": "acme/new+list+%2B%25+%C3%BC.csv",
                    "size": 1024,
                    "eTag": "d41d8cd98f00b204e9800998ecf8427e",
                    "versionId": "096fKKXTRTtl3on89fVO.nfljtsv6qko",
                    "sequencer": "0055AED6DCD90281E5",
                },
            },
        }
    ]
}
EVENT_BRIDGE = {
    "version": "0",
    "id": "17793124-05d4-b198-2fde-7ededc63b103",
    "detail-type": "Object Created",
    "source": "aws.s3",
    "account": "123456789012",
    "time": "2026-11-02T08:15:30Z",
    "region": "eu-west-1",
    "resources": ["arn:aws:s3:::drops"],
    "detail": {
        "version": "0",
        "bucket": {"name": "drops"},
        "object": {
            "key": "acme/new list +% ü.csv",
            "size": 1024,
            "etag": "d41d8cd98f00b204e9800998ecf8427e",
            "version-id": "096fKKXTRTtl3on89fVO.nfljtsv6qko",
            "sequencer": "0055AED6DCD90281E5",
        },
        "request-id": "C3D13FE58DE4C810",
        "reason": "PutObject",
    },
}
TEST_EVENT = {
    "Service": "Amazon S3",
    "Event": "s3:TestEvent",
    "Time": "2026-11-02T08:00:00.000Z",
    "Bucket": "drops",
    "RequestId": "5582815E1AEA5ADF",
    "HostId": "8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR",
}
DROPPED = DroppedFile(
    ObjectUrl("s3", "drops", "acme/new list +% ü.csv"),
    version="096fKKXTRTtl3on89fVO.nfljtsv6qko",
    sequencer=0x55AED6DCD90281E5,
)


def by_sns(message: object) -> dict[str, Any]:
    return {
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": "arn:aws:sns:eu-west-1:123456789012:drops",
        "Subject": "Amazon S3 Notification",
        "Message": json.dumps(message),
        "Timestamp": "2026-11-02T08:15:31.000Z",
        "SignatureVersion": "1",
    }


def record(**changes: Any) -> dict[str, Any]:
    """A record of S3 with another key, version, sequencer or name of the event."""
    event = changes.pop("eventName", "ObjectCreated:Put")
    about = {"key": "acme.csv", "size": 1, **changes}
    return {
        "eventSource": "aws:s3",
        "eventName": event,
        "s3": {"bucket": {"name": "drops"}, "object": about},
    }


@pytest.mark.parametrize(
    "message",
    [
        S3,
        EVENT_BRIDGE,
        by_sns(S3),
        by_sns(EVENT_BRIDGE),
        {"Records": [{"EventSource": "aws:sns", "Sns": by_sns(S3)}]},
    ],
    ids=["S3", "EventBridge", "SNS", "EventBridge by SNS", "SNS that calls Lambda"],
)
def test_a_drop_is_known_by_whatever_way_it_is_told(message: dict[str, Any]) -> None:
    assert dropped_files(json.dumps(message)) == (DROPPED,)


def test_our_own_message_names_a_file_and_may_name_its_source() -> None:
    alone, named = '{"file": "s3://drops/a+b%20c.csv"}', '{"file": "gs://drops/x.csv", "source": "acme"}'
    assert dropped_files(alone) == (DroppedFile(ObjectUrl("s3", "drops", "a+b%20c.csv")),)
    assert dropped_files(named) == (DroppedFile(ObjectUrl("gs", "drops", "x.csv"), source="acme"),)


@pytest.mark.parametrize(
    "message",
    [
        TEST_EVENT,
        by_sns(TEST_EVENT),
        {"Records": [record(eventName="ObjectRemoved:Delete")]},
        {"Records": [record(eventName="LifecycleExpiration:Delete")]},
        EVENT_BRIDGE | {"detail-type": "Object Deleted"},
    ],
    ids=["test event", "test event by SNS", "removed", "expired", "deleted, by EventBridge"],
)
def test_what_tells_of_no_drop_asks_for_nothing(message: dict[str, Any]) -> None:
    assert dropped_files(json.dumps(message)) == ()


def test_of_drops_under_one_name_the_last_counts_whatever_their_order() -> None:
    earlier, later = record(versionId="1", sequencer="0A"), record(versionId="2", sequencer="00F")
    other = record(key="other.csv")
    for records in ([earlier, later, other], [later, earlier, other]):
        files = dropped_files(json.dumps({"Records": records}))
        assert [(file.key, file.version) for file in files] == [("acme.csv", "2"), ("other.csv", "")]


def test_a_bucket_without_versions_names_none() -> None:
    (file,) = dropped_files(json.dumps({"Records": [record(versionId="null")]}))
    assert file.version == ""


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "not JSON"),
        ("nonsense " * 30_000, "not JSON"),
        ("[" * 200_000, "not JSON"),
        ("[1]", "not a JSON object"),
        ("{}", "of an unknown kind"),
        ('{"Records": []}', "of an unknown kind"),
        ('{"Records": [1]}', "a record of the message is not a JSON object"),
        ('{"Records": [{"eventSource": "aws:dynamodb"}]}', "not from S3"),
        ('{"Records": [{"eventSource": "aws:s3"}]}', "has no 'eventName'"),
        ('{"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put"}]}', "has no 's3'"),
        ('{"file": "/etc/passwd"}', "the URL of an object"),
        ('{"file": "file:///etc/passwd"}', "the URL of an object"),
        ('{"file": "s3://bucket"}', "the URL of an object"),
        ('{"file": ["s3://bucket/key"]}', "has no 'file'"),
        ('{"file": "s3://bucket/key", "source": 1}', "not the name of a source"),
        (json.dumps({"file": "s3://bucket/key", "source": "a" * 200_000}), "not the name of a source"),
        (json.dumps({"file": "s3://bucket/" + "a/" * 100_000}), "longer than 1,024"),
        (json.dumps({"file": "s3://bucket/key", "a" * 200_000: 1}), "no key 'a{64}' in"),
        ('{"file": 1, "file": 2}', "has no 'file'"),
        (json.dumps({key: value for key, value in EVENT_BRIDGE.items() if key != "detail-type"}), "has no"),
        (json.dumps(EVENT_BRIDGE | {"detail": "hello"}), "has no 'detail'"),
        (json.dumps(by_sns(S3) | {"Type": "SubscriptionConfirmation"}), "SNS asks to confirm"),
        ('{"file": "s3://bucket/key", "sauce": "acme"}', "no key 'sauce'"),
        ('{"Type": "Notification", "Message": "hello"}', "not JSON"),
        (json.dumps(by_sns(by_sns(by_sns(by_sns(S3))))), "nested too deeply"),
    ],
    ids=range(25),
)
def test_what_is_no_message_is_said_to_be_none(body: str, message: str) -> None:
    with pytest.raises(MessageError, match=message):
        dropped_files(body)


_KEYS = ["Records", "s3", "object", "bucket", "key", "eventSource", "eventName", "detail", "Message", "Sns"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["aws:s3", "ObjectCreated:Put"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(_KEYS) | st.text(), inner),
)


@given(st.text() | JSON.map(json.dumps))
def test_whatever_is_in_a_queue_is_read_or_refused(body: str) -> None:
    with suppress(MessageError):
        assert isinstance(dropped_files(body), tuple)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_key_comes_out_of_a_notification_as_it_is_in_the_bucket(key: str) -> None:
    (file,) = dropped_files(json.dumps({"Records": [record(key=quote_plus(key, safe="/"))]}))
    assert file.key == key
