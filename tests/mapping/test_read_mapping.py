"""Tests of leadingest.mapping.read_mapping: what is refused, where, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.errors import ConfigurationError, DefinitionError
from leadingest.mapping.models import Mapping
from leadingest.mapping.read_mapping import examine_mapping, read_mapping
from tests.mapping.wrong_mappings import HEAD, WRONG_ENTRIES, WRONG_MAPPINGS

DDL = Path(__file__).parents[2] / "ddl"


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
    ("written", "key"), [("company", ("company",)), ("[phone, company]", ("phone", "company"))]
)
def test_a_key_may_be_declared_and_changes_nothing_in_what_a_record_becomes(
    tmp_path: Path, written: str, key: tuple[str, ...]
) -> None:
    without = read(tmp_path, HEAD + "  phone: Phone\n")
    mapping = read(tmp_path, HEAD + f"  phone: Phone\nkey: {written}\n")
    assert (without.key, mapping.key) == ((), key)
    assert mapping.digest == without.digest


@pytest.mark.parametrize(("field", "complaint"), WRONG_ENTRIES)
def test_an_entry_that_cannot_be_used_is_refused_with_its_place(
    tmp_path: Path, field: str, complaint: str
) -> None:
    (found,) = complaints(tmp_path, HEAD + f"  {field}\n")
    assert found.startswith("acme.yaml:")
    assert complaint in found


@pytest.mark.parametrize(("text", "complaint"), WRONG_MAPPINGS)
def test_a_mapping_that_cannot_be_used_is_refused_with_its_place(
    tmp_path: Path, text: str, complaint: str
) -> None:
    assert any(complaint in found for found in complaints(tmp_path, text))


def test_all_problems_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = complaints(tmp_path, HEAD + "  phon: A\n  city: {from: City, part: 2}\nignor: [x]\n")
    assert [line.split(": ")[0] for line in found] == ["acme.yaml:5:3", "acme.yaml:6:22", "acme.yaml:7:1"]


def test_an_entry_that_is_said_again_has_its_own_words_alone_in_their_order(tmp_path: Path) -> None:
    base = (
        HEAD + "  city: {from: City, case: title, pad: 9}\n  county: {from: County, prefix: x, case: upper}\n"
    )
    (tmp_path / "_base.yaml").write_text(base, encoding="utf-8")
    mapping = read(
        tmp_path, "extends: _base.yaml\n" + HEAD + "  city: {from: City, replace: {a: b}, case: lower}\n"
    )
    words = {name: [word.word() for word in entry.operations] for name, entry in mapping.fields.items()}
    assert (words["city"], words["county"]) == (["replace", "case"], ["prefix", "case"])


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
        (("source: acme", "expect: {every: week}\nsource: acme"), True),
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
            "extends 'base.yaml': no such file in the same folder",
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
