"""JSON for programs: one object that begins with `version`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from leadingest.reports.report import Report

#: Raised when a key goes or changes its meaning; a new key is no reason.
VERSION = 1

#: Those that JSON lets stand in a text as they are.
_CONTROL = re.compile(r"[\x7f-\x9f\u2028\u2029]")


def render(report: Report) -> Iterator[str]:
    """The data; times as ISO 8601, decimals as texts. An iterator is written as it is read: it takes the memory of an item."""
    yield "{"
    for number, (name, value) in enumerate({"version": VERSION, **report.data()}.items()):
        yield f'{"," if number else ""}\n  "{name}": '
        if isinstance(value, Iterator):
            yield from _list(value)
        else:
            yield json_text(value, indent=2).replace("\n", "\n  ")
    yield "\n}\n"


def _list(items: Iterator[Any]) -> Iterator[str]:
    yield "["
    for number, item in enumerate(items):
        yield f"{',' if number else ''}\n    {json_text(item)}"
    yield "\n  ]"


def json_text(value: Any, *, indent: int | None = None) -> str:
    """A value as JSON; control characters, which a terminal would obey, are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=_plain)
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
