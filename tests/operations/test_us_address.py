"""Tests of leadingest.operations.us_address."""

from __future__ import annotations

import pytest

from leadingest.operations.us_address import UsAddress
from tests.operations.laws import applied


def part(name: str, text: str) -> str | None:
    return applied(UsAddress.model_validate({"us_address": name}), [text])[0]


@pytest.mark.parametrize(
    ("text", "street", "unit", "city", "zip_code"),
    [
        ("12 N. WILLOW ST RENO, NV 89501", "12 N. WILLOW ST", "", "RENO", "89501"),
        ("12 WILLOW ST., STE 4 LAS VEGAS, NV 89123", "12 WILLOW ST.", "STE 4", "LAS VEGAS", "89123"),
        ("6 RIVER BELL ST NORTH LAS VEGAS, NV 89031", "6 RIVER BELL ST", "", "NORTH LAS VEGAS", "89031"),
        ("512 OAK AVE. BOULDER CITY, NV 89005", "512 OAK AVE.", "", "BOULDER CITY", "89005"),
        ("12 Elm St, Apt 4B, Albany, NY 12207-1001", "12 Elm St", "Apt 4B", "Albany", "12207-1001"),
        ("PO BOX 12 ELKO, NV 89801", "PO BOX 12", "", "ELKO", "89801"),
    ],
)
def test_a_line_is_taken_apart_with_or_without_a_comma_before_the_city(
    text: str, street: str, unit: str, city: str, zip_code: str
) -> None:
    assert [part(name, text) for name in ("street", "unit", "city", "zip")] == [street, unit, city, zip_code]
    assert part("state", text) in ("NV", "NY")


def test_street_and_unit_can_be_taken_together() -> None:
    assert part("line", "12 WILLOW ST., STE 4 RENO, NV 89501") == "12 WILLOW ST., STE 4"


@pytest.mark.parametrize("text", ["unknown", "---", "NV", "89501"])
def test_what_has_no_street_and_city_is_not_recognized(text: str) -> None:
    assert part("city", text) is None
