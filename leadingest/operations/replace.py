"""`replace`: one text for another."""

from __future__ import annotations

from typing import Annotated, ClassVar

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from leadingest.expressions import Pattern, refuse_missing_groups
from leadingest.operations.base import Example, Operation


class Replacement(BaseModel):
    """`{pattern: ..., with: ...}`: what matches a regular expression, for a text in which `$1` is its first group."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", populate_by_name=True)

    pattern: Pattern = Field(description="A regular expression; the matching text is replaced.")
    replacement: str = Field(
        alias="with", description="The new text; `$1` stands for what the first group matched."
    )

    @field_validator("replacement", mode="before", json_schema_input_type=str | None)
    @classmethod
    def _nothing_is_the_empty_text(cls, value: object) -> object:
        return "" if value is None else value

    @field_validator("replacement")
    @classmethod
    def _only_groups_that_there_are(cls, new: str, read: ValidationInfo) -> str:
        if "pattern" in read.data:
            refuse_missing_groups(read.data["pattern"], new)
        return new


#: Texts with what is put in their place; a table of `pattern` and `with` is a `Replacement`.
Texts = Annotated[
    dict[str, str | None],
    Field(
        json_schema_extra={"not": {"required": ["pattern"], "propertyNames": {"enum": ["pattern", "with"]}}}
    ),
]


class Replace(Operation):
    """Replace one text with another, wherever it occurs; several replacements apply in the order written.

    `{pattern: ..., with: ...}`, or a list of these, replaces what matches a regular expression (the syntax of
    Rust's `regex`); `$1` in the new text is what the first group matched.
    """

    replace: dict[str, str] | tuple[Replacement, ...]

    examples: ClassVar = (
        Example("""{from: Name, replace: {'"': ""}}""", (('Pine" Tree Care"', "Pine Tree Care"),)),
        Example(
            '{from: Type, replace: {pattern: " *[(][^)]*[)]$", with: ""}}',
            (("CENTER (PROVISIONAL)", "CENTER"), ("CENTER", "CENTER")),
        ),
        Example(
            '{from: Name, replace: [{pattern: "^(.+), THE$", with: "THE $1"}]}',
            (("LITTLE OAK, THE", "THE LITTLE OAK"),),
        ),
    )

    @field_validator("replace", mode="before", json_schema_input_type=Replacement | Texts | list[Replacement])
    @classmethod
    def _texts_or_patterns(cls, value: object) -> object:
        if isinstance(value, dict) and "pattern" in value and set(value) <= {"pattern", "with"}:
            return [value]
        if isinstance(value, dict):
            return {key: "" if text is None else text for key, text in value.items()}
        return value

    def expr(self, value: pl.Expr) -> pl.Expr:
        if isinstance(self.replace, dict):
            for old, new in self.replace.items():
                value = value.str.replace_all(old, new, literal=True)
        else:
            for each in self.replace:
                value = value.str.replace_all(each.pattern, each.replacement)
        return value
