"""Text from a file or a database, made safe to print on one line of a terminal."""

import re
import unicodedata

#: Control characters, which could move the cursor or change the colors, line breaks of Unicode, marks that turn the
#: direction of writing round (what stands there would not be what one reads), and halves of a character, which file
#: names may hold and no terminal takes.
_UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
#: What makes a line a command to GitHub Actions, were it printed there as it is: the first only where a line begins.
_COMMAND = re.compile(r"(?m)^([ ]*)(?=::)|(?=##\[)")


def one_line(text: str) -> str:
    r"""The text on one line: runs of white space as one space, control characters visible, as `\x1b`."""
    return lines_only(" ".join(text.split()))


def lines_only(text: str) -> str:
    r"""The text with its lines; control characters are visible, as `\x1b`, and no line is a command to what shows it."""
    return _COMMAND.sub(r"\1\\", controls_visible(text))


def controls_visible(text: str) -> str:
    r"""The text with its lines, and control characters as `\x1b`: for a terminal, to which no line is a command."""
    return _UNPRINTABLE.sub(_visible, text.replace("\t", " "))


def _visible(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


def display_width(text: str) -> int:
    """How many cells of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(_cells(letter) for letter in text)


def cut_to(text: str, width: int, *, middle: bool = False) -> str:
    """The text in at most `width` cells, an ellipsis where something was left out."""
    if display_width(text) <= width:
        return text
    if width < 1:
        return ""
    kept = width - 1
    tail = _first(text[::-1], kept // 2)[::-1] if middle else ""
    return f"{_first(text, kept - display_width(tail)).rstrip()}…{tail.lstrip()}"


def wrapped(text: str, width: int | None) -> list[str]:
    """The text in lines broken between words; a line that is indented is a command to copy and stays whole."""
    if width is None or text.startswith("  "):
        return [text]
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and display_width(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return [line.rstrip() for line in lines]


def _first(text: str, width: int) -> str:
    """As much of the start of the text as fits."""
    taken = 0
    for at, letter in enumerate(text):
        taken += _cells(letter)
        if taken > width:
            return text[:at]
    return text


def _cells(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
