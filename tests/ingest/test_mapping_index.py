"""Tests of leadingest.ingest.mapping_index."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leadingest.documents.read_yaml import parse_document
from leadingest.documents.yaml_document import Document
from leadingest.errors import ConfigurationError, NothingToDoError, UsageError
from leadingest.ingest.events import Events
from leadingest.ingest.mapping_index import DocumentCache, MappingIndex
from leadingest.ingest.run import run
from leadingest.ingest.run_options import RunOptions

DDL = Path(__file__).parents[2] / "ddl"


def write(folder: Path, file: str, source: str, match: str = "*.csv") -> None:
    text = f'source: {source}\ndelivery: {{match: "{match}"}}\nfields: {{company: Name}}\n'
    (folder / file).write_text(text, encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> MappingIndex:
    return MappingIndex(tmp_path, DDL)


def test_sources_are_named_by_their_mappings_and_sorted(project: MappingIndex) -> None:
    write(project.mappings, "b.yaml", "texas")
    write(project.mappings, "a.yml", "utah")
    assert list(project.sources()) == ["texas", "utah"]


@pytest.mark.parametrize("name", ["_shared.yaml", ".hidden.yaml", "notes.txt"])
def test_files_that_are_no_mappings_are_no_sources(project: MappingIndex, name: str) -> None:
    write(project.mappings, "utah.yaml", "utah")
    write(project.mappings, name, "other")
    assert list(project.sources()) == ["utah"]


def test_the_fallback_encoding_is_part_of_the_meaning_of_mappings_that_name_none(
    project: MappingIndex,
) -> None:
    write(project.mappings, "utah.yaml", "utah")
    write(project.mappings, "ohio.yaml", "ohio", '*.csv", encoding: "utf-8')
    western = replace(project, fallback_encoding="cp1252")
    before, after = project.mapping("utah"), western.mapping("utah")
    assert (before.delivery.encoding, after.delivery.encoding) == ((), ("utf-8", "cp1252"))
    assert before.digest != after.digest
    assert western.mapping("ohio") == project.mapping("ohio")


def test_a_file_that_cannot_be_read_stands_under_its_own_name(project: MappingIndex) -> None:
    (project.mappings / "utah.yaml").write_text("source: [", encoding="utf-8")
    assert list(project.sources()) == ["utah"]


def test_two_mappings_of_one_source_are_refused(project: MappingIndex) -> None:
    write(project.mappings, "a.yaml", "utah")
    write(project.mappings, "b.yaml", "utah")
    with pytest.raises(ConfigurationError, match=r"a\.yaml and .*b\.yaml both map the source 'utah'"):
        project.sources()


def test_an_unknown_source_names_the_nearest(project: MappingIndex) -> None:
    write(project.mappings, "source3.yaml", "source3")
    with pytest.raises(UsageError) as error:
        project.mapping("sorce3")
    assert error.value.message.startswith("there is no source 'sorce3' in ")
    assert error.value.hint == "did you mean 'source3'?"


def test_a_folder_without_mappings_is_nothing_to_do(project: MappingIndex) -> None:
    with pytest.raises(NothingToDoError, match="no mapping in"):
        project.sources()


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"the mappings folder .*gone does not exist"):
        MappingIndex(tmp_path / "gone", DDL).sources()


def test_a_file_belongs_to_the_one_source_whose_deliveries_are_named_like_it(project: MappingIndex) -> None:
    write(project.mappings, "utah.yaml", "utah", "utah*.csv")
    write(project.mappings, "texas.yaml", "texas", "texas/*.csv")
    assert project.source_taking(Path("elsewhere/utah_2026.csv")) == "utah"


@pytest.mark.parametrize(
    ("file", "message"), [("ohio.csv", "no source takes"), ("b.csv", "texas and utah all take")]
)
def test_a_file_of_no_source_or_of_several_must_be_named(
    project: MappingIndex, file: str, message: str
) -> None:
    write(project.mappings, "utah.yaml", "utah", "b*.csv")
    write(project.mappings, "texas.yaml", "texas", "b*.csv")
    with pytest.raises(UsageError, match=message):
        project.source_taking(Path(file))


def test_each_file_is_parsed_once_in_a_run_however_many_there_are(
    project: MappingIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.mappings / "_base.yaml").write_text("fields: {company: Name}\n", encoding="utf-8")
    for number in range(10):
        text = f"source: s{number}\nextends: _base.yaml\ndelivery: {{match: s{number}.csv}}\n"
        (project.mappings / f"s{number}.yaml").write_text(text, encoding="utf-8")
    parsed: list[str] = []

    def counting(text: str, name: str) -> Document:
        parsed.append(Path(name).name)
        return parse_document(text, name)

    monkeypatch.setattr("leadingest.documents.read_yaml.parse_document", counting)
    options = RunOptions(project.mappings / "inbox", None, jobs=2)
    assert {each.status for each in run(project, list(project.sources()), options, Events())} == {
        "no delivery"
    }
    assert project.source_taking(Path("s3.csv")) == "s3"
    assert sorted(name for name in parsed if name != "lead_sources.yaml") == sorted(
        path.name for path in project.mappings.iterdir()
    )


def test_an_index_is_of_one_moment_until_it_is_read_again(project: MappingIndex) -> None:
    write(project.mappings, "utah.yaml", "utah", "a.csv")
    before = project.mapping("utah")
    write(project.mappings, "utah.yaml", "utah", "b.csv")
    write(project.mappings, "ohio.yaml", "ohio")
    assert (list(project.sources()), project.mapping("utah").digest) == (["utah"], before.digest)
    after = project.reread()
    assert list(after.sources()) == ["ohio", "utah"]
    assert after.mapping("utah").delivery.match == ("b.csv",)


def test_a_file_is_read_once_and_stays_as_it_was(tmp_path: Path) -> None:
    file, cache = tmp_path / "a.yaml", DocumentCache()
    file.write_text("a: b\n")
    first = cache.read(file)
    file.write_text("a: c\n")
    assert cache.read(file) is first
    assert DocumentCache().read(file).text == "a: c\n"


def test_messages_name_the_file_as_whoever_asks_does(tmp_path: Path) -> None:
    file, cache = tmp_path / "a.yaml", DocumentCache()
    file.write_text("a: b\n")
    assert [cache.read(file, shown_as=name).name for name in ("x", "y")] == ["x", "y"]


def test_what_cannot_be_read_is_told_each_time(tmp_path: Path) -> None:
    file, cache = tmp_path / "a.yaml", DocumentCache()
    file.write_text("a: [\n")
    for _ in range(2):
        with pytest.raises(ConfigurationError, match="not YAML"):
            cache.read(file)
