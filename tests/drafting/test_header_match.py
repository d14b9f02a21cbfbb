"""Tests of leadingest.drafting.header_match."""

from __future__ import annotations

import pytest

from leadingest.drafting.header_match import match_headers
from leadingest.drafting.known_headers import KNOWN_HEADERS


def best(header: str) -> str | None:
    (matches,) = match_headers([header], [])
    return max(matches, key=lambda meaning: matches[meaning].score) if matches else None


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("LICENSE_NO", "license_number"),
        ("LicenseNumber", "license_number"),
        ("Facility Phone #", "phone"),
        ("Adress 1", "address1"),
        ("Address2", "address2"),
        ("E-mail", "email"),
        ("PostalCode", "zip"),
        ("Expiraton Date", "certificate_expiration_date"),
        ("FACILITY ADDRESS (STREET, CITY, STATE, ZIP CODE)", "address1"),
        ("Facility (Provider) Name", "company"),
        ("capacity_c", "capacity"),
        ("Country", "country"),
        ("Fax", "fax"),
        ("Straße und Hausnummer", "address1"),
        ("Tél.", "phone"),
        ("Nombre de places", "capacity"),
        ("CORREO ELECTRÓNICO", "email"),
        ("Huisnummer", "street_number"),
        ("電話", "phone"),
        ("LIC_NBR", "license_number"),
        ("CNTY_NM", "county"),
        ("FAC_PHN", "phone"),
        ("FACILITYNAME", "company"),
        ("Account Owner", "keeper_of_record"),
        ("FAC_TYPE_CDE", "facility_type"),
        ("Phone / Téléphone", "phone"),
        ("Provider First Line Business Practice Location Address", "address1"),
        ("Classifications", "license_type"),
        ("Ages To", "max_age"),
        ("LOCADDR1", "address1"),
        ("Licensed Provider Status", "license_status"),
        ("定員", "capacity"),
        ("Number of Fines", None),
        ("Infants (<16m)", "infant"),
        ("Colour of the door", None),
        ("", None),
    ],
)
def test_a_header_means_what_its_words_say(header: str, meaning: str | None) -> None:
    assert best(header) == meaning


def test_the_address_for_letters_is_less_sure_than_that_of_the_facility() -> None:
    mailing, plain, facility = match_headers(["Mailing City", "City", "Facility City"], [])
    scores = [each["city"].score if "city" in each else 0 for each in (mailing, plain, facility)]
    assert scores == sorted(scores)
    assert len(set(scores)) == 3


def test_a_field_without_known_headers_is_known_by_its_name() -> None:
    (matches,) = match_headers(["Number of Rooms"], ["number_of_rooms"])
    assert matches["number_of_rooms"].exact


def test_no_phrase_stands_twice_for_one_meaning() -> None:
    for weights in KNOWN_HEADERS.values():
        phrases = [phrase for texts in weights.values() for phrase in texts]
        assert len(phrases) == len(set(phrases))
