"""What looks like a password or key in a text."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

#: Each kind of secret: texts of which one is in every such secret, in small letters, and what it looks like; the
#: group is what must not be shown. Sources: the formats that the services document (AWS access keys, GitHub and Slack
#: tokens), RFC 3986 (user:password@), RFC 7519 (JWT), RFC 7468 (private keys).
_KINDS: Final = {
    "the password of a URL": (
        ("://",),
        re.compile(r"[a-z][a-z0-9+.-]{0,20}://[^\s:/@]*:([^\s/@]+)@", re.IGNORECASE),
    ),
    "an AWS access key": (("akia", "asia"), re.compile(r"\b((?:AKIA|ASIA)[A-Z0-9]{16})\b")),
    "a GitHub token": (
        ("gh", "github_pat_"),
        re.compile(r"\b(gh[oprsu]_[A-Za-z0-9]{36,}|github_pat_\w{22,})\b"),
    ),
    "a Slack token": (("xox",), re.compile(r"\b(xox[abeprs]-[A-Za-z0-9-]{10,})")),
    "a JSON web token": (("eyj",), re.compile(r"\b(eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*)")),
    "a private key": (("private key",), re.compile(r"(-----BEGIN [A-Z ]*PRIVATE KEY-----)")),
    "a password": (
        ("passw", "pwd", "secret", "token", "key"),
        re.compile(
            r"(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key)[\"']?\s{0,9}[=:]\s{0,9}[\"']?([^\s\"',;}\]]{4,})",
            re.IGNORECASE,
        ),
    ),
}
#: What stands in for a secret where there is none yet.
_NO_SECRET = re.compile(r"\$\{.*|<.*|\*+|x+|your.*|.*example.*|changeme|password|null|none", re.IGNORECASE)

MASK = "********"


@dataclass(frozen=True)
class Secret:
    """Something that looks like a secret: what kind it is, and where in the text it stands."""

    kind: str
    start: int
    end: int


def secrets_in(text: str) -> Iterator[Secret]:
    """What looks like a secret in the text, each place once."""
    taken: list[tuple[int, int]] = []  # in the order of the text
    small = text.lower()
    for kind, (needles, pattern) in _KINDS.items():
        if not any(needle in small for needle in needles):
            continue
        for found in pattern.finditer(text):
            start, end = found.span(1)
            after = bisect(taken, (start, end))
            near = taken[max(after - 1, 0) : after + 1]
            overlaps = any(start < other_end and other < end for other, other_end in near)
            if not overlaps and not _NO_SECRET.fullmatch(found[1]):
                taken.insert(after, (start, end))
                yield Secret(kind, start, end)


def masked(text: str) -> str:
    """The text with asterisks in place of what looks like a secret."""
    for secret in sorted(secrets_in(text), key=lambda each: -each.start):
        text = text[: secret.start] + MASK + text[secret.end :]
    return text
