"""Tests of `leadingest replay`: a mapping is corrected, and what was set aside is run again."""

from __future__ import annotations

import json

import pytest

from tests.cli.made_up_project import NEVADA, NEVADA_CSV, MadeUpProject

STRICT = NEVADA.replace("otherwise: invalid", "otherwise: reject")
CSV = NEVADA_CSV.replace("12,Open", "12,Temporarily Shut") + "Half,702-200\n"


def correct(project: MadeUpProject) -> None:
    project.write(
        "mappings/nevada.yaml", STRICT.replace("Shut: closed", "Shut: closed, Temporarily Shut: inactive")
    )


@pytest.fixture(name="loaded")
def _loaded(project: MadeUpProject, monkeypatch: pytest.MonkeyPatch) -> MadeUpProject:
    """A load with two rejects: a word that the mapping does not know, and half a record."""
    monkeypatch.setenv("LEADINGEST_ARCHIVE", "archive")
    project.write("mappings/nevada.yaml", STRICT)
    project.write("inbox/nevada.csv", CSV)
    assert project.call("run", "--source", "nevada").exit_code == 0
    return project


REASONS = """\
field           rule          before  after
                short_record       1      1
license_status  values             1      0
                all                2      1
"""


def test_rejects_are_replayed_after_the_mapping_was_corrected(loaded: MadeUpProject) -> None:
    correct(loaded)
    result = loaded.call("replay", "--source", "nevada")
    assert result.exit_code == 0
    assert loaded.shown(result.stdout) == (
        "nevada: replayed the 2 rejects of load 1 (nevada.csv) in sqlite:///<project>/leads.db: 1 loaded, 1 left\n"
        "\n"
        f"{REASONS}"
        "\n"
        "1 reject left: leadingest rejects --load 1\n"
    )
    leads = loaded.call("leads", "--source", "nevada", "--format", "csv").stdout
    assert "Little Acorns" in leads


def test_a_corrected_file_of_rejects_joins_its_load_and_is_archived(loaded: MadeUpProject) -> None:
    raw = loaded.call("rejects", "--load", "1", "--raw").stdout
    file = str(loaded.write("fixed.csv", raw.replace("Temporarily Shut", "Shut")))
    tried = loaded.call("replay", "--load", "1", "--file", file, "--dry-run")
    assert loaded.shown(tried.stdout).startswith(
        "nevada: fixed.csv would join load 1 (nevada.csv) in sqlite:///<project>/leads.db: of 2 records 1 loaded, 1 "
        "still rejected; 1 reject left\n"
    )
    result = loaded.call("replay", "--load", "1", "--file", file)
    assert (result.exit_code, result.stderr) == (0, "")
    assert loaded.shown(result.stdout) == (
        "nevada: fixed.csv joins load 1 (nevada.csv) in sqlite:///<project>/leads.db: of 2 records 1 loaded, 1 still "
        "rejected; 1 reject left\n"
        "\n"
        f"{REASONS}"
        "\n"
        "still rejected in fixed.csv\n"
        "\n"
        "line  record  field  rule          message\n"
        "   3                 short_record  3 cells instead of 6\n"
        "\n"
        "1 reject left: leadingest rejects --load 1\n"
    )
    assert len(list((loaded.folder / "archive/nevada").glob("*_fixed.csv.zst"))) == 1
    again = loaded.call("replay", "--source", "nevada", "--file", file, "--format", "json")
    document = json.loads(again.stdout)
    assert (document["loaded"], document["corrected"]["settled"], document["corrected"]["refused"]) == (
        0,
        1,
        1,
    )
    text = loaded.call("replay", "--load", "1", "--file", file).stdout
    assert text.startswith("nevada: no record of fixed.csv joins load 1")


