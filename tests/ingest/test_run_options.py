"""What a run keeps of deliveries, from the inbox to the folders."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from leadingest.deliveries.kept import copies
from leadingest.errors import DestinationLostError
from leadingest.ingest.concurrency import Stop
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.result import SourceResult
from leadingest.ingest.run_options import RunOptions
from tests.ingest.made_up_place import DDL, Interfering, MadeUpPlace, records
from tests.unprivileged import unprivileged, unprivileged_folder

RENAMED = "Company,Phone\nOak,702-555-0143\n"


@pytest.fixture
def place(tmp_path: Path, sqlite_url: str) -> MadeUpPlace:
    return MadeUpPlace(tmp_path, sqlite_url, "utah")


def run(place: MadeUpPlace, observer: Interfering | None = None, **options: object) -> SourceResult:
    """A run with both folders."""
    folders = {"dead_letters": place.folder / "dead", "archive": place.folder / "archive"}
    (result,) = place.run(observer=observer, **{**folders, **options})
    return result


def files(place: MadeUpPlace, folder: str) -> list[str]:
    """What each file in one of them is called after its time and its hash."""
    return sorted(path.name[33:] for path in (place.folder / folder).rglob("*") if path.is_file())


def note(place: MadeUpPlace) -> dict[str, object]:
    (path,) = (place.folder / "dead").rglob("*.json")
    document: dict[str, object] = json.loads(path.read_text())
    return document


def correct(place: MadeUpPlace) -> None:
    path = place.folder / "mappings" / "utah.yaml"
    path.write_text(path.read_text().replace("company: Name", "company: [Name, Company]"))


def test_a_delivery_that_fails_is_kept_and_the_result_says_where(place: MadeUpPlace) -> None:
    place.delivery(RENAMED)
    result = run(place)
    assert result.status == "failed"
    (remark,) = result.remarks
    assert remark.startswith(f"kept as {place.folder}/dead/utah/")
    assert remark.endswith(
        "_utah.csv; after fixing the cause: leadingest replay --source utah --dead-letters"
    )
    assert files(place, "dead") == [".json", "_utah.csv"]
    failure = note(place)["failure"]
    assert isinstance(failure, dict)
    assert failure["reason"].startswith("the file has no header 'Name', which company reads")


def test_the_json_has_no_lead_data(place: MadeUpPlace) -> None:
    place.delivery(RENAMED)
    run(place)
    (path,) = (place.folder / "dead").rglob("*.json")
    assert "Oak" not in path.read_text()
    assert "0143" not in path.read_text()


def test_a_delivery_that_fails_again_is_counted_and_not_copied_again(place: MadeUpPlace) -> None:
    place.delivery(RENAMED)
    run(place)
    assert "_utah.csv, failed 2 times; after" in run(place).remarks[0]
    assert note(place)["tries"] == 2
    assert len(files(place, "dead")) == 2


def test_a_delivery_that_loads_later_is_a_dead_letter_no_more(place: MadeUpPlace) -> None:
    place.delivery(RENAMED)
    run(place)
    correct(place)
    assert run(place).status == "loaded"
    assert files(place, "dead") == []


def test_every_delivery_that_loads_is_archived_once(place: MadeUpPlace) -> None:
    place.delivery(records(3))
    assert run(place).remarks == ()
    assert run(place).status == "skipped"
    assert run(place, again=True).status == "loaded"
    assert files(place, "archive") == ["_utah.csv.zst"]
    assert files(place, "dead") == []


def test_a_delivery_that_was_loaded_before_there_was_an_archive_is_archived_when_it_is_seen_again(
    place: MadeUpPlace,
) -> None:
    place.delivery(records(3))
    run(place, archive=None)
    assert run(place).status == "skipped"
    assert files(place, "archive") == ["_utah.csv.zst"]


def test_a_held_load_is_archived(place: MadeUpPlace) -> None:
    place.delivery(records(3))
    run(place)
    place.delivery(records(2), age=60)
    assert run(place).status == "held"
    assert len(files(place, "archive")) == 2


def test_nothing_is_kept_unless_it_is_asked_for_nor_in_a_dry_run(place: MadeUpPlace, sqlite_url: str) -> None:
    place.delivery(RENAMED)
    assert run(place, dead_letters=None, archive=None).remarks == ()
    place.url = None  # type: ignore[assignment]  # what a dry run has
    assert run(place).remarks == ()
    correct(place)
    assert run(place).status == "checked"
    assert not (place.folder / "dead").exists()
    assert not (place.folder / "archive").exists()


@pytest.mark.parametrize(("faults", "waited"), [(1, [1]), (3, [1, 2, 4]), (9, [1, 2, 4, 8, 16])])
def test_each_try_waits_twice_as_long_as_the_one_before(
    place: MadeUpPlace, monkeypatch: pytest.MonkeyPatch, faults: int, waited: list[float]
) -> None:
    left, waits = [faults], list[float]()

    class Failing(Interfering):
        def progress(self, source: str, records: int) -> None:
            left[0] -= 1
            if left[0] >= 0:
                raise DestinationLostError("gone")

    monkeypatch.setattr(Stop, "pause", lambda _, seconds: waits.append(seconds))
    place.delivery(records(3))
    result = run(place, Failing(), pauses=RunOptions.pauses)
    assert (result.status, waits) == ("failed" if faults > len(waited) else "loaded", waited)


def test_a_database_that_is_down_is_not_the_fault_of_the_delivery(place: MadeUpPlace) -> None:
    def lose() -> None:
        raise DestinationLostError("gone")

    place.delivery(records(3))
    result = run(place, Interfering(lose), pauses=())
    assert result.status == "failed"
    assert result.remarks == ()
    assert not (place.folder / "dead").exists()


def test_a_broken_mapping_says_nothing_of_the_delivery(place: MadeUpPlace) -> None:
    path = place.folder / "mappings" / "utah.yaml"
    path.write_text(path.read_text().replace("company", "compny"))
    place.delivery(records(3))
    assert (run(place).status, run(place).remarks) == ("failed", ())


def test_a_file_that_changes_before_it_is_kept_is_not_kept(
    place: MadeUpPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = place.delivery(RENAMED)
    copy = copies.copy_bytes

    def change_first(*args: object, **options: object) -> None:
        path.write_text(RENAMED + "Elm")
        copy(*args, **options)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(copies, "copy_bytes", change_first)
    result = run(place)
    assert result.status == "failed"
    assert result.remarks == ("it could not be kept as a dead letter: utah.csv is no longer the same file",)
    assert files(place, "dead") == []


def test_a_link_out_of_the_inbox_is_not_copied(place: MadeUpPlace) -> None:
    secret = place.folder / "secret.txt"
    secret.write_text("hidden")
    (place.folder / "inbox" / "utah.csv").symlink_to(secret)
    result = run(place)
    assert (result.status, result.remarks) == ("failed", ())
    assert not (place.folder / "dead").exists()


def test_a_folder_that_may_not_be_written_to_spoils_no_result(sqlite_url: str) -> None:
    with unprivileged_folder() as folder, unprivileged():
        place = MadeUpPlace(folder, f"sqlite:///{folder / 'leads.db'}", "utah")
        for name in ("dead", "archive"):
            (folder / name).mkdir(mode=0o500)
        place.delivery(RENAMED)
        failed = run(place)
        correct(place)
        loaded = run(place)
    refused = f"{folder}/dead/utah: Permission denied"
    assert failed.message.startswith("the file has no header 'Name'")
    assert failed.remarks == (f"it could not be kept as a dead letter: {refused}",)
    assert loaded.status == "loaded"
    assert loaded.remarks == (
        f"it is loaded, but could not be archived: {folder}/archive/utah: Permission denied",
    )


def test_what_could_not_be_archived_stays_a_dead_letter(place: MadeUpPlace) -> None:
    place.delivery(RENAMED)
    run(place)
    correct(place)
    (place.folder / "archive").write_text("a file where a folder should be")
    loaded = run(place)
    assert loaded.status == "loaded"
    assert "could not be archived" in loaded.remarks[0]
    assert files(place, "dead") == [".json", "_utah.csv"]


def test_a_full_disk_leaves_no_half_copy(place: MadeUpPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    place.delivery(RENAMED)
    monkeypatch.setattr(os, "fsync", full)
    assert run(place).remarks == ("it could not be kept as a dead letter: No space left on device",)
    assert files(place, "dead") == []


def test_the_json_names_the_mapping_by_its_hash(place: MadeUpPlace) -> None:
    place.delivery(RENAMED)
    run(place)
    failure = note(place)["failure"]
    assert isinstance(failure, dict)
    mapping = MappingIndex(place.folder / "mappings", DDL).mapping("utah")
    assert failure["mapping_hash"] == mapping.digest
