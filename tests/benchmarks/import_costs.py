"""Which imports a command pays for, by package, as a Markdown table.

python -m tests.benchmarks.import_costs lint mappings/source3.yaml
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter

from tests.benchmarks.measure import ROOT
from tests.benchmarks.setting import LEADINGEST

_IMPORT = re.compile(r"^import time: +(\d+) \| +\d+ \| *(\S+)", re.MULTILINE)
#: Another process may hold up any import: of so many runs the least counts.
_RUNS = 5
#: Milliseconds. What costs less is summed up.
_TOLD = 2.0


def import_costs(output: list[str]) -> Counter[str]:
    """Milliseconds by package, from what `python -X importtime` said in each of several runs."""
    least: dict[str, float] = {}
    for run in output:
        for microseconds, module in _IMPORT.findall(run):
            least[module] = min(int(microseconds) / 1000, least.get(module, float("inf")))
    costs: Counter[str] = Counter()
    for module, milliseconds in least.items():
        package = module.partition(".")[0]
        ours = module.split(".")[:2] if package == "leadingest" else [package]
        standard = package in sys.stdlib_module_names or package.startswith("_")
        costs["the standard library" if standard else ".".join(ours)] += milliseconds  # type: ignore[assignment]
    return costs


def table(command: str, costs: Counter[str]) -> str:
    """The costs as Markdown, the greatest first."""
    large = [(package, cost) for package, cost in costs.most_common() if cost >= _TOLD]
    others = costs.total() - sum(cost for _, cost in large)
    lines = [f"| imports of `{command}` | ms |", "| --- | ---: |"]
    lines += [
        f"| {name} | {cost:.0f} |" for name, cost in [*large, ("others", others), ("all", costs.total())]
    ]
    return "\n".join(lines)


def main(words: list[str]) -> None:
    """Run the command several times, and print the table."""
    timed = [sys.executable, "-X", "importtime", str(LEADINGEST), *words]
    output = [
        subprocess.run(
            timed,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
        ).stderr
        for _ in range(_RUNS)
    ]
    print(table(" ".join(["leadingest", *words]), import_costs(output)))


if __name__ == "__main__":
    main(sys.argv[1:])
