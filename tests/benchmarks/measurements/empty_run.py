"""`run --all --dry-run` of a hundred mappings with nothing to load, beside `lint` of them."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.errors import EXIT_NOTHING_TO_DO
from tests.benchmarks.figure import Figure, Side
from tests.benchmarks.made_up.mappings import write_mappings
from tests.benchmarks.setting import Setting

#: Both read every mapping; a run starts the database's libraries and looks into the inbox as well.
_LIMIT = 2.0


def figures(setting: Setting) -> Iterator[Figure]:
    """In time on the processors: how many of them there are is no part of it."""
    project = setting.folder / "empty_run"
    write_mappings(project, sources=setting.sources)
    (project / "inbox").mkdir(exist_ok=True)
    runs, lints = [], []
    for number in range(1, setting.runs + 1):
        label = f"{setting.sources} mappings and no delivery, run {number}"
        command = ("run", "--all", "--dry-run")
        runs.append(
            setting.leadingest(*command, label=f"{label}, run", folder=project, exit_code=EXIT_NOTHING_TO_DO)
        )
        lints.append(setting.leadingest("lint", label=f"{label}, lint", folder=project))
    yield Figure(
        f"`run --all --dry-run` of {setting.sources} mappings and an empty inbox, in CPU seconds of `lint`",
        tuple(one.cpu_seconds / other.cpu_seconds for one, other in zip(runs, lints, strict=True)),
        (Side("leadingest run", tuple(runs)), Side("leadingest lint", tuple(lints))),
        budget=f"≤ {_LIMIT:g} × `lint` of them",
        limit=_LIMIT,
    )
