from __future__ import annotations

import re
from pathlib import Path

import pytest

from leadingest.errors import ConfigurationError, DefinitionError
from leadingest.tables.load_table import LoadTable, read_load_table
from leadingest.tables.types.date import Date
from leadingest.tables.types.text import Text

LEADS = """\
table: leads
about: Leads
columns:
  company: {type: text, length: 80, required: true, about: Name}
  status:
    type: text
    about: How far we are
    one_of: {new: Nobody called, won: A customer}
  since: {type: date, two_digit_years: past, about: First call}
  phone: {type: phone, about: Number}
identity:
  rules:
    - [phone]
"""


def read(folder: Path, text: str, name: str = "leads.yaml") -> LoadTable:
    path = folder / name
    path.write_text(text)
    return read_load_table(path)


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(DefinitionError) as refused:
        read(folder, text)
    return [f"{each.line}:{each.column}: {each.message}" for each in refused.value.problems]


def test_a_load_table_is_read_with_its_columns_in_order(tmp_path: Path) -> None:
    table = read(tmp_path, LEADS)
    assert (table.name, table.about) == ("leads", "Leads")
    assert list(table.columns) == ["company", "status", "since", "phone"]
    assert table.columns["company"].type == Text(length=80)
    assert table.columns["company"].required
    assert table.columns["status"].one_of == {"new": "Nobody called", "won": "A customer"}
    assert table.columns["since"].type == Date(two_digit_years="past")
    assert table.identity.columns == ("phone",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("about: Leads", "abuot: Leads", "2:1: 'abuot' is not a key of a load table; did you mean 'about'?"),
        ("about: Leads\n", "", "1:1: 'about' needs a text"),
        ("table: leads", "table: lead", "1:1: table 'lead' must be described in lead.yaml"),
        ("type: phone", "type: fone", "10:11: 'fone' is not a type; known: text, integer"),
        ("type: phone, ", "", "10:3: type must be given"),
        (
            "length: 80",
            "lenght: 80",
            "4:25: lenght is not a known key; did you mean 'length'?",
        ),
        ("length: 80", "length: 0", "4:25: length must be at least 1"),
        (
            "type: phone",
            "type: phone, region: XX",
            "10:24: region must be the two capital letters of a country",
        ),
        ("  since:", "  lead_key:", "9:3: 'lead_key' is the name of a column that leadingest adds"),
        ("  since:", "  Since:", "9:3: 'Since' must consist of lowercase letters, digits and _"),
        ("    type: text\n", "    type: text\n    length: 2\n", "9:14: 'new' is longer than the column"),
        ("    type: text\n", "    type: integer\n", "8:5: 'one_of' is for texts; 'status' is integer"),
        ("- [phone]", "- [phon]", "13:8: 'phon' is not a column or form; did you mean 'phone'?"),
        ("- [phone]", "- {filled: [phone], blank: [compny]}", "13:33: 'compny' is not a column or form"),
        ("- [phone]", "- {blank: [phone]}", "13:7: rules must list columns"),
        (
            "- [phone]",
            "- {filled: [phone], blank: [phone]}",
            "13:7: rules cannot match any lead: 'phone' must be both filled and blank",
        ),
        ("- [phone]", "- []", "13:7: rules must list columns"),
        ("- [phone]", "- {filed: [phone]}", "13:8: filed is not a known key; did you mean 'filled'?"),
        (
            "- [phone]",
            "- [phone]\n  distinct_within_source: {names: [company], numbers: [licence]}",
            "14:56: 'licence' is not a column",
        ),
        ("rules:", "rulse:", "12:3: rulse is not a known key; did you mean 'rules'?"),
        ("{type: phone, about: Number}", "phone", "10:3: 'phone' needs a table of keys: type, about"),
    ],
)
def test_a_fault_is_named_with_its_place_and_the_right_word(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in LEADS
    found = problems(tmp_path, LEADS.replace(old, new, 1))
    assert [each for each in found if each.startswith(message)], found


def test_every_fault_is_named_not_only_the_first(tmp_path: Path) -> None:
    text = (
        LEADS.replace("type: phone", "type: fone").replace("length: 80", "length: x").replace("past", "never")
    )
    assert len(problems(tmp_path, text)) >= 3


def test_a_file_without_columns_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, "table: leads\nabout: x\n") == ["1:1: 'columns' needs a table of columns"]


def test_a_missing_file_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no such file"):
        read_load_table(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("table: leads", "# why\ntable: leads"),
        ("about: Number", "about: A number"),
        ("Nobody called", "Not called"),
    ],
)
def test_the_digest_does_not_depend_on_descriptions(tmp_path: Path, old: str, new: str) -> None:
    assert read(tmp_path, LEADS.replace(old, new)).digest == read(tmp_path, LEADS).digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("length: 80", "length: 81"),
        ("required: true, ", ""),
        ("won: A customer", "lost: A customer"),
        ("two_digit_years: past, ", ""),
        ("- [phone]", "- [phone, company]"),
        ("- [phone]", "- {filled: [phone], blank: [company]}"),
        ("- [phone]", "- [phone]\n  distinct_within_source: {names: [company]}"),
    ],
)
def test_the_digest_depends_on_what_a_load_makes_of_the_file(tmp_path: Path, old: str, new: str) -> None:
    assert read(tmp_path, LEADS.replace(old, new)).digest != read(tmp_path, LEADS).digest


@pytest.mark.parametrize(
    ("region", "message"),
    [
        ("{column: compny}", "10:32: 'compny' is not a column; did you mean 'company'?"),
        ("{column: company}", "10:32: 'company' is text; a region must be country"),
        ("{from: Country}", "10:32: a load table knows no headers: name a field with `column`"),
    ],
)
def test_a_region_is_a_column_of_countries(tmp_path: Path, region: str, message: str) -> None:
    found = problems(tmp_path, LEADS.replace("type: phone", f"type: phone, region: {region}"))
    assert [re.sub(r"^10:\d+", "10:32", each) for each in found] == [message]
