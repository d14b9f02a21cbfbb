"""The differences between real deliveries, counted once more with nothing but csv, sqlite3 and dict.

They lie beside the repository, and where they do not there is nothing to count.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from leadingest.cli.main import main
from tests.real_deliveries import SAMPLES, real

ROOT = Path(__file__).parents[1]

pytestmark = real


@dataclass(frozen=True)
class Source:
    """A source whose deliveries lie in a folder of its name, oldest first by name."""

    name: str
    #: The header of its license number, by which its leads are known again.
    key: str
    #: Fields that are their cell as it stands, and its header.
    fields: dict[str, str]

    @property
    def files(self) -> list[Path]:
        return sorted((SAMPLES / self.name).glob("*.csv"))


NEBRASKA = Source(
    "ne_childcare",
    "License_Number",
    {
        "company": "Provider_Name",
        "address1": "Address",
        "county": "County",
        "license_type": "License_Type",
        "capacity": "Capacity",
        "ages_served": "Ages",
        "license_issued": "Effective_Date",
    },
)
NEW_YORK = Source(
    "nys_home_daycare",
    "Facility ID",
    {
        "company": "Facility Name",
        "license_type": "Program Type",
        "capacity": "Total Capacity",
        "license_renewed": "License Issue Date",
        "certificate_expiration_date": "License Expiration Date",
    },
)


def records(source: Source, file: Path) -> dict[str, dict[str, str]]:
    """The records of a delivery by license number, which no two have in common; cells without blanks at their ends."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [{header: cell.strip() for header, cell in row.items()} for row in csv.DictReader(lines)]
    found = {row[source.key]: row for row in rows}
    assert "" not in found
    assert len(found) == len(rows)
    return found


def lead_rows(database: Path, load: int) -> dict[str, dict[str, Any]]:
    """The lead fields of a load by license number, as the database holds them."""
    not_of_the_lead = {
        *("load_id", "source_record_number", "source_name", "source_filename", "source_extract_time"),
        *("filled_fields", "lead_key", "updated_at"),
    }
    connection = sqlite3.connect(database)
    try:
        connection.row_factory = sqlite3.Row
        rows = connection.execute("SELECT * FROM lead_sources WHERE load_id = ?", [load])
        return {
            row["license_number"]: {name: row[name] for name in row.keys() if name not in not_of_the_lead}
            for row in rows
        }
    finally:
        connection.close()


def call(database: Path, *words: str) -> str:
    settings = ["--mappings", str(ROOT / "mappings"), "--database-url", f"sqlite:///{database}"]
    result = CliRunner().invoke(main, [*words, *settings])
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


@pytest.mark.parametrize(
    "source", [NEBRASKA, pytest.param(NEW_YORK, marks=pytest.mark.long)], ids=lambda source: source.name
)
def test_diff_counts_what_a_plain_script_counts(source: Source, tmp_path: Path) -> None:
    database = tmp_path / "leads.db"
    for file in source.files:
        call(database, "run", "--source", source.name, "--file", str(file))
    seen: set[str] = set()
    for load, (older, newer) in enumerate(pairwise(source.files), 1):
        command = ("diff", "--source", source.name, str(load), str(load + 1), "--format", "json")
        found = json.loads(call(database, *command))
        was, now = records(source, older), records(source, newer)
        both = was.keys() & now.keys()
        alone = now.keys() - was.keys()
        assert {lead["license_number"] for lead in found["removed"]} == was.keys() - now.keys()
        assert {lead["license_number"] for lead in found["new"]} == alone - seen
        assert {lead["license_number"] for lead in found["reappeared"]} == alone & seen
        leads_was, leads_now = lead_rows(database, load), lead_rows(database, load + 1)
        changed = {key for key in both if leads_was[key] != leads_now[key]}
        assert {lead["key"]["license_number"] for lead in found["changed"]} == changed
        assert {
            group: each
            for group, each in found["counts"].items()
            if group not in ("new", "removed", "reappeared")
        } == {
            "unchanged": dict.fromkeys(("before", "now"), len(both) - len(changed)),
            "changed": dict.fromkeys(("before", "now"), len(changed)),
            "ambiguous": {"before": 0, "now": 0},
            "without_a_key": {"before": 0, "now": 0},
            "leads": {"before": len(was), "now": len(now)},
        }
        by_field = Counter(
            field
            for key in both
            for field in leads_was[key]
            if leads_was[key][field] != leads_now[key][field]
        )
        by_field.pop("name_hash", None)
        assert {field: each["leads"] for field, each in found["changed_fields"].items()} == by_field
        in_the_files = {
            field: sum(was[key][header] != now[key][header] for key in both)
            for field, header in source.fields.items()
        }
        assert {field: by_field[field] for field in source.fields} == in_the_files
        seen |= was.keys()
