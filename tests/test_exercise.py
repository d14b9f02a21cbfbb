"""The real deliveries, where they lie beside the repository: every field of every record of the three sources."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from leadingest.cli.main import main
from leadingest.settings import Settings
from tests.exercise_leads import EXPECTED, Record
from tests.loaded_tables import Row, newest_load, read, tables_of
from tests.real_deliveries import EXERCISE, SAMPLES, real

ROOT = Path(__file__).parents[1]
EARLIER = EXERCISE / "earlier_delivery"

pytestmark = real

#: Columns that are not of the record itself.
NOT_A_FIELD = frozenset({"source_record_number", "lead_key"})

#: Fields that take a cell as it stands, apart from case and signs; by source the header of each.
TAKEN_OVER = {
    "ne_childcare": {
        "company": "Provider_Name",
        "phone": "Phone",
        "address1": "Address",
        "city": "City",
        "state": "State",
        "zip": "Zip_Code",
        "county": "County",
        "license_number": "License_Number",
        "license_type": "License_Type",
        "capacity": "Capacity",
        "ages_served": "Ages",
    },
    "nys_home_daycare": {
        "company": "Facility Name",
        "city": "City",
        "state": "State",
        "zip": "Zip Code",
        "license_number": "Facility ID",
        "license_type": "Program Type",
        "capacity": "Total Capacity",
    },
}
#: Fields that stand in another form than their cell; filled, or told as invalid, where the cell is filled.
READ = {
    "ne_childcare": {
        "license_issued": "Effective_Date",
        "facility_type": "License_Type",
        "min_age": "Ages",
        "max_age": "Ages",
        "schedule": "Hours",
    },
    "nys_home_daycare": {
        "phone": "Phone Number",
        "address1": "Street Name",
        "address2": "Apartment",
        "license_status": "Facility Status",
        "license_issued": "Facility Opened Date",
        "license_renewed": "License Issue Date",
        "certificate_expiration_date": "License Expiration Date",
        "facility_type": "Program Type",
        "min_age": "Capacity Description",
        "max_age": "Capacity Description",
    },
}


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests counts."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"LEADINGEST_{name.upper()}", raising=False)


def run(url: str, *words: str) -> dict[str, dict[str, Any]]:
    """`leadingest run` with the shipped mappings: its results by source. It must succeed."""
    folders = {"LEADINGEST_MAPPINGS": str(ROOT / "mappings"), "LEADINGEST_DDL": str(ROOT / "ddl")}
    done = CliRunner(env={**folders, "LEADINGEST_DATABASE_URL": url}).invoke(
        main, ["run", *words, "--format", "json"]
    )
    assert done.exit_code == 0, done.output
    return {result["source"]: result for result in json.loads(done.stdout)["results"]}


def run_all(url: str, inbox: Path) -> dict[str, dict[str, Any]]:
    """`leadingest run --all`: the results of the three sources."""
    results = run(url, "--all", "--inbox", str(inbox))
    return {source: results[source] for source in EXPECTED}


def records(path: Path) -> list[Record]:
    """The records of a delivery as Python's own reader sees them."""
    with path.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def loaded(results: dict[str, dict[str, Any]]) -> dict[str, tuple[str, int, int]]:
    return {source: (each["status"], each["loaded"], each["rejected"]) for source, each in results.items()}


def test_every_record_is_loaded_and_the_counts_agree(database_url: str) -> None:
    results = run_all(database_url, EXERCISE)
    assert loaded(results) == {
        "source1": ("loaded", 70, 0),
        "source2": ("loaded", 28, 0),
        "source3": ("loaded", 29, 0),
    }
    for source in EXPECTED:
        tables = tables_of(database_url, results[source]["load_id"])
        (load,) = tables["load"]
        count = str(len(records(EXERCISE / f"{source}.csv")))
        assert (load["records_read"], load["records_loaded"], str(len(tables["leads"]))) == (count,) * 3
        assert tables["rejects"] == tables["invalid_values"] == []
    shown = read(database_url, "SELECT source_name, COUNT(*) AS n FROM vw_lead_sources GROUP BY source_name")
    assert {row["source_name"]: row["n"] for row in shown} == {"source1": 70, "source2": 28, "source3": 29}


