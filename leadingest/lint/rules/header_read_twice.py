"""The rule LI103."""

from __future__ import annotations

import json
from collections.abc import Iterator

from leadingest.documents.yaml_document import Node, Plain, plain
from leadingest.lint.finding import Related, Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.operations.sources.const import Const


@rule("LI103", "warning")
def header_read_twice(subject: Subject) -> Iterator[Remark]:
    """Two fields take the same value from the same header, though they do not mean the same.

    Most often a line was copied and its header forgotten. Where both fields do mean the value, say so in a
    comment that ignores the finding.

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
    first: dict[str, str] = {}
    for column, entry in subject.fields():
        node = subject.node(entry.path)
        if node is None or isinstance(entry.source, Const):
            continue
        said = json.dumps(_spelt_out(node), ensure_ascii=False, sort_keys=True)
        if said in first:
            other = first[said]
            message = f"{column.name} is filled like {other}, from {_shown(entry.source.alternatives())}"
            yield Remark(
                subject.place(entry.path),
                message,
                (Related(subject.place(("fields", other)), f"{other} stands here"),),
            )
        first.setdefault(said, column.name)


def _spelt_out(node: Node) -> dict[str, Plain]:
    value = plain(node)
    entry: dict[str, Plain] = dict(value) if isinstance(value, dict) else {"from": value}
    if isinstance(header := entry.get("from"), str):
        entry["from"] = [header]
    return entry


def _shown(headers: tuple[str, ...]) -> str:
    return repr(headers[0]) if headers else "the same values"
