"""The kinds of drift explained: one for `drift --explain`, all of them for the documents."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import did_you_mean_code
from leadingest.drift.kind import CLASS_MEANINGS, FAMILIES, Kind
from leadingest.drift.kinds import KINDS
from leadingest.errors import UsageError

_HEAD = """\
# The kinds of drift

Look up what a code means and what to do. `leadingest drift --explain CODE` prints one of them.

What `leadingest drift` reports about a delivery, and what every run records in `load_drift`. A code never changes its meaning.
Each difference has a class:

{classes}

`on_drift` in the mapping says what a run does about a kind, by the name in the last column: `note` it, `hold` the load,
or `fail`.
"""


def explained(code: str) -> str:
    """What the code, or the name of a kind, means. Raises UsageError, with the nearest one, where there is none."""
    kinds = {name: kind for kind in KINDS for name in (kind.code, kind.name)}
    found = kinds.get(code.strip().upper()) or kinds.get(code.strip().lower())
    if found is None:
        raise UsageError(
            f"unknown kind of drift {code!r}{did_you_mean_code(code, [each.code for each in KINDS])}",
            hint="leadingest drift --kinds lists them",
        )
    return "\n".join(_section(found, "#")).rstrip() + "\n"


def kinds_text() -> str:
    """All kinds as Markdown: a table, then each with what its class depends on."""
    return "\n".join(_whole()).rstrip() + "\n"


def _whole() -> Iterator[str]:
    yield _HEAD.format(
        classes="\n".join(f"- **{name}**: {meaning}" for name, meaning in CLASS_MEANINGS.items())
    )
    yield from ("| code | name | what it reports | `on_drift` |", "|---|---|---|---|")
    for kind in KINDS:
        link = f"[{kind.code}](#{kind.code.lower()}-{kind.name})"
        yield f"| {link} | `{kind.name}` | {kind.summary} | `{kind.word}` |"
    yield ""
    for family, title in FAMILIES.items():
        yield from (f"## {family}: {title.lower()}", "")
        for kind in KINDS:
            if kind.code.startswith(family):
                yield from _section(kind, "###")


def _section(kind: Kind, heading: str) -> Iterator[str]:
    yield from (
        f"{heading} {kind.code} {kind.name}",
        "",
        kind.explanation,
        "",
        f"`on_drift: {{{kind.word}: …}}`",
        "",
    )
