"""A bucket that tells a queue of each object dropped, and the queue's dead-letter queue, on a server of this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

from tests.object_storage import s3_server

#: What the server wants to see; it looks at none of it.
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "AWS_REGION": "eu-west-1",
    "AWS_DEFAULT_REGION": "eu-west-1",
    # Nothing is looked for on the network, or in the home of whoever runs the tests.
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": "/dev/null",
    "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
}


@contextmanager
def aws_server() -> Iterator[Mapping[str, str]]:
    """The variables by which programs find the server, for as long as the block lasts."""
    with s3_server() as address:
        yield {**CREDENTIALS, "AWS_ENDPOINT_URL": address}


class MadeUpCloud:
    """Bucket, queue and dead-letter queue, empty and with names of their own."""

    def __init__(
        self,
        variables: Mapping[str, str],
        *,
        visibility: int = 30,
        most_tries: int = 3,
        versions: bool = False,
        below: str = "",
    ) -> None:
        """The bucket tells of what is dropped, with `below` only of what is dropped below that prefix."""
        import boto3

        session = boto3.Session(
            variables["AWS_ACCESS_KEY_ID"],
            variables["AWS_SECRET_ACCESS_KEY"],
            region_name=variables["AWS_REGION"],
        )
        self._s3 = session.client("s3", endpoint_url=variables["AWS_ENDPOINT_URL"])
        self._sqs = session.client("sqs", endpoint_url=variables["AWS_ENDPOINT_URL"])
        name = f"drops-{token_hex(4)}"
        self.dead_queue, dead_arn = self._queue(f"{name}-dead")
        policy = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": str(most_tries)})
        self.queue, arn = self._queue(name, VisibilityTimeout=str(visibility), RedrivePolicy=policy)
        self.bucket = name
        self._s3.create_bucket(
            Bucket=name, CreateBucketConfiguration={"LocationConstraint": variables["AWS_REGION"]}
        )
        if versions:
            self._s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        notifications: dict[str, Any] = {"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}
        if below:
            notifications["Filter"] = {"Key": {"FilterRules": [{"Name": "prefix", "Value": below}]}}
        self._s3.put_bucket_notification_configuration(
            Bucket=name, NotificationConfiguration={"QueueConfigurations": [notifications]}
        )

    def drop(self, key: str, content: str | bytes) -> str:
        """Put an object into the bucket, which tells the queue; gives its version, if it has one."""
        answer = self._s3.put_object(Bucket=self.bucket, Key=key, Body=content)
        return str(answer.get("VersionId", ""))

    def drop_file(self, key: str, path: Path) -> None:
        """Put a file into the bucket."""
        self.drop(key, path.read_bytes())

    def take_away(self, key: str) -> None:
        """Delete an object."""
        self._s3.delete_object(Bucket=self.bucket, Key=key)

    def send(self, body: str) -> None:
        """Put a message into the queue."""
        self._sqs.send_message(QueueUrl=self.queue, MessageBody=body)

    def received(self, queue: str, *, most: int = 10, wait: int = 0) -> list[dict[str, Any]]:
        """Some messages of a queue, which are hidden from then on as long as its visibility timeout says."""
        answer = self._sqs.receive_message(
            QueueUrl=queue,
            MaxNumberOfMessages=most,
            WaitTimeSeconds=wait,
            MessageSystemAttributeNames=["All"],
        )
        return list(answer.get("Messages", []))

    def delete(self, queue: str, message: Mapping[str, Any]) -> None:
        """A message that was received is done."""
        self._sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])

    def give_back(self, queue: str, message: Mapping[str, Any]) -> None:
        """A message that was received can be received again: its visibility timeout is over."""
        self._sqs.change_message_visibility(
            QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
        )

    def remove_queue(self) -> None:
        """Delete the queue with all its messages."""
        self._sqs.delete_queue(QueueUrl=self.queue)

    def bodies(self, queue: str) -> list[str]:
        """The bodies of all messages of a queue, sorted; none of them stays."""
        found = []
        while messages := self.received(queue):
            for each in messages:
                found.append(each["Body"])
                self.delete(queue, each)
        return sorted(found)

    def left(self, queue: str) -> int:
        """How many messages a queue has, hidden or not."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        answer = self._sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)
        return sum(map(int, answer["Attributes"].values()))

    def _queue(self, name: str, **attributes: str) -> tuple[str, str]:
        url = self._sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
        answer = self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        return str(url), str(answer["Attributes"]["QueueArn"])
