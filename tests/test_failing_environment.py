"""Every command where something around it fails: an exit code of the list, a line that says what, and no traceback."""

from __future__ import annotations

import io
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from leadingest.cli.main import COMMANDS as EVERY_COMMAND
from leadingest.cli.main import main
from tests.cli.made_up_project import NEVADA, NEVADA_CSV, MadeUpProject
from tests.unprivileged import unprivileged, unprivileged_folder

#: One call of each command at least; where it writes files, one for each kind of file.
CALLS = (
    "run --all --again",
    "run --all --again --log-format json",
    "preview --source nevada",
    "preview --source nevada --format html",
    "explain --source nevada --record 1",
    "drift --source nevada",
    "plan",
    "loads",
    "leads",
    "diff --source nevada",
    "export --format csv --output out/leads.csv",
    "export --format xlsx --output out/leads.xlsx",
    "export --format parquet --output out/leads.parquet",
    "duplicates",
    "invalid-values --source nevada",
    "rejects --source nevada",
    "rejects --source nevada --raw",
    "report --out out/pages",
    "status",
    "replay --source nevada",
    "replay --source nevada --dead-letters",
    "worker --queue-url nowhere",
    "spark-run --source nowhere",
    "approve 1",
    "rollback --source nevada",
    "prune --keep 1",
    "mirror --to lake:///out/lake",
    "run --all --mirror-to lake:///out/lake",
    "rebuild",
    "new idaho --file inbox/nevada.csv",
    "lint --fix",
    "test --update",
    "ddl",
    "ddl --diff",
    "reference",
    "schema",
)
#: Of docs/running.md, "Exit codes".
CODES = {0, 1, 2, 3, 130}
#: With a reject, a test that fails, and letters that not every locale has.
MAPPING = NEVADA.replace("values: {", "on_invalid: reject, values: {") + (
    'tests:\n  - about: "§ 7, größer"\n    record: {Name: Oak}\n    lead: {company: Elm}\n'
)
CSV = NEVADA_CSV + "Größe,702-200-3009,Reno,12,Odd\n"


def made_up(folder: Path) -> MadeUpProject:
    """A project with a load, an older one, a dead letter and an archive."""
    project = MadeUpProject(folder)
    project.write("pyproject.toml", '[tool.leadingest]\narchive = "archive"\n')
    project.write("mappings/nevada.yaml", MAPPING)
    project.write("inbox/nevada.csv", CSV)
    (folder / "out").mkdir()
    project.call("run", "--all")
    project.call("run", "--all", "--again")
    return project


@pytest.fixture(scope="module", name="template")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project to be copied, in which every command was called once.

    The Python of root may lie where nobody else may read: what is imported late has to be there already.
    """
    folder, tried = tmp_path_factory.mktemp("template"), tmp_path_factory.mktemp("tried")
    with pytest.MonkeyPatch.context() as patch:
        without_region(patch)
        patch.chdir(folder)
        made_up(folder)
        shutil.copytree(folder, tried, dirs_exist_ok=True)
        patch.chdir(tried)
        assert faults() == []
    return folder


def without_region(patch: pytest.MonkeyPatch) -> None:
    """A worker ends before it looks for its queue on the network."""
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ENDPOINT_URL"):
        patch.delenv(name, raising=False)
    patch.setenv("AWS_CONFIG_FILE", os.devnull)


@pytest.fixture
def project(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeUpProject:
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    without_region(monkeypatch)
    return MadeUpProject(tmp_path)


def fault(words: str, code: int | str | None, output: str) -> str:
    """What is wrong with how a call has ended; "" for nothing."""
    bad = [sign for sign in ("Traceback", "This is a bug", "Exception ignored") if sign in output]
    return f"{words}: {code}: {output}" if bad or (code or 0) not in CODES else ""


def faults(runner: CliRunner | None = None) -> list[str]:
    """What is wrong with how the calls end in this process."""
    found = []
    for words in CALLS:
        result = (runner or CliRunner()).invoke(main, words.split())
        found.append(fault(words, result.exit_code, result.output))
    return [each for each in found if each]


def test_every_command_is_called_and_understood(project: MadeUpProject) -> None:
    assert {words.split()[0] for words in CALLS} == {command.name for command in EVERY_COMMAND}
    results = {words: project.call(*words.split()) for words in CALLS}
    assert not [words for words, result in results.items() if "Usage:" in result.output]


@contextmanager
def no_room(most: int) -> Iterator[None]:
    """Within it no file grows beyond so many bytes, whatever folder it is in."""
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))


@pytest.mark.parametrize("most", [0, 600, 70_000])
@pytest.mark.parametrize("kept", [True, False], ids=["with a database", "without"])
def test_a_full_disk_is_told(project: MadeUpProject, most: int, kept: bool) -> None:
    if not kept:
        (project.folder / "leads.db").unlink()
    with no_room(most):
        assert faults() == []


def read_only(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)


def no_rights(*names: str) -> Callable[[Path], None]:
    def take(folder: Path) -> None:
        for name in names:
            (folder / name).chmod(0)

    return take


@pytest.mark.parametrize(
    "change",
    [
        read_only,
        no_rights("leads.db"),
        no_rights("inbox"),
        no_rights("mappings"),
        no_rights("mappings/nevada.yaml", "inbox/nevada.csv"),
        no_rights("pyproject.toml"),
        no_rights("out", "archive"),
    ],
    ids=["read-only", "database", "inbox", "mappings", "files", "settings", "folders to write to"],
)
def test_a_missing_right_is_told(
    project: MadeUpProject, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    with unprivileged_folder() as folder:
        monkeypatch.chdir(folder)
        with unprivileged():
            made_up(folder)
        change(folder)
        with unprivileged():
            assert faults() == []


def test_a_locale_without_most_letters_is_no_fault(project: MadeUpProject) -> None:
    assert faults(CliRunner(charset="ascii")) == []


@pytest.mark.parametrize("folder", ["~nobody-of-that-name/inbox", "~/inbox"])
def test_a_home_that_is_not_there_is_told(
    project: MadeUpProject, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setenv("LEADINGEST_INBOX", folder)
    assert faults() == []


@pytest.mark.parametrize("closed", ["a pipe that nobody reads", "a full disk"])
def test_output_that_goes_nowhere_is_no_traceback(
    project: MadeUpProject, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    found = []
    for words in CALLS:
        reading, writing = os.pipe()
        os.close(reading)
        target = writing if closed.startswith("a pipe") else os.open("/dev/full", os.O_WRONLY)
        stream = open(target, "w", encoding="utf-8")  # noqa: SIM115  # closed below, once it can be
        output = io.StringIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", stream)
            patch.setattr(sys, "stderr", output)
            with pytest.raises(SystemExit) as ended:
                main(words.split(), prog_name="leadingest")
        # What was not taken is still there, and is to go somewhere before the stream is closed.
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), target)
        stream.close()
        if target != writing:
            os.close(writing)
        found.append(fault(words, ended.value.code, output.getvalue()))
    assert not [each for each in found if each]


@pytest.mark.parametrize("words", ["leads", "reference"])
@pytest.mark.parametrize(
    "shell", ["exec {} > /dev/full", "{} | true; exit ${{PIPESTATUS[0]}}", "exec {} >&-"]
)
def test_a_process_whose_output_goes_nowhere_ends_as_it_should(
    project: MadeUpProject, words: str, shell: str
) -> None:
    command = shell.format(f"{sys.executable} -m leadingest {words}")
    poor = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=project.folder,
        env=poor,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert fault(words, done.returncode, done.stderr) == ""
