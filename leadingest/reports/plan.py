"""What a change of mappings would do to the leads: for a pull request, a terminal, a page, a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from leadingest.drift.kind import Difference
from leadingest.ingest.tally import FaultCount
from leadingest.planning.effect import DeliveryEffect, FieldEffect, LeadGroup, ValueChange
from leadingest.planning.mapped_leads import SAME_RECORD, MappedLeads
from leadingest.planning.plan import ChangePlan, FailOn, SourcePlan
from leadingest.reports.printable import cut_to, one_line
from leadingest.reports.problem import hinted
from leadingest.reports.report import (
    Block,
    CheckCase,
    CheckSuite,
    Level,
    Notice,
    Place,
    Report,
    ReportSection,
    ReportTable,
    TableColumn,
    TextLine,
    Words,
)
from leadingest.reports.wording import MOST_FAULTS, why
from leadingest.wording import counted, number, percent

#: Rows of examples and of drift that people are shown, of all sources together, and of one field or delivery: what is
#: shown must fit into a comment on GitHub, which has 65,536 characters at most. Source: measured, with rows of signs that
#: take five characters each in Markdown.
_MOST_ROWS: Final = 70
_ROWS_OF_A_FIELD: Final = 3
_ROWS_OF_DRIFT: Final = 10
#: Deliveries that are told in full, and those that are told in a line.
_MOST_SECTIONS: Final = 10
_MOST_LINES: Final = 30
#: Characters of a value, and of a message.
_LONGEST: Final = 40
_LONGEST_MESSAGE: Final = 240
#: Records that are named.
_RECORDS: Final = 5

_COUNTS = (TableColumn(""), TableColumn("before", align="right"), TableColumn("now", align="right"))
_CHANGES = (
    TableColumn("field"),
    TableColumn("before", fit="end"),
    TableColumn("now", fit="end"),
    TableColumn("leads", align="right"),
    TableColumn("first record", align="right"),
)
_DRIFT = (
    TableColumn("drift"),
    TableColumn("class"),
    TableColumn("column", fit="end"),
    TableColumn("found", fit="end"),
)
_OTHERS = (
    TableColumn("source"),
    *(TableColumn(title, align="right") for title in ("added", "removed", "changed", "unchanged")),
)


@dataclass
class _Room:
    """How many rows may still be shown."""

    rows: int = _MOST_ROWS

    def take(self, wanted: int) -> int:
        """So many of the wanted rows there is room for."""
        taken = min(wanted, self.rows)
        self.rows -= taken
        return taken


@dataclass(frozen=True)
class PlanReport(Report):
    """Of each delivery what changes, with examples; for people only so much as fits into a comment."""

    plan: ChangePlan
    fail_on: Sequence[FailOn] = field(default=())
    title = "plan"
    about = "What a change of mappings would do to the leads. Nothing was loaded."

    def body(self) -> Iterator[Block]:
        plan, room = self.plan, _Room()
        yield TextLine(_head(plan))
        compared = [(source, effect) for source in plan.sources for effect in source.effects]
        for source, effect in compared[:_MOST_SECTIONS]:
            yield TextLine()
            yield _section(plan, source, effect, room)
        if others := compared[_MOST_SECTIONS:]:
            yield TextLine()
            yield TextLine(
                f"{counted(len(others), 'more delivery', 'more deliveries')}, all of which --format json has:"
            )
            yield ReportTable(_OTHERS, [_other(*each) for each in others[:_MOST_LINES]])
        yield from _not_compared(plan)
        if foot := list(_foot(plan, self.fail_on)):
            yield TextLine()
            yield from map(TextLine, foot)

    def data(self) -> dict[str, Any]:
        plan = self.plan
        return {
            "base": plan.base,
            "commit": plan.commit,
            "values_shown": plan.values_shown,
            "sources": [_plain(source, self.fail_on) for source in plan.sources],
            "untouched": plan.untouched,
            "exit_code": plan.exit_code(self.fail_on),
        }

    def suites(self) -> Iterator[CheckSuite]:
        """One for each source: what it is failed for is an error, another effect a notice."""
        for source in self.plan.sources:
            yield CheckSuite(source.source, list(_cases(source, self.fail_on)), about=source.source)


def _head(plan: ChangePlan) -> str:
    """What is compared, and what is not shown."""
    touched = counted(len(plan.sources), "mapping")
    return (
        f"{touched} changed since {plan.base} (commit {plan.commit}), {number(plan.untouched)} not; nothing was loaded"
        if plan.sources
        else f"no mapping has changed since {plan.base} (commit {plan.commit}); {counted(plan.untouched, 'mapping')} compared"
    )


def _section(plan: ChangePlan, source: SourcePlan, effect: DeliveryEffect, room: _Room) -> ReportSection:
    return ReportSection(
        f"{source.source}: {_cut(effect.file, _LONGEST)}",
        f"{counted(effect.now.counts.read, 'record')} under {_compared_with(plan, source)}",
        _outcome(effect),
        list(_details(effect, room)),
    )


def _compared_with(plan: ChangePlan, source: SourcePlan) -> str:
    if source.change == "added":
        return f"{source.mapping}, which had no mapping before"
    if source.load_id is None:
        return source.mapping
    base = "the mapping of" if source.base_is_published else "another mapping than that of"
    return f"{source.mapping}; load {source.load_id} is published, with {base} {plan.base}"


def _outcome(effect: DeliveryEffect) -> str:
    """`2 leads changed, 1 removed, 7 unchanged`."""
    if effect.now.error:
        return (
            "this delivery cannot be loaded any more"
            if not effect.before.error
            else "this delivery cannot be loaded"
        )
    if effect.same_outcome:
        return f"nothing changes: {counted(effect.unchanged, 'lead')}"
    groups = {
        "added": effect.added.leads,
        "removed": effect.removed.leads,
        "changed": effect.changed,
        "unchanged": effect.unchanged,
    }
    parts = [f"{counted(leads, 'lead')} {name}" for name, leads in groups.items() if leads]
    if effect.changed_keys:
        parts.append(f"{number(effect.changed_keys)} known by another lead_key")
    return ", ".join(parts) or "no leads"


def _details(effect: DeliveryEffect, room: _Room) -> Iterator[Block]:
    """What there is to say of a delivery, part by part."""
    parts: list[Iterable[Block]] = [_errors(effect)]
    if not effect.same_outcome:
        counts = ReportTable(_COUNTS, _counts(effect.before, effect.now))
        parts += [[counts], _summary(effect), _changes(effect, room), _drift(effect, room)]
    for part in parts:
        if blocks := list(part):
            yield TextLine()
            yield from blocks
    yield TextLine()


def _errors(effect: DeliveryEffect) -> Iterator[Block]:
    for side, name in ((effect.before, "before"), (effect.now, "now")):
        if side.error:
            yield TextLine(f"{name}: {_cut(side.error, _LONGEST_MESSAGE)}")


def _summary(effect: DeliveryEffect) -> Iterator[Block]:
    """A line for each kind of effect that is not of one field."""
    before, now = effect.before, effect.now
    for name, leads in (("added", effect.added), ("removed", effect.removed)):
        if leads.leads:
            yield TextLine(_group(name, leads))
    for what, was, becomes in (
        ("rejects", before.reject_counts, now.reject_counts),
        ("invalid values", before.invalid_value_counts, now.invalid_value_counts),
    ):
        if was != becomes:
            yield TextLine(f"{what}: {_faults(was)} → {_faults(becomes)}")
    if fills := [
        f"{name} {percent(was)} → {percent(becomes)}" for name, (was, becomes) in effect.fill_changes.items()
    ]:
        yield TextLine(f"filled: {_first(fills)}")
    if effect.matched_by != SAME_RECORD:
        unmatched = " → ".join(map(number, effect.unmatched))
        yield TextLine(
            f"records are not counted as before: leads are matched by {', '.join(effect.matched_by)}; {unmatched} of them "
            "share it or have none"
        )


def _faults(counts: Sequence[FaultCount]) -> str:
    """`3 phone, 2 zip`; of one alone with its number, too."""
    if not counts:
        return "none"
    return f"{number(counts[0].count)} {why(counts)[2:-1]}" if len(counts) == 1 else why(counts)[2:-1]


def _first(names: Sequence[str]) -> str:
    """The first of the names, and how many more there are."""
    more = [counted(len(names) - MOST_FAULTS, "more field")] if len(names) > MOST_FAULTS else []
    return ", ".join([*names[:MOST_FAULTS], *more])


def _counts(before: MappedLeads, now: MappedLeads) -> list[tuple[str, str, str]]:
    rows = (
        ("leads", before.counts.loaded, now.counts.loaded),
        ("rejected", before.counts.rejected, now.counts.rejected),
        ("filtered", before.counts.filtered, now.counts.filtered),
        ("invalid values", before.counts.invalid_values, now.counts.invalid_values),
        ("hidden leads", before.hidden, now.hidden),
    )
    return [
        (name, number(was), number(becomes))
        for name, was, becomes in rows
        if was or becomes or name == "leads"
    ]


def _group(name: str, group: LeadGroup) -> str:
    """`removed: 2 leads, records 3, 17; 1 rejected now (phone: required), 1 filtered now`."""
    when = "before" if name == "added" else "now"
    reasons = (
        [f"{number(group.rejected)} rejected {when}{why(group.reject_counts)}"] if group.rejected else []
    )
    reasons += [f"{number(group.filtered)} filtered {when}"] if group.filtered else []
    more = " …" if group.leads > _RECORDS else ""
    records = f"{'records' if group.leads > 1 else 'record'} {', '.join(map(number, group.records[:_RECORDS]))}{more}"
    return "; ".join(
        [f"{name}: {counted(group.leads, 'lead')}, {records}", *filter(None, [", ".join(reasons)])]
    )


def _changes(effect: DeliveryEffect, room: _Room) -> Iterator[Block]:
    rows: list[Sequence[Words]] = []
    left_out: list[str] = []
    for each in effect.fields:
        shown = each.examples[: room.take(min(len(each.examples), _ROWS_OF_A_FIELD))]
        if not shown:
            left_out.append(f"{each.field} in {number(each.change.leads)}")
        rows += [_example(each.field, example) for example in shown]
        rest = each.change.leads - sum(example.leads for example in shown)
        if rest and shown:
            rows.append((each.field, "other changes", "", number(rest), ""))
    if rows:
        yield ReportTable(_CHANGES, rows)
    if left_out:
        yield TextLine(f"also changed: {_first(left_out)}")


def _example(name: str, example: ValueChange) -> Sequence[Words]:
    return (name, _value(example.was), _value(example.now), number(example.leads), number(example.record))


def _value(value: str | None) -> str:
    return "(blank)" if value is None else _cut(value, _LONGEST)


def _cut(text: str, most: int) -> str:
    return cut_to(one_line(text), most)


def _drift(effect: DeliveryEffect, room: _Room) -> Iterator[Block]:
    found = [("new", each) for each in effect.new_drift] + [("gone", each) for each in effect.settled_drift]
    shown = found[: room.take(min(len(found), _ROWS_OF_DRIFT))]
    if shown:
        yield ReportTable(_DRIFT, [(state, *_drift_cells(each)) for state, each in shown])
    if len(found) > len(shown):
        yield TextLine(f"{counted(len(found) - len(shown), 'more difference')} in drift")


def _drift_cells(difference: Difference) -> tuple[str, str, str]:
    detail = difference.detail
    return (
        f"{detail.kind_class} {difference.code} {difference.name}",
        _cut(detail.header or "(the delivery)", _LONGEST),
        _cut(detail.found, _LONGEST),
    )


def _other(source: SourcePlan, effect: DeliveryEffect) -> Sequence[Words]:
    counts = (effect.added.leads, effect.removed.leads, effect.changed, effect.unchanged)
    return (source.source, *map(number, counts))


def _not_compared(plan: ChangePlan) -> Iterator[Block]:
    """The sources that nothing could be run of."""
    found = [source for source in plan.sources if source.message]
    for source in found[:_MOST_SECTIONS]:
        yield TextLine()
        text = f"{source.source}: {_cut(source.message, _LONGEST_MESSAGE)}"
        yield Notice("error", text) if source.error_code else TextLine(text)
        yield from hinted(source.hint)
    if more := found[_MOST_SECTIONS:]:
        yield TextLine(f"{counted(len(more), 'more source')} not compared")


def _foot(plan: ChangePlan, fail_on: Sequence[FailOn]) -> Iterator[str]:
    failing = {name: None for source in plan.sources for name in source.failures(fail_on)}
    if failing:
        yield f"fails on: {', '.join(failing)}"
    if any(source.effects for source in plan.sources):
        yield (
            "values are shown as they are, those of persons too"
            if plan.values_shown
            else "personal values are shown as shapes: 9 is a digit, a is a word"
        )


def _plain(source: SourcePlan, fail_on: Sequence[FailOn]) -> dict[str, Any]:
    return {
        "source": source.source,
        "change": source.change,
        "mapping": source.mapping,
        "load_id": source.load_id,
        "base_is_published": source.base_is_published,
        "failures": list(source.failures(fail_on)),
        "error": source.message,
        "hint": source.hint,
        "deliveries": [_plain_effect(effect) for effect in source.effects],
    }


def _plain_effect(effect: DeliveryEffect) -> dict[str, Any]:
    return {
        "file": effect.file,
        "matched_by": list(effect.matched_by),
        "unchanged": effect.unchanged,
        "changed": effect.changed,
        "changed_keys": effect.changed_keys,
        "added": asdict(effect.added),
        "removed": asdict(effect.removed),
        "unmatched": {"before": effect.unmatched[0], "now": effect.unmatched[1]},
        "before": _plain_side(effect.before),
        "now": _plain_side(effect.now),
        "filled": {
            name: {"before": was, "now": becomes} for name, (was, becomes) in effect.fill_changes.items()
        },
        "fields": {each.field: _plain_field(each) for each in effect.fields},
        "drift": {
            state: [_plain_difference(each) for each in found]
            for state, found in (("new", effect.new_drift), ("gone", effect.settled_drift))
        },
    }


def _plain_field(each: FieldEffect) -> dict[str, Any]:
    return {**asdict(each.change), "examples": [asdict(example) for example in each.examples]}


def _plain_side(side: MappedLeads) -> dict[str, Any]:
    counts = side.counts
    return {
        "read": counts.read,
        "leads": counts.loaded,
        "rejected": counts.rejected,
        "filtered": counts.filtered,
        "invalid_values": counts.invalid_values,
        "hidden": side.hidden,
        "reject_counts": [asdict(each) for each in side.reject_counts],
        "invalid_value_counts": [asdict(each) for each in side.invalid_value_counts],
        "error": side.error,
        "hint": side.hint,
    }


def _plain_difference(difference: Difference) -> dict[str, Any]:
    detail = difference.detail
    return {
        "code": difference.code,
        "name": difference.name,
        "class": detail.kind_class,
        "column": detail.header,
        "expected": detail.expected,
        "found": detail.found,
    }


def _cases(source: SourcePlan, fail_on: Sequence[FailOn]) -> Iterator[CheckCase]:
    place = Place(source.mapping)
    if source.message:
        level: Level = "broken" if source.error_code else "notice"
        yield CheckCase("plan", level, source.message, source.hint, place=place)
    for effect in source.effects:
        failing = source.failures(fail_on) if effect.now.error == "" else ("error",)
        level = "passed" if effect.same_outcome else "error" if failing else "notice"
        fails = f"; fails on {', '.join(failing)}" if failing and not effect.now.error else ""
        why_not = f": {effect.now.error}" if effect.now.error else ""
        yield CheckCase("plan", level, f"{effect.file}: {_outcome(effect)}{why_not}{fails}", place=place)
