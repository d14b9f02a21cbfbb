"""The load table that is shipped: `ddl/lead_sources.yaml`."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from leadingest.tables.load_table import LoadTable, read_load_table

FIELDS = """
accepts_financial_aid ages_served capacity certificate_expiration_date city address1 address2 company phone phone2
county curriculum_type email first_name language last_name license_status license_issued license_number
license_renewed license_type licensee_name max_age min_age operator provider_id schedule state title
website_address zip facility_type
"""


def lead_sources() -> LoadTable:
    return read_load_table(Path(__file__).parents[2] / "ddl" / "lead_sources.yaml")


def test_it_has_the_fields_of_a_lead_and_no_others() -> None:
    assert sorted(lead_sources().columns) == sorted(FIELDS.split())


def test_only_the_company_is_required() -> None:
    assert [column.name for column in lead_sources().columns.values() if column.required] == ["company"]


def test_numbers_that_are_names_stay_texts() -> None:
    types = {column.name: column.type.name for column in lead_sources().columns.values()}
    assert [types[name] for name in ("license_number", "provider_id", "zip")] == ["text", "text", "us_zip"]


def test_dates_of_what_has_happened_are_past() -> None:
    columns = lead_sources().columns
    past = [name for name, column in columns.items() if getattr(column.type, "two_digit_years", "") == "past"]
    assert past == ["license_issued", "license_renewed"]


@pytest.mark.parametrize(
    ("lead", "key"),
    [
        (
            {"phone": "+17022003000", "address1": "1 Oak St", "zip": "89501"},
            "phone=+17022003000|address=1 OAK ST",
        ),
        ({"phone": "+17022003000", "city": "Reno", "state": "NV"}, "phone=+17022003000"),
        ({"address1": "1 Oak St", "zip": "89501", "city": "Reno"}, "company=ELM|address=1 OAK ST|zip=89501"),
        ({"city": "Reno", "state": "NV"}, "company=ELM|city=RENO|state=NV"),
        # With an address on one side, the same city is not enough.
        ({"address1": "1 Oak St", "city": "Reno", "state": "NV"}, None),
        ({"state": "NV"}, None),
    ],
)
def test_what_makes_two_leads_one(lead: dict[str, str], key: str | None) -> None:
    table = lead_sources()
    fields = {name: column.type.dtype for name, column in table.columns.items()}
    row = pl.DataFrame([{"company": "Elm", **lead}], schema=fields)
    assert table.identity.with_key(row.lazy(), "key").collect()["key"].item() == key
