"""An error as text: what went wrong and where, the line of the mapping to blame, what to do next."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from leadingest.documents.read_yaml import read_text
from leadingest.errors import ConfigurationError
from leadingest.reports.printable import display_width, lines_only, wrapped

#: Characters of a line that are shown, around the column, where no terminal says how many there is room for.
_SHOWN = 110
_LEAST_SHOWN = 20


def excerpt(
    text: str,
    line: int,
    column: int,
    end_column: int | None = None,
    *,
    color: str = "red",
    width: int | None = None,
) -> Iterator[str]:
    """The line with its number, and `^` under the characters from `column` to before `end_column`.

    Columns count from 1. Of a line that is too long for `width` cells the part around the column is shown.
    """
    before, margin = f"    {line} | ", f"    {' ' * len(str(line))} | "
    room = max((width or _SHOWN) - len(before), _LEAST_SHOWN)
    start = max(0, column - room // 2) if len(text) > room else 0
    shown = lines_only(text[start : start + room])
    marked = text[column - 1 : min((end_column or column + 1) - 1, start + room)]
    yield f"{before}{shown}"
    blank = " " * display_width(lines_only(text[start : column - 1]))
    yield f"{margin}{blank}{click.style('^' * max(1, display_width(marked)), fg=color, bold=True)}"


#: A place in a YAML file at the start of a message, as `Problem` writes it.
_PLACE = re.compile(r"^(?P<file>.+\.ya?ml):(?P<line>\d+):(?P<column>\d+): ")


def error_text(message: str, *, hint: str = "", about: str = "", width: int | None = None) -> str:
    """`error: …` and `hint: …`, as many lines as they need; `about` is the source concerned.

    Under each problem of a mapping stands the line it is about, with a mark below its column. Lines are
    broken between words to keep to `width` cells; None: not at all.
    """
    prefix = f"{about}: " if about else ""
    lines: list[str] = []
    for line in lines_only(message).split("\n"):
        begins = not lines or bool(_PLACE.match(line))
        lines += _headed("error:" if begins else "", "red", f"{prefix if begins else ''}{line}", width)
        lines += _excerpt(line, width)
    return "\n".join(lines) + "\n" + hint_text(hint, width=width)


def hint_text(hint: str, *, width: int | None = None) -> str:
    """`hint: …`, or nothing."""
    lines: list[str] = []
    for line in lines_only(hint).split("\n") if hint else ():
        lines += _headed("" if lines else "hint:", "cyan", line, width, indent=6)
    return "".join(f"{line}\n" for line in lines)


def _headed(word: str, color: str, text: str, width: int | None, *, indent: int = 7) -> Iterator[str]:
    """The text in lines that stand one below the other, the word in its colour before the first."""
    head = click.style(word, fg=color, bold=True) + " " * (indent - len(word)) if word else " " * indent
    for line in wrapped(text, width and width - indent):
        yield f"{head}{line}"
        head = " " * indent


def _excerpt(line: str, width: int | None) -> Iterator[str]:
    """The line of the file that a message is about, and a mark under the column."""
    place = _PLACE.match(line)
    if not place:
        return
    text = _line_of(Path(place["file"]), int(place["line"]))
    column = int(place["column"])
    if text is not None and column <= len(text) + 1:
        yield from excerpt(text, int(place["line"]), column, width=width)


def _line_of(file: Path, number: int) -> str | None:
    try:
        # The message may be that it is no file at all: a pipe must not be waited for.
        lines = read_text(file, str(file)).splitlines()
    except ConfigurationError:
        return None
    return lines[number - 1] if 0 < number <= len(lines) else None
