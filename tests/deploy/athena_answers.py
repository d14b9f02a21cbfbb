"""What Athena would answer to a query of the smoke script: `python -m tests.deploy.athena_answers FOLDER NUMBER LAKE`.

FOLDER has all statements so far, each by its number. DuckDB answers, over a copy of the lake.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlglot
from sqlglot import exp

from leadingest.stores.location import ObjectUrl, as_location
from leadingest.stores.open_store import open_store
from tests.destinations.lake.athena_in_duckdb import AthenaInDuckDB


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
    with TemporaryDirectory() as copy:
        _copy(lake, Path(copy))
        athena = AthenaInDuckDB(each.replace(lake, copy) for each in made.values())
        return "\t".join(map(str, athena.query((folder / str(number)).read_text(encoding="utf-8")).row(0)))


def _copy(lake: str, folder: Path) -> None:
    url = as_location(lake)
    assert isinstance(url, ObjectUrl)
    store = open_store(url)
    for each in store.listed():
        path = folder / each.key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(store.read(each.key).content)


if __name__ == "__main__":
    print(answer(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
