"""What the words of agencies mean in the words of the load table, told by what they hold: the first that fits."""

from __future__ import annotations

import re
from typing import Final

_STATUS: Final = (
    ("pending_revocation", r"pend\w*.*(revo|denial)|revocation.*(pend|process)|intent to revoke"),
    ("denied", r"\bden(y|ied|ial)"),
    ("revoked", r"revo(k|c)"),
    ("suspended", r"suspen"),
    ("probation", r"probation"),
    ("provisional", r"provision|\binitial|temporary|condition|\bprov\b"),
    ("withdrawn", r"withdr|surrender|relinquish|rescind"),
    ("pending", r"\bpending|applied|applica|in process|in review"),
    ("inactive", r"\bin-?active|dormant|not active|on hold"),
    ("expired", r"expired|lapsed"),
    ("closed", r"\bclosed?\b|closure|out of business|ceased|terminat"),
    ("exempt", r"exempt|unlicensed"),
    (
        "active",
        r"\bactive|licen[sc]ed?\b|regist|certifi|complian|full permit|current|\bopen\b|good standing|renewed|\bregular",
    ),
)
_TYPE: Final = (
    ("head_start", r"head ?start"),
    ("employer_based", r"employer"),
    ("camp", r"\bcamps?\b"),
    ("drop_in", r"drop[- ]?in"),
    ("accommodation", r"accommodation"),
    ("special_event", r"special event|\bevents?\b"),
    ("school_age_program", r"school[- ]?age|before.*after|after[- ]?school|out[- ]of[- ]school|\bsaoc\b"),
    ("infant_center", r"^infants? .*(center|centre)|^infant center"),
    ("preschool", r"pre-?school|pre-?k\b|nursery|montessori|kindergarten"),
    ("group_home", r"group.*(home|care)|large.*home|licensed.*home|\bgfdc\b|\bgfcc\b|\bhome ii\b"),
    ("family_home", r"famil|\bhome\b|\bfdc\b|\bfcc\b|\bfcch\b"),
    ("center", r"cent(er|re)\b|day ?care|child ?care|\bdcc\b|\bccc\b"),
)

#: Field → (its word, what a value holds that means it), in the order in which they are tried.
MEANINGS: Final = {
    field: tuple((word, re.compile(pattern, re.IGNORECASE)) for word, pattern in rules)
    for field, rules in {"license_status": _STATUS, "facility_type": _TYPE}.items()
}
