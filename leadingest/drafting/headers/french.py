"""Headers in French."""

from __future__ import annotations

from typing import Final

#: Where it is written, the likeliest first.
REGIONS: Final = ("FR", "BE", "CA", "CH", "LU")

HEADERS: Final[dict[str, dict[float, tuple[str, ...]]]] = {
    "company": {
        1.0: (
            "nom établissement",
            "nom de l'établissement",
            "établissement",
            "raison sociale",
            "nom de la structure",
            "structure",
            "dénomination",
            "enseigne",
            "nom usuel",
            "nom de l'installation",
            "nom du service de garde",
            "nom de la garderie",
            "nom commercial",
            "nom de l'entreprise",
            "nom de l'organisme",
            "nom de la crèche",
            "nom du centre",
            "service de garde",
            "installation",
        ),
        0.7: ("nom",),
    },
    "operator": {
        1.0: (
            "gestionnaire",
            "nom du gestionnaire",
            "organisme gestionnaire",
            "exploitant",
        ),
    },
    "licensee_name": {
        0.9: (
            "titulaire",
            "nom du titulaire",
            "titulaire du permis",
            "nom du détenteur",
        ),
    },
    "facility_type": {
        0.85: (
            "type d'accueil",
            "type d'établissement",
            "type de structure",
            "catégorie",
            "type de service",
            "type de garde",
            "type d'installation",
        ),
    },
    "license_type": {
        0.9: (
            "type d'accueil",
            "type d'établissement",
            "type de structure",
            "catégorie",
            "type de service",
            "type de garde",
            "type d'installation",
            "type de permis",
        ),
    },
    "first_name": {
        1.0: ("prénom",),
    },
    "last_name": {
        1.0: ("nom de famille",),
    },
    "contact": {
        1.0: (
            "responsable",
            "directeur",
            "directrice",
            "nom du directeur",
            "nom du responsable",
        ),
    },
    "title": {
        1.0: ("fonction",),
    },
    "phone": {
        1.0: (
            "tél",
            "téléphone",
            "numéro de téléphone",
            "téléphone fixe",
        ),
    },
    "phone2": {
        1.0: (
            "portable",
            "téléphone portable",
        ),
    },
    "fax": {
        1.0: (
            "télécopie",
            "télécopieur",
        ),
    },
    "email": {
        1.0: (
            "courriel",
            "adresse courriel",
            "adresse électronique",
            "mél",
            "adresse mail",
        ),
    },
    "website_address": {
        1.0: (
            "site internet",
            "site web",
        ),
    },
    "address1": {
        1.0: (
            "adresse",
            "adresse postale",
            "rue",
            "voie",
            "adresse 1",
        ),
    },
    "street_number": {
        1.0: (
            "numéro de rue",
            "numéro de voie",
            "numéro civique",
            "no civique",
        ),
    },
    "address2": {
        1.0: (
            "complément d'adresse",
            "complément",
            "adresse 2",
        ),
    },
    "city": {
        1.0: (
            "commune",
            "ville",
            "localité",
            "municipalité",
        ),
    },
    "zip": {
        1.0: (
            "code postal",
            "cp",
        ),
    },
    "province": {
        0.9: (
            "région",
            "province",
            "département",
        ),
    },
    "country": {
        1.0: ("pays",),
    },
    "capacity": {
        1.0: (
            "nombre de places",
            "nb places",
            "places",
            "capacité",
            "capacité d'accueil",
            "nombre places",
            "total places",
            "places total",
            "capacité totale",
            "nombre total de places",
            "places au permis",
            "capacité autorisée",
        ),
    },
    "license_issued": {
        0.9: (
            "date d'ouverture",
            "date ouverture",
            "date de délivrance",
            "date d'agrément",
        ),
        0.95: (
            "date d'émission",
            "date d'autorisation",
            "date de création",
        ),
    },
    "certificate_expiration_date": {
        1.0: (
            "date d'expiration",
            "date de fin",
            "date d'échéance",
            "date d'expiration du permis",
            "échéance",
            "fin du permis",
        ),
    },
    "license_number": {
        1.0: (
            "numéro d'agrément",
            "numéro de permis",
            "numéro de licence",
            "permis",
            "no permis",
            "numéro d'autorisation",
        ),
        0.85: (
            "no division",
            "siret",
            "numéro siret",
            "agrément",
            "identifiant",
            "numéro finess",
            "finess",
            "identifiant de la structure",
        ),
    },
    "provider_id": {
        1.0: (
            "siret",
            "numéro finess",
            "finess",
        ),
    },
    "license_status": {
        0.95: (
            "statut",
            "état",
            "statut du permis",
            "état du permis",
            "statut de l'établissement",
        ),
    },
    "schedule": {
        1.0: (
            "horaires",
            "horaires d'ouverture",
            "heures d'ouverture",
            "horaire",
        ),
    },
    "ages_served": {
        0.9: (
            "âge",
            "âges",
            "tranche d'âge",
        ),
        1.0: (
            "groupe d'âge",
            "groupes d'âge",
            "âges acceptés",
        ),
    },
    "language": {
        1.0: (
            "langue",
            "langues",
            "langue de service",
        ),
    },
    "curriculum_type": {
        1.0: ("pédagogie",),
    },
    "unit": {
        0.9: (
            "bureau",
            "local",
            "appartement",
        ),
    },
    "street_name": {
        1.0: (
            "nom de rue",
            "libellé de voie",
            "nom de voie",
        ),
        0.8: (
            "rue",
            "voie",
        ),
    },
    "accepts_financial_aid": {
        0.9: (
            "subventionné",
            "subventionnée",
            "subvention",
            "places subventionnées",
        ),
    },
}
