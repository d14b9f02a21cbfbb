"""`json`: one value out of a JSON cell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, ClassVar

import polars as pl
from pydantic import Field, field_validator

from leadingest.expressions import on_distinct, usually
from leadingest.operations.base import INVALID, Example, RecognizingOperation

_PATH = re.compile(r"""\$(\.[\w-]+|\[\d+\]|\['[^']+'\])*""")
_STEP = re.compile(r"""\.(?P<name>[\w-]+)|\[(?P<at>\d+)\]|\['(?P<quoted>[^']+)'\]""")

#: What polars gives, but for what may be a number, or hold some: it writes those in its own way, `1.10` as `1.1`.
_NO_NUMBER = r"^[^-0-9\[{]"


class JsonPath(RecognizingOperation):
    """Extract one value from a cell that contains JSON, by its path from the root, `$`.

    `$.a.b` is the value under b under a, `$.a[0]` the first of the list under a. A number is kept as it is written.
    """

    path: str = Field(alias="json")

    problem: ClassVar[str] = "is not JSON with a value at this path"
    examples: ClassVar = (
        Example(
            "{from: Details, json: $.contact.city}",
            (
                ('{"contact": {"city": "Reno"}}', "Reno"),
                ("{}", INVALID),
                ("Reno", INVALID),
            ),
        ),
    )

    @field_validator("path")
    @classmethod
    def _must_be_a_path(cls, path: str) -> str:
        if not _PATH.fullmatch(path):
            raise ValueError(f"must be a path such as $.contact.city or $.phones[0], not {path!r}")
        return path

    def expr(self, value: pl.Expr) -> pl.Expr:
        return usually(value, self._without_numbers, self._as_written)

    def _without_numbers(self, value: pl.Expr) -> pl.Expr:
        taken = value.str.json_path_match(self.path)
        return pl.when(taken.str.contains(_NO_NUMBER) | (taken == "")).then(taken)

    def _as_written(self, value: pl.Expr) -> pl.Expr:
        return on_distinct(value, partial(_take, steps=tuple(_steps(self.path))), longest=None)


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


def _steps(path: str) -> Iterator[str | int]:
    for step in _STEP.finditer(path):
        yield int(step["at"]) if step["at"] else step["name"] or step["quoted"]


def _take(text: str, steps: Sequence[str | int]) -> str | None:
    """The value that the steps lead to, as text; None where there is none, or the text is no JSON."""
    try:
        found: Any = json.loads(text, parse_int=_Number, parse_float=_Number, parse_constant=_refuse)
        for step in steps:
            match found, step:
                case list(), int():
                    found = found[step]
                case dict(), str():
                    found = found[step]
                case _:
                    return None
        taken = None if found is None else found if isinstance(found, str) else _text(found)
        # Half of a pair of code units alone is no text.
        (taken or "").encode()
    except (ValueError, LookupError, RecursionError):
        return None
    return taken


def _refuse(constant: str) -> None:
    """NaN and Infinity are Python's, and no JSON."""
    raise ValueError(constant)


def _text(value: Any) -> str:
    """The JSON of a value, its numbers as they were written."""
    match value:
        case _Number():
            return value
        case list():
            return f"[{','.join(map(_text, value))}]"
        case dict():
            pairs = (f"{json.dumps(name, ensure_ascii=False)}:{_text(each)}" for name, each in value.items())
            return f"{{{','.join(pairs)}}}"
        case _:
            return json.dumps(value, ensure_ascii=False)
