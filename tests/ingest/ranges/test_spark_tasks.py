"""Tests of leadingest.ingest.ranges.spark_tasks: one large file by the tasks of a Spark on this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from leadingest.errors import ConfigurationError, DeliveryError, UnexpectedError
from leadingest.ingest.load_delivery import load_delivery
from leadingest.ingest.ranges.spark_tasks import SparkRanges, spark_session
from tests.ingest.made_up_delivery import made_up
from tests.ingest.ranges.made_up_ranges import OHIO, TODAY, all_of_a_load, list_of
from tests.ingest.ranges.made_up_spark import MadeUpSpark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.long
needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A Spark with two tasks at a time. It takes a while to start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_SUBMIT_ARGS", "--master local[2] --conf spark.ui.enabled=false pyspark-shell")
        with spark_session() as session:
            yield session


@needs_java
@pytest.mark.filterwarnings("default")
def test_a_load_by_tasks_leaves_the_same_in_every_table_and_no_file(tmp_path: Path, spark: Any) -> None:
    mapping, delivery = made_up(tmp_path, csv=list_of(3_000), mapping=OHIO)
    scratch = tmp_path / "scratch"
    ranges = SparkRanges(spark, scratch=scratch, range_size=40_000)
    alone = all_of_a_load(tmp_path, mapping, delivery, None)
    assert all_of_a_load(tmp_path, mapping, delivery, ranges) == alone
    assert not [file for file in scratch.rglob("*") if file.is_file()]


@needs_java
@pytest.mark.filterwarnings("default")
def test_what_is_wrong_with_a_range_is_told_as_it_is_of_the_whole(tmp_path: Path, spark: Any) -> None:
    mapping, delivery = made_up(tmp_path, csv=list_of(500), mapping=OHIO)
    ranges = SparkRanges(spark, range_size=10_000)

    class Unlinking(SparkRanges):
        def map(self, *words: Any) -> Any:
            delivery.path.unlink()
            return ranges.map(*words)

    with pytest.raises(DeliveryError, match=r"ohio\.csv: file not found"):
        load_delivery(
            mapping,
            delivery,
            None,
            today=TODAY,
            progress=lambda _: None,
            ranges=Unlinking(spark, range_size=10_000),
        )


def test_tasks_of_other_machines_need_a_place_for_their_files() -> None:
    with pytest.raises(ConfigurationError, match="run on other machines") as caught:
        SparkRanges(cast("SparkSession", MadeUpSpark("yarn")))
    assert "--scratch" in caught.value.hint


def test_a_job_that_spark_does_not_finish_fails_the_load_without_its_words(tmp_path: Path) -> None:
    class Lost(MadeUpSpark):
        def collect(self) -> list[Any]:
            raise RuntimeError("a task had Amy Oak, 740-200-3000")

    mapping, delivery = made_up(tmp_path, csv=list_of(500), mapping=OHIO)
    ranges = SparkRanges(cast("SparkSession", Lost()), range_size=10_000)
    with pytest.raises(UnexpectedError) as caught:
        load_delivery(mapping, delivery, None, today=TODAY, progress=lambda _: None, ranges=ranges)
    assert caught.value.message == "Spark did not finish the job (RuntimeError), so nothing was loaded"
