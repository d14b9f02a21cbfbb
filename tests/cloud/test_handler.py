"""Tests of leadingest.cloud.handler: what becomes of a message, and of its file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from leadingest.cloud.handler import Handled, Handler
from leadingest.destinations.sql.destination import SqlDestination
from leadingest.errors import (
    DestinationLostError,
    DestinationSetupError,
    QueueError,
    StoreBusyError,
    StoreSetupError,
)
from leadingest.ingest.concurrency import Stop
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.run import SourceRun
from leadingest.project import Project
from leadingest.stores.location import ObjectUrl
from leadingest.stores.objects import ObjectStore
from tests.cloud.aws import MadeUpCloud
from tests.cloud.folder_bucket import FolderBucket
from tests.http_endpoint import http_endpoint
from tests.ingest.made_up_place import records


def test_a_file_is_loaded_as_its_name_tells_or_as_the_message_says(bucket: FolderBucket) -> None:
    by_name, named = bucket.drop(records(2)), bucket.drop(records(3, "Elm"), "list.csv")
    named = json.dumps(json.loads(named) | {"source": "ohio"})
    assert bucket.outcomes(by_name, named) == ["loaded", "loaded"]
    assert [(row.source_name, row.file_name) for row in bucket.place.history()] == [
        ("ohio", "list.csv"),
        ("utah", "utah.csv"),
    ]


def test_a_message_that_comes_twice_and_a_file_that_is_dropped_twice_are_loaded_once(
    bucket: FolderBucket,
) -> None:
    first, copy = bucket.drop(records(2)), bucket.drop(records(2), "utah_again.csv")
    assert bucket.outcomes(first, first, copy) == ["loaded", "skipped", "skipped"]
    # By another worker, too.
    assert bucket.outcomes(first) == ["skipped"]
    assert len(bucket.place.history()) == 1


def test_an_older_list_whose_message_comes_late_is_held(bucket: FolderBucket) -> None:
    newer, older = bucket.drop(records(2, "New"), "utah_2.csv"), bucket.drop(records(2), "utah_1.csv", age=60)
    assert bucket.outcomes(newer, older) == ["loaded", "held"]
    assert bucket.place.shown() == ["New 0", "New 1"]


@pytest.mark.parametrize("content", ["", "<!DOCTYPE html><html><body>Not found</body></html>", "A,B\n1,2\n"])
def test_a_file_that_cannot_be_loaded_is_a_dead_letter_and_the_message_may_go(
    bucket: FolderBucket, content: str
) -> None:
    (handled,) = bucket.handle(bucket.drop(content))
    assert (handled.outcome, handled.comes_back) == ("failed", False)
    assert handled.files[0].reason
    assert "utah.csv" in bucket.dead_letters()


def test_a_file_whose_mapping_is_broken_is_a_dead_letter_with_the_reason(bucket: FolderBucket) -> None:
    mapping = bucket.place.folder / "mappings/utah.yaml"
    mapping.write_text(mapping.read_text().replace("phone:", "fone:"))
    (handled,) = bucket.handle(bucket.drop(records(1)))
    assert (handled.outcome, "utah.csv" in bucket.dead_letters()) == ("failed", True)
    assert "fone" in handled.files[0].reason


def test_a_dead_letter_that_cannot_be_kept_leaves_the_message_in_the_queue(bucket: FolderBucket) -> None:
    (bucket.place.folder / "dead_letters").write_text("a file where the folder should be")
    assert bucket.outcomes(bucket.drop("")) == ["transient"]


def test_a_message_about_a_bad_file_that_comes_twice_leaves_one_dead_letter(bucket: FolderBucket) -> None:
    body = bucket.drop("")
    assert bucket.outcomes(body, body) == ["failed", "failed"]
    assert [name for name in bucket.dead_letters() if name == "utah.csv"] == ["utah.csv"]


@pytest.mark.parametrize(
    "body",
    ["hello", "{}", '{"file": "s3://drops/texas.csv"}', '{"file": "s3://drops/utah.csv", "source": "texas"}'],
    ids=["not JSON", "not known", "no source takes it", "no such source"],
)
def test_what_nobody_can_do_comes_back(bucket: FolderBucket, body: str) -> None:
    (handled,) = bucket.handle(body)
    assert (handled.outcome, handled.comes_back) == ("poison", True)
    assert not (bucket.place.folder / "leads.db").exists()


@pytest.mark.parametrize(
    "place",
    [
        "drops/../utah.csv",
        "drops/a/./utah.csv",
        "drops//utah.csv",
        "../utah.csv",
        "a@b/utah.csv",
        "d/utah.csv",
    ],
)
def test_what_can_be_no_object_comes_back_until_it_is_put_aside_and_is_not_passed_over(
    bucket: FolderBucket, place: str
) -> None:
    bucket.drop(records(1))
    (handled,) = bucket.handle(json.dumps({"file": f"s3://{place}"}))
    assert (handled.outcome, bool(handled.files[0].reason)) == ("poison", True)


def test_a_bucket_of_a_notification_is_no_path(bucket: FolderBucket) -> None:
    bucket.drop(records(1))
    about = {"bucket": {"name": "drops/acme"}, "object": {"key": "utah.csv"}}
    event = {"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": about}
    (handled,) = bucket.handle(json.dumps({"Records": [event]}))
    assert (handled.outcome, "no bucket has such a name" in handled.files[0].reason) == ("poison", True)


@pytest.mark.parametrize("key", ["utah/", "utah.csv.part", ".utah.csv", "x/.git/utah.csv"])
def test_what_is_no_delivery_is_skipped(bucket: FolderBucket, key: str) -> None:
    (handled,) = bucket.handle(json.dumps({"file": f"s3://drops/{key}"}))
    assert (handled.outcome, bool(handled.files[0].reason)) == ("skipped", True)


@pytest.mark.parametrize("setting", ["archive", "dead_letters", "ddl", "database_url"])
def test_what_leadingest_keeps_itself_is_skipped(bucket: FolderBucket, setting: str) -> None:
    place = ObjectUrl("s3", "drops", "kept")
    value = SecretStr(str(place)) if setting == "database_url" else place
    bucket.project = Project(bucket.project.settings.model_copy(update={setting: value}))
    bucket.drop(records(1))
    # The mappings are at hand, so that nothing is asked of the bucket.
    bucket.project.__dict__["index"] = bucket.place.project
    (handled,) = bucket.handle('{"file": "s3://drops/kept/utah/utah.csv"}')
    assert (handled.outcome, handled.files[0].reason) == (
        "skipped",
        "it is in a folder of leadingest itself: archive, dead letters, lake, mappings or load tables",
    )


def test_an_object_that_has_gone_is_skipped_with_a_word(bucket: FolderBucket) -> None:
    (handled,) = bucket.handle('{"file": "s3://drops/utah.csv"}')
    assert (handled.outcome, handled.files[0].reason) == (
        "skipped",
        "s3://drops/utah.csv: it was deleted before it was read",
    )


@pytest.mark.parametrize("error", [StoreBusyError("slow down"), StoreSetupError("expired")])
def test_what_object_storage_refuses_may_go_through_another_time(
    bucket: FolderBucket, error: Exception
) -> None:
    bucket.refusal = error
    assert bucket.outcomes('{"file": "s3://drops/utah.csv"}') == ["transient"]


def test_a_fault_of_the_program_comes_back_until_it_is_put_aside(bucket: FolderBucket) -> None:
    bucket.refusal = ZeroDivisionError()
    assert bucket.outcomes('{"file": "s3://drops/utah.csv"}') == ["poison"]


def test_a_fault_in_the_midst_of_a_load_comes_back_too(
    bucket: FolderBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    body = bucket.drop(records(1))
    with monkeypatch.context() as patched:
        patched.setattr(SourceRun, "_loaded", broken)
        assert bucket.outcomes(body) == ["poison"]
    assert bucket.outcomes(body) == ["loaded"]
    assert bucket.dead_letters() == []


@pytest.mark.parametrize("error", [DestinationLostError("gone"), DestinationSetupError("no right")])
def test_a_database_that_is_out_of_use_leaves_the_message_in_the_queue(
    bucket: FolderBucket, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refusing(self: SqlDestination) -> None:
        raise error

    body = bucket.drop(records(1))
    with monkeypatch.context() as patched:
        patched.setattr(SqlDestination, "prepare", refusing)
        assert bucket.outcomes(body) == ["transient"]
    assert bucket.outcomes(body) == ["loaded"]
    assert bucket.dead_letters() == []


def test_a_source_that_is_busy_leaves_the_message_in_the_queue(bucket: FolderBucket) -> None:
    body = bucket.drop(records(1))
    with bucket.place.open() as destination, destination.ledger.claim("utah"):
        assert bucket.outcomes(body) == ["transient"]
    assert bucket.outcomes(body) == ["loaded"]


def test_a_file_for_which_there_is_no_time_is_not_begun(bucket: FolderBucket) -> None:
    sizes: list[int] = []

    def fits(size: int) -> None:
        sizes.append(size)
        raise QueueError("no time")

    body = bucket.drop(records(1))
    assert [handled.outcome for handled in bucket.handle(body, fits=fits)] == ["transient"]
    assert sizes == [len(records(1))]
    assert not (bucket.place.folder / "leads.db").exists()


def test_a_message_is_as_its_worst_file(bucket: FolderBucket) -> None:
    bucket.drop(records(1))
    files = [
        {
            "eventSource": "aws:s3",
            "eventName": "ObjectCreated:Put",
            "s3": {"bucket": {"name": "drops"}, "object": {"key": key}},
        }
        for key in ("utah.csv", "texas.csv", "gone_ohio.csv")
    ]
    (handled,) = bucket.handle(json.dumps({"Records": files}))
    assert [file.outcome for file in handled.files] == ["loaded", "poison", "poison"]
    assert handled.outcome == "poison"


def test_what_is_told_to_stop_leaves_nothing_of_its_load(bucket: FolderBucket) -> None:
    body, stop = bucket.drop(records(1)), Stop()
    stop.ask()
    with (
        Handler(bucket.project, open_drop=bucket.opened) as handler,
        pytest.raises(KeyboardInterrupt),
    ):
        handler.handle(body, stop)
    assert bucket.outcomes(body) == ["loaded"]


@pytest.fixture(params=["plain", "versions"])
def drops(request: pytest.FixtureRequest, aws: Mapping[str, str]) -> MadeUpCloud:
    """A bucket over the wire."""
    return MadeUpCloud(aws, versions=request.param == "versions")


def test_an_object_that_was_replaced_before_its_load_began_does_not_win_over_the_newer_one(
    bucket: FolderBucket, drops: MadeUpCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of objects of one second none is older than the other, and so the guard cannot tell them apart.
    mapping = bucket.place.folder / "mappings/utah.yaml"
    mapping.write_text(f"{mapping.read_text()}guards: {{older_delivery: publish}}\n")

    def handled(name: str) -> Handled:
        version = drops.drop("utah.csv", records(2, name))
        file = {"key": "utah.csv", **({"versionId": version} if version else {})}
        about = {"bucket": {"name": drops.bucket}, "object": file}
        record = {"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": about}
        with Handler(bucket.project, wait=0) as handler:
            return handler.handle(json.dumps({"Records": [record]}), Stop())

    genuine = SourceRun._loaded

    def overtaken(self: SourceRun, *arguments: Any) -> Any:
        monkeypatch.setattr(SourceRun, "_loaded", genuine)
        assert handled("New").outcome == "loaded"
        return genuine(self, *arguments)

    monkeypatch.setattr(SourceRun, "_loaded", overtaken)
    older = handled("Old")
    assert (older.outcome, older.files[0].reason) == (
        "skipped",
        f"s3://{drops.bucket}/utah.csv: it was replaced before it was loaded",
    )
    assert bucket.place.shown() == ["New 0", "New 1"]
    assert bucket.dead_letters() == []


@pytest.mark.parametrize("error", [StoreBusyError("slow down"), StoreSetupError("expired")])
def test_a_bucket_that_does_not_say_whether_it_was_replaced_leaves_the_message_in_the_queue(
    bucket: FolderBucket, drops: MadeUpCloud, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refusing(*_: object) -> bool:
        raise error

    drops.drop("utah.csv", records(2))
    body = json.dumps({"file": f"s3://{drops.bucket}/utah.csv"})
    with Handler(bucket.project, wait=0) as handler:
        with monkeypatch.context() as patched:
            patched.setattr(ObjectStore, "_is_replaced", refusing)
            assert handler.handle(body, Stop()).outcome == "transient"
        assert bucket.dead_letters() == []
        assert handler.handle(body, Stop()).outcome == "loaded"


def test_mappings_are_read_once_and_again_only_when_they_have_changed(
    bucket: FolderBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    genuine = MappingIndex.read

    def noted(self: MappingIndex, path: Path) -> object:
        if (path, str(path)) not in self._compiled and not any(path == each for each, _ in self._compiled):
            read.append(path.name)
        return genuine(self, path)

    monkeypatch.setattr(MappingIndex, "read", noted)
    first, second = bucket.drop(records(1)), bucket.drop(records(2), "utah_2.csv")
    with Handler(bucket.project, open_drop=bucket.opened) as handler:
        assert [handler.handle(body, Stop()).outcome for body in (first, second)] == ["loaded", "loaded"]
        assert read == ["utah.yaml"]
        mapping = bucket.place.folder / "mappings/utah.yaml"
        mapping.write_text(mapping.read_text().replace("company: Name", "company: {from: Name, case: upper}"))
        os.utime(mapping, ns=(1, 1))
        third = bucket.drop(records(3), "utah_3.csv")
        assert handler.handle(third, Stop()).outcome == "loaded"
    assert read == ["utah.yaml", "utah.yaml"]
    assert bucket.place.shown() == ["OAK 0", "OAK 1", "OAK 2"]


def test_a_message_is_sent_for_what_is_done_with_and_not_for_what_comes_back(bucket: FolderBucket) -> None:
    with http_endpoint() as endpoint:
        notify = SecretStr(f"json://127.0.0.1:{endpoint.port}")
        bucket.project.settings = bucket.project.settings.model_copy(update={"notify": notify})
        newer, older = bucket.drop(records(2), "utah_2.csv"), bucket.drop(records(3), "utah_1.csv", age=60)
        broken = bucket.drop("A,B\n1,2\n", "utah_3.csv")
        assert bucket.outcomes(newer, older, broken) == ["loaded", "held", "failed"]
        bucket.refusal = StoreBusyError("throttled")
        assert bucket.outcomes(newer) == ["transient"]
    assert [each["title"] for each in endpoint.received] == ["leadingest: 1 held", "leadingest: 1 failed"]
