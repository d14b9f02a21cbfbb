"""What a polars user writes by hand for source2."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import polars as pl

from tests.benchmarks.by_hand.expressions import (
    age_groups,
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

_GROUPS = {
    "Infant": "Infants (0-11 months)",
    "Toddler": "Toddlers (12-23 months; 1yr.)",
    "Preschool": "Preschool (24-48 months; 2-4 yrs.)",
    "School": "School-age (5 years-older)",
}
_AGES = ("Ages Accepted 1", "AA2", "AA3", "AA4")
_WEEK = {
    "Mon": "Mon",
    "Tues": "Tue",
    "Wed": "Wed",
    "Thurs": "Thu",
    "Friday": "Fri",
    "Saturday": "Sat",
    "Sunday": "Sun",
}
_FACILITY_TYPES = {"CHILD CARE FAMILY": "family_home", "CHILD CARE CENTER": "center"}
_CHECKED = {
    "licensee_name": "Company",
    "first_name": "Primary Caregiver",
    "last_name": "Primary Caregiver",
    "title": "Primary Caregiver",
    "phone": "Phone",
    "email": "Email",
    "address1": "Address1",
    "address2": "Address2",
    "city": "City",
    "state": "State",
    "zip": "Zip",
    "license_number": "Type License",
    "license_type": "Type License",
    "license_issued": "License Monitoring Since",
    "facility_type": "Type License",
    "accepts_financial_aid": "Accepts Subsidy",
    "capacity": "Total Cap",
}


def _fields(_today: date) -> dict[str, pl.Expr]:
    license_type = pl.col("Type License").str.extract("^(.*?)(?: - |$)")
    caregiver = pl.col("Primary Caregiver").str.extract_groups(r"^(?<first>\w+) (?<last>\w+)\s*\n")
    subsidy = pl.col("Accepts Subsidy")
    accepted = pl.concat_list(_AGES)
    return {
        "company": text(squeezed(pl.col("Company").str.replace(r"(?s)^.* DBA ", "")), 255),
        "licensee_name": text(squeezed(_licensee()), 255),
        "first_name": text(caregiver.struct.field("first"), 100),
        "last_name": text(caregiver.struct.field("last"), 100),
        "title": text(squeezed(pl.col("Primary Caregiver").str.extract(r"([^\n]*)$")), 100),
        "phone": phone(pl.col("Phone")),
        "email": email(pl.col("Email")),
        "address1": text(pl.col("Address1"), 200),
        "address2": text(pl.col("Address2"), 100),
        "city": text(pl.col("City").str.to_titlecase(), 100),
        "state": state(pl.col("State")),
        "zip": zip_code(pl.col("Zip")),
        "license_number": text(pl.col("Type License").str.extract(r" - (K\d+)$"), 64),
        "license_type": text(license_type, 150),
        "license_issued": pl.col("License Monitoring Since")
        .str.extract(r"(\d{4}-\d{2}-\d{2})")
        .str.to_date(strict=False),
        "facility_type": license_type.replace_strict(_FACILITY_TYPES, default=None),
        "accepts_financial_aid": pl.when(subsidy == "Accepts Subsidy")
        .then(True)
        .when(subsidy.is_null())
        .then(False),
        "capacity": pl.col("Total Cap").cast(pl.Int32, strict=False),
        **age_groups({group: accepted.list.contains(pl.lit(cell)) for group, cell in _GROUPS.items()}),
        "schedule": _schedule(),
    }


def _licensee() -> pl.Expr:
    """The holder of a license; the name of a home's is turned, and in readable case where all of it is in capitals."""
    holder = pl.col("Company").str.extract("(?s)^(.*?)(?: DBA |$)")
    turned = holder.str.replace(r'^((?:\p{Han}[^\s"]+ )?[A-Z]+), ([A-Z]+)$', "${2} ${1}")
    readable = (
        pl.when(turned.str.contains("^[A-Z]+ [A-Z]+$")).then(turned.str.to_titlecase()).otherwise(turned)
    )
    at_home = pl.col("Type License").str.starts_with("CHILD CARE FAMILY")
    return pl.when(at_home & (turned != holder)).then(readable).otherwise(holder)


def _schedule() -> pl.Expr:
    """Few weeks are different: each of them is written once."""
    return pl.concat_str([pl.col(header).fill_null("") for header in _WEEK], separator="|").map_batches(
        _by_distinct, return_dtype=pl.String, is_elementwise=True
    )


def _by_distinct(weeks: pl.Series) -> pl.Series:
    distinct = weeks.unique()
    return weeks.replace_strict(distinct, pl.Series(map(_week, distinct), dtype=pl.String))


def _week(cells: str) -> str | None:
    """`Mon-Fri 07:30-17:30; Sat 08:00-12:00`."""
    hours_of = {day: _hours(cell) for day, cell in zip(_WEEK.values(), cells.split("|"), strict=True)}
    days = list(hours_of)
    written = []
    for hours in dict.fromkeys(filter(None, hours_of.values())):
        places = [place for place, day in enumerate(days) if hours_of[day] == hours]
        runs = [
            [at for _, at in run] for _, run in groupby(enumerate(places), lambda each: each[1] - each[0])
        ]
        spans = (days[run[0]] if len(run) == 1 else f"{days[run[0]]}-{days[run[-1]]}" for run in runs)
        written.append(f"{','.join(spans)} {hours}")
    return "; ".join(written) or None


def _hours(cell: str) -> str | None:
    """`07:30-17:30` out of `7:30AM - 5:30PM`."""
    if cell in ("", "CLOSED"):
        return None
    begin, end = (_clock(time) for time in cell.split(" - "))
    return f"{begin}-{end}"


def _clock(time: str) -> str:
    hour, minute = time[:-2].split(":")
    return f"{int(hour) % 12 + (12 if time.endswith('PM') else 0):02}:{minute}"


def _with_key(leads: pl.LazyFrame) -> pl.LazyFrame:
    both = pl.concat_str(
        [folded(pl.col("address1")), folded(pl.col("address2"))], separator=" ", ignore_nulls=True
    )
    return with_key(leads, address=pl.when(pl.col("address1").is_not_null()).then(both))


SCRIPT = Script(_fields, _CHECKED, _with_key)
