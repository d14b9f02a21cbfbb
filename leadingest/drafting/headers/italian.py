"""Headers in Italian."""

from __future__ import annotations

from typing import Final

#: Where it is written, the likeliest first.
REGIONS: Final = ("IT", "CH")

HEADERS: Final[dict[str, dict[float, tuple[str, ...]]]] = {
    "company": {
        1.0: (
            "ragione sociale",
            "nome struttura",
            "denominazione",
            "nome attività",
            "struttura",
            "nome scuola",
            "denominazione scuola",
            "denominazione struttura",
            "denominazione servizio",
            "nome del nido",
        ),
    },
    "operator": {
        1.0: (
            "gestore",
            "ente gestore",
            "soggetto gestore",
        ),
    },
    "licensee_name": {
        0.95: (
            "titolare",
            "intestatario",
        ),
    },
    "first_name": {
        0.9: ("nome",),
    },
    "last_name": {
        1.0: ("cognome",),
    },
    "contact": {
        1.0: (
            "referente",
            "responsabile",
            "direttore",
        ),
    },
    "phone": {
        1.0: (
            "telefono",
            "recapito telefonico",
        ),
    },
    "phone2": {
        1.0: ("cellulare",),
    },
    "email": {
        1.0: (
            "posta elettronica",
            "indirizzo email",
        ),
    },
    "website_address": {
        1.0: (
            "sito web",
            "sito internet",
        ),
    },
    "address1": {
        1.0: ("indirizzo",),
    },
    "street_name": {
        0.9: (
            "via",
            "nome via",
        ),
    },
    "street_number": {
        1.0: (
            "numero civico",
            "civico",
        ),
    },
    "city": {
        1.0: (
            "comune",
            "città",
            "località",
        ),
    },
    "zip": {
        1.0: ("codice postale",),
    },
    "province": {
        1.0: (
            "provincia",
            "regione",
        ),
    },
    "capacity": {
        1.0: (
            "capienza",
            "posti",
            "numero posti",
            "ricettività",
            "posti autorizzati",
        ),
    },
    "license_issued": {
        0.9: (
            "data di rilascio",
            "data rilascio",
            "data apertura",
        ),
    },
    "certificate_expiration_date": {
        1.0: (
            "data scadenza",
            "scadenza",
        ),
    },
    "license_number": {
        1.0: (
            "numero licenza",
            "numero autorizzazione",
            "autorizzazione",
        ),
    },
    "license_type": {
        0.9: (
            "tipologia",
            "tipo di servizio",
            "tipo struttura",
            "tipologia servizio",
        ),
    },
    "facility_type": {
        0.85: (
            "tipologia",
            "tipo di servizio",
            "tipo struttura",
            "tipologia servizio",
        ),
    },
    "schedule": {
        1.0: (
            "orario",
            "orari",
        ),
    },
    "county": {
        0.7: ("provincia",),
    },
}
