"""Values of the `delivery:` section as they may be written, made into what they mean.

Each function takes the text, list or table that stands in the YAML. It raises ValueError with words that
follow the key: "must be ...".
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

#: Places of a list under `repeat`: each record of a file may become so many.
MOST_PLACES: Final = 50
_SPELLED_BYTES: Final = {"tab": "\t", "\\t": "\t"}


def texts(value: object) -> tuple[str, ...]:
    """One text or a list of them, as a tuple; nothing at all in a list is the empty text."""
    items: list[object] = list(value) if isinstance(value, list | tuple) else [value]
    texts = tuple("" if item is None else item for item in items)
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("must be a text or a list of texts")
    return tuple(map(str, texts))


def globs(value: object) -> tuple[str, ...]:
    """One glob under the inbox or several; none may lead out of it."""
    globs = texts(value)
    for glob in globs:
        path = PurePosixPath(glob.replace("\\", "/"))
        if not glob.strip():
            raise ValueError("must be a file name or a pattern such as source1*.csv, not empty")
        if path.is_absolute() or re.match(r"[A-Za-z]:", glob) or ".." in path.parts:
            raise ValueError(f"must stay under the inbox: {glob!r} is an absolute path or contains ..")
    return globs


def one_of(*words: str) -> Callable[[object], object]:
    """A function that lets nothing through but these words."""

    def check(value: object) -> object:
        if value not in words:
            raise ValueError(f"must be {' or '.join(filter(None, (', '.join(words[:-1]), words[-1])))}")
        return value

    return check


def number(value: object, *, least: int, most: int = 999_999_999, what: str) -> int:
    """A whole number from `least` to `most`; `what` says in messages what must stand there."""
    if isinstance(value, int) and not isinstance(value, bool):
        number = value
    elif isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value):
        number = int(value)
    else:
        raise ValueError(f"must be {what}")
    if not least <= number <= most:
        raise ValueError(f"must be {what}")
    return number


def separator(value: object) -> str:
    """One ASCII character that no cell is made of alone; `tab` is a tab."""
    text = _SPELLED_BYTES.get(value, value) if isinstance(value, str) else value
    if (
        not isinstance(text, str)
        or len(text) != 1
        or not text.isascii()
        or text.isalnum()
        or text in "\r\n\0"
    ):
        raise ValueError(
            "must be one ASCII character that is not a letter, digit or line end (write tab for a tab)"
        )
    return text


def quote(value: object) -> str | None:
    """The quote character; None for `none`."""
    if value == "none":
        return None
    try:
        return separator(value)
    except ValueError:
        raise ValueError(
            'must be one ASCII character such as ", or none for a file without quoting'
        ) from None


def escape(value: object) -> str:
    """The escape character; "" for `none`."""
    if value == "none":
        return ""
    try:
        return separator(value)
    except ValueError:
        raise ValueError("must be one ASCII character, such as \\, or none") from None


def encodings(value: object) -> tuple[str, ...]:
    """Python's names of one encoding or several."""
    names = value if isinstance(value, list | tuple) else [value]
    if not names:
        raise ValueError("must be the name of an encoding, or a list of names")
    return tuple(map(encoding, names))


def encoding(value: object) -> str:
    """Python's name of the encoding."""
    try:
        name = codecs.lookup(str(value)).name
        if "lead".encode(name).decode(name) != "lead":
            raise LookupError
    except (LookupError, ValueError):
        raise ValueError(f"must be the name of an encoding, such as utf-8 or cp1252, not {value!r}") from None
    return name


def header(value: object) -> object:
    """A row number, header names to find the header by, or `none`; `row_names` is left for the model to read."""
    wanted = "a row number counted from 1, none, or a list of header names to find it by"
    if value == "none":
        return "none"
    if isinstance(value, dict):
        if "rows" in value:
            raise ValueError("must have 1, 2 or 3 rows")
        if set(value) == {"row_names"}:
            return value
        if set(value) != {"match"}:
            raise ValueError(
                f"must be {wanted}; as a table it has the key match, row_names or rows, or row and rows"
            )
        value = value["match"]
        value = [value] if isinstance(value, str) else value
    if isinstance(value, list | tuple):
        names = texts(value)
        if not names or not all(name.strip() for name in names):
            raise ValueError(f"must be {wanted}; the list must name at least one header, none of them blank")
        return names
    return number(value, least=1, what=wanted)


