"""Columns of few values for fields that have words of their own, and yes and no, however the list says it: value maps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from leadingest.deliveries.header_names import header_words
from leadingest.drafting.proposal import Proposal, ProposedValues, named
from leadingest.drafting.sample import MOST_MAPPED, SampleColumn, Task
from leadingest.tables.column import Column as Field

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

_GUESSED: Final = "the meaning of each value was guessed from its words"
_PART: Final = re.compile(r" - [A-Za-z]{0,4}[0-9][0-9A-Za-z\-]*$")
#: Of the values: with fewer known ones the column is something else.
_MOST_KNOWN: Final = 0.5
_NO: Final = frozenset(["no", "not", "none", "non", "never", "does"])
_FEW: Final = 3


def recognize_vocabulary(task: Task) -> Iterator[Proposal]:
    """A header that names such a field, with values of which most can be told."""
    for name, field in task.table.columns.items():
        if not field.one_of:
            continue
        for column in task.sample.ranked(name):
            kinds = column.looks("type_and_number", least=0.5)
            if column.distinct <= MOST_MAPPED or kinds:
                yield from _proposed(task, field, column, with_number=kinds)


def _proposed(task: Task, field: Field, column: SampleColumn, *, with_number: bool) -> Iterator[Proposal]:
    values = column.values.to_list() if column.distinct > MOST_MAPPED else task.sample.every_value(column)
    if with_number:
        values = list(dict.fromkeys(_PART.sub("", value) for value in values))
    meanings = {value: meaning for value in values if (meaning := _meaning(field, value))}
    if len(values) > MOST_MAPPED or not meanings or len(meanings) < _MOST_KNOWN * len(values):
        return
    unknown = tuple(value for value in values if value not in meanings)
    words = {"from": column, **({"split": " - "} if with_number else {})}
    entry = {
        **words,
        "values": ProposedValues(meanings, unknown, tuple(field.one_of)),
        "otherwise": "invalid",
    }
    yield Proposal(
        field.name,
        entry,
        (column,),
        column.sure(field.name) * (0.5 + len(meanings) / len(values) / 2),
        (*named(column, field.name), _GUESSED),
        alone=False,
    )


def _meaning(field: Field, value: str) -> str | None:
    """The word of the field for a value; the value itself where it is one."""
    spelled = value.strip().lower().replace(" ", "_")
    if spelled in field.one_of:
        return spelled
    rules = MEANINGS.get(field.name, ())
    return next((word for word, pattern in rules if word in field.one_of and re.search(pattern, value)), None)


def recognize_flags(task: Task) -> Iterator[Proposal]:
    """A header that names a yes or no, with values that say it: Y and N, or a word that repeats the header."""
    for field, target in task.table.columns.items():
        if target.type.storage.kind != "boolean":
            continue
        for column in task.sample.ranked(field):
            doubts = named(column, field)
            if task.share_read(column, target.type) == 1:
                yield Proposal(field, column, (column,), column.sure(field), doubts)
            elif column.distinct <= _FEW and (meanings := _meanings(column)):
                values = task.sample.every_value(column)
                entry = {
                    "from": column,
                    "values": ProposedValues(
                        meanings, tuple(value for value in values if value not in meanings), ("yes", "no")
                    ),
                    "otherwise": "invalid",
                }
                doubt = 'a blank cell may mean "no": if so, add `default: "no"`'
                yield Proposal(field, entry, (column,), column.sure(field), (*doubts, doubt))


def _meanings(column: SampleColumn) -> dict[str, str]:
    """What each value means, of those that hold a word of the header or are a mark."""
    header = set(header_words(column.header))
    meanings = {}
    for value in column.values.to_list():
        words = set(header_words(value))
        if words & header or value.casefold() in {"x", "✓", "✔"}:
            meanings[value] = "no" if words & _NO else "yes"
    return meanings
