"""The made-up deliveries that benchmarks load: always the same, of the right shape, and nobody's."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.records import RecordBatch
from leadingest.mapping.delivery_format import DeliveryFormat
from tests.benchmarks.made_up.broken import BREAKS, broken
from tests.benchmarks.made_up.delivery import BATCH, SOURCES, batches, write_delivery
from tests.benchmarks.made_up.mapped import mapped, transform_of
from tests.real_deliveries import EXERCISE, real

#: Enough records that every odd value is among them.
MANY = 20_000

#: Columns that tell who a record is about; the others have words of the agencies, such as states and days.
PERSONAL = {
    "source1": ["Name", "Credential Number", "Address", "Phone", "Primary Contact Name"],
    "source2": ["Type License", "Company", "Primary Caregiver", "Phone", "Email", "Address1"],
    "source3": ["Operation", "Operation Name", "Address", "Phone", "Email Address", "Facility ID"],
}


@pytest.fixture(scope="module", params=SOURCES, name="drawn")
def _drawn(request: pytest.FixtureRequest) -> tuple[str, pl.DataFrame]:
    """A source with many of its records."""
    (records,) = batches(request.param, MANY)
    return request.param, records


@pytest.mark.parametrize("source", SOURCES)
def test_the_same_seed_makes_the_same_file_and_another_seed_another(source: str, tmp_path: Path) -> None:
    one, again, other = (
        write_delivery(source, tmp_path / name, records=50, seed=seed).read_bytes()
        for name, seed in (("one", 7), ("again", 7), ("other", 8))
    )
    assert one == again
    assert one != other


@pytest.mark.parametrize("source", SOURCES)
def test_a_longer_delivery_begins_with_the_shorter_one(source: str) -> None:
    (short,) = batches(source, 10)
    longer, rest = batches(source, BATCH + 3)
    assert short.equals(longer.head(10))
    assert rest.height == 3
    assert not rest.equals(longer.head(3))


def test_the_headers_are_those_of_the_mapping(drawn: tuple[str, pl.DataFrame]) -> None:
    source, records = drawn
    assert transform_of(source, records).binding.new == ()


def test_few_records_are_odd_and_all_others_become_leads(drawn: tuple[str, pl.DataFrame]) -> None:
    source, records = drawn
    made = mapped(source, records.head(1_000))
    assert made.rejects.height <= 5
    assert 0 < made.invalid_values.height <= 25
    assert made.leads["lead_key"].null_count() == 0
    assert made.leads["lead_key"].n_unique() < made.leads.height


def test_every_field_that_can_be_unreadable_is_so_now_and_then() -> None:
    (records,) = batches("source3", MANY)
    made = mapped("source3", records)
    assert set(made.invalid_values["field"]) == {
        "phone",
        "email",
        "license_status",
        "license_issued",
        "facility_type",
        "capacity",
    }
    assert set(made.rejects["field"]) == {"company"}


@pytest.mark.parametrize("sign", [",", '"', "\n", "ł", "𠮷"])
def test_names_have_signs_that_a_loader_can_stumble_over(sign: str) -> None:
    (records,) = batches("source3", MANY)
    names = records["Operation Name"].str.to_lowercase()
    assert 0 < names.str.contains(sign, literal=True).sum() < MANY // 5


def real_cells(source: str) -> Iterator[str]:
    real = pl.read_csv(EXERCISE / f"{source}.csv", infer_schema=False, encoding="utf8-lossy")
    for name in PERSONAL[source]:
        yield from real[name].drop_nulls().str.strip_chars().str.to_uppercase()


@real
def test_nobody_real_is_among_them(drawn: tuple[str, pl.DataFrame]) -> None:
    source, records = drawn
    cells = {cell for name in PERSONAL[source] for cell in records[name].str.to_uppercase()}
    assert cells.isdisjoint(real_cells(source))


@pytest.fixture(scope="module", name="delivery")
def _delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_delivery("source3", tmp_path_factory.mktemp("broken") / "leads.csv", records=400)


@pytest.mark.parametrize("way", BREAKS)
def test_a_share_of_the_records_is_broken_and_the_others_come_through(way: str, delivery: Path) -> None:
    file = broken(delivery, way, 0.05)
    lines = (each.read_bytes().splitlines() for each in (delivery, file))
    differing = sum(one != other for one, other in zip(*lines, strict=True))
    before, after = map(read, (delivery, file))
    assert 5 < differing < 40
    assert (after.records, after.rejects.height) == (400, 0 if way == "a stray quote" else differing)
    others = after.frame.join(before.frame, on=before.frame.columns, how="anti")
    assert others.height == (differing if way == "a stray quote" else 0)


def read(file: Path) -> RecordBatch:
    with open_records(fingerprint(file), DeliveryFormat()) as records:
        (batch,) = records.batches()
    return batch
