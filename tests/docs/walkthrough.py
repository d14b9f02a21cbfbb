"""A page in Markdown as a list of steps: commands with what they print, and changes of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_BLOCK = re.compile(r"^(?:```|<!-- )(console|diff|run unseen)\n(.*?)^(?:```|-->)$", re.MULTILINE | re.DOTALL)
_SECONDS = re.compile(r"\b\d+\.\d(?= s\b)")
_SECONDS_IN_A_TABLE = re.compile(r"(?<=  )\d+\.\d(?=  [a-z ]+$)", re.MULTILINE)
_MOMENT = re.compile(r"\b\d{8}T\d{6}Z")
_SIZE = re.compile(r"(?<=\()\d+(?= kB\))")
_COMMIT = re.compile(r"(?<=\(commit )[0-9a-f]{12}(?=\))")
_SAME_DAY = "2026-04-01 06:00"


@dataclass(frozen=True)
class Command:
    """A line after `$ `, and the lines below it; None where the page does not show them."""

    line: str
    printed: str | None


@dataclass(frozen=True)
class Change:
    """Lines of a file as they are before, and as they are after."""

    before: str
    after: str

    def of(self, text: str) -> str:
        """The text with the change made, where it stands exactly once."""
        assert text.count(self.before) == 1, self.before
        return text.replace(self.before, self.after)


Step = Command | Change


def steps(markdown: str) -> Iterator[Step]:
    """The steps, in the order of the text: of blocks of `console` and `diff`, and of comments that begin `run unseen`."""
    for kind, content in _BLOCK.findall(markdown):
        if kind == "console":
            yield from _commands(content)
        elif kind == "diff":
            yield _change(content)
        else:
            yield from (Command(line, None) for line in content.splitlines())


def rewritten(markdown: str, printed: list[str]) -> str:
    """The page with what its commands have printed."""
    outputs = iter(printed)

    def anew(block: re.Match[str]) -> str:
        if block[1] != "console":
            return block[0]
        text = "".join(f"$ {each.line}\n{next(outputs)}" for each in _commands(block[2]))
        return f"```console\n{text}```"

    return _BLOCK.sub(anew, markdown)


def shown(text: str, *, folder: Path) -> str:
    """The text without what differs from run to run: times, commits, sizes of pages, and the folder in which one stands."""
    text = _MOMENT.sub("20260401T060012Z", text.replace(str(folder), "/home/you/leads"))
    text = _SIZE.sub("40", _COMMIT.sub("0123456789ab", text))
    text = re.sub(rf"{datetime.now(UTC):%Y-%m-%d} \d\d:\d\d", _SAME_DAY, text)
    return _SECONDS_IN_A_TABLE.sub("0.1", _SECONDS.sub("0.1", text))


def _commands(content: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", content, flags=re.MULTILINE)[1:]:
        line, _, printed = part.partition("\n")
        yield Command(line, printed)


def _change(content: str) -> Change:
    lines = content.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] != "+")
    after = "".join(line[1:] for line in lines if line[0] != "-")
    return Change(before, after)
