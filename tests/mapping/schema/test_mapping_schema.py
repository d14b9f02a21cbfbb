"""Tests of leadingest.mapping.schema.mapping_schema: it is a schema, and it says what the models say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from leadingest.documents.read_yaml import parse_yaml
from leadingest.documents.yaml_document import plain
from leadingest.errors import DefinitionError
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.mapping.keys import ENTRY_KEYS, MAPPING_KEYS, all_keys, owners
from leadingest.mapping.schema.mapping_schema import DIALECT, mapping_schema, schema_text
from leadingest.operations.sources import SOURCES
from leadingest.tables.load_table import LoadTable, read_load_table
from tests.engine.trial import mapping_of
from tests.mapping.wrong_mappings import BEYOND_A_SCHEMA, HEAD, WRONG_ENTRIES, WRONG_MAPPINGS
from tests.typed_yaml import typed_yaml

ROOT = Path(__file__).parents[3]
TABLE = read_load_table(ROOT / "ddl/lead_sources.yaml")
SCHEMA = mapping_schema([TABLE])
VALIDATOR = Draft202012Validator(SCHEMA)

#: As the copy in the repository: a shipped mapping may fill any of the tables.
TABLES = [read_load_table(file) for file in sorted((ROOT / "ddl").glob("*.yaml"))]

SHIPPED = sorted([*ROOT.glob("mappings/*.yaml"), *ROOT.glob("examples/*/*.yaml")])
MODELINE = "# yaml-language-server: $schema="


def complaints(text: str, validator: Draft202012Validator = VALIDATOR) -> list[str]:
    """What the schema says of the mapping."""
    return [f"{each.json_path}: {each.message}" for each in validator.iter_errors(typed_yaml(text))]


def test_the_copy_in_the_repository_is_up_to_date() -> None:
    copy = (ROOT / "mappings/mapping.schema.json").read_text(encoding="utf-8")
    assert copy == schema_text(TABLES), "run `make generated`"


def test_it_is_a_schema_of_the_dialect_it_names() -> None:
    assert SCHEMA["$schema"] == DIALECT == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_shipped_mapping_is_as_the_schema_says_and_names_it_in_its_first_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert complaints(text, Draft202012Validator(mapping_schema(TABLES))) == []
    first = text.splitlines()[0]
    assert first.startswith(MODELINE)
    assert (path.parent / first.removeprefix(MODELINE)).resolve() == ROOT / "mappings/mapping.schema.json"


@pytest.mark.parametrize("wrong", [HEAD + f"  {entry}\n" for entry, _ in WRONG_ENTRIES])
def test_an_entry_that_the_models_refuse_is_refused(wrong: str) -> None:
    entry = wrong.removeprefix(HEAD).strip()
    assert bool(complaints(wrong)) is (entry not in BEYOND_A_SCHEMA)


@pytest.mark.parametrize("wrong", [text for text, _ in WRONG_MAPPINGS])
def test_a_mapping_that_the_models_refuse_is_refused(wrong: str) -> None:
    assert bool(complaints(wrong)) is (wrong not in BEYOND_A_SCHEMA)


def test_what_is_beyond_a_schema_is_there() -> None:
    assert {*dict(WRONG_ENTRIES), *dict(WRONG_MAPPINGS)} >= BEYOND_A_SCHEMA


@pytest.mark.parametrize(
    ("owner", "example"),
    [(owner, example) for owner in owners() for example in owner.examples],
    ids=lambda value: getattr(value, "entry", None) or value.__name__,
)
def test_every_example_of_a_word_is_taken(owner: type, example: Any) -> None:
    fields = {"text": "operator", "integer": "capacity", "date": "license_issued"}
    assert complaints(HEAD + f"  {fields[example.type]}: {example.entry}\n") == []


@pytest.mark.parametrize("name", MAPPING_KEYS)
def test_every_example_of_a_key_is_taken(name: str) -> None:
    example = typed_yaml(HEAD) | typed_yaml(MAPPING_KEYS[name].example)
    assert [*VALIDATOR.iter_errors(example)] == []


@pytest.mark.parametrize("name", ENTRY_KEYS)
def test_every_example_of_a_key_of_an_entry_is_taken(name: str) -> None:
    example = ENTRY_KEYS[name].example
    assert (
        complaints(
            example if example.startswith("let:") else f"fields: {{{example}}}".replace("field:", "zip:")
        )
        == []
    )


@pytest.mark.parametrize(
    ("test", "complaint"),
    [
        ("lead: {company: Oak}", None),
        ("lead: {license_status: active}", None),
        ("lead: {license_status: something else}", None),
        ("lead: {company: Oak, phone: }", None),
        ("lead: {company: ''}, invalid: [phone]", None),
        ("rejected: company", None),
        ("filtered: true", None),
        (
            "lead: {compny: Oak}",
            "$.tests[0].lead: Additional properties are not allowed ('compny' was unexpected)",
        ),
        ("lead: {}, rejected: company", "False schema does not allow 'company'"),
        ("rejected: compny", "'compny' is not one of ['company', "),
        ("rejected: company, invalid: [phone]", "'lead' is a dependency of 'invalid'"),
        ("filtered: false", "$.tests[0].filtered: False is not valid under any of the given schemas"),
        ("about: nothing", "is not valid under any of the given schemas"),
    ],
)
def test_a_test_says_one_thing_of_its_record(test: str, complaint: str | None) -> None:
    found = complaints(f"{HEAD}tests: [{{record: {{Name: Oak, Phone: }}, {test}}}]\n")
    assert any(complaint in each for each in found) if complaint else found == []


@pytest.mark.parametrize(
    ("entry", "taken"),
    [
        ("{from: Age, type: integer, min: 1}", True),
        ("{from: Age, min: 1}", False),
        ("{from: Age, pattern: '[0-9]+'}", True),
        ("{from: Age, type: integer, pattern: '[0-9]+'}", False),
        ("{from: Day, type: date, formats: '%m/%d/%Y'}", True),
        ("{from: Day, formats: '%m/%d/%Y'}", False),
        ("{from: Day, type: integer, formats: '%m/%d/%Y'}", False),
        ("{from: Zip, type: us_zip, restore_zeros: true}", True),
        ("{from: Zip, type: us_zip, restore_zeros: yes}", False),
        ("{from: Zip, type: zip}", False),
        ("{from: Zip, unique: true}", False),
    ],
)
def test_a_let_value_takes_what_goes_with_its_type(entry: str, taken: bool) -> None:
    assert (complaints(f"{HEAD}let: {{n: {entry}}}\n") == []) is taken


def test_a_file_without_a_source_may_leave_out_anything() -> None:
    assert complaints("fields: {city: City}\n") == []
    assert complaints("fields: {cty: City}\n") == [
        "$.fields: Additional properties are not allowed ('cty' was unexpected)"
    ]


def test_values_that_the_load_table_lists_are_offered_wherever_one_may_stand() -> None:
    offered = SCHEMA["$defs"]["value.lead_sources.license_status"]["anyOf"][0]["enum"]
    assert offered == list(TABLE.columns["license_status"].one_of)
    places = {name for name in SCHEMA["$defs"] if name.endswith("lead_sources.license_status")}
    keys = {name.split(".")[1] for name in places if name.startswith("key.")}
    assert keys == {
        "const",
        "default",
        "values",
        "one_of",
        "otherwise",
        "first_of",
        "last_of",
        "join",
        "steps",
        "flag",
        "each",
    }


def test_every_key_says_what_it_is_for() -> None:
    silent = [path for path, schema in keys_of(SCHEMA) if not schema.get("description")]
    assert silent == []


def keys_of(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that the schema lets a mapping have, with what it says of it."""
    if isinstance(node, list):
        for number, each in enumerate(node):
            yield from keys_of(each, f"{path}/{number}")
    if not isinstance(node, dict):
        return
    closed = node.get("additionalProperties") is False
    for key, schema in node.get("properties", {}).items() if closed else ():
        if isinstance(schema, dict):
            yield f"{path}/{key}", resolved(schema)
    for key, each in node.items():
        yield from keys_of(each, f"{path}/{key}")


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with what it refers to."""
    ref = schema.get("$ref")
    return resolved(SCHEMA["$defs"][ref.removeprefix("#/$defs/")]) | schema if ref else schema


def test_a_mapping_fills_the_fields_of_the_table_it_names(tmp_path: Path) -> None:
    (tmp_path / "events.yaml").write_text(
        "table: events\nabout: made up\ncolumns:\n"
        "  place: {type: text, about: where it is, required: true}\n"
        "  kind: {type: text, about: what it is, one_of: {fair: a fair}}\n",
        encoding="utf-8",
    )
    events: LoadTable = read_load_table(tmp_path / "events.yaml")
    validator = Draft202012Validator(mapping_schema([TABLE, events]))
    Draft202012Validator.check_schema(validator.schema)
    head = 'source: acme\ndelivery: {match: "a.csv"}\n'
    assert complaints(HEAD, validator) == []
    assert complaints(f"{head}into: events\nfields: {{place: Place}}\n", validator) == []
    assert (
        complaints(
            f"{head}into: events\nfields: {{place: P}}\ntests: [{{record: {{}}, lead: {{kind: fair}}}}]\n",
            validator,
        )
        == []
    )
    assert complaints(f"{head}into: events\nfields: {{company: Name}}\n", validator) != []
    assert complaints(f"{head}fields: {{place: Place}}\n", validator) != []


def test_a_table_without_the_default_name_must_be_named(tmp_path: Path) -> None:
    (tmp_path / "events.yaml").write_text(
        "table: events\nabout: made up\ncolumns: {place: {type: text, about: where it is}}\n",
        encoding="utf-8",
    )
    validator = Draft202012Validator(mapping_schema([read_load_table(tmp_path / "events.yaml")]))
    head = 'source: acme\ndelivery: {match: "a.csv"}\nfields: {place: Place}\n'
    assert complaints(head, validator) != []
    assert complaints(f"into: events\n{head}", validator) == []


def test_the_text_is_the_schema_as_json() -> None:
    assert json.loads(schema_text([TABLE])) == SCHEMA


def test_every_key_of_a_delivery_is_there() -> None:
    assert set(SCHEMA["$defs"]["delivery"]["properties"]) == set(DeliveryFormat.model_fields)


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
    texts = (f"x: {example.entry}" for owner in owners() for example in owner.examples)
    entries = [plain(parse_yaml(text, "example").entries["x"]) for text in texts]
    return [entry[key] for entry in entries if isinstance(entry, dict) and key in entry]


KEYS = {key: VALUES.get(key) or values_of(key) for key in [*all_keys(), "frm"]}
MAIN = sorted(SOURCES)


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
