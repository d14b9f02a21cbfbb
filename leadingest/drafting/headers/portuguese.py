"""Headers in Portuguese."""

from __future__ import annotations

from typing import Final

#: Where it is written, the likeliest first.
REGIONS: Final = ("PT", "BR")

HEADERS: Final[dict[str, dict[float, tuple[str, ...]]]] = {
    "company": {
        1.0: (
            "nome da escola",
            "nome da empresa",
            "nome fantasia",
            "razão social",
            "escola",
            "estabelecimento",
            "denominação",
            "nome do estabelecimento",
            "nome da instituição",
            "nome da unidade",
            "unidade escolar",
        ),
    },
    "operator": {
        1.0: (
            "mantenedora",
            "entidade",
        ),
    },
    "licensee_name": {
        0.95: (
            "titular",
            "proprietário",
        ),
        0.9: (
            "razão social",
            "mantenedora",
            "entidade mantenedora",
        ),
    },
    "contact": {
        1.0: (
            "responsável",
            "diretor",
            "diretora",
            "contato",
            "contacto",
            "gestor",
            "gestora",
        ),
    },
    "first_name": {
        0.9: ("primeiro nome",),
    },
    "last_name": {
        1.0: (
            "sobrenome",
            "apelido",
        ),
    },
    "phone": {
        1.0: (
            "telefone",
            "fone",
            "número de telefone",
            "telefone 1",
        ),
    },
    "phone2": {
        1.0: (
            "celular",
            "telemóvel",
            "telefone 2",
            "whatsapp",
        ),
    },
    "email": {
        1.0: (
            "e mail",
            "correio eletrónico",
            "endereço de email",
        ),
    },
    "website_address": {
        1.0: (
            "página da internet",
            "sítio",
        ),
    },
    "address1": {
        1.0: (
            "endereço",
            "morada",
            "logradouro",
        ),
    },
    "street_number": {
        1.0: ("número",),
    },
    "address2": {
        0.9: ("complemento",),
        0.6: ("bairro",),
    },
    "city": {
        1.0: (
            "cidade",
            "município",
            "localidade",
            "concelho",
        ),
    },
    "zip": {
        1.0: (
            "cep",
            "código postal",
        ),
    },
    "province": {
        1.0: (
            "estado",
            "uf",
            "distrito",
        ),
    },
    "capacity": {
        1.0: (
            "capacidade",
            "vagas",
            "lotação",
            "número de vagas",
        ),
    },
    "license_issued": {
        0.9: (
            "data de emissão",
            "data de abertura",
            "data de início",
            "data de autorização",
        ),
    },
    "certificate_expiration_date": {
        1.0: (
            "data de validade",
            "validade",
            "vencimento",
            "data de vencimento",
        ),
    },
    "license_number": {
        1.0: (
            "alvará",
            "número do alvará",
            "número da licença",
            "inscrição",
        ),
        0.85: (
            "código inep",
            "código da escola",
            "cnpj",
            "número de registro",
        ),
    },
    "license_type": {
        0.9: (
            "tipo de escola",
            "dependência administrativa",
            "tipo de instituição",
            "tipo",
            "etapas e modalidade",
        ),
    },
    "facility_type": {
        0.85: ("tipo de escola",),
    },
    "license_status": {
        0.95: (
            "situação",
            "situação cadastral",
            "situação de funcionamento",
        ),
    },
    "schedule": {
        1.0: (
            "horário",
            "horário de funcionamento",
        ),
    },
}
