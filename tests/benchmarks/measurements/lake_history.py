"""A lake with a year of weekly loads of many sources, or fewer: what one more load costs, and how long answers take."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Final

from tests.benchmarks.figure import Figure, Side
from tests.benchmarks.made_up.mappings import names
from tests.benchmarks.measure import Measured, module
from tests.benchmarks.setting import Setting

#: Of a load.
_RECORDS = 200
#: Seconds of a processor that a load may cost beside reading and mapping, and that a command may take.
_LOAD_LIMIT, _ANSWER_LIMIT = 0.3, 5.0
_SOURCE: Final = names(1)[0]
_ANSWERS: Final = (
    ("loads",),
    ("leads", "--source", _SOURCE, "--format", "csv"),
    ("status",),
    ("report", "--out", "pages"),
)


def figures(setting: Setting) -> Iterator[Figure]:
    """One more load of one source, and what is asked of them all."""
    project, lake = setting.folder / "lake_history", setting.folder / "lake_of_a_year"
    url = f"lake:///{lake}"
    words = ["--sources", str(setting.sources), "--records", str(_RECORDS), "--shape", "source3"]
    setting.measured(module("made_up.project", project, *words), label="lake history, made up")
    (project / "pyproject.toml").write_text("[tool.leadingest]\n", encoding="utf-8")
    setting.measured(
        module("year_of_loads", project, lake, str(setting.loads)),
        label=f"lake history, {setting.loads} loads of {setting.sources} sources",
        variables={"LEADINGEST_DATABASE_URL": url},
    )

    def done(*words: str, url: str = url) -> Measured:
        label = f"lake history, {' '.join(words)}"
        return setting.leadingest(*words, url=url, folder=project, label=label)

    history = f"{setting.sources} sources of {setting.loads} loads in a lake"
    run, loads = ("run", "--source", _SOURCE, "--again"), list[float]()
    for _ in range(setting.runs):
        mapped = done(*run, "--dry-run", url=f"{url}_that_is_not_there")
        loads.append(done(*run).cpu_seconds - mapped.cpu_seconds)
    yield Figure(
        f"{history}: publish one more of {_RECORDS} records, above its dry run, on a processor",
        tuple(loads),
        unit="s",
        budget=f"≤ {_LOAD_LIMIT} s",
        limit=_LOAD_LIMIT,
    )
    for answer in _ANSWERS:
        runs = tuple(done(*answer) for _ in range(setting.runs))
        yield Figure(
            f"{history}: `leadingest {' '.join(answer)}`, on a processor",
            tuple(each.cpu_seconds for each in runs),
            (Side("leadingest", runs),),
            unit="s",
            budget=f"≤ {_ANSWER_LIMIT:g} s",
            limit=_ANSWER_LIMIT,
        )
    shutil.rmtree(lake)
