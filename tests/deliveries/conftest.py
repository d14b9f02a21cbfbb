"""What the tests of deliveries share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.records import Records
from leadingest.mapping.delivery_format import DeliveryFormat


@dataclass(frozen=True)
class Whole:
    """All records of a delivery at once, for comparing."""

    headers: tuple[str, ...]
    rows: list[tuple[str, ...]]
    lines: list[int]
    encoding: str
    format: str

    @classmethod
    def of(cls, records: Records) -> Whole:
        """Go through the batches, checking what each promises."""
        rows: list[tuple[str, ...]] = []
        lines: list[int] = []
        for batch in records.batches():
            assert batch.first_record == len(rows) + 1
            assert batch.frame.columns == [str(i) for i in range(len(records.headers))]
            assert set(batch.frame.dtypes) <= {pl.String()}
            assert len(batch.lines) == batch.frame.height > 0
            rows += batch.frame.rows()
            lines += batch.lines
        assert all(cell is not None for row in rows for cell in row)
        return cls(records.headers, rows, lines, records.encoding, records.format)


def read_bytes(
    content: bytes, *, name: str = "leads.csv", block_size: int = 1 << 20, **keys: object
) -> Whole:
    """Write bytes to a file and read it back whole; `keys` are those of the delivery section."""
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        fmt = DeliveryFormat.model_validate(keys)
        with open_records(fingerprint(path), fmt, block_size=block_size) as records:
            return Whole.of(records)


@pytest.fixture(scope="session")
def read() -> Callable[..., Whole]:
    """read(content, name=..., block_size=..., **keys of the delivery section) gives a Whole."""
    return read_bytes