def test_a_dry_run_and_json(loaded: MadeUpProject) -> None:
    correct(loaded)
    result = loaded.call("replay", "--source", "nevada", "--load", "1", "--dry-run", "--format", "json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert (document["status"], document["loaded"], document["left"]) == ("tried", 1, 1)
    assert "Little Acorns" not in loaded.call("leads", "--source", "nevada", "--format", "csv").stdout


def test_the_whole_delivery_is_loaded_out_of_the_archive(loaded: MadeUpProject) -> None:
    (loaded.folder / "inbox/nevada.csv").unlink()
    correct(loaded)
    result = loaded.call("replay", "--source", "nevada", "--whole")
    assert result.exit_code == 0
    assert loaded.shown(result.stdout).startswith(
        "nevada: loaded nevada.csv as load 2 in 0.1 s\n"
        "  4 read = 3 loaded + 1 rejected + 0 filtered\n"
        "  published in sqlite:///<project>/leads.db, by INSERT\n"
    )
    tried = loaded.call("replay", "--source", "nevada", "--whole", "--dry-run", "--format", "json")
    assert json.loads(tried.stdout)["results"][0]["status"] == "checked"


def test_dead_letters_are_loaded_after_the_mapping_was_corrected(project: MadeUpProject) -> None:
    project.write("inbox/nevada.csv", NEVADA_CSV.replace("Phone", "Phone No"))
    assert project.call("run", "--source", "nevada").exit_code == 1
    failed = project.call("replay", "--source", "nevada", "--dead-letters")
    assert failed.exit_code == 1
    assert "failed 2 times" in failed.stdout
    assert "error: nevada: the file has no header 'Phone'" in failed.stderr
    project.write("mappings/nevada.yaml", NEVADA.replace("phone: Phone", "phone: [Phone, Phone No]"))
    result = project.call("replay", "--source", "nevada", "--dead-letters")
    assert result.exit_code == 0
    reason = "the file has no header 'Phone', which phone reads (mappings/nevada.yaml:5:3)"
    assert project.shown(result.stdout) == (
        f"file        tries  {'before':{len(reason)}}  after\n"
        f"nevada.csv      2  {reason}  loaded as load 3\n"
        "\n"
        "loaded into sqlite:///<project>/leads.db, by INSERT\n"
    )
    nothing = project.call("replay", "--source", "nevada", "--dead-letters")
    assert (nothing.exit_code, nothing.stderr) == (
        3,
        "error: nevada has no dead letters in dead_letters\n",
    )


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--dead-letters", "--load", "1"], 2, "error: --dead-letters and --load cannot be used together\n"),
        (["--dead-letters", "--whole"], 2, "error: --dead-letters and --whole cannot be used together\n"),
        (["--load", "7"], 2, "error: there is no load 7 in sqlite:///<project>/leads.db\n"),
        (["--dead-letters"], 3, "error: nevada has no dead letters in dead_letters\n"),
    ],
)
def test_what_cannot_be_done_is_told(
    loaded: MadeUpProject, words: list[str], code: int, message: str
) -> None:
    result = loaded.call("replay", "--source", "nevada", *words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert loaded.shown(result.stderr).startswith(message)


def test_folders_that_are_off_are_told(project: MadeUpProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADINGEST_DEAD_LETTERS", "off")
    letters = project.call("replay", "--source", "nevada", "--dead-letters")
    assert (letters.exit_code, letters.stderr) == (
        2,
        "error: dead letters are not kept: LEADINGEST_DEAD_LETTERS is off\nhint: set it to a folder\n",
    )
    whole = project.call("replay", "--source", "nevada", "--whole")
    assert (whole.exit_code, whole.stderr) == (
        2,
        "error: there is no archive: LEADINGEST_ARCHIVE is off\n"
        "hint: if you have the file: leadingest run --source nevada --file FILE\n",
    )


def test_before_anything_was_loaded_there_is_nothing_to_replay(project: MadeUpProject) -> None:
    result = project.call("replay", "--source", "nevada")
    assert result.exit_code == 3
    assert project.shown(result.stderr).startswith(
        "error: the database sqlite:///<project>/leads.db does not exist yet\n"
    )
