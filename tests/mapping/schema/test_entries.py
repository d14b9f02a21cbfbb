"""Tests of leadingest.mapping.schema.entries: of any keys in any entry, the schema says what the program says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from leadingest.documents.read_yaml import parse_yaml
from leadingest.documents.yaml_document import plain
from leadingest.errors import DefinitionError
from leadingest.mapping.schema.mapping_schema import mapping_schema
from leadingest.mapping.vocabulary import OWNERS, all_keys
from leadingest.operations.sources import SOURCES
from leadingest.tables.load_table import read_load_table
from tests.engine.trial import mapping_of
from tests.typed_yaml import typed_yaml

ROOT = Path(__file__).parents[3]
VALIDATOR = Draft202012Validator(mapping_schema([read_load_table(ROOT / "ddl/lead_sources.yaml")]))

#: Values for keys of which no example of a word tells one, for one that there is not, and for bounds: a number
#: that is a date too, for what a bound may be depends on the type, and a schema does not tell.
VALUES: dict[str, list[Any]] = {
    "min": ["20201231"],
    "max": ["20201231"],
    "when": ["Kind = 'x'"],
    "type": ["text", "integer", "date"],
    "optional": ["true"],
    "on_invalid": ["reject"],
    "steps": [
        [{"case": "title"}],
        [{"split": ";", "part": "2"}, {"digits": "true"}],
        [{"split": ";", "case": "title"}],
    ],
    "formats": ["%m/%d/%Y", ["%m/%d/%y"]],
    "two_digit_years": ["past"],
    "region": ["CA"],
    "earliest": ["1850-01-01"],
    "restore_zeros": ["true"],
    "frm": ["x"],
}
PLACES = ("let", "part", "company", "license_status", "capacity", "license_issued", "phone", "zip", "email")


def values_of(key: str) -> list[Any]:
    """What stands at the key in the examples of the words."""
    texts = (f"x: {example.entry}" for owner in OWNERS for example in owner.examples)
    entries = [plain(parse_yaml(text, "example").entries["x"]) for text in texts]
    return [entry[key] for entry in entries if isinstance(entry, dict) and key in entry]


KEYS = {key: VALUES.get(key) or values_of(key) for key in [*all_keys(), "frm"]}
MAIN = sorted(source.word() for source in SOURCES)


def with_values(keys: set[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Entries of just these keys."""
    return st.fixed_dictionaries({key: st.sampled_from(KEYS[key]) for key in sorted(keys)})


# Most with one source: what has none, or several, is refused whatever else it says.
several = st.sets(st.sampled_from(sorted(KEYS)), max_size=4)
one_source = st.builds(
    lambda keys, source: keys | {source},
    st.sets(st.sampled_from(sorted(KEYS.keys() - set(MAIN))), max_size=3),
    st.sampled_from(MAIN),
)
entries = st.one_of(one_source, one_source, several).flatmap(with_values)


def mapping_with(entry: dict[str, Any], place: str) -> str:
    """A mapping with the entry as a field, a `let` value or a part."""
    written = json.dumps(entry)
    head = 'source: acme\ndelivery: {match: "acme*.csv"}\n'
    if place == "let":
        return f"{head}let: {{n: {written}}}\nfields:\n  company: Name\n"
    if place == "part":
        return f"{head}fields:\n  company: {{first_of: [Name, {written}]}}\n"
    company = "" if place == "company" else "  company: Name\n"
    return f"{head}fields:\n{company}  {place}: {written}\n"


def read(text: str) -> bool:
    """Whether the program takes the mapping."""
    try:
        mapping_of(text)
    except DefinitionError:
        return False
    return True


@given(entry=entries, place=st.sampled_from(PLACES))
def test_the_schema_takes_what_the_program_takes(entry: dict[str, Any], place: str) -> None:
    text = mapping_with(entry, place)
    assert VALIDATOR.is_valid(typed_yaml(text)) is read(text)
