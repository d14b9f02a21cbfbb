"""What holds for all types: the laws, and the examples of the reference."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import leadingest.tables.types
from leadingest.addresses.us_states import STATES
from leadingest.documents.read_yaml import parse_yaml
from leadingest.documents.yaml_document import plain
from leadingest.tables.types import LOOKS, TYPES, type_named
from leadingest.tables.types.base import EXAMPLE_DAY, ColumnType, Look, TypeExample
from leadingest.tables.types.country import CountryCode
from leadingest.tables.types.subdivision import Subdivision
from leadingest.tables.types.us_zip import UsZip

#: Two letters may be a state as well as a country, and a name anything: profiles keep the values themselves.
_WITHOUT_A_LOOK = (CountryCode, Subdivision)
EXAMPLES = [(each, example) for each in TYPES for example in each.examples]
every_type = pytest.mark.parametrize("cls", TYPES, ids=lambda cls: cls.name)

#: Texts that come near to being values, of this type or another, beside any text.
_SHAPED = st.sampled_from([each.nearly for each in TYPES]).flatmap(
    lambda pattern: st.from_regex(pattern, fullmatch=True)
)
TEXTS = st.lists(st.text() | _SHAPED, min_size=1, max_size=20)


def parse(column_type: ColumnType, *texts: str | None, today: date = EXAMPLE_DAY) -> pl.Series:
    """What the type makes of the texts, as a delivery brings them: no blanks at their ends, none empty."""
    cells = pl.Series("cell", texts, pl.String).str.strip_chars().replace("", None)
    return cells.to_frame().select(value=column_type.parse(pl.col("cell"), today=today))["value"]


def test_the_list_of_types_names_every_file() -> None:
    folder = Path(leadingest.tables.types.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "base", "regional"}
    assert {each.__module__.rpartition(".")[2] for each in TYPES} == files
    assert [each.name for each in TYPES if each.__module__.rpartition(".")[2] != each.name] == []


def test_a_type_is_found_by_its_name() -> None:
    assert type_named("us_zip") is UsZip
    assert type_named("fone") is None


@pytest.mark.parametrize(("cls", "example"), EXAMPLES, ids=lambda part: getattr(part, "text", "")[:40])
def test_every_example_is_true(cls: type[ColumnType], example: TypeExample) -> None:
    options = plain(parse_yaml(f"{{{example.options}}}", "example")) if example.options else {}
    assert isinstance(options, dict)
    assert options.keys() <= cls.mapping_options
    value = parse(cls().with_options(dict(options)), example.text)
    assert value.to_list() == [example.stored]


@every_type
def test_every_type_has_what_is_asked_of_it_elsewhere(cls: type[ColumnType]) -> None:
    """A new type is told here what it lacks: drift, drafts, lint and these tests know no type by its name."""
    lacking = [name for name in ("name", "problem", "examples", "nearly") if not getattr(cls, name, None)]
    lacking += sorted(cls.__abstractmethods__)
    assert lacking == []
    assert ("formats" in cls.model_fields) == bool(cls().date_formats)
    assert bool(cls.look) != cls.any_text or cls in _WITHOUT_A_LOOK, (
        "a `look`, or `any_text`: or say there why neither"
    )


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.kind)
def test_a_look_has_the_name_of_a_type_and_knows_its_plain_examples(look: Look) -> None:
    column_type = type_named(look.kind)
    assert column_type
    assert column_type.look is look
    texts = [each.text for each in column_type.examples if not each.options]
    read = parse(column_type(), *texts).is_not_null()
    alike = pl.Series(texts).str.contains(look.pattern) == read
    # A pattern is no more than a good guess: it may miss an unusual spelling, or let one bad cell through.
    assert alike.sum() >= 0.5 * len(texts)


@every_type
def test_what_a_draft_tries_are_options_of_the_type(cls: type[ColumnType]) -> None:
    for trial in cls.trials:
        assert trial.options.keys() <= cls.mapping_options
        assert cls().with_options(trial.options) != cls()
        assert trial.doubt


def test_every_state_looks_like_one() -> None:
    assert pl.Series(list(STATES)).str.contains(LOOKS["us_state"].pattern).all()


@every_type
def test_every_type_has_examples_of_both_outcomes(cls: type[ColumnType]) -> None:
    assert {example.stored is None for example in cls.examples} == {True, False}


@every_type
def test_every_option_says_what_it_is_for(cls: type[ColumnType]) -> None:
    assert [name for name, field in cls.model_fields.items() if not field.description] == []
    assert cls.mapping_options <= set(cls.model_fields)


@every_type
def test_a_value_is_of_the_stated_type(cls: type[ColumnType]) -> None:
    values = parse(cls(), *(example.text for example in cls.examples), None)
    assert values.dtype == cls().dtype
    assert values[-1] is None


@every_type
def test_a_value_is_the_same_when_read_in_a_stream(cls: type[ColumnType]) -> None:
    texts = [example.text for example in cls.examples]
    lazy = pl.LazyFrame({"cell": texts}).select(value=cls().parse(pl.col("cell"), today=EXAMPLE_DAY))
    assert lazy.collect(engine="streaming")["value"].to_list() == parse(cls(), *texts).to_list()


# Each of these texts is tried with every type: to search for them anew for each type would find the same.
@given(texts=TEXTS)
def test_no_text_is_an_error_and_a_stored_value_reads_as_itself(texts: list[str]) -> None:
    for cls in TYPES:
        stored = parse(cls(), *texts).drop_nulls()
        assert parse(cls(), *as_text(stored)).to_list() == stored.to_list(), cls.name


@given(texts=TEXTS)
def test_what_is_compared_never_holds_the_separator_of_keys(texts: list[str]) -> None:
    for cls in TYPES:
        values = parse(cls(), *texts).alias("value").to_frame()
        compared = values.select(cls().comparable(pl.col("value")).alias("compared"))["compared"].drop_nulls()
        assert not compared.str.contains("|", literal=True).any(), cls.name


def as_text(stored: pl.Series) -> list[str]:
    if stored.dtype == pl.Boolean:
        return ["true" if value else "false" for value in stored]
    if stored.dtype == pl.Datetime:
        return stored.dt.to_string("%Y-%m-%d %H:%M:%S%.6f").to_list()
    if stored.dtype == pl.Date:
        return stored.dt.to_string("%Y-%m-%d").to_list()
    return stored.cast(pl.String).to_list()
