"""What an editor does with a mapping: the YAML language server, with the schema that the first line names."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.language_server import LanguageServer, language_server, missing
from tests.mapping.wrong_mappings import BEYOND_A_SCHEMA, HEAD, WRONG_ENTRIES, WRONG_MAPPINGS

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

ROOT = Path(__file__).parents[1]
MODELINE = "# yaml-language-server: $schema=mapping.schema.json\n"
MAPPING = f"""\
{MODELINE}\
source: acme
delivery: {{match: "acme*.csv"}}
fields:
  company: Name
  phone: {{form: Phone}}
  city: {{from: City, case: tilte}}
  zip: {{from: Zip, part: 2}}
  license_status:
    from: Status
    values: {{Open: active}}
    otherwise: drop
  license_issued: {{from: Since, formats: ["%m/%q/%Y"]}}
  stat: State
  capacity:
    from: Places
    \
"""


@pytest.fixture(scope="module", name="server")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """A server for a folder with the schema in it."""
    folder = tmp_path_factory.mktemp("mappings")
    shutil.copy(ROOT / "mappings/mapping.schema.json", folder)
    with language_server(folder) as server:
        yield server


@pytest.fixture(scope="module", name="acme")
def _acme(server: LanguageServer) -> str:
    """A mapping with faults, being written."""
    return server.open("acme.yaml", MAPPING)


def test_what_is_wrong_is_marked(server: LanguageServer, acme: str) -> None:
    assert server.complaints(acme) == [
        '6:3: Missing property "from".',
        "6:11: Property form is not allowed.",
        '7:28: Value is not accepted. Valid values: "title", "name", "upper", "lower".',
        "8:8: Object is missing property split required by property part.",
        '12:16: Value is not accepted. Valid values: "invalid", "stop", "reject", "blank", "keep".',
        "13:43: A format is a year (%Y or %y) with a month (%m, %b or %B) and a day (%d), or with %j; "
        "a time consists of %H, or %I with %p, and %M %S %f %z. serial reads the numbers of spreadsheet programs.",
        "14:3: Property stat is not allowed.",
    ]


def test_the_keys_of_a_mapping_are_completed(server: LanguageServer) -> None:
    uri = server.open("keys.yaml", f"{MODELINE}\n")
    assert {"source", "about", "into", "extends", "fields"} <= set(server.completions(uri, 2, 1))


def test_the_fields_of_the_load_table_are_completed(server: LanguageServer) -> None:
    uri = server.open("fields.yaml", f"{MODELINE}fields:\n  company: Name\n  \n")
    offered = server.completions(uri, 4, 3)
    assert "license_number" in offered
    assert "company" not in offered


def test_the_words_of_an_entry_are_completed(server: LanguageServer, acme: str) -> None:
    offered = server.completions(acme, 17, 5)
    assert {"split", "values", "min", "when"} <= set(offered)
    assert not {"formats", "pattern"} & set(offered)


def test_the_values_of_a_word_are_completed(server: LanguageServer, acme: str) -> None:
    assert server.completions(acme, 7, 29) == ["title", "name", "upper", "lower"]


def test_the_values_of_a_field_are_completed_in_a_value_map(server: LanguageServer, acme: str) -> None:
    assert server.completions(acme, 11, 20)[:3] == ["active", "provisional", "probation"]


def test_formats_of_dates_are_completed(server: LanguageServer, acme: str) -> None:
    assert '"%m/%d/%Y"' in server.completions(acme, 13, 45)


def test_types_are_completed(server: LanguageServer) -> None:
    uri = server.open("types.yaml", f"{MODELINE}let:\n  ages:\n    from: Age\n    type: \n")
    assert server.completions(uri, 5, 11)[:3] == ["text", "integer", "decimal"]


def test_a_word_is_explained_with_its_examples(server: LanguageServer) -> None:
    uri = server.open("word.yaml", f'{MODELINE}fields:\n  company: {{from: Name, strip: "*"}}\n')
    assert server.hover(uri, 3, 26).partition("\n\nSource: ")[0] == (
        "Remove these characters, and blanks between them, from both ends of the value.\n"
        "\n"
        "```yaml\n"
        """field: {from: Name, strip: "*'"}\n"""
        "```\n"
        "\n"
        "| cell | field |\n"
        "|---|---|\n"
        "| `*Pine Tree*` | `Pine Tree` |\n"
        "| `**` | *blank* |"
    )


def test_a_field_is_explained_with_the_values_it_may_have(server: LanguageServer, acme: str) -> None:
    assert server.hover(acme, 9, 5).startswith(
        "Where the license stands, in words that are the same for every state.\n"
        "\n"
        "Its values:\n"
        "\n"
        "- `active`: Licensed, registered or certified without conditions\n"
    )


@pytest.mark.parametrize("path", sorted(ROOT.glob("mappings/*.yaml")), ids=lambda path: path.name)
def test_nothing_is_marked_in_a_shipped_mapping(server: LanguageServer, path: Path) -> None:
    assert server.complaints(server.open(path.name, path.read_text(encoding="utf-8"))) == []


def test_all_that_the_schema_can_tell_is_marked(server: LanguageServer) -> None:
    wrong = [text for text, _ in WRONG_MAPPINGS if text not in BEYOND_A_SCHEMA]
    wrong += [f"{HEAD}  {entry}\n" for entry, _ in WRONG_ENTRIES if entry not in BEYOND_A_SCHEMA]
    uris = {server.open(f"{number}.yaml", MODELINE + text): text for number, text in enumerate(wrong)}
    assert [text for uri, text in uris.items() if not server.complaints(uri)] == []
