"""The examples for orchestrators load a project, with stand-ins for Airflow and Dagster that run what they are given."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from leadingest import Project

EXAMPLES = Path(__file__).parents[1] / "examples/orchestration"
MAPPING = 'source: {source}\ndelivery: {{match: "{source}*.csv"}}\nfields: {{company: Name}}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of a source that loads, one that has no delivery, and one whose load is held."""
    for name in ("mappings", "inbox", "out"):
        (tmp_path / name).mkdir()
    (tmp_path / "pyproject.toml").write_text("[tool.leadingest]\n")
    for source in ("held", "no-delivery", "utah"):
        (tmp_path / "mappings" / f"{source}.yaml").write_text(MAPPING.format(source=source))
    (tmp_path / "inbox/utah.csv").write_text("Name\nOak\n")
    (tmp_path / "inbox/held.csv").write_text("Name\n")
    monkeypatch.setenv("LEADS_PROJECT", str(tmp_path))
    return tmp_path


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def put(name: str, **members: Any) -> None:
        module = ModuleType(name)
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, name, module)

    return put


class AirflowError(Exception):
    """Stands for each exception of Airflow."""


class Before:
    """A task that another one follows."""

    def __rshift__(self, other: object) -> object:
        return other


class Skipped(AirflowError):
    pass


class Failed(AirflowError):
    pass


def decorator(function: Callable[..., Any] | None = None, **_options: Any) -> Any:
    """A decorator with or without options, that leaves the function as it is."""
    return function or (lambda decorated: decorated)


def test_airflow_loads_each_source_in_a_task(folder: Path, stand_in: Callable[..., None]) -> None:
    ends: dict[str, str] = {}

    def task(function: Callable[..., Any] | None = None, **_options: Any) -> Any:
        if function is None:
            return task

        def expand(source: list[str]) -> Any:
            for each in source:
                try:
                    ends[each] = f"loaded {function(each)['loaded']}"
                except AirflowError as error:
                    ends[each] = type(error).__name__
            return Before()

        function.expand = expand  # type: ignore[attr-defined]  # as Airflow's decorator adds it
        return function

    stand_in("airflow")
    stand_in(
        "airflow.sdk.exceptions",
        AirflowException=AirflowError,
        AirflowFailException=Failed,
        AirflowSkipException=Skipped,
    )
    stand_in("airflow.sdk", dag=decorator, task=task)
    runpy.run_path(str(EXAMPLES / "airflow_dag.py"))
    assert ends == {"held": "Failed", "no-delivery": "Skipped", "utah": "loaded 1"}
    assert Project.open(folder).leads()["company"].to_list() == ["Oak"]
    (exported,) = (folder / "out").glob("weekly_*.csv")
    assert "Oak" in exported.read_text()


def test_dagster_materializes_each_source(folder: Path, stand_in: Callable[..., None]) -> None:
    class Failure(Exception):
        def __init__(self, description: str, *, allow_retries: bool) -> None:
            super().__init__(description, allow_retries)

    def asset(**options: Any) -> Callable[[Callable[[], Any]], Any]:
        return lambda function: SimpleNamespace(name=options["name"], load=function)

    stand_in(
        "dagster",
        asset=asset,
        AssetsDefinition=object,
        AssetSelection=SimpleNamespace(groups=lambda *names: names),
        Definitions=SimpleNamespace,
        Failure=Failure,
        MaterializeResult=SimpleNamespace,
        RetryPolicy=SimpleNamespace,
        ScheduleDefinition=SimpleNamespace,
        define_asset_job=lambda name, **_options: name,
    )
    definitions = runpy.run_path(str(EXAMPLES / "dagster_definitions.py"))["defs"]
    held, missing, utah = definitions.assets
    assert (held.name, missing.name, utah.name) == ("held", "no_delivery", "utah")
    assert utah.load().metadata["loaded"] == 1
    assert missing.load().metadata["status"] == "no delivery"
    with pytest.raises(Failure) as error:
        held.load()
    assert error.value.args[1] is False
