"""The deliveries under examples/, each with the mapping that loads it and the tables it must become.

`examples/<story>/delivery.csv` becomes `load.csv`, `leads.csv`, `rejects.csv` and `invalid_values.csv`, and
`delivery_2.csv` becomes `load_2.csv` and so on. A table that stays empty has no file, and a column that
stays blank is left out. The mapping is `mapping_2.yaml` or `mapping.yaml` of the folder, where one is
there, else `mappings/<story>.yaml`.
"""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.loaded_tables import Row

ROOT = Path(__file__).parents[1]
TABLES = ("load", "leads", "rejects", "invalid_values")

#: When the deliveries arrived: years of two digits are read from there.
ARRIVED = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()


@dataclass(frozen=True)
class ExampleDelivery:
    """A delivery in the folder of a story; the `suffix` is what the names of its other files end with."""

    folder: Path
    file: Path
    suffix: str

    @property
    def name(self) -> str:
        """The story, and which of its deliveries it is."""
        return self.folder.name + self.suffix

    @property
    def mapping(self) -> Path:
        """The mapping that loads it."""
        own = [self.folder / f"mapping{self.suffix}.yaml", self.folder / "mapping.yaml"]
        shipped = ROOT / "mappings" / f"{self.folder.name}.yaml"
        return next((path for path in own if path.exists()), shipped)

    def expected(self) -> dict[str, list[Row]]:
        """The tables that it must become."""
        return {table: _read(self._table(table)) for table in TABLES}

    def rewrite(self, tables: dict[str, list[Row]]) -> None:
        """Make the tables the expected ones."""
        for name, rows in tables.items():
            self._table(name).unlink(missing_ok=True)
            if rows:
                _write(self._table(name), rows)

    def copied_to(self, inbox: Path) -> Path:
        """A copy that arrived on the same day as all others."""
        inbox.mkdir(parents=True, exist_ok=True)
        copy = Path(shutil.copy(self.file, inbox / f"{self.name}{self.file.suffix}"))
        os.utime(copy, (ARRIVED, ARRIVED))
        return copy

    def _table(self, name: str) -> Path:
        return self.folder / f"{name}{self.suffix}.csv"


def example_deliveries() -> list[ExampleDelivery]:
    """Every delivery under examples/, sorted by story."""
    files = sorted((ROOT / "examples").glob("*/delivery*"))
    return [ExampleDelivery(file.parent, file, file.stem.removeprefix("delivery")) for file in files]


def filled_columns(rows: Sequence[Row]) -> list[Row]:
    """The rows without the columns that are blank in all of them."""
    filled = {name for row in rows for name, value in row.items() if value}
    return [{name: value for name, value in row.items() if name in filled} for row in rows]


def _read(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def _write(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
