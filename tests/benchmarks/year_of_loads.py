"""Loads every source of a project again and again, as a scheduled run does week after week.

python -m tests.benchmarks.year_of_loads FOLDER LOADS
"""

from __future__ import annotations

import sys

from leadingest import Project


def main() -> None:
    """The database or lake is that of the settings."""
    folder, loads = sys.argv[1:]
    for _ in range(int(loads)):
        project = Project.open(folder, sent_before="publish")
        results = project.run(again=True, jobs=1)
        assert {result.status for result in results} == {"loaded"}, results


if __name__ == "__main__":
    main()