def header_rows(section: object) -> tuple[object, int]:
    """The section with the header as `header` takes it, and how many rows the header has.

    A number of rows that cannot be is left for `header` to refuse.
    """
    header = section.get("header") if isinstance(section, dict) else None
    if not isinstance(section, dict) or not isinstance(header, dict) or "rows" not in header:
        return section, 1
    try:
        rows = number(header["rows"], least=1, most=3, what="1, 2 or 3")
    except ValueError:
        return section, 1
    rest = {key: value for key, value in header.items() if key != "rows"}
    if set(rest) == {"row"}:
        return {**section, "header": rest["row"]}, rows
    kept = {key: value for key, value in section.items() if key != "header"}
    return {**kept, **({"header": rest} if rest else {})}, rows


def names(value: object) -> tuple[str, ...]:
    """Header names, one per column."""
    if not isinstance(value, list | tuple) or not value:
        raise ValueError("must be a list of header names, one per column")
    return texts(value)


@dataclass(frozen=True)
class RepeatedColumn:
    """`Phone: [Phone 1, Phone 2]`: a column of the records, and for each place the headers that it may have in the file."""

    name: str
    headers: tuple[tuple[str, ...], ...]


def repeat(value: object) -> tuple[RepeatedColumn, ...]:
    """Columns, each with the headers that it has in one place after the other."""
    if not isinstance(value, dict) or not value:
        raise ValueError("must be columns with their headers: {Phone: [Phone 1, Phone 2]}")
    lists = {" ".join(name.split()): _places(name, headers) for name, headers in value.items()}
    if len({len(headers) for headers in lists.values()}) > 1:
        lengths = ", ".join(f"{name} has {len(headers)}" for name, headers in lists.items())
        raise ValueError(f"must have lists of the same length: {lengths}")
    named: dict[str, str] = {}
    for name, headers in lists.items():
        for header in headers:
            if named.setdefault(header.casefold(), name) != name or headers.count(header) > 1:
                raise ValueError(f"must name a header once, not {header!r} twice")
    return tuple(
        RepeatedColumn(name, tuple((header,) for header in headers)) for name, headers in lists.items()
    )


def _places(name: str, headers: object) -> tuple[str, ...]:
    items = texts(headers) if isinstance(headers, list | tuple) else ()
    cleaned = tuple(" ".join(header.split()) for header in items)
    if not name.strip() or not 2 <= len(cleaned) <= MOST_PLACES or not all(cleaned):
        raise ValueError(f"must give 2 to {MOST_PLACES} headers for {name!r}, one for each place")
    return cleaned


def footer(value: object) -> object:
    """A number of lines; a table is left for the model to read."""
    if not isinstance(value, str | int):
        return value
    wanted = "a number of lines, at most 1000, or {match: a regular expression}"
    return number(value, least=0, most=1000, what=wanted)


def skip_lines(value: object) -> int:
    """A number of lines."""
    return number(value, least=0, what="a number of lines")


def record_bytes(value: object) -> int:
    """The size of a record."""
    return number(value, least=1, most=1 << 24, what="a number of bytes, at most 16777216")


def record_lines(value: object) -> int:
    """The length of a record."""
    return number(value, least=1, most=100_000, what="a number of lines, at most 100000")


def sheet(value: object) -> str:
    """The name or the number of a sheet."""
    text = str(value) if isinstance(value, int) else value
    if not isinstance(text, str) or not text or text == "0":
        raise ValueError("must be the name of a sheet, or its number counted from 1")
    return text


def columns(value: object) -> tuple[int, int]:
    """The first and the last column of a range such as B:H, counted from 1."""
    found = re.fullmatch(r"([A-Za-z]{1,3}):([A-Za-z]{1,3})", value) if isinstance(value, str) else None
    first, last = (_column_number(letters) for letters in found.groups()) if found else (1, 0)
    if first > last:
        raise ValueError("must be the letters of a first and a last column, such as B:H")
    return first, last


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def member(value: object) -> str:
    """The name of a file in an archive, or a pattern."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be the name of a file in the archive, or a pattern such as *.csv")
    return value
