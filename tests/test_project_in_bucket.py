"""A project that is kept in a bucket: settings, mappings and load tables, for commands, programs and workers."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from leadingest import Project
from leadingest.cli.main import main
from leadingest.cloud.handler import Handler
from leadingest.errors import ConfigurationError, StoreBusyError, StoreSetupError
from leadingest.ingest.concurrency import Stop
from leadingest.settings import Settings
from leadingest.stores.objects import ObjectStore
from tests.cli.made_up_project import NEVADA, NEVADA_CSV, UTAH, UTAH_CSV
from tests.object_storage import Bucket

SETTINGS = b'[tool.leadingest]\nlargest_fall = "55%"\narchive = "archive"\n'
#: Beside mappings: what they extend, and a table to look values up in.
BASE = "fields: {phone: Telephone, city: {from: Town, lookup: {file: towns.csv, key: short, value: long}, otherwise: keep}}\n"
TOWNS = "short,long\nMoab,MOAB CITY\n"
LOOKING_UP = """\
source: utah
extends: _base.yaml
delivery: {match: "utah*.csv"}
fields: {company: Provider}
ignore: [Notes]
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user stands in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in (*Settings.model_fields, "project"):
        monkeypatch.delenv(f"LEADINGEST_{name.upper()}", raising=False)


