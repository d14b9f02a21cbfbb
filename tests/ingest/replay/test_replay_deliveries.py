"""Tests of leadingest.ingest.replay.replay_deliveries, from the run that failed to the leads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from leadingest.deliveries.kept.archive import Archive
from leadingest.deliveries.kept.dead_letters import DeadLetters
from leadingest.errors import DeliveryError, NothingToDoError
from leadingest.ingest.events import Events
from leadingest.ingest.replay.replay_deliveries import (
    ReplayedLetter,
    replay_archived,
    replay_dead_letters,
)
from leadingest.ingest.result import SourceResult
from leadingest.ingest.run_options import RunOptions
from leadingest.stores.folder import FolderStore
from tests.ingest.made_up_place import MadeUpPlace, records


class Place(MadeUpPlace):
    """A source, with the folders of what is kept."""

    def options(self, **options: Any) -> dict[str, Any]:
        return {"dead_letters": self.folder / "dead", "archive": self.folder / "archive", **options}

    def arrive(self, text: str, name: str = "utah.csv", *, age: int = 0) -> SourceResult:
        """A delivery that is loaded, or fails, and then goes away."""
        path = self.delivery(text, name, age=age)
        (result,) = self.run("utah", **self.options())
        path.unlink()
        return result

    def correct(self, before: str = "company: Name", after: str = "company: [Name, Company]") -> None:
        """The mapping, with something else in it."""
        path = self.folder / "mappings" / "utah.yaml"
        text = path.read_text()
        assert before in text
        path.write_text(text.replace(before, after))

    def letters(self) -> DeadLetters:
        return DeadLetters(FolderStore(self.folder / "dead"))

    def replay(self, *, dry_run: bool = False) -> list[ReplayedLetter]:
        url = None if dry_run else self.url
        options = RunOptions(self.folder / "inbox", url, **self.options())
        return replay_dead_letters(self.project, "utah", self.letters(), options, Events())

    def whole(self, load_id: int) -> SourceResult:
        with self.open() as destination:
            load = destination.ledger.load(load_id)
        options = RunOptions(self.folder / "inbox", self.url, **self.options())
        return replay_archived(
            self.project, load, Archive(FolderStore(self.folder / "archive")), options, Events()
        )


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Place:
    return Place(tmp_path, database_url, "utah")


def renamed(text: str) -> str:
    return text.replace("Name", "Company")


def test_dead_letters_are_loaded_under_the_fixed_mapping_oldest_first(place: Place) -> None:
    assert place.arrive(renamed(records(3)), "utah_1.csv", age=60).status == "failed"
    assert place.arrive(renamed(records(4)), "utah_2.csv").status == "failed"
    place.correct()
    replayed = place.replay()
    assert [(each.letter.file, each.result.status) for each in replayed] == [
        ("utah_1.csv", "loaded"),
        ("utah_2.csv", "loaded"),
    ]
    assert "no header 'Name'" in replayed[0].letter.failure.reason
    assert len(place.shown()) == 4
    assert [load.file_name for load in place.history() if load.status == "loaded"] == [
        "utah_2.csv",
        "utah_1.csv",
    ]
    assert place.letters().of("utah") == []
    with pytest.raises(NothingToDoError, match="utah has no dead letters in"):
        place.replay()


def test_one_that_fails_again_stays_with_the_reason_that_it_has_now(place: Place) -> None:
    place.arrive(renamed(records(3)).replace("Phone", "Fax"))
    place.arrive(renamed(records(4)), "utah_2.csv")
    place.correct()
    first, second = place.replay()
    assert (first.result.status, second.result.status) == ("failed", "loaded")
    assert ", failed 2 times" in first.result.remarks[0]
    (letter,) = place.letters().of("utah")
    assert letter.tries == 2
    assert letter.failure.reason.startswith("the file has no header 'Phone'")


def test_a_delivery_keeps_its_time_so_that_an_older_one_is_held(place: Place) -> None:
    place.arrive(renamed(records(3)), age=60)
    place.arrive(records(3))
    place.correct()
    ((_, result),) = [(each.letter, each.result) for each in place.replay()]
    assert result.status == "held"
    assert "older than the published load" in result.message


def test_a_dry_run_takes_nothing_away_and_counts_no_try(place: Place) -> None:
    place.arrive(renamed(records(3)))
    (failing,) = place.replay(dry_run=True)
    assert failing.result.status == "failed"
    place.correct()
    (corrected,) = place.replay(dry_run=True)
    assert (corrected.result.status, corrected.result.counts.loaded) == ("checked", 3)
    assert [letter.tries for letter in place.letters().of("utah")] == [1]
    assert place.shown() == []


def test_a_dead_letter_that_somebody_has_changed_is_not_taken_for_the_delivery(place: Place) -> None:
    place.arrive(renamed(records(3)))
    (letter,) = place.letters().of("utah")
    copy = Path(str(letter.copy))
    copy.write_text(records(2))
    (replayed,) = place.replay()
    assert (replayed.result.status, replayed.result.exit_code) == ("failed", 1)
    assert "the file has changed since it failed" in replayed.result.message
    assert copy.exists()


def test_an_archived_delivery_becomes_a_new_load_under_the_fixed_mapping(place: Place) -> None:
    assert place.arrive(records(3)).load_id == 1
    place.correct("phone: Phone", "phone: Phone, city: {const: Moab}")
    result = place.whole(1)
    assert (result.status, result.load_id, result.file) == ("loaded", 2, "utah.csv")
    with place.open() as destination:
        assert destination.leads.rows()["city"].to_list() == ["Moab"] * 3
    old, new = sorted(place.history(), key=lambda load: load.load_id)
    assert (new.file_sha256, new.file_size, new.extract_time) == (
        old.file_sha256,
        old.file_size,
        old.extract_time,
    )


def test_under_the_same_mapping_there_is_nothing_to_gain(place: Place) -> None:
    place.arrive(records(3))
    result = place.whole(1)
    assert result.status == "skipped"
    assert result.hint.startswith("fix the mapping first")


def test_a_delivery_that_is_not_in_the_archive_is_told(place: Place) -> None:
    place.delivery(records(3))
    place.run("utah")
    with pytest.raises(NothingToDoError, match=r"utah\.csv is not in the archive"):
        place.whole(1)


def test_a_damaged_archive_loads_nothing(place: Place) -> None:
    place.arrive(records(3))
    (copy,) = (place.folder / "archive").rglob("*.zst")
    copy.write_bytes(copy.read_bytes()[:-5])
    with pytest.raises(DeliveryError, match="this copy in the archive is damaged"):
        place.whole(1)
    assert len(place.history()) == 1
