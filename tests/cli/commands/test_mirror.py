"""Tests of leadingest.cli.commands.mirror, and of a mirror behind a run."""

import json

import pytest

from leadingest.stores.location import ObjectUrl
from tests.cli.made_up_project import MadeUpProject
from tests.object_storage import Bucket

TO = "lake:///lake"


def leads(project: MadeUpProject, *words: str) -> str:
    """What the destination shows."""
    return project.call("leads", "--format", "csv", *words).stdout


def test_a_mirror_has_the_leads_of_the_database_and_is_told_source_by_source(project: MadeUpProject) -> None:
    project.call("run", "--all", "--jobs", "1")
    result = project.call("mirror", "--to", TO)
    assert (result.exit_code, project.shown(result.stdout)) == (
        0,
        """\
source  load  leads  status
nevada     1      3  copied
utah       2      1  copied

mirror in lake:///<project>/lake: 2 sources: 2 copied
""",
    )
    assert leads(project) == leads(project, "--database-url", TO)
    again = project.call("mirror", "--to", TO)
    assert (again.exit_code, project.shown(again.stdout)) == (
        0,
        "mirror in lake:///<project>/lake: 2 sources: 2 unchanged\n",
    )
    (copy, _) = json.loads(project.call("loads", "--format", "json", "--database-url", TO).stdout)["loads"]
    assert copy["copy_of"] == {"database": f"sqlite:///{project.folder}/leads.db", "load_id": 2}


def test_programs_read_what_was_done(project: MadeUpProject) -> None:
    project.call("run", "--source", "utah")
    result = project.call("mirror", "--to", TO, "--source", "utah", "--dry-run", "--format", "json")
    assert json.loads(project.shown(result.stdout)) == {
        "version": 1,
        "database": "sqlite:///<project>/leads.db",
        "mirror": "lake:///<project>/lake",
        "dry_run": True,
        "error": "",
        "results": [
            {
                "source": "utah",
                "table": "lead_sources",
                "status": "copied",
                "load_id": 1,
                "copy_id": None,
                "leads": 1,
                "pruned": [],
                "message": "",
                "hint": "",
            }
        ],
    }
    assert not (project.folder / "lake").exists()


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("mirror", 2, "mirror into which lake? use --to URL or set LEADINGEST_MIRROR"),
        ("mirror --to mysql://here/leads", 2, "a mirror must be a lake"),
        (f"mirror --to {TO} --database-url {TO}", 2, "must be another lake"),
        ("run --all --mirror-to sqlite:///x.db", 2, "a mirror must be a lake"),
        (f"mirror --to {TO} --source uta", 2, "no source 'uta'"),
        (f"mirror --to {TO} --source nevada", 3, "nevada has no published load"),
        (f"mirror --to {TO} --database-url sqlite:///other.db", 3, "does not exist yet"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_code(
    project: MadeUpProject, words: str, code: int, message: str
) -> None:
    project.call("run", "--source", "utah")
    result = project.call(*words.split())
    assert (result.exit_code, message in result.stderr) == (code, True), result.output
    assert not (project.folder / "lake").exists()
    assert project.call("loads").stdout.count("published") == 1


def test_a_database_without_a_published_load_makes_no_lake(project: MadeUpProject) -> None:
    project.write("inbox/utah.csv", "Provider,Telephone,Town,Notes\n")
    project.call("run", "--source", "utah")
    result = project.call("mirror", "--to", TO)
    assert (result.exit_code, "no load is published" in result.stderr) == (3, True)
    assert not (project.folder / "lake").exists()


def test_a_run_brings_the_mirror_up_to_date(project: MadeUpProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADINGEST_MIRROR", TO)
    result = project.call("run", "--source", "utah")
    assert (result.exit_code, project.shown(result.stdout).splitlines()[-1]) == (
        0,
        "mirror in lake:///<project>/lake: 1 source: 1 copied",
    )
    document = json.loads(project.call("run", "--all", "--format", "json").stdout)
    statuses = {each["source"]: each["status"] for each in document["mirror"]["results"]}
    assert statuses == {"nevada": "copied", "utah": "unchanged"}
    assert leads(project) == leads(project, "--database-url", TO)
    project.call("run", "--all", "--dry-run")
    assert "mirror" not in json.loads(project.call("run", "--all", "--dry-run", "--format", "json").stdout)


def test_a_mirror_that_fails_is_told_and_the_loads_stay_published(project: MadeUpProject) -> None:
    project.write("lake", "no folder")
    result = project.call("run", "--all", "--mirror-to", TO)
    assert (result.exit_code, project.call("loads").stdout.count("published")) == (1, 2)
    assert "error: mirror: " in result.stderr
    assert "Traceback" not in result.output
    document = json.loads(project.call("run", "--all", "--mirror-to", TO, "--format", "json").stdout)
    assert [each["status"] for each in document["results"]] == ["skipped", "skipped"]
    assert document["mirror"]["error"]


def test_a_source_that_fails_is_told_and_the_others_are_copied(project: MadeUpProject) -> None:
    project.call("run", "--source", "utah", "--database-url", TO)
    result = project.call("run", "--all", "--mirror-to", TO)
    assert (result.exit_code, "error: utah: utah was loaded into" in result.stderr) == (1, True)
    assert "2 sources: 1 copied, 1 failed" in result.stdout
    assert project.call("mirror", "--to", TO).exit_code == 2


def test_a_mirror_in_a_bucket(project: MadeUpProject, bucket: Bucket) -> None:
    to = str(ObjectUrl("s3", bucket.name, "mirror"))
    project.call("run", "--all", "--jobs", "1")
    assert project.call("mirror", "--to", to).exit_code == 0
    assert leads(project) == leads(project, "--database-url", to)
    written = bucket.keys()
    assert "2 unchanged" in project.call("mirror", "--to", to).stdout
    assert bucket.keys() == written
    project.call("run", "--source", "utah", "--again", "--mirror-to", to)
    assert leads(project) == leads(project, "--database-url", to)
