"""Values of the `delivery:` section as they may be written, for the JSON Schema: the functions that read them
stand in `delivery_values`.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from leadingest.mapping.delivery_values import MOST_PLACES

Texts = str | list[str | None]
Glob = Annotated[
    str,
    Field(
        min_length=1,
        json_schema_extra={
            "pattern": r"^(?![/\\]|[A-Za-z]:|(?:.*[/\\])?\.\.(?:[/\\]|$)).*\S",
            "patternErrorMessage": "A glob pattern for files in the inbox, such as source1*.csv: no absolute path, no ..",
        },
    ),
]
Globs = Glob | list[Glob]
Encodings = str | Annotated[list[str], Field(min_length=1)]
OneCharacter = Annotated[
    str,
    Field(
        json_schema_extra={
            "pattern": r"^(?:tab|\\t|[\x01-\x09\x0b\x0c\x0e-\x2f:-@\[-`{-\x7f])$",
            "patternErrorMessage": "One ASCII character that is not a letter, digit or line end; tab for a tab.",
        }
    ),
]
Quote = Literal["none"] | OneCharacter
Sheet = Annotated[int, Field(ge=1)] | Annotated[str, Field(json_schema_extra={"pattern": "^(?!0$).+$"})]
ColumnRange = Annotated[
    str,
    Field(
        json_schema_extra={
            "pattern": "^[A-Za-z]{1,3}:[A-Za-z]{1,3}$",
            "patternErrorMessage": "A first and a last column of a sheet, such as B:H.",
        }
    ),
]
NotBlank = Annotated[str, Field(json_schema_extra={"pattern": r"\S"})]
Count = Annotated[int, Field(ge=0)]
FooterLines = Annotated[int, Field(ge=0, le=1000)]
RecordBytes = Annotated[int, Field(ge=1, le=1 << 24)]
RecordLines = Annotated[int, Field(ge=1, le=100_000)]

HeaderName = Annotated[str, Field(min_length=1)]
HeaderNames = Annotated[list[HeaderName], Field(min_length=1)]
Names = Annotated[list[str | None], Field(min_length=1)]

Repeat = Annotated[
    dict[HeaderName, Annotated[list[HeaderName], Field(min_length=2, max_length=MOST_PLACES)]],
    Field(min_length=1),
]


class HeaderMatch(BaseModel):
    """Names that the header is found by: the first record that holds them all."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    match: HeaderName | HeaderNames = Field(description="Names of headers.")


class HeaderRows(BaseModel):
    """A header of several rows, and where the first of them is."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    rows: Annotated[int, Field(ge=1, le=3)] = Field(description="How many rows it has.")
    row: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="Its first row, counted from 1 after skip_lines."
    )
    match: HeaderName | HeaderNames | None = Field(default=None, description="Names of headers, as joined.")


Header = Literal["none"] | Annotated[int, Field(ge=1)] | HeaderNames | HeaderMatch | HeaderRows

#: Keys that go together.
AGREEMENT: Final[dict[str, Any]] = {
    "dependentRequired": {"names": ["header"]},
    "if": {"required": ["header"], "properties": {"header": {"const": "none"}}},
    "then": {"required": ["names"]},
}
