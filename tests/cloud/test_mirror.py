"""A mirror behind messages: it follows each load, and no load depends on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from pydantic import SecretStr

from leadingest.cloud.handler import Handler
from leadingest.destinations.open_destination import open_destination
from leadingest.errors import QueueError
from leadingest.ingest.concurrency import Stop
from leadingest.ingest.events import Events, Listener
from leadingest.tables.load_table import read_load_table
from tests.cloud.folder_bucket import FolderBucket
from tests.http_endpoint import HttpEndpoint, http_endpoint
from tests.ingest.made_up_place import DDL, records


class Warned(Listener):
    """Remembers what it is warned of."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def warned(self, message: str) -> None:
        self.messages.append(message)


@pytest.fixture(name="endpoint")
def _endpoint() -> Iterator[HttpEndpoint]:
    with http_endpoint() as endpoint:
        yield endpoint


@pytest.fixture(name="bucket")
def _bucket(bucket: FolderBucket, endpoint: HttpEndpoint, lake_url: str) -> FolderBucket:
    """A bucket whose loads are mirrored; whoever is sent messages is there."""
    bucket.project.settings = bucket.project.settings.model_copy(
        update={"mirror": lake_url, "notify": SecretStr(f"json://127.0.0.1:{endpoint.port}")}
    )
    return bucket


def mirrored(lake_url: str) -> list[str]:
    """The companies that the mirror shows."""
    with closing(open_destination(lake_url, read_load_table(DDL / "lead_sources.yaml"))) as lake:
        lake.prepare()
        return lake.leads.rows()["company"].to_list()


def test_each_load_is_mirrored_when_its_message_is_done(bucket: FolderBucket, lake_url: str) -> None:
    first, second = bucket.drop(records(2)), bucket.drop(records(3, "Elm"), "ohio.csv")
    assert bucket.outcomes(first, second) == ["loaded", "loaded"]
    assert sorted(mirrored(lake_url)) == sorted(bucket.place.shown())
    assert bucket.outcomes(bucket.drop(records(1), "utah_2.csv")) == ["held"]
    assert sorted(mirrored(lake_url)) == sorted(bucket.place.shown())


def test_a_load_whose_mirror_was_interrupted_is_mirrored_when_its_message_comes_again(
    bucket: FolderBucket, lake_url: str
) -> None:
    body, settings = bucket.drop(records(2)), bucket.project.settings
    bucket.project.settings = settings.model_copy(update={"mirror": ""})
    assert bucket.outcomes(body) == ["loaded"]
    bucket.project.settings = settings
    assert bucket.outcomes(body) == ["skipped"]
    assert mirrored(lake_url) == ["Oak 0", "Oak 1"]


def test_a_mirror_that_fails_is_told_and_the_load_stays_published(
    bucket: FolderBucket, endpoint: HttpEndpoint
) -> None:
    (bucket.place.folder / "lake").write_text("no folder")
    body, warned = bucket.drop(records(2)), Warned()
    with Handler(bucket.project, events=Events(warned), open_drop=bucket.opened) as handler:
        assert handler.handle(body, Stop()).outcome == "loaded"
    assert bucket.place.shown() == ["Oak 0", "Oak 1"]
    (warning,) = warned.messages
    assert warning.startswith("utah: published, and not mirrored: ")
    (message,) = endpoint.received
    assert message["title"] == "leadingest: 1 not mirrored"
    assert message["message"].startswith("utah: its loads are published, and not mirrored: ")
    assert message["message"].endswith("to try again: leadingest mirror --source utah")


def test_where_no_time_is_left_for_it_the_load_is_done_and_the_mirror_behind(
    bucket: FolderBucket, endpoint: HttpEndpoint, lake_url: str
) -> None:
    body, sizes = bucket.drop(records(2)), list[int]()

    def fits(size: int) -> None:
        sizes.append(size)
        if len(sizes) > 1:
            raise QueueError("not started: only 1 second is left")

    (handled,) = bucket.handle(body, fits=fits)
    assert (handled.outcome, sizes[0] == sizes[1]) == ("loaded", True)
    assert "only 1 second is left" in endpoint.received[0]["message"]
    assert bucket.outcomes(body) == ["skipped"]
    assert mirrored(lake_url) == ["Oak 0", "Oak 1"]
