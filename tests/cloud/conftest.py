"""A server that speaks S3 and SQS, for the tests that need the wire."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.cloud.aws import CREDENTIALS, MadeUpCloud


@pytest.fixture(scope="session")
def aws(s3_server: str) -> Mapping[str, str]:
    """The variables by which programs find the server, which speaks SQS as well."""
    return {**CREDENTIALS, "AWS_ENDPOINT_URL": s3_server}


@pytest.fixture
def cloud(aws: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> MadeUpCloud:
    """An empty bucket that tells a queue, with its dead-letter queue; this process finds them, too."""
    for name, value in aws.items():
        monkeypatch.setenv(name, value)
    return MadeUpCloud(aws)
