"""`json`: one value out of a JSON cell."""

from __future__ import annotations

import re
from typing import ClassVar

import polars as pl
from pydantic import Field, field_validator

from leadingest.operations.base import INVALID, Example, RecognisingWord

_PATH = re.compile(r"""\$(\.[\w-]+|\[\d+\]|\['[^']+'\])*""")


class JsonPath(RecognisingWord):
    """Take one value out of a cell that holds JSON, by its path from the top, `$`.

    `$.a.b` is the value under b under a, `$.a[0]` the first of the list under a.
    """

    path: str = Field(alias="json")

    problem: ClassVar[str] = "is not JSON with a value at that path"
    examples: ClassVar = (
        Example(
            "{from: Details, json: $.contact.city}",
            (('{"contact": {"city": "Reno"}}', "Reno"), ("{}", INVALID), ("Reno", INVALID)),
        ),
    )

    @field_validator("path")
    @classmethod
    def _must_be_a_path(cls, path: str) -> str:
        if not _PATH.fullmatch(path):
            raise ValueError(f"must be a path such as $.contact.city or $.phones[0], not {path!r}")
        return path

    def expr(self, value: pl.Expr) -> pl.Expr:
        return value.str.json_path_match(self.path)
