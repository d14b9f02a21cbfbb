"""Ranges of a delivery mapped by the tasks of a Spark that is there."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import polars as pl

from leadingest.deliveries.byte_streams import Readable
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.ranges import Range, opened_at
from leadingest.engine.transform import MappedBatch
from leadingest.errors import ConfigurationError, LeadingestError, UnexpectedError, in_words
from leadingest.ingest.ranges.range_job import ROWS, MappedRange, RangeJob
from leadingest.stores.location import Location
from leadingest.stores.objects import ObjectStore
from leadingest.stores.open_store import open_store

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

#: Bytes of text of a range. Each is a task, which should take some seconds; what it says beside its rows, half a
#: megabyte, comes to the driver, which takes 1 GB of it (`spark.driver.maxResultSize`): enough for 100 GB of text.
RANGE_SIZE: Final = 64 << 20
_ANSWER: Final = "number long, answer binary"


class SparkRanges:
    """Has tasks map the ranges, each of which leaves its rows as Parquet files in a scratch folder or below a prefix."""

    least_size = 0
    name = "Spark"

    def __init__(
        self, spark: SparkSession, *, scratch: Location | None = None, range_size: int = RANGE_SIZE
    ) -> None:
        """Without `scratch` a folder of this machine is used, which the tasks of a Spark on this machine alone can reach.

        Raises ConfigurationError where they run on others.
        """
        self._spark, self._scratch, self.range_size = spark, scratch, range_size
        if scratch is None and not str(spark.conf.get("spark.master", "")).startswith("local"):
            raise ConfigurationError(
                "the tasks of this Spark run on other machines, and no place for their files is named",
                hint="--scratch s3://bucket/prefix, or a folder that all of them share",
            )

    def map(self, job: RangeJob, delivery: Delivery) -> Iterator[tuple[MappedRange, MappedBatch | None]]:
        """What each range became, in their order; none before all are done. Their files are removed in the end.

        Raises UnexpectedError where Spark does not finish the job.
        """
        with ExitStack() as stack:
            scratch = self._scratch or Path(stack.enter_context(TemporaryDirectory(prefix="leadingest-")))
            task = RangeTask(job, delivery, scratch, f"leadingest-{uuid4().hex}")
            store = open_store(scratch)
            stack.callback(lambda: store.delete(task.keys()))
            for part, answer in zip(job.plan.ranges, self._answers(task), strict=True):
                mapped: MappedRange | LeadingestError = pickle.loads(answer)  # noqa: S301 - from a task of ours
                if isinstance(mapped, LeadingestError):
                    raise mapped
                yield mapped, mapped.with_rows(partial(task.read, part))
                store.delete(task.key(part, rows) for rows in ROWS)

    def _answers(self, task: RangeTask) -> list[bytes]:
        number = len(task.job.plan.ranges)
        try:
            found = self._spark.range(0, number, 1, number).mapInArrow(task, _ANSWER).collect()
        except Exception as error:
            # What Spark says may quote what a task had in hand.
            raise UnexpectedError(
                f"Spark did not finish the job ({type(error).__name__}), so nothing was loaded",
                hint="see its log; leadingest and its dependencies must be installed where the tasks run",
            ) from error
        return [bytes(row.answer) for row in sorted(found, key=lambda row: int(row.number))]


@dataclass(frozen=True)
class RangeTask:
    """What a task does. It can be sent anywhere: no record is in it."""

    job: RangeJob
    delivery: Delivery
    scratch: Location
    #: What its files are called below the scratch folder.
    folder: str

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """For each number of a range, what the range became or what went wrong, pickled."""
        import pyarrow as pa

        for batch in batches:
            for number in batch.column(0).to_pylist():
                answer = pickle.dumps(self._mapped(self.job.plan.ranges[number]))
                yield pa.RecordBatch.from_pydict({"number": [number], "answer": [answer]})

    def keys(self) -> Iterator[str]:
        """Those of all files."""
        return (self.key(part, rows) for part in self.job.plan.ranges for rows in ROWS)

    def key(self, part: Range, rows: str) -> str:
        """That of the file with these rows of the range."""
        return f"{self.folder}/{part.start}.{rows}.parquet"

    def read(self, part: Range, rows: str) -> pl.DataFrame:
        """These rows of the range."""
        with open_store(self.scratch).fetched(self.key(part, rows)) as file:
            return pl.read_parquet(file, memory_map=False)

    def _mapped(self, part: Range) -> MappedRange | LeadingestError:
        try:
            with self._opened(part.start) as stream:
                return self.job.map(part, stream, partial(self._write, part))
        except BaseException as error:
            return in_words(error)

    def _write(self, part: Range, rows: str, frame: pl.DataFrame) -> None:
        with open_store(self.scratch).written(self.key(part, rows)) as file:
            frame.write_parquet(file)

    def _opened(self, start: int) -> AbstractContextManager[Readable]:
        origin = self.delivery.origin
        if origin is None:
            return opened_at(self.delivery, start)
        return ObjectStore(origin.url.parent).opened_at(origin, start)


@contextmanager
def spark_session() -> Iterator[SparkSession]:
    """The Spark that this program was submitted to, else one of this machine.

    One that is started here is stopped behind the block. Raises ConfigurationError where there is none.
    """
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "pyspark is not installed",
            hint="pip install 'leadingest[spark]'; a Spark that is there brings it",
        ) from error
    # Tasks of this machine would else be run by whatever `python3` is.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    there = SparkSession.getActiveSession()
    try:
        spark = there or SparkSession.builder.appName("leadingest").getOrCreate()
    except Exception as error:
        raise ConfigurationError(
            f"Spark could not be started ({type(error).__name__})",
            hint="it needs Java 17 or later: see `java -version` and JAVA_HOME",
        ) from error
    try:
        yield spark
    finally:
        if there is None:
            spark.stop()
