"""Tests of leadingest.deliveries.kept.dead_letters."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.deliveries.kept.dead_letters import DeadLetters, DeliveryFailure
from leadingest.errors import ConfigurationError, DeliveryError
from tests.object_storage import store_in

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
FAILURE = DeliveryFailure(
    "DeliveryError", "acme.csv: line 3: a NUL byte in the header", 3, "acme.yaml", "m" * 64
)


@pytest.fixture(params=["folder", "objects", "prefix"])
def letters(tmp_path: Path, request: pytest.FixtureRequest) -> DeadLetters:
    return DeadLetters(store_in(request.param, tmp_path / "dead"))


def delivery(folder: Path, name: str = "acme.csv", text: str = "Name\nOak\n") -> Delivery:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return fingerprint(path)


def names(letters: DeadLetters) -> list[str]:
    return [f"acme/{name}" for name in letters.store.names("acme")]


def note_of(letters: DeadLetters) -> str:
    (note,) = [key for key in names(letters) if key.endswith(".json")]
    return note


def test_a_delivery_is_kept_with_the_reason_beside_it(letters: DeadLetters, tmp_path: Path) -> None:
    failed = delivery(tmp_path)
    letters.keep("acme", failed, FAILURE, now=NOON)
    start = f"acme/20260801T120000Z_{failed.sha256[:16]}"
    assert names(letters) == [f"{start}.json", f"{start}_acme.csv"]
    assert letters.store.read(f"{start}_acme.csv").content == b"Name\nOak\n"
    assert json.loads(letters.store.read(f"{start}.json").content) == {
        "version": 1,
        "source": "acme",
        "file": "acme.csv",
        "path": str(failed.path),
        "size": failed.size,
        "sha256": failed.sha256,
        "modified": failed.modified.isoformat(),
        "failure": {
            "error": "DeliveryError",
            "reason": "acme.csv: line 3: a NUL byte in the header",
            "line": 3,
            "mapping": "acme.yaml",
            "mapping_hash": "m" * 64,
        },
        "first_failed_at": "2026-08-01T12:00:00+00:00",
        "last_failed_at": "2026-08-01T12:00:00+00:00",
        "tries": 1,
    }


def test_the_same_bytes_that_fail_again_are_one_dead_letter_of_two_tries(
    letters: DeadLetters, tmp_path: Path
) -> None:
    other = DeliveryFailure("DeliveryError", "something else", None, "acme.yaml", "n" * 64)
    letters.keep("acme", delivery(tmp_path), FAILURE, now=NOON)
    letters.keep("acme", delivery(tmp_path, "renamed.csv"), other, now=NOON + timedelta(days=1))
    (letter,) = letters.of("acme")
    assert (letter.tries, letter.failure, letter.file) == (2, other, "acme.csv")
    assert (letter.first_failed_at, letter.last_failed_at) == (NOON, NOON + timedelta(days=1))
    assert len(names(letters)) == 2


def test_dead_letters_are_listed_oldest_first_source_by_source(letters: DeadLetters, tmp_path: Path) -> None:
    for day, name in enumerate(["b.csv", "a.csv", "c.json"]):
        letters.keep("acme", delivery(tmp_path, name, name), FAILURE, now=NOON + timedelta(days=day))
    letters.keep("beta", delivery(tmp_path), FAILURE, now=NOON)
    assert [letter.file for letter in letters.of("acme")] == ["b.csv", "a.csv", "c.json"]
    assert letters.of("gamma") == []


def test_a_dead_letter_is_the_delivery_that_it_was(letters: DeadLetters, tmp_path: Path) -> None:
    failed = delivery(tmp_path, "my list.csv")
    letters.keep("acme", failed, FAILURE, now=NOON)
    (letter,) = letters.of("acme")
    with letters.taken_out(letter) as again:
        assert again.path.read_bytes() == failed.path.read_bytes()
        assert again.path != failed.path
        assert (again.name, again.size, again.sha256, again.modified) == (
            failed.name,
            failed.size,
            failed.sha256,
            failed.modified,
        )


@pytest.mark.parametrize("fate", ["gone", "changed"])
def test_a_dead_letter_whose_copy_is_not_there_as_it_was_is_told(
    letters: DeadLetters, tmp_path: Path, fate: str
) -> None:
    letters.keep("acme", delivery(tmp_path), FAILURE, now=NOON)
    (letter,) = letters.of("acme")
    if fate == "gone":
        letters.store.delete([f"acme/{letter.copy.name}"])
    else:
        letters.store.put(f"acme/{letter.copy.name}", b"Elm")
    with (
        pytest.raises(DeliveryError, match=r"file not found|has changed since it failed"),
        letters.taken_out(letter),
    ):
        pass


def test_a_dead_letter_that_is_taken_away_leaves_nothing_and_the_others_stay(
    letters: DeadLetters, tmp_path: Path
) -> None:
    first, second = delivery(tmp_path), delivery(tmp_path, "b.csv", "b")
    for each in (first, second):
        letters.keep("acme", each, FAILURE, now=NOON)
    assert letters.remove("acme", first.sha256)
    assert [letter.file for letter in letters.of("acme")] == ["b.csv"]
    assert not letters.remove("acme", first.sha256)
    assert letters.remove("acme", second.sha256)
    assert names(letters) == []


def test_a_copy_that_lost_its_json_gets_a_new_one(letters: DeadLetters, tmp_path: Path) -> None:
    failed = delivery(tmp_path)
    letter = letters.keep("acme", failed, FAILURE, now=NOON)
    letters.store.delete([note_of(letters)])
    assert letters.of("acme") == []
    letters.keep("acme", failed, FAILURE, now=NOON + timedelta(hours=1))
    (found,) = letters.of("acme")
    assert (found.tries, found.copy) == (1, letter.copy)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1, "tries": 2}'])
def test_a_json_that_somebody_has_spoilt_is_told_and_may_be_written_anew(
    letters: DeadLetters, tmp_path: Path, text: str
) -> None:
    failed = delivery(tmp_path)
    letters.keep("acme", failed, FAILURE, now=NOON)
    letters.store.put(note := note_of(letters), text.encode())
    with pytest.raises(ConfigurationError, match=f"{note}: this is not a valid note of a dead letter"):
        letters.of("acme")
    letters.keep("acme", failed, FAILURE, now=NOON)
    assert [letter.tries for letter in letters.of("acme")] == [1]
