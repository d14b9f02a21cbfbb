"""What a polars user writes by hand for source3."""

from __future__ import annotations

from datetime import date

import polars as pl

from tests.benchmarks.by_hand.expressions import (
    age_groups,
    day,
    email,
    folded,
    phone,
    squeezed,
    state,
    text,
    with_key,
    zip_code,
)
from tests.benchmarks.by_hand.script import Script

_STATUSES = {
    "Full Permit": "active",
    "Registered": "active",
    "Certified": "active",
    "Compliance Certificate": "active",
    "Initial": "provisional",
    "Initial Permit": "provisional",
    "Renewed Initial": "provisional",
}
_FACILITY_TYPES = {
    "Licensed Center": "center",
    "Licensed Center - Child Care Program": "center",
    "Licensed Center - Before/After School Program": "school_age_program",
    "Licensed Center - School Age Program": "school_age_program",
    "Licensed Child-Care Home": "group_home",
    "Registered Child-Care Home": "family_home",
    "Small Employer Based Child Care": "employer_based",
}
_CHECKED = {
    "phone": "Phone",
    "email": "Email Address",
    "address1": "Address",
    "city": "City",
    "state": "State",
    "zip": "Zip",
    "county": "County",
    "license_number": "Operation",
    "license_type": "Type",
    "license_status": "Status",
    "license_issued": "Issue Date",
    "provider_id": "Facility ID",
    "facility_type": "Type",
    "capacity": "Capacity",
}


def _fields(today: date) -> dict[str, pl.Expr]:
    return {
        "company": text(squeezed(pl.col("Operation Name").str.replace_all('"', "", literal=True)), 255),
        "phone": phone(pl.col("Phone")),
        "email": email(pl.col("Email Address")),
        "address1": text(pl.col("Address"), 200),
        "city": text(pl.col("City").str.to_titlecase(), 100),
        "state": state(pl.col("State")),
        "zip": zip_code(pl.col("Zip")),
        "county": text(pl.col("County").str.to_titlecase(), 100),
        "license_number": text(pl.col("Operation"), 64),
        "license_type": text(pl.col("Type"), 150),
        "license_status": pl.col("Status").replace_strict(_STATUSES, default=None),
        "license_issued": day(pl.col("Issue Date"), latest=today),
        "provider_id": text(pl.col("Facility ID"), 64),
        "facility_type": pl.col("Type").replace_strict(_FACILITY_TYPES, default=None),
        "capacity": pl.col("Capacity").cast(pl.Int32, strict=False),
        **age_groups({name: pl.col(name) == "Y" for name in ("Infant", "Toddler", "Preschool", "School")}),
    }


def _with_key(leads: pl.LazyFrame) -> pl.LazyFrame:
    return with_key(leads, address=folded(pl.col("address1")))


SCRIPT = Script(_fields, _CHECKED, _with_key)
