"""Headers in Dutch."""

from __future__ import annotations

from typing import Final

#: Where it is written, the likeliest first.
REGIONS: Final = ("NL", "BE")

HEADERS: Final[dict[str, dict[float, tuple[str, ...]]]] = {
    "company": {
        1.0: (
            "naam",
            "bedrijfsnaam",
            "handelsnaam",
            "naam opvang",
            "naam locatie",
            "organisatie",
            "instelling",
            "naam oko",
            "actuele naam oko",
            "naam kinderopvang",
            "vestigingsnaam",
            "naam vestiging",
        ),
    },
    "license_type": {
        0.9: (
            "soort opvang",
            "type opvang",
            "soort",
            "type oko",
            "opvangtype",
        ),
    },
    "facility_type": {
        0.85: (
            "soort opvang",
            "type opvang",
            "soort",
            "type oko",
        ),
    },
    "first_name": {
        1.0: ("voornaam",),
    },
    "last_name": {
        1.0: ("achternaam",),
    },
    "contact": {
        1.0: (
            "contactpersoon",
            "directeur",
            "locatiemanager",
            "leidinggevende",
        ),
    },
    "phone": {
        1.0: (
            "telefoon",
            "telefoonnummer",
            "tel",
        ),
    },
    "phone2": {
        1.0: (
            "mobiel",
            "mobiele telefoon",
            "gsm",
        ),
    },
    "email": {
        1.0: (
            "e mailadres",
            "mailadres",
            "emailadres",
        ),
    },
    "website_address": {
        1.0: (
            "internetadres",
            "webadres",
        ),
    },
    "address1": {
        1.0: (
            "adres",
            "opvanglocatie adres",
        ),
    },
    "street_name": {
        0.9: (
            "straat",
            "straatnaam",
        ),
    },
    "street_number": {
        1.0: (
            "huisnummer",
            "huisnr",
        ),
    },
    "city": {
        1.0: (
            "plaats",
            "woonplaats",
            "opvanglocatie woonplaats",
            "stad",
        ),
    },
    "zip": {
        1.0: ("postcode",),
    },
    "province": {
        1.0: ("provincie",),
    },
    "capacity": {
        1.0: (
            "aantal plaatsen",
            "kindplaatsen",
            "aantal kindplaatsen",
            "capaciteit",
        ),
    },
    "license_number": {
        1.0: (
            "lrk nummer",
            "lrk id",
            "registratienummer",
            "kvk nummer",
        ),
    },
    "license_status": {
        0.95: (
            "status opvang",
            "status",
            "registratiestatus",
        ),
    },
    "license_issued": {
        0.9: (
            "inschrijfdatum",
            "datum inschrijving",
            "startdatum",
        ),
        1.0: (
            "registratiedatum",
            "ingangsdatum",
        ),
    },
    "certificate_expiration_date": {
        1.0: (
            "einddatum",
            "geldig tot",
            "vervaldatum",
        ),
    },
    "schedule": {
        1.0: ("openingstijden",),
    },
    "licensee_name": {
        1.0: (
            "houder",
            "naam houder",
            "actuele naam houder",
            "vergunninghouder",
        ),
    },
}
