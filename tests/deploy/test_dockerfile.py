"""The images: a linter finds nothing, what they take is there, and nobody is root where it matters."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from dockerfile_parse import DockerfileParser

from leadingest.cli.commands.worker import worker as worker_command

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "deploy/aws/Dockerfile"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

#: Instruction and value, one after the other.
Stage = list[tuple[str, str]]


@pytest.fixture(scope="module")
def stages() -> dict[str, Stage]:
    """The instructions of each stage, by its name; `FROM` is the first."""
    parser: Any = DockerfileParser(fileobj=io.BytesIO(DOCKERFILE.read_bytes()))
    found: dict[str, Stage] = {}
    stage: Stage = []
    for each in parser.structure:
        if each["instruction"] == "FROM":
            stage = found.setdefault(each["value"].split()[-1], [])
        if each["instruction"] != "COMMENT":
            stage.append((each["instruction"], each["value"]))
    return found


def values(stage: Stage, instruction: str) -> list[str]:
    return [value for name, value in stage if name == instruction]


def commands(stage: Stage) -> list[list[str]]:
    """The commands of all RUN, in words."""
    return [shlex.split(each) for value in values(stage, "RUN") for each in value.split("&&")]


def test_the_linter_finds_nothing() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, DOCKERFILE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_there_is_an_image_for_the_worker_and_one_for_lambda(stages: dict[str, Stage]) -> None:
    assert list(stages) == ["build", "build-lambda", "project", "lambda", "worker"]
    # No host of a registry: whoever builds says by their settings where images come from.
    bases = {values(stage, "FROM")[0].split()[0] for stage in stages.values()}
    assert bases - set(stages) == {"python:3.12-slim"}


def test_the_function_is_the_one_that_lambda_calls(stages: dict[str, Stage]) -> None:
    [entry], [command] = (values(stages["lambda"], name) for name in ("ENTRYPOINT", "CMD"))
    assert json.loads(entry)[-2:] == ["-m", "awslambdaric"]
    assert json.loads(command) == ["leadingest.aws_lambda.handler"]
    module, _, name = json.loads(command)[0].rpartition(".")
    assert callable(getattr(import_module(module), name))


def test_the_worker_is_not_root_and_tells_whether_it_is_well(stages: dict[str, Stage]) -> None:
    worker = stages["worker"]
    # Kubernetes takes a number alone for a proof that it is not root.
    assert int(values(worker, "USER")[-1]) > 0
    [entry] = values(worker, "ENTRYPOINT")
    program, command, option, file = json.loads(entry)
    assert (program, command) == ("leadingest", "worker")
    assert option in {name for each in worker_command.params for name in each.opts}
    assert file in values(worker, "HEALTHCHECK")[0]


def test_what_compiles_stays_behind(stages: dict[str, Stage]) -> None:
    installed = {
        word for name in ("project", "lambda", "worker") for line in commands(stages[name]) for word in line
    }
    assert "libmariadb3" in installed
    assert not installed & {"build-essential", "libmariadb-dev", "pkg-config", "pip", "uv"}


def test_packages_are_installed_compiled_and_without_a_cache(stages: dict[str, Stage]) -> None:
    lines = [line for name in ("build", "build-lambda") for line in commands(stages[name])]
    pip = [line for line in lines if line[:3] == ["uv", "pip", "install"]]
    assert len(pip) == 2
    for line in pip:
        assert {"--compile-bytecode", "--no-cache"} <= set(line)
        assert line[line.index("--python") + 1] == "/opt/leadingest"
    [ours] = [line[-1] for line in pip if line[-1].startswith(".[")]
    extras = set(ours[2:-1].split(","))
    assert extras == {"cloud", "excel", "lake", "mysql"} and extras <= set(PROJECT["optional-dependencies"])
    # Whatever else is installed has a version.
    for line in lines:
        if "install" in line and line[0] in {"pip", "uv"} and line[-1] != ours:
            assert re.fullmatch(r"[a-z]+==[\d.]+", line[-1]), line


def test_what_is_copied_is_there_and_let_through(stages: dict[str, Stage]) -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_through = {line[1:] for line in ignored if line.startswith("!")}
    assert "*" in ignored
    taken: set[str] = set()
    for name, stage in stages.items():
        for value in values(stage, "COPY"):
            *sources, _ = [word for word in value.split() if not word.startswith("--")]
            if "--from=" in value:
                assert any(f"--from={other}" in value for other in stages if other != name)
            else:
                taken |= set(sources)
    assert taken == let_through
    assert all((ROOT / each).exists() for each in taken)
    # Settings, with the password of a database, and deliveries.
    assert not any(
        fnmatch(private, each) for private in (".env", "inbox", "leads.db", ".git") for each in let_through
    )


def test_what_the_package_is_built_from_is_copied_before(stages: dict[str, Stage]) -> None:
    found = {word for value in values(stages["build"], "COPY") for word in value.split()[:-1]}
    needed = {PROJECT["readme"], *PROJECT["license-files"], "pyproject.toml", "leadingest", "ddl"}
    assert found == needed


def copied(stage: Stage, folder: Path) -> Path:
    """A folder with what the stage copies, and nothing else."""
    folder.mkdir()
    for value in values(stage, "COPY"):
        for name in value.split()[:-1]:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, folder)
    return folder


def test_of_what_is_copied_the_package_is_built_and_checks_the_mappings(
    stages: dict[str, Stage], tmp_path: Path
) -> None:
    sources, project = (copied(stages[name], tmp_path / name) for name in ("build", "project"))
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=sources, capture_output=True, check=True)
    [wheel] = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    with ZipFile(wheel) as archive:
        archive.extractall(site)
    code = (
        f"import leadingest; assert leadingest.__file__.startswith({str(site)!r})\n"
        "from leadingest.cli.main import main; main()"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(site), "HOME": "/nonexistent"}
    command = [sys.executable, "-c", code, "lint", "--strict"]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.endswith("mappings: no findings\n")) == (0, True), done.stderr


def test_the_template_builds_the_stage_that_is_there(stages: dict[str, Stage]) -> None:
    template = (ROOT / "deploy/aws/template.yaml").read_text(encoding="utf-8")
    metadata = dict(re.findall(r"^      (Docker\w+): (\S+)$", template, re.MULTILINE))
    assert metadata["DockerBuildTarget"] in stages
    context = (ROOT / "deploy/aws" / metadata["DockerContext"]).resolve()
    assert (context, context / metadata["Dockerfile"]) == (ROOT, DOCKERFILE)
