"""All rules on one mapping."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from leadingest.lint.finding import Finding, Remark
from leadingest.lint.ignore import Ignore
from leadingest.lint.locate_text import LocateText
from leadingest.lint.rule import Rule
from leadingest.lint.rules import RULES
from leadingest.lint.rules.unused_ignore import unused_ignore
from leadingest.lint.secrets import masked
from leadingest.lint.subject import Subject

Found = tuple[Rule, Remark]


def lint_mapping(subject: Subject, rules: Sequence[Rule] = RULES) -> list[Finding]:
    """What the rules find, without what is ignored for a reason, from top to bottom."""
    subject = replace(subject, codes={rule.code: rule.ignorable for rule in rules})
    ran = [rule for rule in rules if not (rule.whole and subject.reading.problems)]
    found = [(rule, remark) for rule in ran for remark in rule.check(subject)]
    if idle := tuple(_idle(subject, ran, found)):
        found += [(unused_ignore, remark) for remark in unused_ignore.check(replace(subject, idle=idle))]
    text = LocateText(subject.documents)
    findings = {
        _finding(rule, remark, text) for rule, remark in found if not _ignored(rule, remark, subject.ignores)
    }
    return sorted(findings, key=lambda each: each.sort_key)


def _ignored(rule: Rule, remark: Remark, ignores: Sequence[Ignore]) -> bool:
    """Whether a comment asks for it; one without a reason is a finding of its own, which is enough."""
    return rule.ignorable and any(each.covers(rule.code, remark.at) for each in ignores)


def _idle(
    subject: Subject, ran: Sequence[Rule], found: Sequence[Found]
) -> Iterator[tuple[Ignore, tuple[str, ...]]]:
    """The comments of the mapping itself with the codes for which there is nothing to ignore.

    What was not looked at, for want of a sample or of a mapping that can be read whole, may be there.
    """
    looked_for = {rule.code for rule in ran if subject.sample or not rule.code.startswith("LI5")}
    for each in subject.ignores:
        if each.at.file == subject.reading.name:
            met = {rule.code for rule, remark in found if each.covers(rule.code, remark.at)}
            if codes := tuple(code for code in each.codes if code in looked_for and code not in met):
                yield each, codes


def _finding(rule: Rule, remark: Remark, text: LocateText) -> Finding:
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        at=remark.at,
        end_column=text.end_column(remark.at),
        message=masked(remark.message),
        line_text=text.shown_line(remark.at),
        related=remark.related,
        edits=remark.edits,
    )
