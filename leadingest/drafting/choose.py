"""One proposal for each field out of all that were made, and how far each can be trusted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from leadingest.deliveries.header_names import header_words
from leadingest.drafting.known_headers import OTHER_ADDRESSES
from leadingest.drafting.proposal import Proposal, named
from leadingest.drafting.sample import SampleColumn, Task

#: What is less sure than this is not written.
_LEAST: Final = 0.3
#: What is less sure than this is marked. Of the fields above it at least 97 of 100 are right on the files that
#: `tests.benchmarks.drafts` measures.
LINE: Final = 0.77
#: Another column, or another field, that is nearly as sure is worth a word.
_NEARLY: Final = 0.96
#: What is less sure, as what values alone say, takes no column from a field that has it.
_MOVES: Final = 0.5
_ONLY_SO_FAR: Final = "its header and its values say it only so far"
_NO_CITY: Final = "no column has the city: it may stand in this one"
_OF_ANOTHER: Final = "it may belong to another address"
#: What a column of another address than the chosen one keeps.
_ELSEWHERE: Final = 0.5


def choose(proposals: Iterable[Proposal], task: Task) -> dict[str, Proposal]:
    """The proposals that are surest together, at most one for each field, marked where they are not sure.

    Of two fields that want a column alone one gets it; no two are filled with the same column as it is; a street and
    its city, state and ZIP code are of the same address. A required field comes before all others.
    """
    ranked = sorted((each for each in proposals if each.score >= _LEAST), key=lambda each: -each.score)
    chosen = _assigned(ranked, task)
    if street := chosen.get("address1"):
        apart = address_of(task.sample.columns)
        ranked = sorted((_with_street(each, street, apart) for each in ranked), key=lambda each: -each.score)
        chosen = _assigned([each for each in ranked if each.score >= _LEAST], task)
    chosen = _with_only_number(chosen, task)
    chosen = {field: _marked(proposal, chosen, ranked) for field, proposal in chosen.items()}
    street = chosen.get("address1")
    if street and "city" not in chosen and task.has("city") and not street.doubts:
        chosen["address1"] = replace(street, doubts=(_NO_CITY,))
    return chosen


def _assigned(ranked: Sequence[Proposal], task: Task) -> dict[str, Proposal]:
    """The surest first; then a field that went away empty takes a column from one that has another."""
    chosen: dict[str, Proposal] = {}
    for proposal in ranked:
        if proposal.field not in chosen and not _rivals(proposal, chosen.values()):
            chosen[proposal.field] = proposal
    for field in [name for name in task.table.columns if name not in chosen]:
        required = task.table.columns[field].required
        for proposal in (
            each for each in ranked if each.field == field and (required or each.score > _MOVES)
        ):
            if other := _moved(proposal, chosen, ranked, required=required):
                chosen = other
                break
    return chosen


def _moved(
    proposal: Proposal, chosen: Mapping[str, Proposal], ranked: Sequence[Proposal], *, required: bool
) -> dict[str, Proposal] | None:
    """The choice with the proposal in it, and others in the place of those in its way; None where that is no gain."""
    in_the_way = _rivals(proposal, chosen.values())
    kept = {name: each for name, each in chosen.items() if each not in in_the_way} | {
        proposal.field: proposal
    }
    for lost in in_the_way:
        instead = (each for each in ranked if each.field == lost.field and not _rivals(each, kept.values()))
        if found := next(instead, None):
            kept[lost.field] = found
    gain = sum(each.score for each in kept.values()) - sum(each.score for each in chosen.values())
    return kept if gain > 0 or required else None


def _rivals(proposal: Proposal, others: Collection[Proposal]) -> list[Proposal]:
    """Those of the others that cannot stand beside the proposal."""
    return [
        each
        for each in others
        if (each.alone and proposal.alone and not set(each.columns).isdisjoint(proposal.columns))
        or (isinstance(each.entry, SampleColumn) and each.entry is proposal.entry)
    ]


#: What lists of licenses tell, and others do not.
_OF_LICENSES: Final = frozenset(
    [
        "license_type",
        "license_status",
        "license_issued",
        "license_renewed",
        "certificate_expiration_date",
        "capacity",
        "ages_served",
        "accepts_financial_aid",
        "schedule",
    ]
)
_SOME_OF_THEM: Final = 2
_NUMBER_OF_LICENSE: Final = "it is the only number; it may be that of the provider instead"
_NUMBER_OF_PROVIDER: Final = "it is the only number, and the list tells little of licenses"
#: A header that names the number of a license as surely as this does so in any list.
_LICENSES: Final = frozenset(["license", "permit", "credential", "certificate", "registration"])
_SURELY_OF_LICENSE: Final = 0.88


def _with_only_number(chosen: Mapping[str, Proposal], task: Task) -> dict[str, Proposal]:
    """The only number of a list is that of the license, where the list is one of licenses; else that of the provider."""
    found = {name: each for name, each in chosen.items() if name in ("license_number", "provider_id")}
    of_licenses = len(_OF_LICENSES.intersection(chosen)) >= _SOME_OF_THEM
    if len(found) > 1 and of_licenses:
        weak, surer = found["license_number"], found["provider_id"]
        if weak.score < min(LINE, _NEARLY * surer.score):
            return _renamed(chosen, surer, "license_number", _NUMBER_OF_LICENSE)
    if len(found) > 1 and not of_licenses and found["license_number"].score < _MOVES:
        return {name: each for name, each in chosen.items() if name != "license_number"}
    if len(found) != 1 or not task.has("license_number", "provider_id"):
        return dict(chosen)
    (name, number) = found.popitem()
    column = number.columns[0]
    surely = column.sure("license_number") >= _SURELY_OF_LICENSE or not _LICENSES.isdisjoint(
        header_words(column.header)
    )
    other, doubt = (
        ("license_number", _NUMBER_OF_LICENSE) if of_licenses else ("provider_id", _NUMBER_OF_PROVIDER)
    )
    if name == other or (surely and not of_licenses):
        return dict(chosen)
    return _renamed(chosen, number, other, doubt)


def _renamed(chosen: Mapping[str, Proposal], number: Proposal, field: str, doubt: str) -> dict[str, Proposal]:
    """The choice with the number under this field instead of under its own."""
    moved = replace(number, field=field, doubts=(*number.doubts, doubt))
    return {**{name: each for name, each in chosen.items() if each is not number}, field: moved}


_PLACES: Final = frozenset(["city", "state", "zip", "county"])


def address_of(columns: Sequence[SampleColumn]) -> dict[int, str]:
    """Of which address each column is, by its position: "" of the facility, else the word that tells it.

    A plain `City` behind `Mailing Address` is that of the letters, where the header stands more than once.
    """
    found: dict[int, str] = {}
    current = ""
    headers = [column.header for column in columns]
    for column in columns:
        words = OTHER_ADDRESSES.intersection(header_words(column.header))
        own = min(words, default="")
        if "address1" in column.meanings:
            current = own
        found[column.position] = own or (current if headers.count(column.header) > 1 else "")
    return found


def _with_street(proposal: Proposal, street: Proposal, apart: Mapping[int, str]) -> Proposal:
    """A place of another address than the street is less sure, and says so."""
    if proposal.field not in _PLACES or proposal.columns == street.columns:
        return proposal
    if apart[proposal.columns[0].position] == apart[street.columns[0].position]:
        return proposal
    return replace(proposal, score=proposal.score * _ELSEWHERE, doubts=(*proposal.doubts, _OF_ANOTHER))


def _marked(proposal: Proposal, chosen: Mapping[str, Proposal], ranked: Sequence[Proposal]) -> Proposal:
    """The proposal with all that makes it unsure, and the column that comes next."""
    used = {column for each in chosen.values() for column in each.columns}
    free = [
        each
        for each in ranked
        if each.field == proposal.field
        and each.columns
        and used.isdisjoint(each.columns)
        and each.score >= _LEAST
    ]
    # That a header says its meaning in other words is no doubt where what stands under it says the same.
    by_header = {
        doubt for each in proposal.columns for meaning in each.meanings for doubt in named(each, meaning)
    }
    own = [doubt for doubt in proposal.doubts if proposal.score < LINE or doubt not in by_header]
    doubts = [*own, *_doubts(proposal, chosen, ranked, free[:1])]
    return replace(proposal, doubts=tuple(doubts), following=free[0].columns[0] if free else None)


def _doubts(
    proposal: Proposal,
    chosen: Mapping[str, Proposal],
    ranked: Sequence[Proposal],
    following: Sequence[Proposal],
) -> Iterator[str]:
    if any(each.score >= _NEARLY * proposal.score for each in following):
        yield "another column fits as well"
    # A column that means another field as surely, which nothing fills.
    for each in ranked:
        if (
            each.field not in chosen
            and each.alone
            and each.columns == proposal.columns
            and each.score >= _NEARLY * proposal.score
        ):
            yield f"it may be {each.field}"
            return
    if proposal.score < LINE and not proposal.doubts:
        yield _ONLY_SO_FAR
