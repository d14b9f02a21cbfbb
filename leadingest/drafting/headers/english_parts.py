"""Headers in English of what fields are made of: pieces of a street, persons, days, age groups."""

from __future__ import annotations

from typing import Final

HEADERS: Final[dict[str, dict[float, tuple[str, ...]]]] = {
    "contact": {
        1.0: (
            "contact",
            "contact name",
            "contact person",
            "primary contact",
            "director",
            "first last name",
            "director name",
            "administrator",
            "facility administrator",
            "administrator name",
            "primary caregiver",
            "caregiver",
            "caregiver name",
        ),
        0.9: (
            "name person responsible",
            "responsible person",
            "principal",
            "manager",
            "owner manager",
            "contact full name",
            "full name",
            "person in charge",
            "director administrator",
            "name person responsible daily operations",
            "head school",
            "head teacher",
            "registered manager",
            "nominated individual",
            "executive director",
            "site director",
            "supervisor",
            "key contact",
        ),
        0.8: ("owner name", "owner", "provider name"),
        0.6: ("licensee", "licensee name"),
    },
    "keeper_of_record": {
        1.0: (
            "account owner",
            "account manager",
            "record owner",
            "lead owner",
            "opportunity owner",
            "sales rep",
            "assigned to",
            "contact owner",
            "company owner",
            "deal owner",
            "relationship manager",
            "territory",
        )
    },
    "trade_name": {
        1.0: (
            "trade name",
            "dba",
            "dba name",
            "doing business as",
            "doing business as name",
            "tradestyle",
            "trade style",
            "other organization name",
            "nom commercial",
            "nom d'usage",
            "nombre comercial",
            "nome fantasia",
            "handelsnaam",
        )
    },
    "zip_plus": {
        1.0: ("zip 4", "zip four", "zip plus four", "zip plus 4", "plus 4", "zip extension", "zip ext")
    },
    "country": {1.0: ("country", "country code", "country name", "nation")},
    "fax": {1.0: ("fax", "fax number", "contact fax")},
    "area_code": {1.0: ("area code", "phone area code", "area code phone")},
    "phone_extension": {1.0: ("phone extension", "extension", "ext", "phone ext")},
    "street_number": {
        1.0: (
            "street number",
            "house number",
            "address number",
            "building number",
            "st number",
            "house",
            "civic number",
        ),
        0.8: ("building",),
    },
    "street_direction": {
        1.0: (
            "street direction",
            "pre dir",
            "predir",
            "direction",
            "dir",
            "street dir",
            "pre direction",
            "prefix dir",
            "st dir",
            "street prefix",
            "prefix direction",
            "street pre direction",
        )
    },
    "street_name": {1.0: ("street name", "st name", "road name"), 0.8: ("street", "road")},
    "street_suffix": {
        1.0: (
            "street suffix",
            "suffix",
            "street type",
            "st type",
            "st suffix",
            "suf",
            "str suffix",
            "road type",
        )
    },
    "street_after": {
        1.0: (
            "post dir",
            "postdir",
            "suffix dir",
            "post direction",
            "street post direction",
            "suffix direction",
        )
    },
    "floor": {1.0: ("floor",)},
    "apartment": {1.0: ("apartment", "apartment number", "suite number")},
    "unit_type": {1.0: ("unit type", "secondary unit type")},
    "unit": {1.0: ("unit", "unit number", "suite", "secondary unit number")},
    "days_open": {1.0: ("days open", "days", "days operation", "operating days", "open days")},
    "monday": {1.0: ("monday", "mon", "monday hours", "hours monday")},
    "tuesday": {1.0: ("tuesday", "tues", "tue", "tuesday hours", "hours tuesday")},
    "wednesday": {1.0: ("wednesday", "wed", "weds", "wednesday hours", "hours wednesday")},
    "thursday": {1.0: ("thursday", "thurs", "thur", "thu", "thursday hours", "hours thursday")},
    "friday": {1.0: ("friday", "fri", "friday hours", "hours friday")},
    "saturday": {1.0: ("saturday", "sat", "saturday hours", "hours saturday")},
    "sunday": {1.0: ("sunday", "sun", "sunday hours", "hours sunday")},
    "infant": {1.0: ("infant", "serves infant", "infant care")},
    "toddler": {1.0: ("toddler", "serves toddler", "toddler care")},
    "preschool": {1.0: ("preschool", "serves preschool", "preschool age")},
    "school_age": {
        1.0: ("school", "schoolage", "serves schoolage", "school children", "school agers", "schoolagers")
    },
}
