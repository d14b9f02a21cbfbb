"""Fields that are read by the rules of a country: one for all, one of each record, and that of the lead."""

from __future__ import annotations

import pytest

from leadingest.errors import DefinitionError, DeliveryError
from tests.engine.trial import mapping_of, run

INTERNATIONAL = "into: leads_international\nfields:\n"


def test_the_country_of_the_lead_counts_wherever_the_mapping_fills_it() -> None:
    trial = run(
        INTERNATIONAL + "  phone: Tel\n  postal_code: Code\n  subdivision: Area\n  country: Land\n",
        {"Tel": "020 7183 8750", "Code": "sw1a1aa", "Area": "Kent", "Land": "UK"},
        {"Tel": "01 42 68 53 00", "Code": "75 011", "Area": "Nord", "Land": "France"},
        {"Tel": "01 42 68 53 00", "Code": "75 011", "Area": "FR-59", "Land": ""},
        {"Tel": "+33142685300", "Code": "75011", "Area": "Nord", "Land": "Atlantis"},
    )
    fields = ("phone", "postal_code", "subdivision", "country")
    assert [tuple(lead[name] for name in fields) for lead in trial.leads] == [
        ("+442071838750", "SW1A 1AA", "GB-KEN", "GB"),
        ("+33142685300", "75011", "FR-59", "FR"),
        (None, None, "FR-59", None),
        ("+33142685300", None, None, None),
    ]
    invalid = [(each["record_number"], each["field"], each["rule"]) for each in trial.invalid_values]
    assert invalid == [
        (3, "phone", "phone"),
        (3, "postal_code", "postal_code"),
        (4, "postal_code", "postal_code"),
        (4, "subdivision", "subdivision"),
        (4, "country", "country"),
    ]


def test_one_country_for_the_whole_list_is_a_constant() -> None:
    trial = run(INTERNATIONAL + "  country: {const: AU}\n  phone: Tel\n", {"Tel": "(02) 9374 4000"})
    assert trial.leads[0]["phone"] == "+61293744000"


@pytest.mark.parametrize("header", ["Land", "Country"])
def test_a_mapping_may_name_the_column_or_let_value_with_the_country(header: str) -> None:
    trial = run(
        "let:\n  where: {first_of: [{from: Deep, values: {Inland: FR}, otherwise: blank}], default: GB}\n"
        "fields:\n  phone: {from: Tel, region: {from: [Land, Country]}}\n  phone2: {from: Tel, region: {from: where}}\n",
        {"Tel": "01 42 68 53 00", header: "France", "Deep": "Inland"},
        {"Tel": "020 7183 8750", header: "England", "Deep": "Coast"},
    )
    assert [lead["phone"] for lead in trial.leads] == ["+33142685300", "+442071838750"]
    assert [lead["phone2"] for lead in trial.leads] == ["+33142685300", "+442071838750"]


def test_parts_are_tried_by_the_country_too() -> None:
    trial = run(
        "fields:\n  phone: {first_of: [Tel, Mobile], region: {from: Land}}\n",
        {"Tel": "none", "Mobile": "06 12 34 56 78", "Land": "FR"},
    )
    assert trial.leads[0]["phone"] == "+33612345678"


def test_a_delivery_without_the_column_of_countries_is_refused() -> None:
    with pytest.raises(DeliveryError, match="no header 'Land', which phone reads"):
        run("fields:\n  phone: {from: Tel, region: {from: Land}}\n", {"Tel": "1"})


@pytest.mark.parametrize(
    ("region", "message"),
    [
        ("{column: country}", "region names a header or a let value in a mapping"),
        ("{form: Land}", "form is not a known key"),
        ("{}", "must name a header"),
        ("UK", "region must be the two capital letters of a country"),
    ],
)
def test_a_region_that_names_nothing_is_refused(region: str, message: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        mapping_of(f"fields:\n  phone: {{from: Tel, region: {region}}}\n")
    assert message in str(refused.value)
