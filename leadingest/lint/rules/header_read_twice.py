"""The rule LI103."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from leadingest.documents.yaml_document import Node, Plain, plain
from leadingest.lint.finding import Related, Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.operations.sources.const import Const


@rule("LI103", "warning")
def header_read_twice(subject: Subject) -> Iterator[Remark]:
    """Two fields take the same value from the same header, although they have different meanings.

    Usually a line was copied and its header not changed. If both fields really have this value,
    ignore the finding with a comment.

    Bad:
        fields:
          company: Name
          phone: Phone
          phone2: Phone

    Good:
        fields:
          company: Name
          phone: Phone
          phone2: Mobile
    """
    by_names: dict[tuple[str, ...], list[str]] = {}
    for column, entry in subject.fields():
        if not isinstance(entry.source, Const):
            by_names.setdefault(tuple(entry.names()), []).append(column.name)
    for alike in by_names.values():
        yield from _same(subject, alike) if len(alike) > 1 else ()


def _same(subject: Subject, fields: Sequence[str]) -> Iterator[Remark]:
    """Of fields that read the same headers, those that make the same of them as an earlier one."""
    first: dict[str, str] = {}
    for field in fields:
        path = ("fields", field)
        node = subject.node(path)
        text = json.dumps(_spelled_out(node) if node else {}, ensure_ascii=False, sort_keys=True)
        other = first.setdefault(text, field)
        if other != field:
            headers = subject.reading.fields[field].source.alternatives()
            message = f"{field} is filled from {_shown(headers)}, like {other}"
            related = Related(subject.place(("fields", other)), f"note: {other} is defined here")
            yield Remark(subject.place(path), message, (related,))


def _spelled_out(node: Node) -> dict[str, Plain]:
    value = plain(node)
    entry: dict[str, Plain] = dict(value) if isinstance(value, dict) else {"from": value}
    if isinstance(header := entry.get("from"), str):
        entry["from"] = [header]
    return entry


def _shown(headers: tuple[str, ...]) -> str:
    return repr(headers[0]) if headers else "the same values"