@pytest.fixture
def project(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """A bucket with a project and a delivery of each of its two sources, which the environment names."""
    bucket.put("project/pyproject.toml", SETTINGS)
    bucket.put("project/mappings/nevada.yaml", NEVADA.encode())
    bucket.put("project/mappings/_base.yaml", BASE.encode())
    bucket.put("project/mappings/towns.csv", TOWNS.encode())
    bucket.put("project/mappings/utah.yaml", LOOKING_UP.encode())
    bucket.put("project/inbox/nevada.csv", NEVADA_CSV.encode())
    bucket.put("project/inbox/utah.csv", UTAH_CSV.encode())
    monkeypatch.setenv("LEADINGEST_PROJECT", f"{bucket.url}/project/")
    return bucket


def call(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == code, result.output
    return result


def line(result: Result) -> str:
    return result.output.replace("\n", " ").replace("  ", " ")


def test_everything_of_it_lies_in_the_bucket_but_a_database_in_a_file(
    project: Bucket, tmp_path: Path
) -> None:
    call("run", "--all")
    assert "MOAB CITY" in call("leads", "--source", "utah").stdout
    assert [path.name for path in tmp_path.iterdir()] == ["leads.db"]
    assert [key for key in project.keys() if key.startswith("project/archive/")]
    opened = Project.open()
    assert (opened.settings.largest_fall, opened.settings.inbox) == (
        Fraction(55, 100),
        project.url / "project/inbox",
    )


@pytest.mark.parametrize(
    "words", [["lint"], ["test"], ["preview", "--source", "utah"], ["drift", "--all"], ["schema"]]
)
def test_other_commands_read_it(project: Bucket, words: list[str]) -> None:
    assert call(*words).stdout


def test_a_program_names_it_and_options_win(project: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEADINGEST_PROJECT")
    opened = Project.open(f"{project.url}/project", inbox="arrived")
    assert opened.sources() == ["nevada", "utah"]
    assert opened.settings.inbox == Path("arrived").absolute()


def test_a_folder_may_be_named_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "leads/mappings").mkdir(parents=True)
    (tmp_path / "leads/mappings/utah.yaml").write_text(UTAH)
    monkeypatch.setenv("LEADINGEST_PROJECT", "leads")
    assert Project.open().sources() == ["utah"]


def test_mappings_alone_may_lie_in_a_bucket(project: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEADINGEST_PROJECT")
    words = ["--mappings", f"{project.url}/project/mappings", "--inbox", f"{project.url}/project/inbox"]
    assert "loaded" in call("run", "--source", "utah", *words).stdout


def test_load_tables_of_its_own_win_over_those_of_the_program(project: Bucket) -> None:
    shipped = Project.open().tables()
    own = Path(__file__).parents[1] / "ddl/lead_sources.yaml"
    project.put(
        "project/ddl/own_leads.yaml", own.read_bytes().replace(b"table: lead_sources", b"table: own_leads")
    )
    assert ([each.name for each in shipped], [each.name for each in Project.open().tables()]) == (
        ["lead_sources", "leads_international"],
        ["own_leads"],
    )


def test_a_fault_is_told_with_the_address_and_the_line_of_its_file(project: Bucket) -> None:
    project.put("project/mappings/_base.yaml", BASE.replace("phone:", "fone:").encode())
    result = call("lint", "--format", "concise", code=1)
    assert f"{project.url}/project/mappings/_base.yaml:1:10 LI" in result.output
    # The line itself stands below.
    assert "{fone: Telephone" in call("run", "--source", "utah", code=2).output


def test_what_would_write_a_mapping_is_refused(project: Bucket) -> None:
    before = {key: project.content(key) for key in project.keys()}
    for words in (
        ["new", "idaho", "--file", f"{project.url}/project/inbox/utah.csv"],
        ["lint", "--fix"],
        ["drift", "--source", "utah", "--fix"],
        ["test", "--update"],
    ):
        assert "are read-only work on a copy" in line(call(*words, code=2)).replace("hint: ", "")
    assert {key: project.content(key) for key in project.keys()} == before


@pytest.mark.parametrize(
    ("place", "message", "error"),
    [
        ("s3://made-up-and-not-there/project", "there is no such bucket", StoreSetupError),
        ("s3:///project", "names no bucket", ConfigurationError),
        ("ftp://host/project", "ftp:// is not supported", ConfigurationError),
    ],
)
def test_a_place_that_there_is_not_is_told_in_a_line(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch, place: str, message: str, error: type[Exception]
) -> None:
    monkeypatch.setenv("LEADINGEST_PROJECT", place)
    assert message in line(call("run", "--all", code=2))
    with pytest.raises(error, match=message):
        Project.open()


def test_a_prefix_without_mappings_is_told(bucket: Bucket) -> None:
    result = CliRunner().invoke(main, ["run", "--all", "--mappings", f"{bucket.url}/nothing"])
    assert result.exit_code == 3
    assert f"no mapping in {bucket.url}/nothing" in line(result)


def refusing(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """From now on, one object may not be read; with `*` none may."""
    genuine = ObjectStore.beginning

    def read(self: ObjectStore, name: str, *, most: int) -> bytes:
        if key in {name, "*"}:
            raise StoreSetupError(f"{self.at(name)}: no permission to read it", hint="s3:GetObject")
        return genuine(self, name, most=most)

    monkeypatch.setattr(ObjectStore, "beginning", read)


def test_without_the_right_to_read_it_nothing_is_loaded(
    project: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(monkeypatch, "*")
    assert "no permission to read it" in line(call("run", "--all", code=2))


def test_a_mapping_that_may_not_be_read_or_is_broken_harms_only_its_own_source(
    project: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.put("project/mappings/broken.yaml", b"source: broken\nfields: {company: [")
    project.put("project/mappings/huge.yaml", b"#" * 2_000_000)
    refusing(monkeypatch, "utah.yaml")
    result = call("run", "--all", "--format", "json", code=2)
    found = {
        each["source"]: (each["status"], each["message"]) for each in json.loads(result.stdout)["results"]
    }
    assert {source: status for source, (status, _) in found.items()} == {
        "broken": "failed",
        "huge": "failed",
        "nevada": "loaded",
        "utah": "failed",
    }
    assert found["utah"][1] == f"{project.url}/project/mappings/utah.yaml:1:1: no permission to read it"
    assert "the file has more than 1,000,000 bytes" in found["huge"][1]


def announced(bucket: Bucket, key: str, content: str) -> str:
    return json.dumps({"file": str(bucket.put(f"drops/{key}", content.encode()))})


def test_between_messages_only_what_has_changed_is_read_again(
    project: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []
    genuine = ObjectStore.beginning

    def noted(self: ObjectStore, key: str, *, most: int) -> bytes:
        fetched.append(key)
        return genuine(self, key, most=most)

    monkeypatch.setattr(ObjectStore, "beginning", noted)
    with Handler(Project.open(), wait=0) as handler:

        def outcome(key: str, content: str) -> str:
            return handler.handle(announced(project, key, content), Stop()).outcome

        assert outcome("idaho.csv", UTAH_CSV) == "poison"
        fetched.clear()
        assert outcome("utah.csv", UTAH_CSV) == "loaded"
        assert fetched == []
        # A new mapping, and a new table to look values up in.
        project.put("project/mappings/idaho.yaml", UTAH.replace("utah", "idaho").encode())
        project.put("project/mappings/towns.csv", TOWNS.replace("MOAB CITY", "MOAB TOWN").encode())
        assert outcome("idaho.csv", UTAH_CSV.replace("801", "208")) == "loaded"
        assert sorted(fetched) == ["idaho.yaml", "towns.csv"]
        assert outcome("utah-2.csv", UTAH_CSV.replace("Rock", "Sand")) == "loaded"
        # One that is gone takes no file any more.
        project.delete("project/mappings/idaho.yaml")
        assert outcome("idaho-2.csv", UTAH_CSV.replace("Rock", "Sand")) == "poison"
    assert "MOAB TOWN" in call("leads", "--source", "utah").stdout


@pytest.mark.parametrize("error", [StoreBusyError("slow down"), StoreSetupError("expired")])
def test_a_bucket_that_does_not_answer_leaves_the_message_in_the_queue(
    project: Bucket, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refused(*_: Any, **__: Any) -> Any:
        raise error

    with Handler(Project.open(), wait=0) as handler:
        body = announced(project, "utah.csv", UTAH_CSV)
        with monkeypatch.context() as patched:
            patched.setattr(ObjectStore, "listed", refused)
            assert handler.handle(body, Stop()).outcome == "transient"
        assert handler.handle(body, Stop()).outcome == "loaded"


def test_mappings_in_the_inbox_are_refused(project: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    for inbox in (str(project.url), f"{project.url}/project", f"{project.url}/project/mappings/in"):
        monkeypatch.setenv("LEADINGEST_INBOX", inbox)
        found = line(call("run", "--all", code=2))
        assert "LEADINGEST_INBOX and LEADINGEST_" in found and "are the same place" in found


def test_no_setting_of_the_project_stands_where_it_would_be_too_late(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LEADINGEST_PROJECT=s3://leads/project\n")
    assert "unknown setting 'LEADINGEST_PROJECT'" in line(call("run", "--all", code=2))
    os.unlink(tmp_path / ".env")
