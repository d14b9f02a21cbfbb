"""The scripts that leadingest is measured against do the same work."""

from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from leadingest.engine.transform import MappedBatch
from tests.benchmarks.by_hand.__main__ import SCRIPTS
from tests.benchmarks.by_hand.script import Made
from tests.benchmarks.made_up.delivery import batches, write_delivery
from tests.benchmarks.made_up.mapped import TODAY, mapped
from tests.benchmarks.made_up.mappings import MAPPINGS, write_without_parts

MANY = 20_000


@pytest.fixture(scope="module", name="both", params=SCRIPTS)
def _both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Made, MappedBatch]:
    """What the script and the engine make of the same delivery."""
    source: Any = request.param
    file = write_delivery(source, tmp_path_factory.mktemp("by_hand") / f"{source}.csv", records=MANY)
    parts = list(SCRIPTS[source].made(file, today=TODAY))
    whole = Made(*(pl.concat(frames) for frames in zip(*parts, strict=True)))
    # What source1 has in one cell, its script leaves out.
    mappings = write_without_parts(file.parent / "mappings", source) if source == "source1" else MAPPINGS
    return whole, mapped(source, pl.concat(batches(source, MANY)), mappings=mappings)


def test_its_leads_are_those_of_the_engine(both: tuple[Made, MappedBatch]) -> None:
    by_hand, engine = both
    assert_frame_equal(by_hand.leads, engine.leads.select(by_hand.leads.columns), check_dtypes=False)


def test_fields_that_it_does_not_make_stay_blank_in_the_engine(both: tuple[Made, MappedBatch]) -> None:
    by_hand, engine = both
    others = engine.leads.select(pl.exclude(by_hand.leads.columns))
    assert others.null_count().sum_horizontal().item() == others.height * others.width


def test_it_keeps_the_same_invalid_values_and_rejects(both: tuple[Made, MappedBatch]) -> None:
    by_hand, engine = both
    kept = by_hand.invalid_values
    invalid = engine.invalid_values.select(kept.columns)
    assert_frame_equal(kept, invalid, check_dtypes=False, check_row_order=False)
    assert by_hand.rejects["record_number"].to_list() == engine.rejects["record_number"].to_list()
    assert by_hand.rejects.height > 0
