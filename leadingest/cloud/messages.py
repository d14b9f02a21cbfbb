"""What a message of a queue asks for: the files that were dropped.

Known are the notifications of S3, whether they come straight into the queue, through SNS or through EventBridge, and
our own: `{"file": "s3://bucket/acme.csv", "source": "acme"}`, where the source may be left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote_plus

from leadingest.errors import MessageError
from leadingest.mapping.read_sections import SOURCE_NAME
from leadingest.stores.location import SCHEMES, ObjectUrl

#: Messages within messages that are looked into: S3's in EventBridge's in SNS's.
_DEEPEST: Final = 3
#: The longest key of an object in S3, Google Cloud Storage and Azure.
_LONGEST_KEY: Final = 1_024
#: Keys of our own messages.
_OURS: Final = ("file", "source")
_HINT: Final = 'send an S3 notification, or {"file": "s3://bucket/key"}'


@dataclass(frozen=True)
class DroppedFile:
    """An object that was dropped: `s3://bucket/key`, with the key as it is, nothing quoted."""

    place: ObjectUrl
    #: Of a bucket that keeps versions; "" where the message names none.
    version: str = ""
    #: The source that it is a delivery of; "" where its name is to tell.
    source: str = ""
    #: Which of two drops under one name came later; 0 where the message does not say.
    sequencer: int = 0

    @property
    def key(self) -> str:
        """The name of the object in its bucket."""
        return self.place.key


def dropped_files(body: str) -> tuple[DroppedFile, ...]:
    """The files that a message asks for; none for one that tells of something else, as of a file that was removed.

    Of several drops under one name only the last counts. Raises MessageError where it is no message that we know.
    """
    newest: dict[ObjectUrl, DroppedFile] = {}
    for file in _files(_read(body), depth=1):
        before = newest.get(file.place)
        if before is None or file.sequencer >= before.sequencer:
            newest[file.place] = file
    return tuple(newest.values())


def _read(body: str) -> dict[str, Any]:
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        raise MessageError("the message is not JSON", hint=_HINT) from None
    if not isinstance(message, dict):
        raise MessageError("the message is not a JSON object", hint=_HINT)
    return message


def _files(message: dict[str, Any], *, depth: int) -> Iterator[DroppedFile]:
    if depth > _DEEPEST:
        raise MessageError("the message is nested too deeply", hint=_HINT)
    if "file" in message:
        yield _ours(message)
    elif message.get("Event") == "s3:TestEvent":
        # S3 sends one when the notification is set up.
        return
    elif message.get("Type") == "SubscriptionConfirmation":
        # Its "Message" is a sentence.
        raise MessageError(
            "SNS asks to confirm the subscription of the queue; until then, it sends no notifications",
            hint="open the SubscribeURL of the message",
        )
    elif message.get("Type") == "Notification" or "Message" in message:
        yield from _files(_read(_text(message, "Message")), depth=depth + 1)
    elif message.get("source") == "aws.s3":
        yield from _of_event_bridge(message)
    elif isinstance(records := message.get("Records"), list) and records:
        yield from _of_records(records, depth=depth)
    else:
        raise MessageError("the message is of an unknown kind", hint=_HINT)


def _ours(message: dict[str, Any]) -> DroppedFile:
    if unknown := sorted(message.keys() - set(_OURS)):
        raise MessageError(f"there is no key {unknown[0][:64]!r} in a message", hint=_HINT)
    file, source = _text(message, "file"), message.get("source") or ""
    scheme, _, place = file.partition("://")
    bucket, _, key = place.partition("/")
    # A path would have the worker open a file of its own machine for whoever writes into the queue.
    if scheme not in SCHEMES or not bucket or not key:
        raise MessageError('"file" must be the URL of an object, such as s3://bucket/key', hint=_HINT)
    if len(key) > _LONGEST_KEY:
        raise MessageError(f'the key in "file" is longer than {_LONGEST_KEY:,} characters', hint=_HINT)
    if not isinstance(source, str) or not (source == "" or SOURCE_NAME.fullmatch(source)):
        raise MessageError('"source" is not the name of a source', hint=_HINT)
    return DroppedFile(ObjectUrl(scheme, bucket, key), source=source)


def _of_event_bridge(message: dict[str, Any]) -> Iterator[DroppedFile]:
    if _text(message, "detail-type") != "Object Created":
        return
    detail = _table(message, "detail")
    about = _table(detail, "object")
    # Unlike in S3's own notifications, the key stands here as it is.
    yield _dropped(detail, about, key=_text(about, "key"), version=about.get("version-id"))


def _of_records(records: Iterable[object], *, depth: int) -> Iterator[DroppedFile]:
    for record in records:
        if not isinstance(record, dict):
            raise MessageError("a record of the message is not a JSON object", hint=_HINT)
        if "Sns" in record:
            yield from _files(_table(record, "Sns"), depth=depth + 1)
            continue
        if record.get("eventSource") != "aws:s3":
            raise MessageError("a record of the message is not from S3", hint=_HINT)
        if not _text(record, "eventName").removeprefix("s3:").startswith("ObjectCreated"):
            continue
        detail = _table(record, "s3")
        about = _table(detail, "object")
        yield _dropped(detail, about, key=unquote_plus(_text(about, "key")), version=about.get("versionId"))


def _dropped(detail: dict[str, Any], about: dict[str, Any], *, key: str, version: object) -> DroppedFile:
    bucket = _text(_table(detail, "bucket"), "name")
    version_id = version if isinstance(version, str) and version != "null" else ""
    place = ObjectUrl("s3", bucket, key)
    return DroppedFile(place, version=version_id, sequencer=_sequencer(about.get("sequencer")))


def _sequencer(digits: object) -> int:
    try:
        return int(digits, 16) if isinstance(digits, str) else 0
    except ValueError:
        return 0


def _table(message: dict[str, Any], key: str) -> dict[str, Any]:
    value = message.get(key)
    if not isinstance(value, dict):
        raise MessageError(f"the message has no {key!r}", hint=_HINT)
    return value


def _text(message: dict[str, Any], key: str) -> str:
    value = message.get(key)
    if not isinstance(value, str) or not value:
        raise MessageError(f"the message has no {key!r}", hint=_HINT)
    return value
