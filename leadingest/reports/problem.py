"""What went wrong and where, the line of the mapping to blame, what to do next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from leadingest.documents.copies import path_of
from leadingest.documents.read_yaml import read_text
from leadingest.errors import ConfigurationError
from leadingest.reports.report import Block, Excerpt, Notice

#: A place in a YAML file at the start of a message, as `Problem` writes it.
_PLACE = re.compile(r"^(?P<file>.+\.ya?ml):(?P<line>\d+):(?P<column>\d+): ")


def problem(message: str, *, hint: str = "", about: str = "") -> Iterator[Block]:
    """An error and a hint; `about` is the source concerned.

    Under each problem of a mapping stands the line it is about, with a mark below its column.
    """
    prefix = f"{about}: " if about else ""
    lines: list[str] = []
    for line in message.split("\n"):
        if lines and not _PLACE.match(line):
            lines[-1] += f"\n{line}"
        else:
            lines.append(f"{prefix}{line}")
    for each in lines:
        yield Notice("error", each)
        yield from _excerpt(each.removeprefix(prefix))
    yield from hinted(hint)


def hinted(hint: str) -> Iterator[Block]:
    """A hint, or nothing."""
    if hint:
        yield Notice("hint", hint)


def _excerpt(message: str) -> Iterator[Block]:
    """The line of the file that a message is about, and a mark under the column."""
    place = _PLACE.match(message)
    if not place:
        return
    text = _line_of(path_of(place["file"]), int(place["line"]))
    column = int(place["column"])
    if text is not None and column <= len(text) + 1:
        yield Excerpt(text, int(place["line"]), column)


def _line_of(file: Path, number: int) -> str | None:
    try:
        # The message may be that it is no file at all: a pipe must not be waited for.
        lines = read_text(file, str(file)).splitlines()
    except ConfigurationError:
        return None
    return lines[number - 1] if 0 < number <= len(lines) else None
