from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from pydantic import ValidationError

from leadingest.tables.types.phone import Phone


def read(text: str, region: str = "US") -> object:
    return pl.select(Phone(region=region).parse(pl.lit(text), today=date(2026, 6, 30))).item()


@pytest.mark.parametrize(
    "text",
    [
        "7025550143",
        "702-555-0143",
        "702.555.0143",
        "702 555 0143",
        "702/555-0143",
        "(702)555-0143",
        "( 702 ) 555 - 0143",
        "17025550143",
        "1-702-555-0143",
        "+1 (702) 555-0143",
    ],
)
def test_a_number_in_any_usual_punctuation_is_one_number(text: str) -> None:
    assert read(text) == "+17025550143"


@pytest.mark.parametrize(
    "extension", ["x12", " x 12", "ext12", " Ext. 12", ", extension 12", "#12", " EXT: 12"]
)
def test_an_extension_is_kept_behind_the_number(extension: str) -> None:
    assert read(f"702-555-0143{extension}") == "+17025550143 x12"


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("800-911-0143", "+18009110143"),
        ("1 (855) 411-0143", "+18554110143"),
        ("+1.877.211.0143", "+18772110143"),
        ("(833) 311-0143 ext. 7", "+18333110143 x7"),
        ("800-111-0143", None),
        ("880-411-0143", None),
        ("808-411-0143", None),
        ("808-411-0143 x7", None),
    ],
)
def test_a_toll_free_number_may_have_an_exchange_like_a_service_code(text: str, stored: str | None) -> None:
    assert read(text) == stored


@pytest.mark.parametrize(
    "text",
    [
        "000-000-0000",
        "1234567890",
        "911-555-0143",
        "295-555-0143",
        "702-155-0143",
        "702-911-0143",
        "702-555-014",
        "702-555-01433",
        "555-0143",
        "702-555-CARE",
        "call 702-555-0143",
        "702-555-0143 / 702-555-0144",
        "none",
        "fax 702-555-0143",
        "x12",
    ],
)
def test_what_is_not_one_valid_number_is_invalid(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("label", ["Tel. ", "tel:", "TELEPHONE: ", "ph ", "Phone: ", "Ph.", "Phone: +1 "])
def test_a_label_before_a_number_is_no_part_of_it(label: str) -> None:
    assert read(f"{label}702-555-0143 x12") == "+17025550143 x12"
    assert read(f"{label}1407 830414") is None


@pytest.mark.parametrize("digit", "23456789")
@pytest.mark.parametrize("extension", ["", " x12"])
@pytest.mark.parametrize("region", ["US", "GB"])
def test_one_digit_ten_times_over_is_no_number(digit: str, extension: str, region: str) -> None:
    assert read(f"+1 {digit * 3}-{digit * 3}-{digit * 4}{extension}", region) is None


def test_555_is_no_area_code() -> None:
    assert read("555-702-0143") is None
    assert read("555-702-0143 x12") is None
    assert read("551-702-0143") == "+15517020143"


def test_a_foreign_number_needs_its_country_code_or_its_region() -> None:
    assert read("+44 1407 830414") == "+441407830414"
    assert read("01407 830414") is None
    assert read("01407 830414", region="GB") == "+441407830414"


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(ValidationError, match="two capital letters of a country"):
        Phone(region="UK")
