"""A bucket and its queue, for the tests that need the wire."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.cloud.aws import MadeUpCloud


@pytest.fixture
def cloud(aws: Mapping[str, str]) -> MadeUpCloud:
    """An empty bucket that tells a queue, with its dead-letter queue."""
    return MadeUpCloud(aws)
