"""Tests of leadingest.cli.support.run_request."""

from pathlib import Path

import pytest

from leadingest import Project
from leadingest.cli.support.run_request import RunRequest, chosen_sources, read_config
from leadingest.errors import ConfigurationError, UsageError


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with an empty list.csv in it."""
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "list.csv").touch()
    monkeypatch.chdir(folder)
    return folder


def config(folder: Path, text: str) -> Path:
    path = folder / "run.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_config_names_a_file_from_the_current_folder(here: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").touch()
    assert read_config(config(tmp_path, '{"file": "list.csv"}'), RunRequest()).file == here / "list.csv"


def test_a_file_that_is_not_there_is_looked_for_beside_the_config(here: Path, tmp_path: Path) -> None:
    (tmp_path / "other.csv").touch()
    assert read_config(config(tmp_path, '{"file": "other.csv"}'), RunRequest()).file == tmp_path / "other.csv"


def test_a_config_may_name_the_source(here: Path) -> None:
    request = read_config(config(here, '{"file": "list.csv", "source": "nevada"}'), RunRequest())
    assert request.sources == ("nevada",)


def test_a_source_on_the_command_line_wins_over_the_config(here: Path) -> None:
    path = config(here, '{"file": "list.csv", "source": "nevada"}')
    assert read_config(path, RunRequest(sources=("texas",))).sources == ("texas",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", r"run\.json:1:2: not JSON"),
        ("[]", "not a JSON object"),
        ("{}", 'there is no "file"'),
        ('{"fil": "list.csv"}', "unknown key 'fil'; did you mean 'file'?"),
        ('{"file": 3}', "'file' must be a text"),
        ('{"file": "gone.csv"}', r"file 'gone\.csv' not found"),
    ],
)
def test_a_config_that_cannot_be_used_says_why(here: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message.replace("?", r"\?")):
        read_config(config(here, text), RunRequest())


def test_a_file_that_is_nowhere_is_told_with_both_folders(here: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read_config(config(tmp_path, '{"file": "gone.csv"}'), RunRequest())
    assert raised.value.hint == f"looked for it in {here} and {tmp_path}"


@pytest.mark.parametrize("run_request", [RunRequest(every=True), RunRequest(file=Path("list.csv"))])
def test_a_config_beside_another_choice_of_file_is_refused(here: Path, run_request: RunRequest) -> None:
    with pytest.raises(UsageError, match="cannot be used together"):
        read_config(config(here, '{"file": "list.csv"}'), run_request)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two sources: nevada, and texas, whose mapping is broken."""
    mappings = tmp_path / "mappings"
    mappings.mkdir()
    (mappings / "nevada.yaml").write_text(
        "source: nevada\ndelivery: {match: 'nevada*.csv'}\nfields: {company: Name}\n", encoding="utf-8"
    )
    (mappings / "texas.yaml").write_text("source: texas\nnonsense: true\n", encoding="utf-8")
    return Project.open(tmp_path)


def test_all_is_every_source_with_a_mapping(project: Project) -> None:
    assert chosen_sources(project, RunRequest(every=True)) == ["nevada", "texas"]


def test_sources_run_in_the_order_given_and_each_once(project: Project) -> None:
    request = RunRequest(sources=("texas", "nevada", "texas"))
    assert chosen_sources(project, request) == ["texas", "nevada"]


def test_a_file_alone_goes_to_the_source_that_takes_files_of_its_name(project: Project) -> None:
    assert chosen_sources(project, RunRequest(file=Path("/x/nevada_2026.csv"))) == ["nevada"]


def test_a_misspelled_source_stops_the_run_before_it_begins(project: Project) -> None:
    with pytest.raises(UsageError) as raised:
        chosen_sources(project, RunRequest(sources=("nevada", "texs")))
    assert "no source 'texs'" in raised.value.message
    assert raised.value.hint == "did you mean 'texas'?"


def test_a_request_without_a_source_tells_which_there_are(project: Project) -> None:
    with pytest.raises(UsageError) as raised:
        chosen_sources(project, RunRequest())
    assert raised.value.hint == "the sources are nevada and texas"


@pytest.mark.parametrize(
    ("run_request", "message"),
    [
        (RunRequest(sources=("nevada",), every=True), "--all and --source cannot be used together"),
        (RunRequest(file=Path("a.csv"), every=True), "--all and --file cannot be used together"),
        (
            RunRequest(file=Path("a.csv"), sources=("nevada", "texas")),
            "--file names one file, but there are 2 sources",
        ),
    ],
)
def test_a_request_that_contradicts_itself_is_refused(
    project: Project, run_request: RunRequest, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        chosen_sources(project, run_request)
