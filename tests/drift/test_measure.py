"""Tests of leadingest.drift.profiles.measure: what a load keeps of its delivery."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from leadingest.destinations.open_destination import open_destination
from leadingest.drift.profiles.document import read_profile
from leadingest.drift.profiles.profile import DeliveryProfile
from leadingest.ingest.load_delivery import load_delivery
from tests.ingest.made_up_delivery import made_up
from tests.ingest.test_load_delivery import TODAY

CSV = """\
Name,Phone,Ext,Place,Status,License,Places,E-mail,Kind,Notes
Oak,740-200-3000,,Athens,Open,A1,12,,Home,
Oak,740-200-3000,,Athens,Asleep,A2,8,none,Home,cats
Elm,740-200,5,Akron,Open,A1,,ann@pine.example,Home,
short
Bar None,740-200-3002,,Akron,Open,A3,many,,Bar,
"""


def kept(folder: Path, url: str) -> DeliveryProfile:
    """What the database has once the delivery is loaded."""
    mapping, delivery = made_up(folder, csv=CSV)
    with closing(open_destination(url, mapping.table)) as destination:
        destination.prepare()
        with destination.ledger.claim(mapping.source) as claim:
            outcome = load_delivery(mapping, delivery, claim, today=TODAY, progress=lambda _: None)
        profile = read_profile(destination.diagnostics.profiles(outcome.load_id or 0))
    assert profile
    return profile


def test_a_load_keeps_what_its_delivery_was_like(tmp_path: Path, database_url: str) -> None:
    profile = kept(tmp_path, database_url)
    assert (profile.records, profile.format, profile.encoding) == (5, "csv", "utf-8")
    assert (profile.delimiter, profile.quote, profile.header_row) == (",", '"', 1)
    by_header = {column.header: column for column in profile.columns}
    assert {header: column.filled for header, column in by_header.items()} == {
        "Name": 4,
        "Phone": 4,
        "Ext": 1,
        "Place": 4,
        "Status": 4,
        "License": 4,
        "Places": 3,
        "E-mail": 2,
        "Kind": 4,
        "Notes": 1,
    }
    assert by_header["Status"].values == {"Open": 3, "Asleep": 1}
    assert by_header["Name"].records == 4


def test_it_counts_what_became_of_the_fields(tmp_path: Path, database_url: str) -> None:
    profile = kept(tmp_path, database_url)
    counted = {field: (each.filled, each.unreadable) for field, each in profile.fields.items()}
    assert (profile.leads, counted["license_status"], counted["phone"]) == (3, (2, 1), (2, 1))
    # A cell that stands twice could be read; one of a record that was left out on purpose does not count.
    assert (counted["license_number"], counted["capacity"]) == ((2, 0), (2, 0))


def test_no_value_of_a_personal_column_is_kept(tmp_path: Path, sqlite_url: str) -> None:
    profile = kept(tmp_path, sqlite_url)
    kept_values = {column.header for column in profile.columns if column.values is not None}
    assert kept_values == {"Status", "Places"}
    text = repr(profile)
    assert not [said for said in ("Oak", "740-2", "Athens", "ann@", "cats", "A2") if said in text]


def test_leads_that_have_one_key_are_counted(tmp_path: Path, sqlite_url: str) -> None:
    assert kept(tmp_path, sqlite_url).repeated_keys == 1.0
