"""Text from a file or a database, made safe to print on one line of a terminal."""

import textwrap
import unicodedata

#: Control characters, which could move the cursor or change the colours, and line breaks of Unicode.
_UNPRINTABLE = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), " ")
#: Marks that turn the direction of writing round: what stands there would not be what one reads.
_UNPRINTABLE |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "")
_MANY_LINES = _UNPRINTABLE | {ord("\n"): "\n"}


def one_line(text: str) -> str:
    """The text without control characters, runs of white space as one space."""
    return " ".join(text.translate(_UNPRINTABLE).split())


def lines_only(text: str) -> str:
    """The text without control characters other than line breaks."""
    return text.translate(_MANY_LINES)


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
    return textwrap.wrap(text, max(width, 1), break_long_words=False, break_on_hyphens=False) or [text]


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
