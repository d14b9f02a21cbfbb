from __future__ import annotations

import polars as pl
import pytest

from leadingest.tables.column import Column
from leadingest.tables.identity import Identity, KeyPart, KeyRule
from leadingest.tables.types.phone import Phone
from leadingest.tables.types.text import Text
from leadingest.tables.types.us_zip import UsZip

PHONE = KeyPart("phone", (Column("phone", Phone(), "x"),))
ZIP = KeyPart("zip", (Column("zip", UsZip(), "x"),))
COMPANY = KeyPart("company", (Column("company", Text(length=40), "x"),))
ADDRESS = KeyPart(
    "address", (Column("address1", Text(), "x"), Column("address2", Text(length=60), "x")), street=True
)
IDENTITY = Identity(
    (
        KeyRule((PHONE, ADDRESS)),
        KeyRule((PHONE,)),
        KeyRule((ADDRESS, ZIP)),
        KeyRule((COMPANY,), blank=(ADDRESS,)),
    )
)


def key(identity: Identity = IDENTITY, **lead: str | None) -> str | None:
    row = pl.DataFrame(
        [dict.fromkeys(IDENTITY.columns) | lead], schema=dict.fromkeys(IDENTITY.columns, pl.String)
    )
    value = identity.with_key(row.lazy(), "key").collect()["key"].item()
    # What has no value need not be told apart from what never has one.
    assert value == identity.with_key(row.lazy(), "key", given=lead).collect()["key"].item()
    assert value is None or isinstance(value, str)
    return value


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        (
            {"phone": "+17025550143", "address1": "12 Oak Street", "address2": "Suite 4", "company": "A"},
            "phone=+17025550143|address=12 OAK ST UNIT 4",
        ),
        ({"phone": "+17025550143", "zip": "89103"}, "phone=+17025550143"),
        ({"phone": "+17025550143", "address2": "Suite 4"}, "phone=+17025550143"),
        ({"phone": "+17025550143", "address1": "---"}, "phone=+17025550143"),
        ({"address1": "12 Oak St", "zip": "89103-1234"}, "address=12 OAK ST|zip=89103"),
        ({"address1": "12 Oak St", "company": "Café No. 1"}, None),
        ({"address2": "Suite 4", "company": "Café No. 1"}, "company=CAFE NO 1"),
        ({"address1": "-", "company": "Café No. 1"}, "company=CAFE NO 1"),
        ({"address1": "12 Oak St"}, None),
        ({}, None),
    ],
)
def test_the_first_rule_whose_parts_are_filled_makes_the_key(
    lead: dict[str, str], expected: str | None
) -> None:
    assert key(IDENTITY, **lead) == expected


def test_an_address_in_one_column_or_two_is_the_same() -> None:
    assert key(phone="+17025550143", address1="12 Oak St Ste 4") == key(
        phone="+17025550143", address1="12 Oak St", address2="#4"
    )


def test_the_columns_of_the_key_are_named_once() -> None:
    assert IDENTITY.columns == ("phone", "address1", "address2", "zip", "company")


def test_the_length_of_a_key_is_known() -> None:
    assert IDENTITY.key_length == len("phone=|address= ") + 38 + 255 + 60


def test_a_key_that_grew_over_its_length_is_none() -> None:
    identity = Identity((KeyRule((COMPANY,)),))
    assert key(identity, company="ﬃ" * 13) == "company=" + "FFI" * 13
    assert key(identity, company="ﬃ" * 14) is None


def test_without_rules_no_lead_has_a_key() -> None:
    assert key(Identity(), phone="+17025550143") is None
    assert Identity().columns == ()
