"""What the scripts by hand have in common: the fields that all three lists have, and the keys of leads."""

from __future__ import annotations

from datetime import date

import polars as pl

from leadingest.addresses.street_words import STREET_WORDS
from leadingest.addresses.us_states import STATES

_AREA, _EXCHANGE = "[2-9](?:1[02-9]|[02-8][0-9])", "[2-9](?:1[02-9]|[02-9][0-9])"
_PHONE = rf"^(?:\+?1[ .\-/]*)?\(?({_AREA})\)?[ .\-/]*({_EXCHANGE})[ .\-/]*([0-9]{{4}})(?:[ ,;]*(?i:x|ext\.?)[ .:#]*([0-9]{{1,7}}))?$"
_EMAIL = r"^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$"
_WORDS = {f" {word} ": f" {short} " for word, short in STREET_WORDS.items()}


def squeezed(value: pl.Expr) -> pl.Expr:
    """One blank for each run of them."""
    return value.str.replace_all(r"\s+", " ").str.strip_chars()


def text(value: pl.Expr, length: int) -> pl.Expr:
    """Null where it is longer."""
    return pl.when(value.str.len_chars() <= length).then(value)


def phone(value: pl.Expr) -> pl.Expr:
    """E.164, the extension behind it. What is replaced always changes: looking twice is not needed.

    Area code 555 belongs to nobody.
    """
    number = value.str.replace(_PHONE, "+1${1}${2}${3} x${4}")
    is_phone = (number != value) & ~number.str.starts_with("+1555")
    return pl.when(is_phone).then(number).str.strip_suffix(" x")


def email(value: pl.Expr) -> pl.Expr:
    """In small letters."""
    small = value.str.to_lowercase()
    return pl.when(small.str.contains(_EMAIL) & (small.str.len_chars() <= 254)).then(small)


def state(value: pl.Expr) -> pl.Expr:
    """Its code."""
    return pl.when(value.is_in(list(STATES))).then(value)


def zip_code(value: pl.Expr) -> pl.Expr:
    """Five digits, or nine with a hyphen."""
    return pl.when(value.str.contains("^[0-9]{5}(?:-[0-9]{4})?$")).then(value)


def day(value: pl.Expr, *, latest: date) -> pl.Expr:
    """`7/1/22` or `7/1/2022`. Of two-digit years it is the last that is not later than this."""
    short = value.str.to_date("%m/%d/%y", strict=False)
    placed = pl.when(short <= latest).then(short).otherwise(short.dt.offset_by("-100y"))
    return pl.coalesce(placed, value.str.to_date("%m/%d/%Y", strict=False))


def age_groups(given: dict[str, pl.Expr]) -> dict[str, pl.Expr]:
    """The list of the groups that are given, the youngest and the oldest age."""
    ages = {"Infant": (0, 0), "Toddler": (1, 1), "Preschool": (2, 4), "School": (5, 12)}
    youngest = [pl.when(given[name]).then(pl.lit(ages[name][0], pl.Int32)) for name in ages]
    oldest = [pl.when(given[name]).then(pl.lit(ages[name][1], pl.Int32)) for name in reversed(ages)]
    listed = [pl.when(given[name]).then(pl.lit(name)) for name in ages]
    return {
        "ages_served": pl.concat_str(listed, separator=", ", ignore_nulls=True).replace("", None),
        "min_age": pl.coalesce(youngest),
        "max_age": pl.coalesce(oldest),
    }


def with_key(leads: pl.LazyFrame, *, address: pl.Expr) -> pl.LazyFrame:
    """With the key of each lead: the phone at the address, or what there is of both and of the company."""
    phone_part, zip_part = pl.format("phone={}", pl.col("phone")), pl.format("zip={}", pl.col("zip"))
    company, city, state_part = (
        pl.format(f"{name}={{}}", folded(pl.col(name))) for name in ("company", "city", "state")
    )
    key = pl.coalesce(
        pl.format("{}|{}", "phone_part", "address_part"),
        pl.col("phone_part"),
        pl.format("{}|{}|{}", company, pl.col("address_part"), zip_part),
        pl.when(pl.col("address_part").is_null()).then(pl.format("{}|{}|{}", company, city, state_part)),
    )
    # What a key is made of twice is computed once.
    parts = leads.with_columns(phone_part=phone_part, address_part=pl.format("address={}", _street(address)))
    return parts.with_columns(lead_key=key)


def folded(value: pl.Expr) -> pl.Expr:
    """Capitals without accents and signs."""
    plain = value.str.normalize("NFKD").str.to_uppercase().str.replace_all(r"\p{M}|[.'`´‘’]", "")
    return plain.str.replace_all("#", " # ").str.replace_all(r"[^\p{L}\p{N}#]+", " ").str.strip_chars()


def _street(address: pl.Expr) -> pl.Expr:
    """The words of streets and units abbreviated."""
    words = pl.format(" {} ", address.str.replace_all(" ", "  ", literal=True))
    short = words.str.replace_many(_WORDS, leftmost=True)
    return short.str.replace_all("  ", " ", literal=True).str.strip_chars()
