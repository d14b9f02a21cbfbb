"""Tests of leadingest.mapping.read_mapping: what is refused, where, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.errors import ConfigurationError, DefinitionError
from leadingest.mapping.models import Mapping
from leadingest.mapping.read_mapping import examine_mapping, read_mapping

DDL = Path(__file__).parents[2] / "ddl"
HEAD = 'source: acme\ndelivery: {match: "acme*.csv"}\nfields:\n  company: Name\n'


def read(folder: Path, text: str) -> Mapping:
    path = folder / "acme.yaml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path, ddl=DDL, shown_as="acme.yaml")


def complaints(folder: Path, text: str) -> list[str]:
    with pytest.raises(DefinitionError) as error:
        read(folder, text)
    return [str(problem) for problem in error.value.problems]


def test_a_sound_mapping_is_read(tmp_path: Path) -> None:
    mapping = read(tmp_path, HEAD + "  phone: [Phone, Telephone]\nignore: [Fax]\n")
    assert (mapping.source, mapping.table.name, mapping.ignore) == ("acme", "lead_sources", ("Fax",))
    assert mapping.fields["phone"].source.alternatives() == ("Phone", "Telephone")


@pytest.mark.parametrize(
    ("field", "complaint"),
    [
        ("phon: Phone", "5:3: the load table lead_sources has no field 'phon'; did you mean 'phone'?"),
        ("phone: {form: Phone}", "5:11: 'form' is no word of the language; did you mean 'from'?"),
        (
            "phone: {case: upper}",
            "5:3: nothing says where the value comes from: give it one of from, const, first_of, join or sql",
        ),
        (
            "phone: {from: Phone, const: x}",
            "5:24: from and const cannot stand together: one of them gives the value",
        ),
        ("city: {from: City, part: 2}", "5:22: part goes with split, which is not here"),
        (
            "city: {from: City, case: tilte}",
            "5:22: case must be one of title, name, upper, lower, not 'tilte'; did you mean 'title'?",
        ),
        (
            "city: {from: City, values: {A: B}}",
            "5:22: otherwise must be given: what becomes of a value that is not listed",
        ),
        (
            "city: {from: City, values: {A: B}, otherwise: drop}",
            "5:38: otherwise must be one of invalid, reject, blank, keep, not 'drop'",
        ),
        (
            "city: {from: City, extract: 'x'}",
            "5:22: extract must have one group, (...), around what to keep; it has 0",
        ),
        ("city: {from: City, extract: '(x'}", "5:22: extract must be a regular expression: unclosed group"),
        ("city: {from: City, formats: ['%Y']}", "5:22: formats is for date or datetime; this is text"),
        ("license_issued: {from: Date, formats: ['%q']}", "5:42: formats"),
        ("phone: {from: Phone, type: text}", "5:24: type is given by the load table: phone"),
        ("min_age: {sql: 'max(Age)'}", "5:13: sql must look at one record only"),
        ("min_age: {sql: 'Age +'}", "5:13: sql is not an SQL expression"),
        (
            "min_age: {sql: \"(SELECT x FROM read_csv('f'))\"}",
            "5:13: sql must be an SQL expression over the record",
        ),
        ("min_age: {sql: 'Age + 1'}", "5:13: sql cannot be computed: "),
        (
            "min_age: {from: Age, when: 'Age = 1'}",
            "5:24: when cannot be computed: cannot compare string with numeric type",
        ),
        (
            "min_age: {from: Age, when: Age}",
            "5:24: when must be a condition, such as x = 'Y'; this gives a value (Age)",
        ),
        ("min_age: {from: Age, when: 'Age ='}", "5:24: when is not an SQL expression"),
        ("min_age: {from: Age, min: one}", "5:24: min must be a number, not 'one'"),
        ("city: {from: City, min: 1}", "5:22: min is for numbers and dates"),
        ("min_age: {from: Age, pattern: x}", "5:24: pattern is for texts"),
        (
            "min_age: {from: Age, on_invalid: drop}",
            "5:24: on_invalid must be blank, reject or hold, not 'drop'",
        ),
        ("city: {from: City, optional: maybe}", "5:22: optional must be true or false"),
        (
            "city: {join: [City, {from: Zip, required: true}]}",
            "5:35: required belongs to the whole entry, not to a part of it",
        ),
        ("city: {join: [City, {const: x, case: uper}]}", "5:34: case must be one of"),
        (
            "city: {from: City, steps: [{spilt: x}]}",
            "5:30: a step is one word with what belongs to it; did you mean 'split'?",
        ),
        (
            "city: {from: City, case: upper, steps: [{case: lower}]}",
            "5:22: case must stand among the steps, or without steps",
        ),
        ("city: {from: []}", "5:10: from must not be empty"),
        ("city: {first_of: City}", "5:10: first_of must be a list"),
        (
            "city: {from: City, replace: {pattern: '(', with: x}}",
            "must be a regular expression: unclosed group",
        ),
    ],
)
def test_an_entry_that_cannot_be_used_is_refused_with_its_place(
    tmp_path: Path, field: str, complaint: str
) -> None:
    (found,) = complaints(tmp_path, HEAD + f"  {field}\n")
    assert found.startswith("acme.yaml:")
    assert complaint in found


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (HEAD.replace("source: acme\n", ""), "1:1: source must be given as a text"),
        (
            HEAD.replace("delivery", "delivry"),
            "2:1: 'delivry' is no key of a mapping; did you mean 'delivery'?",
        ),
        (HEAD.replace('match: "acme*.csv"', "sheet: x"), "delivery must say at least which files"),
        (HEAD.replace("match:", "mach:"), "delivery must say at least which files"),
        (
            HEAD.replace("}", ", delimeter: x}"),
            "2:32: delimeter is not known here; did you mean 'delimiter'?",
        ),
        (HEAD.replace("}", ", encoding: utf-99}"), "2:32: encoding must be the name of an encoding"),
        (HEAD.replace("company: Name", "city: City"), "4:3: the load table lead_sources requires company"),
        ("into: leads\n" + HEAD, "1:7: into: there is no load table 'leads'"),
        (HEAD + "on_invalid: drop\n", "5:1: on_invalid must be blank, reject or hold, not 'drop'"),
        (HEAD + "where: Kind\n", "5:1: where must be a condition"),
        (HEAD + "let: {n: {from: Age, type: integer}, m: {sql: n = 'x'}}\n", "sql cannot be computed: "),
        (HEAD + "where: 'Kind ='\n", "5:1: where is not an SQL expression"),
        (HEAD + "let: {a: {from: b}, b: {from: a}}\n", "let values read each other in a circle: "),
        (
            HEAD + "let: {n: {from: Age, required: true}}\n",
            "required is for fields: a let value is not in the lead",
        ),
        (HEAD + "let: {n: {from: Age, unique: true}}\n", "unique is for fields"),
        (HEAD + "let: {n: {from: Age, type: intger}}\n", "'intger' is no type; did you mean 'integer'?"),
        (HEAD + "ignore: {a: b}\n", "ignore must be a list of headers"),
        (HEAD + "  company: Other\n", "5:3: 'company' is already given at line 4"),
        (HEAD + "extends: base.yaml\n", "5:10: extends 'base.yaml': there is no such file beside this one"),
        (HEAD + "extends: ../base.yaml\n", "extends '../base.yaml' leads out of the folder of the mapping"),
        (HEAD + "extends: acme.yaml\n", "extends 'acme.yaml' leads back to itself"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_with_its_place(
    tmp_path: Path, text: str, complaint: str
) -> None:
    assert any(complaint in found for found in complaints(tmp_path, text))


def test_all_problems_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = complaints(tmp_path, HEAD + "  phon: A\n  city: {from: City, part: 2}\nignor: [x]\n")
    assert [line.split(": ")[0] for line in found] == ["acme.yaml:5:3", "acme.yaml:6:22", "acme.yaml:7:1"]


def test_a_mapping_takes_over_what_it_extends_and_its_own_keys_win(tmp_path: Path) -> None:
    (tmp_path / "_base.yaml").write_text(
        "on_invalid: reject\nfields: {city: City, state: State}\nignore: [Fax]\n", encoding="utf-8"
    )
    mapping = read(tmp_path, "extends: _base.yaml\n" + HEAD + "  city: Town\nignore: [Pager]\n")
    assert list(mapping.fields) == ["city", "state", "company"]
    assert mapping.fields["city"].source.alternatives() == ("Town",)
    assert mapping.fields["state"].on_invalid == "reject"
    assert mapping.ignore == ("Fax", "Pager")


def test_a_problem_in_what_is_extended_is_told_with_the_place_it_was_written_at(tmp_path: Path) -> None:
    (tmp_path / "_base.yaml").write_text("fields: {cty: City}\n", encoding="utf-8")
    (found,) = complaints(tmp_path, "extends: _base.yaml\n" + HEAD)
    assert found.startswith("_base.yaml:1:10: the load table lead_sources has no field 'cty'")


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (("acme*.csv", "acme-*.csv"), False),
        (("Name", "[Name, Company]"), False),
        (("source: acme", "about: changed\nsource: acme"), True),
        (("source: acme", "# a remark\nsource: acme"), True),
    ],
)
def test_the_digest_changes_with_the_meaning_only(
    tmp_path: Path, change: tuple[str, str], same: bool
) -> None:
    one, other = read(tmp_path, HEAD), read(tmp_path, HEAD.replace(*change))
    assert (one.digest == other.digest) is same


def test_the_digest_changes_with_a_file_that_values_are_looked_up_in(tmp_path: Path) -> None:
    text = (
        HEAD + "  county: {from: Code, lookup: {file: c.csv, key: code, value: name}, otherwise: invalid}\n"
    )
    digests = []
    for name in ("Elko", "Clark"):
        (tmp_path / "c.csv").write_text(f"code,name\n1,{name}\n", encoding="utf-8")
        digests.append(read(tmp_path, text).digest)
    assert digests[0] != digests[1]


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"gone\.yaml: no such file"):
        read_mapping(tmp_path / "gone.yaml", ddl=DDL)


def test_what_can_be_read_beside_the_problems_is_there(tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(HEAD + "  phon: A\n  city: {from: City, part: 2}\n  city: Town\n", encoding="utf-8")
    reading = examine_mapping(path, ddl=DDL, shown_as="acme.yaml")
    assert [(each.line, each.kind) for each in reading.problems] == [
        (5, "unknown_field"),
        (6, "misplaced_word"),
        (7, "duplicate_key"),
    ]
    assert (reading.source, list(reading.fields)) == ("acme", ["company"])


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        (None, "unreadable_file", "no such file"),
        (b"\xff\xfe", "unreadable_file", "byte 0 is not UTF-8"),
        (b"a: [", "not_yaml", "not YAML: did not find expected node content"),
        (
            b"extends: base.yaml\n",
            "broken_extends",
            "extends 'base.yaml': there is no such file beside this one",
        ),
    ],
)
def test_a_file_that_cannot_be_used_at_all_is_one_problem(
    tmp_path: Path, content: bytes | None, kind: str, message: str
) -> None:
    path = tmp_path / "acme.yaml"
    if content is not None:
        path.write_bytes(content)
    (problem,) = examine_mapping(path, ddl=DDL, shown_as="acme.yaml").problems
    assert (problem.file, problem.kind, problem.message) == ("acme.yaml", kind, message)
