"""Tests of leadingest.drafting.numbered_contacts."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.drafting.draft_text import draft_text
from tests.drafting.drafts import document, drafted

CONTACTS = """\
Center,Contact 1,Phone 1,Contact_2,Phone_2,Address 1,Address 2,City
Oak Tree Care,Ann Bell,702-555-0101,Bo Cruz,702-555-0102,1 Main St,Unit 2,Reno
Elm House,Di Eng,702-555-0103,,,7 Oak Ave,,Elko
"""


def repeated(folder: Path, content: str) -> object:
    """What a draft of the file says under `repeat`."""
    delivery = document(drafted(folder, content))["delivery"]
    assert isinstance(delivery, dict)
    return delivery.get("repeat")


def test_each_contact_is_proposed_as_a_lead_and_marked(tmp_path: Path) -> None:
    draft = drafted(tmp_path, CONTACTS)
    assert repeated(tmp_path, CONTACTS) == {
        "Contact": ["Contact 1", "Contact_2"],
        "Phone": ["Phone 1", "Phone_2"],
    }
    assert draft.sample.records == 3
    assert {*draft.fields} == {
        *("company", "first_name", "last_name", "phone", "address1", "address2", "city")
    }
    assert "  # unsure: each contact becomes a lead of its own" in draft_text(draft)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Contact", "Building"),
        ("Phone", "Fee"),
        ("Contact_2", "Contact 3"),
        ("Center", "Contact"),
        ("City", "phone 1"),
    ],
)
def test_where_that_is_not_plain_a_record_stays_one_lead(tmp_path: Path, old: str, new: str) -> None:
    assert repeated(tmp_path, CONTACTS.replace(old, new)) is None
