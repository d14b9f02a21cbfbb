"""What a polars user writes by hand for source1, without the names and addresses that are to be taken apart.

Each contact and each address of its list is one cell: which of the words are a name, and where a city begins, a script
asks libraries, as the engine does. A script of expressions has no answer that one could measure it by.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from tests.benchmarks.by_hand.expressions import day, phone, squeezed, state, text
from tests.benchmarks.by_hand.script import Script

_STATUSES = ("Active", "Inactive", "Closed", "Suspended", "Revoked", "Expired", "Pending")
_FACILITY_TYPES = {
    "CENTER": "center",
    "FAMILY CARE": "family_home",
    "GROUP CARE": "group_home",
    "ACCOMMODATION": "accommodation",
    "PERMITS": "other",
}
_PROVISIONAL = " (PROVISIONAL)"
_CHECKED = {
    "licensee_name": "Primary Contact Name",
    "title": "Primary Contact Role",
    "phone": "Phone",
    "state": "State",
    "county": "County",
    "license_number": "Credential Number",
    "license_type": "Credential Type",
    "license_status": "Status",
    "license_issued": "First Issue Date",
    "certificate_expiration_date": "Expiration Date",
    "facility_type": "Credential Type",
}


def _fields(today: date) -> dict[str, pl.Expr]:
    kind = pl.col("Credential Type")
    bare = kind.str.replace(_PROVISIONAL, "", literal=True)
    status = pl.col("Status").replace_strict({each: each.lower() for each in _STATUSES}, default=None)
    is_provisional = (pl.col("Status") == "Active") & kind.str.ends_with(_PROVISIONAL)
    return {
        "company": text(squeezed(pl.col("Name")), 255),
        "licensee_name": text(squeezed(pl.col("Primary Contact Name").str.to_titlecase()), 255),
        "title": text(squeezed(pl.col("Primary Contact Role")), 100),
        "phone": phone(pl.col("Phone")),
        "state": state(pl.col("State")),
        "county": text(pl.col("County").str.to_titlecase(), 100),
        "license_number": text(pl.col("Credential Number"), 64),
        "license_type": text(bare, 150),
        "license_status": pl.when(is_provisional).then(pl.lit("provisional")).otherwise(status),
        "license_issued": day(pl.col("First Issue Date"), latest=today),
        "certificate_expiration_date": day(pl.col("Expiration Date"), latest=date(today.year + 20, 12, 31)),
        "facility_type": bare.replace_strict(_FACILITY_TYPES, default=None),
    }


def _with_key(leads: pl.LazyFrame) -> pl.LazyFrame:
    return leads.with_columns(lead_key=pl.format("phone={}", pl.col("phone")))


SCRIPT = Script(_fields, _CHECKED, _with_key)
