"""Headers in German."""

from __future__ import annotations

from typing import Final

#: Where it is written, the likeliest first.
REGIONS: Final = ("DE", "AT", "CH")

HEADERS: Final[dict[str, dict[float, tuple[str, ...]]]] = {
    "company": {
        1.0: (
            "einrichtung",
            "name der einrichtung",
            "einrichtungsname",
            "firma",
            "firmenname",
            "name des betriebs",
            "betrieb",
            "unternehmen",
            "bezeichnung",
            "bezeichnung der einrichtung",
            "kita name",
            "name der kita",
        ),
    },
    "operator": {
        1.0: (
            "träger",
            "name des trägers",
            "trägername",
            "betreiber",
        ),
    },
    "facility_type": {
        0.85: (
            "einrichtungsart",
            "art der einrichtung",
            "betreuungsart",
            "angebotsform",
            "einrichtungstyp",
        ),
    },
    "license_type": {
        0.9: (
            "einrichtungsart",
            "art der einrichtung",
            "betreuungsart",
            "angebotsform",
            "betriebsart",
            "einrichtungstyp",
        ),
    },
    "first_name": {
        1.0: ("vorname",),
    },
    "last_name": {
        1.0: (
            "nachname",
            "familienname",
        ),
    },
    "title": {
        1.0: (
            "funktion",
            "rolle",
        ),
    },
    "contact": {
        1.0: (
            "leitung",
            "ansprechpartner",
            "ansprechpartnerin",
            "kontaktperson",
            "leiter",
            "leiterin",
            "inhaber",
            "geschäftsführer",
            "einrichtungsleitung",
            "name der leitung",
        ),
    },
    "phone": {
        1.0: (
            "telefon",
            "telefonnummer",
            "tel nr",
            "festnetz",
            "rufnummer",
            "tel",
        ),
    },
    "phone2": {
        1.0: (
            "mobil",
            "handy",
            "mobiltelefon",
            "telefon 2",
        ),
    },
    "fax": {
        1.0: (
            "telefax",
            "faxnummer",
        ),
    },
    "email": {
        1.0: (
            "e mail adresse",
            "mailadresse",
            "mail",
        ),
    },
    "website_address": {
        1.0: (
            "internet",
            "webseite",
            "internetseite",
            "internetadresse",
            "homepage",
        ),
    },
    "address1": {
        1.0: (
            "anschrift",
            "adresse",
            "straße und hausnummer",
            "straße hausnummer",
            "straße nr",
        ),
    },
    "street_number": {
        1.0: (
            "hausnr",
            "hausnummer",
            "haus nr",
        ),
    },
    "street_name": {
        0.9: (
            "straße",
            "strasse",
            "straßenname",
        ),
    },
    "address2": {
        1.0: (
            "adresszusatz",
            "zusatz",
        ),
    },
    "city": {
        1.0: (
            "ort",
            "stadt",
            "ortsname",
            "wohnort",
            "gemeinde",
        ),
    },
    "zip": {
        1.0: (
            "plz",
            "postleitzahl",
        ),
    },
    "province": {
        1.0: ("bundesland",),
    },
    "county": {
        0.8: (
            "landkreis",
            "kreis",
            "bezirk",
        ),
    },
    "country": {
        1.0: ("land",),
    },
    "capacity": {
        1.0: (
            "plätze",
            "anzahl plätze",
            "platzzahl",
            "kapazität",
            "genehmigte plätze",
            "betreuungsplätze",
            "plätze gesamt",
            "gesamtplätze",
        ),
    },
    "license_issued": {
        0.9: (
            "eröffnung",
            "eröffnungsdatum",
            "genehmigt am",
            "erteilt am",
        ),
        0.95: (
            "betriebserlaubnis vom",
            "gründungsdatum",
        ),
    },
    "certificate_expiration_date": {
        1.0: (
            "gültig bis",
            "ablaufdatum",
            "befristet bis",
        ),
    },
    "license_number": {
        1.0: (
            "lizenznummer",
            "genehmigungsnummer",
            "betriebsnummer",
            "aktenzeichen",
            "einrichtungsnummer",
        ),
    },
    "license_status": {
        0.95: (
            "zustand",
            "betriebsstatus",
            "status",
        ),
    },
    "schedule": {
        1.0: (
            "öffnungszeiten",
            "betreuungszeiten",
            "öffnungszeit",
        ),
    },
    "ages_served": {
        0.9: (
            "alter",
            "altersgruppe",
            "altersgruppen",
        ),
    },
    "language": {
        1.0: (
            "sprache",
            "sprachen",
        ),
    },
    "curriculum_type": {
        1.0: (
            "konzept",
            "pädagogisches konzept",
            "pädagogik",
        ),
    },
}
