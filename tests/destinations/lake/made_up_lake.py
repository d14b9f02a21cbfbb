"""Files of leads and ledgers as a lake has them, and what engines read of the table that follows them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from leadingest.destinations.lake.delta import DeltaReadersTable
from leadingest.destinations.lake.lead_files import file_types
from leadingest.destinations.lake.readers import DataFile, PublishedFiles
from leadingest.errors import StoreConflictError
from leadingest.stores.location import Location
from leadingest.stores.open_store import open_store
from leadingest.tables.load_table import LoadTable, read_load_table
from tests.destinations.made_up import NOON, TABLE

#: What engines must read alike.
Rows = list[tuple[Any, ...]]


def file_of_leads(table: LoadTable, source: str, load: int, leads: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """The rows of a file; columns that a lead does not give have a value of their own, or none."""
    given = {
        "load_id": load,
        "source_name": source,
        "source_filename": f"{source}.csv",
        "source_extract_time": NOON + timedelta(hours=load),
        "filled_fields": 1,
        "updated_at": NOON,
        "key_is_shared": False,
    }
    rows = [{"source_record_number": number, **given, **lead} for number, lead in enumerate(leads, 1)]
    return pl.DataFrame(rows, schema=file_types(table), orient="row")


def with_column(tmp_path: Path, line: str) -> LoadTable:
    """The load table, described anew with one more column, or with one described otherwise."""
    name = line.strip().partition(":")[0]
    lines = [each for each in TABLE.splitlines() if not each.startswith(f"  {name}:")]
    path = tmp_path / "changed" / "made_up.yaml"
    path.parent.mkdir()
    path.write_text("\n".join([*lines[:-2], line, *lines[-2:]]))
    return read_load_table(path)


class MadeUpLake:
    """A lake of one load table: its files are written once, and its ledgers over what was read."""

    def __init__(self, root: Location, table: LoadTable) -> None:
        self.folder = root / table.name / "leads"
        self.table = table
        self.files, self._ledgers = open_store(self.folder), open_store(root / table.name / "ledger")
        self.readers = DeltaReadersTable(self.folder, table, self.all)

    def write(self, source: str, load: int, *leads: dict[str, Any], name: str = "part") -> DataFile:
        """A file with these leads, or with two."""
        frame = file_of_leads(self.table, source, load, leads or [{"company": "A"}, {"company": "B"}])
        content = BytesIO()
        frame.write_parquet(content)
        path = f"{source}/{load}/{name}.parquet"
        self.files.put(path, content.getvalue())
        only = {"min": source, "max": source, "nulls": 0}
        size = len(content.getvalue())
        return DataFile(path, size, frame.height, datetime.now(UTC), {"source_name": only})

    def publish(self, source: str, choose: Callable[[list[PublishedFiles]], tuple[DataFile, ...]]) -> None:
        """Publish other files of a source: those chosen when what was published so far is known."""
        while True:
            try:
                held = self._ledgers.read(f"{source}.json")
                tag, history = held.tag, _history(held.content)
            except FileNotFoundError:
                tag, history = None, []
            published = PublishedFiles(len(history) + 1, choose(history))
            written = json.dumps([asdict(each) for each in (*history, published)], default=str)
            try:
                self._ledgers.put(f"{source}.json", written.encode(), replacing=tag)
            except StoreConflictError:
                continue
            return

    def load(self, source: str, load: int, *leads: dict[str, Any]) -> DataFile:
        """Write a file, publish it, and have readers see it."""
        file = self.write(source, load, *leads)
        self.publish(source, lambda _: (file,))
        self.reconcile(source)
        return file

    def reconcile(self, source: str) -> None:
        """Have readers see what is published of the source."""
        self.readers.reconcile({source: lambda: self.published(source)})

    def history(self, source: str) -> list[PublishedFiles]:
        """All that was published of a source, one after the other."""
        return _history(self._ledgers.read(f"{source}.json").content)

    def published(self, source: str) -> PublishedFiles:
        """What its ledger says now."""
        return self.history(source)[-1]

    def all(self) -> dict[str, Callable[[], PublishedFiles]]:
        """All sources."""
        sources = [name.removesuffix(".json") for name in self._ledgers.names("")]
        return {source: lambda source=source: self.published(source) for source in sources}  # type: ignore[misc]


def _history(content: bytes) -> list[PublishedFiles]:
    return [
        PublishedFiles(
            each["generation"],
            tuple(
                DataFile(**{**file, "written": datetime.fromisoformat(file["written"])})
                for file in each["files"]
            ),
        )
        for each in json.loads(content)
    ]


def act_at_random(root: Path, table: LoadTable, seed: int, times: int) -> None:
    """Publish, roll back and withdraw two sources, and die at random before readers were told."""
    lake, chance = MadeUpLake(root, table), random.Random(seed)
    for time in range(times):
        source = chance.choice(["acme", "beta"])
        act = chance.choice(["load", "load", "load", "roll back", "withdraw"])
        if act == "load":
            file = lake.write(source, seed * 1000 + time)
            lake.publish(source, lambda _, file=file: (file,))  # type: ignore[misc]
        elif act == "withdraw":
            lake.publish(source, lambda _: ())
        else:
            lake.publish(source, lambda history: chance.choice(history).files if history else ())
        if chance.random() < 0.7:
            lake.reconcile(source)


def versions(folder: Path) -> Iterator[tuple[int, dict[str, int]]]:
    """Every version of the log, with the generations of the sources that its commit names."""
    for log in sorted((folder / "_delta_log").glob("*[0-9].json")):
        actions = [json.loads(line) for line in log.read_text().splitlines()]
        marks = [each["txn"] for each in actions if "txn" in each]
        yield int(log.stem), {each["appId"].removeprefix("leadingest/"): each["version"] for each in marks}


def by_deltalake(folder: Location, version: int | None = None) -> list[str]:
    """The paths of the files of the table."""
    from deltalake import DeltaTable

    plain = {"AWS_ALLOW_HTTP": "true"}  # the bucket of the tests does not encrypt
    found = DeltaTable(str(folder), version=version, storage_options=plain).get_add_actions(flatten=True)
    return sorted(found["path"].to_pylist())


_LOOKED_AT = ("source_name", "load_id", "source_record_number", "company")


def by_polars(folder: Path, version: int | None = None) -> Rows:
    """The rows of the table, as polars reads them."""
    return sorted(pl.scan_delta(str(folder), version=version).select(_LOOKED_AT).collect().rows())


def duckdb() -> Any:
    """DuckDB with what reads Delta tables."""
    import duckdb as module
    import duckdb_extension_delta

    connection = module.connect(config={"autoinstall_known_extensions": False})
    place = Path(duckdb_extension_delta.__file__).parent.glob("extensions/*/*.duckdb_extension")
    connection.load_extension(str(next(place)))
    return connection


def by_duckdb(connection: Any, folder: Path, version: int | None = None) -> Rows:
    """The rows of the table, as DuckDB reads them."""
    columns = ", ".join(_LOOKED_AT)
    at = "" if version is None else f", version => {version}"
    return sorted(connection.execute(f"SELECT {columns} FROM delta_scan('{folder}'{at})").fetchall())
