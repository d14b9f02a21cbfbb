"""What Athena would answer to a query of the smoke script: `python -m tests.deploy.athena_answers FOLDER NUMBER LAKE`.

FOLDER has all statements so far, each by its number. DuckDB answers, over a copy of the lake.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlglot
from sqlglot import exp

from tests.destinations.lake.athena_in_duckdb import athena_over


def answer(folder: Path, number: int, lake: str) -> str:
    """The first row of the answer, as `aws` prints it."""
    made: dict[str, str] = {}
    for before in range(1, number):
        statement = (folder / str(before)).read_text(encoding="utf-8")
        parsed = sqlglot.parse_one(statement, dialect="athena")
        name = parsed.find(exp.Table)
        if isinstance(parsed, exp.Drop) and name:
            del made[name.name]
        elif isinstance(parsed, exp.Create) and name:
            assert parsed.args.get("replace") or name.name not in made, f"{name.name} is there already"
            made.pop(name.name, None)
            made[name.name] = statement
    query = (folder / str(number)).read_text(encoding="utf-8")
    with TemporaryDirectory() as copy:
        return "\t".join(map(str, athena_over(lake, made.values(), Path(copy)).query(query).row(0)))


if __name__ == "__main__":
    print(answer(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
