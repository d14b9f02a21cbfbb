"""How long a user waits for `leadingest --help`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tests.benchmarks.figure import Figure, Side
from tests.benchmarks.measure import measured
from tests.benchmarks.setting import LEADINGEST, Setting

_LIMIT = 0.15
#: Short runs differ more than long ones.
_RUNS = 15


def figures(setting: Setting) -> Iterator[Figure]:
    """Beside an interpreter that does nothing."""
    helped, nothing = [], []
    for _ in range(_RUNS):
        helped.append(measured([LEADINGEST, "--help"]))
        nothing.append(measured([sys.executable, "-c", "pass"]))
    setting.logged("start-up, the last of many", helped[-1])
    yield Figure(
        "`leadingest --help`, above `python -c pass`",
        tuple(one.seconds - other.seconds for one, other in zip(helped, nothing, strict=True)),
        (Side("leadingest --help", tuple(helped)), Side("python -c pass", tuple(nothing))),
        unit="s",
        budget=f"≤ {_LIMIT} s",
        limit=_LIMIT,
    )
