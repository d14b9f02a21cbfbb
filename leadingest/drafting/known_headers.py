"""The headers by which lists of providers, licenses and leads are known to name things.

A meaning is a field of the load table, or a part that fields are made of. Each phrase stands with how sure it is
that a header of these words, no more and no less, has the meaning: 1 is as good as certain.
"""

from __future__ import annotations

from typing import Final

KNOWN_HEADERS: Final[dict[str, dict[float, tuple[str, ...]]]] = {
    "company": {
        1.0: (
            "company",
            "company name",
            "facility name",
            "business name",
            "operation name",
            "operation caregiver name",
            "program name",
            "center name",
            "school name",
            "site name",
            "account name",
            "trade name",
            "doing business as",
            "dba",
            "dba name",
        ),
        0.95: ("provider name", "name", "organization", "organization name", "care name"),
        0.8: ("provider", "facility", "business", "legal name facility", "child care name"),
        0.7: ("legal name", "agency name", "licensee name"),
    },
    "facility_type": {
        1.0: ("facility type", "care type", "type care", "type facility", "provider type", "program type"),
        0.85: (
            "license type",
            "credential type",
            "type",
            "kind",
            "operation type",
            "category",
            "sector",
            "type license",
        ),
    },
    "operator": {
        1.0: ("operator", "operator name", "chain", "parent company", "governing body", "management company")
    },
    "first_name": {
        1.0: ("first name", "contact first name", "contact first", "given name", "forename"),
        0.8: ("first",),
        0.7: ("owner first name", "director first name"),
    },
    "last_name": {
        1.0: ("last name", "contact last name", "contact last", "surname", "family name"),
        0.8: ("last",),
        0.7: ("owner last name", "director last name"),
    },
    "title": {
        1.0: (
            "title",
            "job title",
            "contact title",
            "role",
            "contact role",
            "position",
            "primary contact role",
        )
    },
    "phone": {
        1.0: (
            "phone",
            "phone number",
            "business phone",
            "facility phone",
            "main phone",
            "work phone",
            "phone 1",
            "contact phone",
            "contact phone number",
        ),
    },
    "phone2": {
        1.0: (
            "phone 2",
            "mobile",
            "mobile phone",
            "mobile number",
            "alternate phone",
            "other phone",
            "second phone",
        ),
        0.8: ("home phone", "secondary phone", "additional phone"),
    },
    "email": {1.0: ("email", "email address", "contact email", "email 1")},
    "website_address": {1.0: ("website", "website address", "url", "site url", "website url", "home page")},
    "language": {
        1.0: ("language", "languages", "languages spoken", "language spoken", "primary language"),
        0.7: ("medium type", "language instruction"),
    },
    "address1": {
        1.0: (
            "address",
            "address 1",
            "address line 1",
            "street",
            "street address",
            "street address 1",
            "location address",
            "physical address",
        ),
        0.8: ("location", "street 1"),
    },
    "address2": {
        1.0: ("address 2", "address line 2", "street 2", "street address 2", "suite", "address line two"),
        0.8: ("unit", "apartment", "additional address"),
    },
    "city": {1.0: ("city", "town", "city name", "city town", "municipality")},
    "state": {1.0: ("state", "state code", "state province", "state name"), 0.9: ("st",)},
    "zip": {1.0: ("zip", "zip 5", "zip plus 4", "zip code 5", "postal code", "postal", "postcode")},
    "county": {1.0: ("county", "county name", "parish", "borough"), 0.7: ("local authority", "region")},
    "licensee_name": {
        1.0: (
            "licensee",
            "licensee name",
            "license holder",
            "license holder name",
            "permit holder",
            "licensed to",
        ),
        0.95: ("owner", "owner name", "legal owner", "owner operator"),
        0.7: ("legal name", "provider name", "legal entity name", "corporation name", "governing body"),
    },
    "license_number": {
        1.0: (
            "license number",
            "license id",
            "credential number",
            "permit number",
            "registration number",
            "certificate number",
            "operation number",
        ),
        0.9: ("license", "operation", "operation id"),
        0.85: ("facility number", "facility id"),
        0.7: ("provider number", "provider id"),
    },
    "license_type": {
        1.0: ("license type", "type license", "credential type", "permit type", "registration type"),
        0.9: (
            "type",
            "program type",
            "facility type",
            "provider type",
            "operation type",
            "type care",
            "license",
        ),
        0.8: ("kind", "category"),
    },
    "license_status": {
        1.0: ("license status", "facility status", "credential status", "permit status", "operation status"),
        0.95: ("status", "provider status", "program status", "current status"),
    },
    "license_issued": {
        1.0: (
            "license issued",
            "first issue date",
            "original issue date",
            "initial license date",
            "license first date",
            "original license date",
            "facility opened date",
        ),
        0.95: (
            "issue date",
            "issued date",
            "issued",
            "date issued",
            "license issue date",
            "license issued date",
        ),
        0.85: (
            "license date",
            "opened",
            "opened date",
            "open date",
            "license effective date",
            "effective date",
            "license start date",
        ),
        0.7: ("start date", "license monitoring since", "monitoring since", "licensed since"),
    },
    "license_renewed": {
        1.0: (
            "license renewed",
            "renewal date",
            "renewed",
            "last renewal date",
            "license renewal date",
            "last renewed",
        ),
        0.8: ("license issue date", "reissue date"),
    },
    "certificate_expiration_date": {
        1.0: (
            "expiration date",
            "expiration",
            "license expiration date",
            "license expiration",
            "certificate expiration date",
            "valid until",
            "license end date",
            "expire date",
        ),
    },
    "provider_id": {
        1.0: ("provider id", "provider number", "school number", "school id", "site id"),
        0.8: ("facility id", "facility number", "dvn", "vendor number", "agency id", "program id"),
    },
    "capacity": {
        1.0: (
            "capacity",
            "total capacity",
            "licensed capacity",
            "license capacity",
            "capacity total",
            "oldest capacity",
        ),
        0.8: ("places", "slots", "licensed slots", "number children"),
    },
    "min_age": {
        1.0: ("youngest age", "youngest", "age from", "from age", "youngest age served", "ages from")
    },
    "max_age": {1.0: ("oldest age", "oldest", "age to", "oldest age served", "ages to")},
    "ages_served": {
        1.0: (
            "ages",
            "ages served",
            "age groups",
            "age range",
            "ages accepted",
            "age group",
            "age groups served",
        ),
        0.8: ("age", "school type", "ages licensed", "ages accepted 1"),
    },
    "schedule": {
        1.0: ("schedule", "hours", "hours operation", "operating hours", "business hours", "open hours")
    },
    "curriculum_type": {
        1.0: ("curriculum", "curriculum type", "educational program", "teaching method", "philosophy")
    },
    "accepts_financial_aid": {
        1.0: (
            "accepts subsidy",
            "currently accepts subsidy",
            "accepts financial aid",
            "financial aid",
            "accepts vouchers",
            "subsidy accepted",
            "subsidized",
        ),
        0.9: ("subsidy", "subsidies", "financial assistance", "ccap", "vouchers", "accepts ccdf"),
    },
    # Parts that fields are made of.
    "contact": {
        1.0: (
            "contact",
            "contact name",
            "contact person",
            "primary contact",
            "director",
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
            "name person responsible daily operations",
        ),
        0.8: ("owner name", "owner", "provider name"),
        0.6: ("licensee", "licensee name"),
    },
    "country": {1.0: ("country", "country code", "country name", "nation")},
    "fax": {1.0: ("fax", "fax number", "contact fax")},
    "phone_extension": {1.0: ("phone extension", "extension", "ext", "phone ext")},
    "street_number": {1.0: ("street number", "house number", "address number")},
    "street_name": {1.0: ("street name",)},
    "floor": {1.0: ("floor",)},
    "apartment": {1.0: ("apartment", "apartment number", "suite number")},
    "unit_type": {1.0: ("unit type",)},
    "unit": {1.0: ("unit", "unit number")},
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
    "school_age": {1.0: ("school", "schoolage", "serves schoolage", "school children")},
}

