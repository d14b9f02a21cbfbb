"""What a message of a queue costs beside the load that it asks for, and what its handler costs to import."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator

from tests.benchmarks.figure import Figure
from tests.benchmarks.made_up.mappings import names, write_mappings
from tests.benchmarks.measure import ROOT, measured, module
from tests.benchmarks.setting import Setting

#: Milliseconds of a processor.
_LIMIT = 50.0
#: Seconds of a processor.
_IMPORT_LIMIT = 1.2
_FEW, _MANY = 10, 60


def figures(setting: Setting) -> Iterator[Figure]:
    """In time on the processors. Of a file that was loaded before there is all of a message's cost but the load."""
    project = setting.folder / "messages"
    write_mappings(project, sources=setting.sources)
    (project / "pyproject.toml").write_text("[tool.leadingest]\n", encoding="utf-8")
    file = project / f"{names(1)[0]}.csv"
    shutil.copy(ROOT / "examples/source1/delivery.csv", file)
    each = []
    for number in range(1, setting.runs + 1):
        few, many = (
            setting.measured(
                module("same_message", project, file, str(times)),
                label=f"{times} messages over {setting.sources} mappings, run {number}",
                variables={"LEADINGEST_DATABASE_URL": f"sqlite:///{project}/leads_{number}_{times}.db"},
            )
            for times in (_FEW, _MANY)
        )
        each.append((many.cpu_seconds - few.cpu_seconds) * 1000 / (_MANY - _FEW))
    yield Figure(
        f"a message over {setting.sources} mappings, beside its load, on a processor",
        tuple(each),
        unit="ms",
        budget=f"≤ {_LIMIT:g} ms",
        limit=_LIMIT,
    )
    imports = [measured([sys.executable, "-c", "import leadingest.aws_lambda"]) for _ in range(setting.runs)]
    nothing = [measured([sys.executable, "-c", "pass"]) for _ in range(setting.runs)]
    yield Figure(
        "import of the handler for Lambda, above `python -c pass`, on a processor",
        tuple(one.cpu_seconds - other.cpu_seconds for one, other in zip(imports, nothing, strict=True)),
        unit="s",
        budget=f"≤ {_IMPORT_LIMIT} s",
        limit=_IMPORT_LIMIT,
    )
