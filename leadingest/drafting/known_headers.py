"""The headers by which lists are known to name things, in all languages, and the words that change what they name.

A meaning is a field of the load table, or a part that fields are made of. Each phrase stands with how sure it is
that a header of these words, no more and no less, has the meaning: 1 is as good as certain.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from leadingest.drafting.headers import LANGUAGES


def _together() -> dict[str, dict[float, tuple[str, ...]]]:
    """The phrases of all languages; one that stands in two of them counts as it does in the first."""
    found: dict[str, dict[float, tuple[str, ...]]] = {}
    for headers in LANGUAGES:
        for meaning, weights in headers.items():
            _add(found.setdefault(meaning, {}), weights)
    return found


def _add(known: dict[float, tuple[str, ...]], weights: Mapping[float, tuple[str, ...]]) -> None:
    there = {text for texts in known.values() for text in texts}
    for weight, texts in weights.items():
        known[weight] = (*known.get(weight, ()), *(text for text in texts if text not in there))


KNOWN_HEADERS: Final = _together()

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
        "premise",
        "premises",
    ]
)

#: Words that change nothing.
NEUTRAL: Final = OF_THE_FACILITY | frozenset(
    [
        "home",
        "agency",
        "establishment",
        "organization",
        "primary",
        "main",
        "current",
        "account",
        "full",
        "contact",
        "details",
        "code",
        "description",
        "display",
        "text",
        "quantity",
        "qty",
        "combined",
        "de",
        "d",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "el",
        "del",
        "los",
        "las",
        "der",
        "die",
        "das",
        "dem",
        "den",
        "und",
        "et",
        "y",
        "e",
        "da",
        "do",
        "di",
        "het",
        "een",
        "van",
        "en",
    ]
)

#: Words that say of whom a name or a title is, and nothing of a phone or an address but that it is somebody's own.
OF_A_PERSON: Final = frozenset(["executive", "authorized", "official", "key", "responsible", "designated"])

#: Words by which an address is not that of the facility.
OTHER_ADDRESSES: Final = frozenset(
    [
        "mailing",
        "mail",
        "billing",
        "corporate",
        "owner",
        "agent",
        "parent",
        "licensee",
        "applicant",
        "postal",
        "previous",
    ]
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
        "owner",
        "agent",
        "parent",
        "inactive",
        "closed",
        "applicant",
        "application",
        "request",
        "requested",
        "first",
        "last",
        "middle",
        "ward",
        "precinct",
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
        "revenue",
        "sales",
        "income",
        "employees",
        "budget",
        "score",
        "rating",
        "violations",
        "fines",
        "penalties",
        "residents",
        "population",
    ]
)
