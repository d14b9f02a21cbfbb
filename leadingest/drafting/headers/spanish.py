"""Headers in Spanish."""

from __future__ import annotations

from typing import Final

#: Where it is written, the likeliest first.
REGIONS: Final = ("ES", "MX", "AR", "CL", "CO", "PE")

HEADERS: Final[dict[str, dict[float, tuple[str, ...]]]] = {
    "company": {
        1.0: (
            "nombre del centro",
            "razón social",
            "nombre comercial",
            "establecimiento",
            "nombre del establecimiento",
            "centro",
            "empresa",
            "nombre de la empresa",
            "denominación",
            "nombre del plantel",
            "plantel",
            "denominación específica",
            "nombre establecimiento",
            "nombre del jardín",
            "nombre de la institución",
            "nombre de fantasía",
            "nombre de la unidad",
            "nombre jardín",
            "jardín infantil",
            "nombre unidad",
            "nombre unidad de servicio",
        ),
        0.8: ("nombre",),
    },
    "operator": {
        1.0: (
            "operador",
            "entidad titular",
            "entidad gestora",
            "entidad administradora",
            "entidad operadora",
            "administrador del servicio",
        ),
    },
    "licensee_name": {
        0.95: (
            "titular",
            "propietario",
            "nombre del titular",
            "nombre del propietario",
        ),
    },
    "facility_type": {
        0.85: (
            "tipo de centro",
            "tipo",
            "tipo de establecimiento",
            "naturaleza",
            "denominación genérica",
            "modalidad",
            "tipo de servicio",
        ),
        0.7: (
            "servicio",
            "tipo servicio",
        ),
    },
    "license_type": {
        0.9: (
            "tipo de centro",
            "tipo",
            "tipo de establecimiento",
            "tipo de licencia",
            "giro",
            "actividad",
            "denominación genérica",
            "modalidad",
            "tipo de servicio",
        ),
        0.7: (
            "servicio",
            "tipo servicio",
        ),
    },
    "first_name": {
        1.0: (
            "nombre de pila",
            "nombres",
        ),
    },
    "last_name": {
        1.0: (
            "apellido",
            "apellidos",
            "primer apellido",
            "apellido paterno",
        ),
    },
    "contact": {
        1.0: (
            "responsable",
            "director",
            "directora",
            "encargado",
            "nombre del director",
            "contacto",
            "persona de contacto",
            "representante",
            "representante legal",
        ),
    },
    "title": {
        1.0: (
            "cargo",
            "puesto",
        ),
    },
    "phone": {
        1.0: (
            "teléfono",
            "número de teléfono",
            "teléfonos",
            "teléfono fijo",
            "fono",
        ),
    },
    "phone2": {
        1.0: (
            "celular",
            "móvil",
            "teléfono móvil",
            "teléfono 2",
        ),
    },
    "email": {
        1.0: (
            "correo",
            "correo electrónico",
            "correo e",
        ),
    },
    "website_address": {
        1.0: (
            "página web",
            "sitio web",
            "página",
        ),
    },
    "address1": {
        1.0: (
            "dirección",
            "domicilio",
            "calle y número",
            "dirección postal",
        ),
    },
    "street_name": {
        0.9: (
            "calle",
            "nombre de la calle",
        ),
    },
    "street_number": {
        1.0: (
            "número exterior",
            "num ext",
            "número",
        ),
    },
    "unit": {
        1.0: (
            "número interior",
            "num int",
        ),
    },
    "address2": {
        0.9: (
            "colonia",
            "piso",
            "barrio",
        ),
    },
    "city": {
        1.0: (
            "ciudad",
            "municipio",
            "localidad",
            "población",
        ),
        0.9: ("comuna",),
    },
    "zip": {
        1.0: (
            "código postal",
            "cp",
        ),
    },
    "province": {
        1.0: (
            "provincia",
            "estado",
            "entidad",
            "comunidad autónoma",
            "entidad federativa",
        ),
    },
    "country": {
        1.0: ("país",),
    },
    "capacity": {
        1.0: (
            "capacidad",
            "plazas",
            "número de plazas",
            "cupo",
            "capacidad instalada",
            "plazas autorizadas",
        ),
        0.8: ("cupos",),
    },
    "license_issued": {
        0.9: (
            "fecha de expedición",
            "fecha de emisión",
            "fecha de apertura",
            "fecha de alta",
            "fecha de inicio",
        ),
    },
    "certificate_expiration_date": {
        1.0: (
            "fecha de vencimiento",
            "vigencia",
            "vencimiento",
            "fecha de caducidad",
            "válida hasta",
        ),
    },
    "license_number": {
        1.0: (
            "número de licencia",
            "licencia",
            "número de permiso",
            "número de registro",
            "clave",
        ),
        0.85: (
            "código",
            "código jardín",
            "código del centro",
            "clave centro de trabajo",
            "clave cct",
            "rbd",
            "código unidad",
            "código de la unidad",
            "código del establecimiento",
        ),
    },
    "license_status": {
        0.95: (
            "estatus",
            "situación",
            "estado de la licencia",
            "estado del establecimiento",
        ),
        0.7: ("estado",),
    },
    "schedule": {
        1.0: (
            "horario",
            "horarios",
            "horario de atención",
        ),
    },
    "ages_served": {
        0.9: (
            "edades",
            "rango de edad",
            "edad",
        ),
    },
    "language": {
        1.0: (
            "idioma",
            "idiomas",
        ),
    },
    "county": {
        0.7: (
            "provincia",
            "departamento",
            "partido",
        ),
    },
}