#: Words that say that it is the facility's: beside them the same header without is somebody else's.
OF_THE_FACILITY: Final = frozenset(
    [
        "facility",
        "provider",
        "program",
        "operation",
        "business",
        "center",
        "school",
        "site",
        "physical",
        "location",
        "service",
        "care",
    ]
)

#: Words that change nothing.
NEUTRAL: Final = OF_THE_FACILITY | frozenset(
    ["home", "agency", "establishment", "organization", "primary", "main", "current", "account"]
)

#: Words that make it another thing: the address for letters, the phone to fax to, the number that was.
AVERSE: Final = frozenset(
    [
        "mailing",
        "billing",
        "mail",
        "corporate",
        "previous",
        "former",
        "old",
        "alternate",
        "emergency",
        "signature",
        "signed",
        "signer",
        "vendor",
        "fax",
        "omitted",
        "bounced",
        "modified",
        "created",
        "updated",
        "viewed",
        "download",
        "file",
        "activity",
        "referenced",
        "district",
        "region",
        "enrollment",
        "infant",
        "toddler",
        "preschool",
        "schoolage",
        "latitude",
        "longitude",
        "country",
        "denial",
        "complaint",
        "inspection",
        "fee",
        "amount",
        "paid",
        "subsidy",
        "contract",
        "staff",
        "reason",
        "source",
        "outreach",
    ]
)
