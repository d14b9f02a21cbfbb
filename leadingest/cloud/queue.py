"""An SQS queue. Only this module imports boto3, and only when a queue is opened."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from leadingest.errors import ConfigurationError, QueueError

#: What SQS gives, and takes, at once.
MOST_AT_ONCE: Final = 10
#: Seconds for which a queue is asked to wait for a message: the longest that SQS knows, and the cheapest.
LONG_POLL: Final = 20
#: Seconds for a connection, and for an answer beside that; the usual 60 would have a worker look hung.
_CONNECT: Final = 5
#: Seconds for which SQS hides a message where nobody says otherwise.
_USUAL: Final = 30
#: The longest time for which SQS hides a message, in seconds.
_LONGEST: Final = 12 * 60 * 60
_REGION: Final = re.compile(r"https://(?:sqs\.([a-z0-9-]+)|([a-z0-9-]+)\.queue)\.(?:amazonaws|api)\.")
_RIGHTS: Final = (
    "allow sqs:ReceiveMessage, sqs:DeleteMessage, sqs:ChangeMessageVisibility and sqs:GetQueueAttributes"
)
_KEY: Final = "allow kms:Decrypt for the key that the queue is encrypted with"
_CREDENTIALS: Final = (
    "provide AWS credentials: as environment variables, in a profile, or by the role of the machine"
)
_SIGNED: Final = f"synchronize the clock of this machine, or {_CREDENTIALS}"
#: What SQS refuses for good, and what to do about it.
_REFUSED: Final = {
    "AccessDenied": _RIGHTS,
    "AccessDeniedException": _RIGHTS,
    "KmsAccessDenied": _KEY,
    "KMS.AccessDeniedException": _KEY,
    "ExpiredToken": "get new credentials, and start again",
    "InvalidClientTokenId": _CREDENTIALS,
    "InvalidSecurity": _CREDENTIALS,
    "InvalidSignatureException": _SIGNED,
    "RequestExpired": _SIGNED,
    "SignatureDoesNotMatch": _SIGNED,
}
_ABSENT: Final = {"QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"}


@dataclass(frozen=True)
class QueueMessage:
    """A message as it was received; `receipt` names this receipt, not the message."""

    id: str
    receipt: str = field(repr=False)
    body: str = field(repr=False)
    #: How often it has been received, this time included.
    tries: int = 1
    attributes: Mapping[str, Any] = field(default_factory=dict, repr=False)


class Queue(Protocol):
    """What a worker needs of a queue. Every method raises QueueError, or ConfigurationError where that will not pass."""

    @property
    def visibility(self) -> int:
        """Seconds for which a message that was received is hidden from others."""

    def receive(self, most: int, *, wait: int) -> list[QueueMessage]:
        """Some messages, waiting so many seconds for the first."""

    def hide(self, message: QueueMessage, seconds: int) -> None:
        """Hide the message for so many seconds from now; 0 gives it back at once."""

    def delete(self, message: QueueMessage) -> None:
        """The message is done."""

    def left(self) -> int:
        """About how many messages there are, those that are hidden included."""


class SqsQueue(Queue):
    """A queue of SQS, by its URL; the endpoint is that of AWS_ENDPOINT_URL where it is set."""

    def __init__(self, url: str, client: Any = None) -> None:
        """Raises ConfigurationError where there is no such queue, or no right to it."""
        self.url, self._client = url, client or _client(url)
        attributes = self._attributes("VisibilityTimeout", "RedrivePolicy", "QueueArn")
        # Of a queue that hides nothing, the same message would be received again and again.
        self._visibility = int(attributes.get("VisibilityTimeout", 0)) or _USUAL
        self.has_dead_letter_queue = "RedrivePolicy" in attributes

    @property
    def visibility(self) -> int:
        return self._visibility

    def receive(self, most: int, *, wait: int) -> list[QueueMessage]:
        with _in_our_words(self.url):
            answer = self._client.receive_message(
                QueueUrl=self.url,
                MaxNumberOfMessages=min(most, MOST_AT_ONCE),
                WaitTimeSeconds=wait,
                # Somebody may change that of the queue meanwhile.
                VisibilityTimeout=self._visibility,
                MessageSystemAttributeNames=["ApproximateReceiveCount"],
                MessageAttributeNames=["All"],
            )
        return [
            QueueMessage(
                each["MessageId"],
                each["ReceiptHandle"],
                each["Body"],
                int(each.get("Attributes", {}).get("ApproximateReceiveCount", 1)),
                each.get("MessageAttributes", {}),
            )
            for each in answer.get("Messages", [])
        ]

    def hide(self, message: QueueMessage, seconds: int) -> None:
        with _in_our_words(self.url):
            self._client.change_message_visibility(
                QueueUrl=self.url,
                ReceiptHandle=message.receipt,
                VisibilityTimeout=min(max(seconds, 0), _LONGEST),
            )

    def delete(self, message: QueueMessage) -> None:
        with _in_our_words(self.url):
            self._client.delete_message(QueueUrl=self.url, ReceiptHandle=message.receipt)

    def send(self, message: QueueMessage) -> str:
        """Put a copy of the message into this queue; gives its id there."""
        with _in_our_words(self.url):
            answer = self._client.send_message(
                QueueUrl=self.url, MessageBody=message.body, MessageAttributes=dict(message.attributes)
            )
        return str(answer["MessageId"])

    def left(self) -> int:
        names = (
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed",
        )
        return sum(int(count) for count in self._attributes(*names).values())

    def sources(self) -> list[str]:
        """The URLs of the queues whose dead-letter queue this is."""
        with _in_our_words(self.url):
            answer = self._client.list_dead_letter_source_queues(QueueUrl=self.url)
        return sorted(answer.get("queueUrls", []))

    def _attributes(self, *names: str) -> dict[str, str]:
        with _in_our_words(self.url):
            answer = self._client.get_queue_attributes(QueueUrl=self.url, AttributeNames=list(names))
        return dict(answer.get("Attributes", {}))


def _client(url: str) -> Any:
    try:
        import boto3
        from botocore.config import Config
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "queues need boto3, which is not installed", hint="pip install 'leadingest[cloud]'"
        ) from error
    found = _REGION.match(url)
    # A queue may be in another region than the program; and boto3 itself knows AWS_DEFAULT_REGION only.
    region = (found[1] or found[2]) if found else os.environ.get("AWS_REGION")
    with _in_our_words(url):
        config = Config(
            connect_timeout=_CONNECT, read_timeout=LONG_POLL + _CONNECT, retries={"mode": "standard"}
        )
        return boto3.client("sqs", region_name=region, config=config)


@contextmanager
def _in_our_words(url: str) -> Iterator[None]:
    """Of the words of AWS only the code is taken: the rest may quote a key."""
    from botocore import exceptions as refused

    try:
        yield
    except refused.ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code.rpartition(".")[2] in {each.rpartition(".")[2] for each in _ABSENT}:
            raise ConfigurationError(
                f"there is no queue {url}", hint="check the URL, AWS_REGION and AWS_ENDPOINT_URL"
            ) from None
        if hint := _REFUSED.get(code):
            raise ConfigurationError(f"{url}: no permission to use the queue ({code})", hint=hint) from None
        raise QueueError(f"{url}: the queue refused the request ({code or 'no reason given'})") from None
    except (refused.NoCredentialsError, refused.PartialCredentialsError, refused.NoRegionError) as error:
        raise ConfigurationError(
            f"{url}: no AWS credentials or no region found ({type(error).__name__})",
            hint=f"set AWS_REGION; {_CREDENTIALS}",
        ) from None
    except (refused.BotoCoreError, ValueError) as error:
        raise QueueError(
            f"{url}: the queue cannot be reached ({type(error).__name__})",
            hint="check the network, and AWS_ENDPOINT_URL",
        ) from None
