"""What the tests of deliveries share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.records import RecordBatch, Records
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.tables.rejects import REJECTS


@dataclass(frozen=True)
class Whole:
    """All records of a delivery at once, for comparing."""

    headers: tuple[str, ...]
    rows: list[tuple[str, ...]]
    numbers: list[int]
    lines: list[int]
    #: Record number, line number, reason code, message and raw record of each record that could not be read.
    rejects: list[tuple[int, int, str, str, str]]
    #: The numbers of those that are the header once more.
    repeated: list[int]
    encoding: str
    format: str
    remarks: tuple[str, ...] = ()

    @classmethod
    def of(cls, records: Records, batches: Iterable[RecordBatch] | None = None) -> Whole:
        """Go through the batches, those of the records or others, checking what each promises."""
        whole = cls(records.headers, [], [], [], [], [], records.encoding, records.format)
        for batch in records.batches() if batches is None else batches:
            assert batch.frame.columns == [str(i) for i in range(len(records.headers))]
            assert set(batch.frame.dtypes) <= {pl.String()}
            assert len(batch.lines) == len(batch.numbers) == batch.frame.height
            assert dict(batch.rejects.schema) == {name: kind() for name, kind in REJECTS.items()}
            assert batch.rejects["field"].null_count() == batch.rejects.height
            assert batch.frame.height + batch.rejects.height + len(batch.repeated) == batch.records > 0
            before = len(whole.rows) + len(whole.rejects) + len(whole.repeated)
            whole.rows.extend(batch.frame.rows())
            whole.numbers.extend(batch.numbers)
            whole.lines.extend(batch.lines)
            whole.rejects.extend(batch.rejects.drop("field").rows())
            whole.repeated.extend(batch.repeated)
            numbers = sorted([*batch.numbers, *batch.rejects["record_number"], *batch.repeated])
            assert numbers == [*range(before + 1, before + batch.records + 1)]
        whole._check_order()
        return replace(whole, remarks=records.remarks)

    def _check_order(self) -> None:
        """Records stand in the order of the file, and every line is the start of one record at most."""
        starts = sorted(
            [*zip(self.numbers, self.lines, strict=True), *(reject[:2] for reject in self.rejects)]
        )
        numbers = sorted([*(number for number, _ in starts), *self.repeated])
        assert numbers == list(range(1, len(numbers) + 1))
        assert all(before < after for (_, before), (_, after) in pairwise(starts))
        assert all(cell is not None for row in self.rows for cell in row)


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
