"""What belongs to a person stands in the tables of leads, and in what exists to show it: nowhere else."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest

from leadingest.cli.main import COMMANDS as main_commands
from tests.cli.made_up_project import NEVADA, NEVADA_CSV, MadeUpProject
from tests.cloud.aws import MadeUpCloud
from tests.planning.repositories import committed

#: What is planted: an e-mail address, a telephone number, a name, a street, a license number.
PLANTED = ("zoe.quill@example.org", "702-555-0187", "Zoe Quillfeather", "4711 Wisteria Lane", "LX-20394857")
RECORD = ",".join(PLANTED)
#: Commands that show leads, cells or rejects because they are asked to, or know nothing of a delivery.
SHOWING = {
    "leads",
    "preview",
    "explain",
    "diff",
    "export",
    "duplicates",
    "rejects",
    "invalid-values",
    "new",
    "test",
    "reference",
    "schema",
}

#: Each delivery has what is planted in another place.
DELIVERIES = {
    "no header": f"{RECORD}\n" + "a@b.example,702-555-0100,Al,1 Elm St,LX-1\n" * 3,
    "more headers": f"Name,Phone,City,Places,Status,{RECORD}\nOak,702-200-3000,Reno,12,Open,,,,,\n",
    "cells": "Name,Phone,City,Places,Status,Notes\n"
    + "".join(f"{cell},{cell},{cell},{cell},{cell},{cell}\n" for cell in PLANTED)
    + "Oak,702-200-3000,Reno,12,Open,none\n" * 6,
    "a header renamed": f"Name,Phone,City,Places,{RECORD}\nOak,702-200-3000,Reno,12,Open,,,,\n",
    "a header twice": f"Name,Phone,City,Places,Status,{RECORD},{RECORD}\nOak,702-200-3000,Reno,12,Open,,,,,,,,,,\n",
    "a record too long": f"Name,Phone,City,Places,Status\nOak,702-200-3000,Reno,12,Open\n{RECORD},{RECORD}\n",
    "a quote": f'Name,Phone,City,Places,Status\nOak,702-200-3000,Reno,12,Open\n"{RECORD}\n',
}
COMMANDS = (
    "drift --source nevada",
    "drift --source nevada --format json",
    "drift --source nevada --format github",
    "drift --source nevada --format markdown",
    "drift --source nevada --format junit",
    "drift --source nevada --format html",
    "drift --source nevada --published",
    "drift --history",
    "plan --file inbox/nevada.csv",
    "plan --file inbox/nevada.csv --format json",
    "plan --file inbox/nevada.csv --format markdown",
    "plan --file inbox/nevada.csv --format html",
    "plan --file inbox/nevada.csv --format github",
    "lint --source nevada --sample inbox/nevada.csv",
    "run --source nevada --dry-run",
    "run --source nevada --log-format json --log-level debug",
    "run --source nevada --again --format json",
    "run --source nevada --again --log-format text --log-level debug",
    "loads",
    "loads --format json",
    "report --format json",
    "report",
    "status",
    "status --format json",
    "replay --source nevada",
    "replay --source nevada --dead-letters",
    "approve 2",
    "rollback --source nevada",
    "prune --keep 1",
    "rebuild",
    "spark-run --source nowhere",
    "mirror --to lake:///mirror",
    "ddl",
)


def kept(folder: Path) -> str:
    """What the tables hold beside leads, rejects and invalid values, and the notes of dead letters."""
    with sqlite3.connect(folder / "leads.db") as database:
        tables = ("loads", "load_drift", "load_profiles", "published_loads")
        rows = [str(database.execute(f"SELECT * FROM {table}").fetchall()) for table in tables]
    database.close()
    notes = [path.read_text(encoding="utf-8") for path in folder.glob("dead_letters/**/*.json")]
    pages = [path.read_text(encoding="utf-8") for path in folder.glob("**/*.html")]
    return "\n".join([*rows, *notes, *pages])


@pytest.mark.parametrize(
    ("kind", "published"),
    [
        *((kind, True) for kind in DELIVERIES),
        *(pytest.param(kind, False, marks=pytest.mark.long) for kind in ("cells", "a quote")),
    ],
)
def test_nothing_of_a_person_is_told_or_kept_where_it_does_not_belong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, published: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    project = MadeUpProject(tmp_path)
    project.write("mappings/nevada.yaml", NEVADA)
    project.write("inbox/nevada.csv", NEVADA_CSV)
    if published:
        assert project.call("run", "--source", "nevada").exit_code == 0
    project.write("inbox/nevada.csv", DELIVERIES[kind])
    committed(project.folder)
    project.write(
        "mappings/nevada.yaml",
        NEVADA.replace("city: City", "city: Phone").replace("Open: active", "Open: pending"),
    )
    results = {words: project.call(*words.split()) for words in COMMANDS}
    assert not [words for words, result in results.items() if result.exit_code not in (0, 1, 2, 3)]
    texts = {words: result.output for words, result in results.items()} | {
        "what is kept": kept(project.folder)
    }
    leaks = {(where, secret) for where, text in texts.items() for secret in PLANTED if secret in text}
    assert leaks == set()


def test_nothing_of_a_person_is_in_what_a_worker_logs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, aws: Mapping[str, str]
) -> None:
    monkeypatch.chdir(tmp_path)
    project, cloud = MadeUpProject(tmp_path), MadeUpCloud(aws, most_tries=1)
    project.write("mappings/nevada.yaml", NEVADA)
    for number, text in enumerate(DELIVERIES.values()):
        cloud.drop(f"nevada_{number}.csv", text)
    cloud.send(RECORD)
    done = project.call(
        "worker", "--queue-url", cloud.queue, "--until-empty", "--backoff", "0", "--log-level", "debug"
    )
    assert (done.exit_code, done.output.count("load_started")) == (1, len(DELIVERIES))
    assert [secret for secret in PLANTED if secret in done.output + kept(project.folder)] == []


def test_every_command_is_looked_at_or_exists_to_show_leads() -> None:
    assert {"worker", *(words.split()[0] for words in COMMANDS)} | SHOWING == {
        command.name for command in main_commands
    }
