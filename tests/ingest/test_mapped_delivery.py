"""Tests of leadingest.ingest.mapped_delivery: what is loaded in ranges is what is loaded as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.errors import DeliveryError, NoReadableRecordError
from leadingest.ingest.load_delivery import load_delivery
from leadingest.ingest.ranges.range_job import RangeMapper
from leadingest.ingest.result import SourceResult
from tests.ingest.made_up_delivery import MAPPING, made_up
from tests.ingest.ranges.made_up_ranges import HEADER, OHIO, TODAY, InThisProcess, all_of_a_load, list_of


def checked(folder: Path, csv: str, ranges: RangeMapper | None, mapping: str = OHIO) -> SourceResult:
    """What a dry run says."""
    read, delivery = made_up(folder, csv=csv, mapping=mapping)
    return load_delivery(read, delivery, None, today=TODAY, progress=lambda _: None, ranges=ranges)


#: Records of the file may be two leads.
_TWO = OHIO.replace('csv"}', 'csv", repeat: {E-mail: [E-mail, Notes]}}')


#: One of all records with the same status and city; a range knows of the others.
_KEPT = OHIO.replace("where:", "keep: {latest: capacity, per: [license_status, city]}\nwhere:")


@pytest.mark.parametrize(
    ("size", "text"), [(200, OHIO), (5_000, OHIO), (1 << 20, OHIO), (5_000, _TWO), (5_000, _KEPT)]
)
def test_a_load_in_ranges_leaves_the_same_in_every_table(tmp_path: Path, size: int, text: str) -> None:
    mapping, delivery = made_up(tmp_path, csv=list_of(600) + "Total,600,,,,,,,,\n", mapping=text)
    alone = all_of_a_load(tmp_path, mapping, delivery, None)
    assert all_of_a_load(tmp_path, mapping, delivery, InThisProcess(size)) == alone
    assert min(len(rows) for table, rows in alone[1].items() if table != "load_drift") > 0
    assert "looks like a total" in "".join(alone[0].remarks)


def test_how_a_file_was_mapped_is_told(tmp_path: Path) -> None:
    result = checked(tmp_path, list_of(100), InThisProcess(1_000))
    assert result.remarks[-1] == "mapped in 3 ranges by 1 process"


@pytest.mark.parametrize(
    ("mapping", "because"),
    [
        (MAPPING, "`unique` compares all its records"),
        (
            OHIO.replace('csv"}', 'csv", fill_down: [Place]}'),
            "`fill_down` takes cells from the records above",
        ),
    ],
)
def test_what_can_only_be_mapped_as_one_is_told(tmp_path: Path, mapping: str, because: str) -> None:
    result = checked(tmp_path, list_of(100), InThisProcess(1_000), mapping)
    assert result.remarks[-1] == f"mapped in one process, not in 1 process, because {because}"
    alone = checked(tmp_path, list_of(100), None, mapping)
    assert (result.counts, result.remarks[:-1]) == (alone.counts, alone.remarks)


def test_a_small_file_is_mapped_as_one_without_a_word(tmp_path: Path) -> None:
    ranges = InThisProcess(1_000)
    ranges.least_size = 1 << 20
    assert checked(tmp_path, list_of(100), ranges) == checked(tmp_path, list_of(100), None)


def test_a_file_of_rejects_alone_is_refused_as_it_is_as_one(tmp_path: Path) -> None:
    errors = []
    for ranges in (None, InThisProcess(30)):
        with pytest.raises(NoReadableRecordError) as caught:
            checked(tmp_path, HEADER + "1,2\n" * 50, ranges)
        errors.append((caught.value.message, caught.value.hint, caught.value.line))
    assert errors[0] == errors[1]


def test_a_file_that_changes_while_its_ranges_are_mapped_is_not_loaded(tmp_path: Path) -> None:
    mapping, delivery = made_up(tmp_path, csv=list_of(100), mapping=OHIO)

    def grow(_: int) -> None:
        with delivery.path.open("a") as file:
            file.write("Oak,,,,,,,,,\n")

    with pytest.raises(DeliveryError, match="the file changed while it was being read"):
        load_delivery(mapping, delivery, None, today=TODAY, progress=grow, ranges=InThisProcess(1_000))
