"""The smoke script, with an `aws` that answers what it is told to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.object_storage import Bucket

SMOKE = Path(__file__).parents[2] / "deploy/aws/smoke"
#: Answers by the words that it is called with; a line of the log from $LINE.
AWS = """#!/usr/bin/env bash
echo "$*" >>"$CALLS"
case "$*" in
  *"OutputKey=='Bucket'"*) echo acme-leads ;;
  *"OutputKey=='DeadLetterQueueUrl'"*) echo https://queue.example/aside ;;
  *"OutputKey=='LogGroup'"*) echo "${GROUP-/leadingest/leads}" ;;
  *get-bucket-versioning*) echo "${VERSIONS-Enabled}" ;;
  *get-queue-attributes*) echo "${ASIDE-0}" ;;
  *filter-log-events*) echo "${LINE-None}" ;;
esac
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    program = tmp_path / "aws"
    program.write_text(AWS, encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "acme.csv").write_text("Name\nOAK TREE CARE\n", encoding="utf-8")
    return tmp_path


def smoke(folder: Path, *words: str, **answers: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "CALLS": str(folder / "calls"),
        "SMOKE_PAUSE": "1",
        "SMOKE_PATIENCE": "0",
        **answers,
    }
    command = [str(SMOKE), *(words or ("leads", "acme.csv"))]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def log_line(outcome: str) -> str:
    return f'{{"file": "s3://acme-leads/inbox/acme.csv", "outcome": "{outcome}", "reason": "..."}}'


def test_the_linter_finds_nothing() -> None:
    shellcheck = Path(sys.executable).with_name("shellcheck")
    done = subprocess.run([shellcheck, SMOKE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert os.access(SMOKE, os.X_OK)


@pytest.mark.parametrize("outcome", ["loaded", "skipped"])
def test_a_file_that_went_through_passes(outcome: str, folder: Path) -> None:
    done = smoke(folder, LINE=log_line(outcome), SMOKE_PATIENCE="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "passed" in done.stdout
    assert (
        "s3 cp --only-show-errors acme.csv s3://acme-leads/inbox/acme.csv" in (folder / "calls").read_text()
    )


@pytest.mark.parametrize("outcome", ["held", "failed", "transient", "poison"])
def test_one_that_did_not_is_told_with_its_line(outcome: str, folder: Path) -> None:
    done = smoke(folder, LINE=log_line(outcome), SMOKE_PATIENCE="1")
    assert done.returncode == 1
    assert outcome in done.stderr and "docs/aws.md" in done.stderr


@pytest.mark.parametrize(
    ("answers", "words", "expected"),
    [
        ({}, ("leads",), "usage: "),
        ({}, ("leads", "gone.csv"), "there is no file gone.csv"),
        ({"GROUP": "None"}, (), "the stack leads has no output LogGroup"),
        ({"VERSIONS": "None"}, (), "has no versioning"),
        ({}, (), "no log line about s3://acme-leads/inbox/acme.csv"),
    ],
)
def test_what_is_wrong_is_said(
    answers: dict[str, str], words: tuple[str, ...], expected: str, folder: Path
) -> None:
    done = smoke(folder, *words, **answers)
    assert done.returncode == 1
    assert expected in done.stderr


def test_a_dead_letter_queue_that_is_not_empty_is_noted(folder: Path) -> None:
    done = smoke(folder, LINE=log_line("loaded"), ASIDE="2", SMOKE_PATIENCE="1")
    assert done.returncode == 0
    assert "2 messages are in the dead-letter queue" in done.stdout


#: Keeps what Athena is asked, and lets DuckDB answer it.
ATHENA = r"""#!/usr/bin/env bash
case "$*" in
  "athena start-query-execution"*)
    mkdir -p "$ASKED"
    number=$(($(find "$ASKED" -type f | wc -l) + 1))
    printf '%s' "$4" >"$ASKED/$number"
    echo "$number" ;;
  "athena get-query-execution"*State\ *) echo "${STATE-SUCCEEDED}" ;;
  "athena get-query-execution"*) echo "no such function" ;;
  "athena get-query-results"*) cd "$ROOT" && exec "$PYTHON" -m tests.deploy.athena_answers "$ASKED" "$4" "$LAKE" ;;
  "s3 ls"*) printf '%s' "${THERE-}" ;;
  *) echo "$*" >>"$CALLS" ;;
esac
"""


def smoke_athena(
    folder: Path, url: str = "s3://acme/smoke", **answers: str
) -> subprocess.CompletedProcess[str]:
    (folder / "aws").write_text(ATHENA, encoding="utf-8")
    programs = os.pathsep.join([str(folder), str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    environment |= {"ASKED": str(folder / "asked"), "LAKE": f"{url}/lake", "ROOT": str(SMOKE.parents[2])}
    return smoke(
        folder,
        "athena",
        url,
        PATH=programs,
        PYTHON=sys.executable,
        SMOKE_PATIENCE="1",
        **environment,
        **answers,
    )


@pytest.mark.long
def test_athena_is_asked_before_and_after_a_new_column(folder: Path, bucket: Bucket) -> None:
    url = f"{bucket.url}/smoke"
    done = smoke_athena(folder, url)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "passed: Athena reads the lake, and a column that was added to it"
    calls = (folder / "calls").read_text(encoding="utf-8").splitlines()
    catalog = calls[0].rpartition("=")[2]
    assert calls == [
        f"glue create-database --database-input Name={catalog}",
        f"s3 rm --only-show-errors --recursive {url}/",
        f"glue delete-database --name {catalog}",
    ]


@pytest.mark.parametrize(
    ("url", "answers", "expected"),
    [
        ("acme/smoke", {}, "is no URL such as s3://"),
        ("s3://acme/smoke", {"THERE": "inbox/"}, "not empty"),
    ],
)
def test_athena_is_not_asked_where_it_could_do_harm(
    url: str, answers: dict[str, str], expected: str, folder: Path
) -> None:
    done = smoke_athena(folder, url, **answers)
    assert done.returncode == 1 and expected in done.stderr
    assert not (folder / "calls").exists()


def test_what_athena_refuses_is_told_and_nothing_is_left(folder: Path, bucket: Bucket) -> None:
    done = smoke_athena(folder, f"{bucket.url}/smoke", STATE="FAILED")
    assert done.returncode == 1
    assert "Athena refused:" in done.stderr and "no such function" in done.stderr
    assert "s3 rm" in (folder / "calls").read_text(encoding="utf-8")