def test_a_second_run_loads_nothing_and_says_why(database_url: str) -> None:
    run_all(database_url, EXERCISE)
    again = run_all(database_url, EXERCISE)
    assert {each["status"] for each in again.values()} == {"skipped"}
    assert all(
        "the same file was loaded under the same mapping" in each["message"] for each in again.values()
    )
    assert read(database_url, "SELECT COUNT(*) AS n FROM lead_sources") == [{"n": 127}]


def test_the_same_mappings_load_the_earlier_deliveries(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all(database_url, EXERCISE)
    # As if they had just come: a delivery that is older than the published one is held, and so is one with a fall.
    monkeypatch.setenv("LEADINGEST_LARGEST_FALL", "off")
    arrived = shutil.copytree(EARLIER, tmp_path / "arrived", copy_function=shutil.copyfile)
    earlier = run_all(database_url, arrived)
    assert loaded(earlier) == dict.fromkeys(EXPECTED, ("loaded", 5, 0))
    assert not [each["new_headers"] for each in earlier.values() if each["new_headers"]]


@pytest.mark.parametrize("inbox", [EXERCISE, EARLIER], ids=["today's", "earlier"])
@pytest.mark.parametrize("source", EXPECTED)
def test_every_field_of_every_lead_is_what_its_record_says(
    source: str, inbox: Path, database_url: str
) -> None:
    delivery = inbox / f"{source}.csv"
    run(database_url, "--source", source, "--file", str(delivery))
    leads = tables_of(database_url, newest_load(database_url))["leads"]
    expected = EXPECTED[source](records(delivery))
    assert [lead["source_record_number"] for lead in leads] == [str(n + 1) for n in range(len(expected))]
    for lead, fields in zip(leads, expected, strict=True):
        blank = {name: "" for name in lead if name not in NOT_A_FIELD}
        filled = {name: value for name, value in lead.items() if name not in NOT_A_FIELD}
        assert filled == blank | fields


def samples(source: str) -> Sequence[Path]:
    """The deliveries of a further source."""
    return sorted((SAMPLES / source).glob("*.csv"))


@pytest.mark.parametrize(
    "file", [*samples("ne_childcare"), *samples("nys_home_daycare")], ids=lambda f: f.name
)
def test_every_record_of_the_trial_sources_is_loaded_with_all_that_it_says(
    file: Path, sqlite_url: str
) -> None:
    source = file.parent.name
    run(sqlite_url, "--source", source, "--file", str(file))
    tables = tables_of(sqlite_url, newest_load(sqlite_url))
    raw = records(file)
    assert (len(tables["leads"]), tables["rejects"]) == (len(raw), [])
    invalid = {(value["record_number"], value["field"]) for value in tables["invalid_values"]}
    assert len(invalid) <= len(raw) // 100
    assert lost(source, raw, tables["leads"], invalid) + changed(source, raw, tables["leads"], invalid) == []


Told = set[tuple[str, str]]


def lost(source: str, raw: Sequence[Record], leads: Sequence[Row], invalid: Told) -> list[tuple[str, str]]:
    """Where a cell is filled, and the field that reads it is neither filled nor told as invalid."""
    return [
        (lead["source_record_number"], field)
        for record, lead in zip(raw, leads, strict=True)
        for field, header in READ[source].items()
        if signs(record[header], field)
        and not lead[field]
        and (lead["source_record_number"], field) not in invalid
    ]


def changed(source: str, raw: Sequence[Record], leads: Sequence[Row], invalid: Told) -> list[tuple[str, str]]:
    """Where a field is not the cell that it takes over."""
    return [
        (lead["source_record_number"], field)
        for record, lead in zip(raw, leads, strict=True)
        for field, header in TAKEN_OVER[source].items()
        if signs(record[header], field) != signs(lead[field], field)
        and (lead["source_record_number"], field) not in invalid
    ]


def signs(text: str, field: str) -> str:
    """What must not change of a value: its letters and digits, and all but the country's of a phone number."""
    kept = "".join(letter for letter in text.casefold() if letter.isalnum())
    return kept[-10:] if field == "phone" else kept
