"""A bucket and its queue, for the tests that need the wire."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cloud.aws import MadeUpCloud
from tests.cloud.folder_bucket import FolderBucket
from tests.ingest.made_up_place import MadeUpPlace


@pytest.fixture
def cloud(aws: Mapping[str, str]) -> MadeUpCloud:
    """An empty bucket that tells a queue, with its dead-letter queue."""
    return MadeUpCloud(aws)


@pytest.fixture
def bucket(tmp_path: Path, sqlite_url: str) -> FolderBucket:
    """An empty bucket, and a project with the sources utah and ohio."""
    return FolderBucket(MadeUpPlace(tmp_path, sqlite_url, "utah", "ohio"))
