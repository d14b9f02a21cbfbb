"""Rows on their way into one Parquet file of a lake: no more of them are in memory than fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import polars as pl

from leadingest.destinations.lake.files import LakeFiles
from leadingest.destinations.lake.kinds import GROUP, RowKind
from leadingest.destinations.lake.state import StoredFile
from leadingest.errors import BalanceError
from leadingest.expressions import with_own_texts

#: Rows of a batch of the file: about 80 MB of leads. Each is sorted by itself, so a load of fewer is sorted as a whole.
ROWS: Final = 4 * GROUP
#: Bytes of a batch, however few rows they are: raw records can be long.
BYTES: Final = 128 << 20
#: Rows that are read at a time from a local file.
_PIECE: Final = 8_192


class Spool:
    """Rows of one kind and one load, which come in batches; those of a later one come later in the delivery.

    Batches are sorted, and wait in local files until `store` puts them together.
    """

    def __init__(self, kind: RowKind, folder: Path) -> None:
        self.kind = kind
        self._folder = folder
        self._gathered: list[pl.DataFrame] = []
        self._batches: list[_Batch] = []
        self.rows = 0

    def add(self, rows: pl.DataFrame) -> None:
        """Add rows, whose columns have the names and types of the kind."""
        if rows.is_empty():
            return
        self.rows += rows.height
        types = self.kind.types
        # A few rows of each of many batches may wait here until the load ends.
        own = with_own_texts(rows.select(pl.col(name).cast(dtype) for name, dtype in types.items()))
        self._gathered.append(own)
        if (
            sum(each.height for each in self._gathered) >= ROWS
            or sum(each.estimated_size() for each in self._gathered) >= BYTES
        ):
            self.flush()

    def flush(self) -> None:
        """End a batch."""
        if self._gathered:
            self._keep(self._taken())

    def frames(self) -> Iterator[pl.DataFrame]:
        """All rows so far, batch by batch, each sorted as the kind says."""
        self.flush()
        for batch in self._batches:
            yield pl.read_ipc(batch.file)

    def store(self, files: LakeFiles, key: str, *computed: pl.Expr) -> StoredFile | None:
        """Write the rows to the lake, with `computed` in the place of columns; None where there are none.

        Raises BalanceError where a row is there twice, or others are found there than were written.
        """
        self.flush()
        if not self._batches:
            return None
        if any(before.last >= after.first for before, after in pairwise(self._batches)):
            self._put_in_one()
        together = pl.concat(pl.scan_ipc(batch.file) for batch in self._batches).with_columns(computed)
        kept = together.select(
            pl.col(name).dt.replace_time_zone("UTC")
            if isinstance(dtype, pl.Datetime)
            else pl.col(name).cast(dtype)
            for name, dtype in self.kind.parquet_types.items()
        )
        with files.written(key) as file:
            kept.sink_parquet(file, compression="zstd", row_group_size=self.kind.group)
        stored = StoredFile(
            key=key,
            size=0,
            rows=self.rows,
            written=datetime.now(UTC),
            batches=tuple(batch.rows for batch in self._batches),
            filled=self._filled(),
            bounds=self._bounds(),
        )
        return files.confirmed(stored)

    def _taken(self) -> pl.DataFrame:
        """What was gathered; nothing but the one who asks holds it, who lets go of it once it is sorted."""
        rows, self._gathered = pl.concat(self._gathered), []
        return rows

    def _keep(self, rows: pl.DataFrame) -> None:
        number, key = self.kind.number, list(self.kind.key)
        if (
            rows.select(pl.struct(key).n_unique() if len(key) > 1 else pl.col(number).n_unique()).item()
            != rows.height
        ):
            raise BalanceError(f"a row of {self.kind.name} is there twice", hint="nothing was published")
        file = self._folder / f"{self.kind.name}-{len(self._batches)}.arrow"
        rows = rows.sort(self.kind.order)
        # Packed it is a quarter, and takes no longer.
        rows.write_ipc(file, compression="lz4", record_batch_size=_PIECE)
        self._batches.append(_Batch(file, rows, self.kind))

    def _put_in_one(self) -> None:
        """The batches are not in the order of the delivery: sort all of them together."""
        rows = pl.concat(self.frames())
        self._batches = []
        self._keep(rows)

    def _filled(self) -> dict[str, int]:
        filled = {name: sum(batch.filled[name] for batch in self._batches) for name in self.kind.counted}
        return {name: number for name, number in filled.items() if number}

    def _bounds(self) -> dict[str, tuple[str, str] | None]:
        found: dict[str, tuple[str, str] | None] = {}
        for name in self.kind.bounded:
            bounds = [bound for batch in self._batches for bound in batch.bounds[name] if bound is not None]
            found[name] = (min(bounds), max(bounds)) if bounds else None
        return found


class _Batch:
    """Sorted rows in a local file, and what is known of them."""

    def __init__(self, file: Path, rows: pl.DataFrame, kind: RowKind) -> None:
        self.file, self.rows = file, rows.height
        self.filled = {name: rows.height - rows[name].null_count() for name in kind.counted}
        self.bounds: dict[str, tuple[Any, Any]] = {
            name: (rows[name].min(), rows[name].max()) for name in kind.bounded
        }
        number = rows[kind.number]
        self.first: Any = number.min()
        self.last: Any = number.max()
