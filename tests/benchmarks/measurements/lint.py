"""`leadingest lint` on a hundred mappings."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.figure import Figure, Side
from tests.benchmarks.made_up.mappings import write_mappings
from tests.benchmarks.measure import BenchmarkError
from tests.benchmarks.setting import Setting

_LIMIT = 1.0


def figures(setting: Setting) -> Iterator[Figure]:
    """The mappings of the three sources, under other names."""
    if not setting.knows("lint"):
        raise BenchmarkError("there is no command lint")
    project = setting.folder / "lint"
    write_mappings(project, sources=setting.sources)
    runs = tuple(
        setting.leadingest("lint", label=f"lint, run {run}", folder=project)
        for run in range(1, setting.runs + 1)
    )
    yield Figure(
        f"`leadingest lint` on {setting.sources} mappings",
        tuple(run.seconds for run in runs),
        (Side("leadingest lint", runs),),
        unit="s",
        budget=f"≤ {_LIMIT:g} s",
        limit=_LIMIT,
    )
