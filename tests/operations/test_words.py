"""Laws and examples of all words of the language at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given

from leadingest.documents.read_yaml import parse_yaml
from leadingest.documents.yaml_document import plain
from leadingest.expressions import BLANKS
from leadingest.mapping.keys import owners
from leadingest.operations import CHECKS, OPERATIONS
from leadingest.operations.base import INVALID, Example, Operation
from leadingest.operations.lookup import Lookup
from leadingest.operations.sources import SOURCES
from tests.engine.trial import run
from tests.operations.laws import COLUMNS, applied, hold

#: A field of each type, for the examples that name one.
FIELD_OF_TYPE = {
    "text": "operator",
    "integer": "capacity",
    "boolean": "accepts_financial_aid",
    "date": "license_issued",
}


def examples() -> Iterator[tuple[str, Example]]:
    for word in owners():
        for number, example in enumerate(word.examples, start=1):
            yield f"{word.word()} {number}", example


def example_words() -> Iterator[Operation]:
    """Each word as its examples have it, if it needs no file."""
    for word, example in ((each, example) for each in OPERATIONS.values() for example in each.examples):
        entry = plain(parse_yaml(f"entry: {example.entry}", "example"))
        assert isinstance(entry, dict)
        words = entry["entry"]
        assert isinstance(words, dict)
        if word is not Lookup and word.word() in words:
            yield word.model_validate({key: words[key] for key in word.keys() if key in words})


WORDS = list(example_words())


@pytest.mark.parametrize(("name", "example"), list(examples()), ids=[name for name, _ in examples()])
def test_every_example_of_the_reference_is_true(name: str, example: Example) -> None:
    field = FIELD_OF_TYPE[example.type]
    for cell, outcome in example.cases:
        record = _record(example.entry, cell)
        trial = run(f"fields:\n  {field}: {example.entry}", {**record, "Other": ""})
        if outcome is INVALID:
            assert [value["field"] for value in trial.invalid_values] == [field]
        else:
            assert trial.invalid_values == []
            value = trial.leads[0][field]
            assert (None if value is None else str(value)) == outcome


# Each of these columns is tried with every word: to search for them anew for each word would find the same.
@given(cells=COLUMNS)
def test_every_word_takes_any_text_and_one_cell_at_a_time(cells: list[str | None]) -> None:
    for word in WORDS:
        hold(word, cells, fills_blanks=word.word() == "default")


@given(cells=COLUMNS)
def test_what_a_word_says_of_its_effect_is_true(cells: list[str | None]) -> None:
    filled: list[str | None] = [cell for cell in cells if cell]
    for word in WORDS:
        once = applied(word, filled)
        if word.effect == "selects":
            assert all(made in (None, cell) for cell, made in zip(filled, once, strict=True)), word
        if word.effect != "changes":
            given_again: list[str | None] = [made for made in once if made]
            assert applied(word, given_again) == given_again, word
        if not word.leaves_blanks:
            assert all(made == made.strip(BLANKS) for made in once if made), word


def test_every_word_has_an_example_and_says_what_it_does() -> None:
    for word in owners():
        assert word.examples, word
        assert word.__doc__, word


def test_no_two_words_have_the_same_name() -> None:
    names = [*SOURCES, *OPERATIONS, *CHECKS]
    assert len(names) == len(set(names))


def test_every_word_is_listed_under_its_name() -> None:
    assert [word.word() for word in owners()] == [*SOURCES, *OPERATIONS, *CHECKS]


def _record(entry: str, cell: object) -> dict[str, str]:
    if isinstance(cell, Mapping):
        return {header: value or "" for header, value in cell.items()}
    words = plain(parse_yaml(f"entry: {entry}", "example"))
    assert isinstance(words, dict)
    header = _header(words["entry"])
    return {header: cell if isinstance(cell, str) else ""}


def _header(entry: object) -> str:
    if isinstance(entry, str):
        return entry
    if isinstance(entry, list):
        return _header(entry[0])
    assert isinstance(entry, dict)
    return _header(next(entry[key] for key in ("from", "first_of", "join") if key in entry))
