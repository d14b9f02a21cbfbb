"""What a polars user writes by hand for source3: the leads, rejects and invalid values that the engine makes.

It is what reading and mapping are measured against, so it does all of the work, for this one source alone,
and as fast as polars lets it. A test compares its leads with the engine's, value by value.

    python -m tests.benchmarks.by_hand source3.csv
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import polars as pl

from leadingest.addresses.street_words import STREET_WORDS
from leadingest.addresses.us_states import STATES

_AREA, _EXCHANGE = "[2-9](?:1[02-9]|[02-8][0-9])", "[2-9](?:1[02-9]|[02-9][0-9])"
_PHONE = rf"^(?:\+?1[ .\-/]*)?\(?({_AREA})\)?[ .\-/]*({_EXCHANGE})[ .\-/]*([0-9]{{4}})(?:[ ,;]*(?i:x|ext\.?)[ .:#]*([0-9]{{1,7}}))?$"
_EMAIL = r"^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$"
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
#: Each field that may be unreadable, with its header.
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
_AGES = {"Infant": (0, 0), "Toddler": (1, 1), "Preschool": (2, 4), "School": (5, 12)}
_WORDS = {f" {word} ": f" {short} " for word, short in STREET_WORDS.items()}


class Made(NamedTuple):
    """What a batch of records became."""

    leads: pl.DataFrame
    rejects: pl.DataFrame
    invalid_values: pl.DataFrame


def made_by_hand(file: Path, *, today: date) -> Iterator[Made]:
    """What the records of the file become, batch by batch, in their order."""
    raw = pl.scan_csv(file, infer_schema=False, glob=False)
    headers = raw.collect_schema().names()
    stripped = pl.col(headers).str.strip_chars()
    cells = raw.with_columns(pl.when(stripped != "").then(stripped))
    mapped = _with_key(cells.with_columns(**_fields(today)).with_row_index("record_number", offset=1))
    for batch in mapped.collect_batches(chunk_size=50_000, maintain_order=True):
        yield _parted(batch, headers)


def _fields(today: date) -> dict[str, pl.Expr]:
    """The fields of a lead, out of the cells."""
    email = pl.col("Email Address").str.to_lowercase()
    given = {name: pl.col(name) == "Y" for name in _AGES}
    youngest = [pl.when(given[name]).then(pl.lit(ages[0], pl.Int32)) for name, ages in _AGES.items()]
    oldest = [pl.when(given[name]).then(pl.lit(ages[1], pl.Int32)) for name, ages in reversed(_AGES.items())]
    return {
        "company": _text(_squeezed(pl.col("Operation Name").str.replace_all('"', "", literal=True)), 255),
        "phone": _phone(pl.col("Phone")),
        "email": pl.when(email.str.contains(_EMAIL) & (email.str.len_chars() <= 254)).then(email),
        "address1": _text(pl.col("Address"), 200),
        "city": _text(pl.col("City").str.to_titlecase(), 100),
        "state": pl.when(pl.col("State").is_in(list(STATES))).then(pl.col("State")),
        "zip": pl.when(pl.col("Zip").str.contains("^[0-9]{5}(?:-[0-9]{4})?$")).then(pl.col("Zip")),
        "county": _text(pl.col("County").str.to_titlecase(), 100),
        "license_number": _text(pl.col("Operation"), 64),
        "license_type": _text(pl.col("Type"), 150),
        "license_status": pl.col("Status").replace_strict(_STATUSES, default=None),
        "license_issued": _day(pl.col("Issue Date"), today),
        "provider_id": _text(pl.col("Facility ID"), 64),
        "facility_type": pl.col("Type").replace_strict(_FACILITY_TYPES, default=None),
        "capacity": pl.col("Capacity").cast(pl.Int32, strict=False),
        "ages_served": pl.concat_str(
            [pl.when(given[name]).then(pl.lit(name)) for name in _AGES], separator=", ", ignore_nulls=True
        ).replace("", None),
        "min_age": pl.coalesce(youngest),
        "max_age": pl.coalesce(oldest),
    }


def _squeezed(value: pl.Expr) -> pl.Expr:
    return value.str.replace_all(r"\s+", " ").str.strip_chars()


def _text(value: pl.Expr, length: int) -> pl.Expr:
    return pl.when(value.str.len_chars() <= length).then(value)


def _phone(value: pl.Expr) -> pl.Expr:
    """E.164, the extension behind it. What is replaced always changes: looking twice is not needed.

    Area code 555 belongs to nobody.
    """
    number = value.str.replace(_PHONE, "+1${1}${2}${3} x${4}")
    is_phone = (number != value) & ~number.str.starts_with("+1555")
    return pl.when(is_phone).then(number).str.strip_suffix(" x")


def _day(value: pl.Expr, today: date) -> pl.Expr:
    """Two-digit years are past."""
    short = value.str.to_date("%m/%d/%y", strict=False)
    past = pl.when(short <= today).then(short).otherwise(short.dt.offset_by("-100y"))
    return pl.coalesce(past, value.str.to_date("%m/%d/%Y", strict=False))


def _with_key(leads: pl.LazyFrame) -> pl.LazyFrame:
    """With the key of each lead, and the number of its fields."""
    phone, zip_code = pl.format("phone={}", pl.col("phone")), pl.format("zip={}", pl.col("zip"))
    address = pl.format("address={}", _street(_folded(pl.col("address1"))))
    place = [pl.format(f"{name}={{}}", _folded(pl.col(name))) for name in ("company", "city", "state")]
    leads = leads.with_columns(phone_part=phone, address_part=address)
    key = pl.coalesce(
        pl.format("{}|{}", "phone_part", "address_part"),
        pl.col("phone_part"),
        pl.format("{}|{}|{}", place[0], pl.col("address_part"), zip_code),
        pl.when(pl.col("address_part").is_null()).then(pl.format("{}|{}|{}", *place)),
    )
    filled = pl.sum_horizontal(pl.col(name).is_not_null() for name in _FIELDS).cast(pl.Int16)
    return leads.with_columns(filled_fields=filled, lead_key=key)


def _folded(text: pl.Expr) -> pl.Expr:
    """Capitals without accents and signs."""
    plain = text.str.normalize("NFKD").str.to_uppercase().str.replace_all(r"\p{M}|[.'`´‘’]", "")
    return plain.str.replace_all("#", " # ").str.replace_all(r"[^\p{L}\p{N}#]+", " ").str.strip_chars()


def _street(folded: pl.Expr) -> pl.Expr:
    """The words of streets and units abbreviated."""
    words = pl.format(" {} ", folded.str.replace_all(" ", "  ", literal=True))
    short = words.str.replace_many(_WORDS, leftmost=True)
    return short.str.replace_all("  ", " ", literal=True).str.strip_chars()


def _parted(batch: pl.DataFrame, headers: list[str]) -> Made:
    """Leads, rejects and invalid values apart."""
    rejected = batch.filter(pl.col("company").is_null())
    leads = batch.filter(pl.col("company").is_not_null()) if rejected.height else batch
    invalid = [
        leads.filter(pl.col(field).is_null() & pl.col(header).is_not_null()).select(
            "record_number", pl.lit(field).alias("field"), pl.lit(header).alias("header"), raw_value=header
        )
        for field, header in _CHECKED.items()
    ]
    return Made(
        leads.select("record_number", *_FIELDS, "filled_fields", "lead_key"),
        rejected.select("record_number", pl.struct(headers).struct.json_encode().alias("raw_record")),
        pl.concat(invalid).sort("record_number", maintain_order=True),
    )


_FIELDS = tuple(_fields(date.max))


def main() -> None:
    """Say what the delivery became."""
    counts = [0, 0, 0]
    for made in made_by_hand(Path(sys.argv[1]), today=datetime.now(UTC).date()):
        counts = [count + frame.height for count, frame in zip(counts, made, strict=True)]
    print("{} leads, {} rejects, {} invalid values".format(*counts))


if __name__ == "__main__":
    main()
