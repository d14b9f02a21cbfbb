"""The `delivery:` section of a mapping: which files are deliveries of the source, and how to read them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

FileFormat = Literal["csv", "tsv", "xlsx"]
Compression = Literal["none", "gz", "zst", "zip"]

_PACKED: Final = (".gz", ".zst", ".zip")
_SPELT_BYTES: Final = {"tab": "\t", "\\t": "\t"}


class FooterMatch(BaseModel):
    """`footer: {match: ...}`: the footer begins with the first of the last 100 records that matches."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    match: str = Field(
        description="A regular expression, searched for in the text of each of the last 100 records.",
        examples=["^Total", "^Report run"],
    )

    @field_validator("match")
    @classmethod
    def _compiles(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"must be a regular expression: {error}") from error
        return value


def _texts(value: object) -> tuple[str, ...]:
    """One text or a list of them, as a tuple; nothing at all in a list is the empty text."""
    items: list[object] = list(value) if isinstance(value, list | tuple) else [value]
    texts = tuple("" if item is None else item for item in items)
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("must be a text or a list of texts")
    return tuple(map(str, texts))


def _globs(value: object) -> tuple[str, ...]:
    globs = _texts(value)
    for glob in globs:
        path = PurePosixPath(glob.replace("\\", "/"))
        if not glob.strip():
            raise ValueError("must be a file name or a pattern such as source1*.csv, not empty")
        if path.is_absolute() or re.match(r"[A-Za-z]:", glob) or ".." in path.parts:
            raise ValueError(f"must stay under the inbox: {glob!r} is an absolute path or goes up with ..")
    return globs


def _one_of(*words: str) -> Callable[[object], object]:
    def check(value: object) -> object:
        if value not in words:
            raise ValueError(f"must be {', '.join(words[:-1])} or {words[-1]}")
        return value

    return check


def _number(value: object, *, least: int, what: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        number = value
    elif isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value):
        number = int(value)
    else:
        raise ValueError(f"must be {what}")
    if number < least:
        raise ValueError(f"must be {what}")
    return number


def _separator(value: object) -> str:
    text = _SPELT_BYTES.get(value, value) if isinstance(value, str) else value
    if (
        not isinstance(text, str)
        or len(text) != 1
        or not text.isascii()
        or text.isalnum()
        or text in "\r\n\0"
    ):
        raise ValueError(
            "must be one ASCII character that is no letter, digit or line end (write tab for a tab)"
        )
    return text


def _quote(value: object) -> str | None:
    if value == "none":
        return None
    try:
        return _separator(value)
    except ValueError:
        raise ValueError(
            'must be one ASCII character such as ", or none for a file without quoting'
        ) from None


def _escape(value: object) -> str:
    try:
        return _separator(value)
    except ValueError:
        raise ValueError("must be one ASCII character, such as \\") from None


def _encoding(value: object) -> str:
    try:
        name = codecs.lookup(str(value)).name
        if "lead".encode(name).decode(name) != "lead":
            raise LookupError
    except (LookupError, ValueError):
        raise ValueError(
            f"must be the name of an encoding, such as utf-8 or cp1252; {value!r} is none"
        ) from None
    return name


def _header(value: object) -> int | tuple[str, ...] | Literal["none"]:
    said = "a row number counted from 1, none, or a list of header names to find it by"
    if value == "none":
        return "none"
    if isinstance(value, dict):
        if set(value) != {"match"}:
            raise ValueError(f"must be {said}; as a table it has the one key match")
        value = value["match"]
        value = [value] if isinstance(value, str) else value
    if isinstance(value, list | tuple):
        names = _texts(value)
        if not names or not all(name.strip() for name in names):
            raise ValueError(
                f"must be {said}; the list must name at least one header, and none of them blank"
            )
        return names
    return _number(value, least=1, what=said)


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not value:
        raise ValueError("must be a list of header names, one per column")
    return _texts(value)


def _footer(value: object) -> object:
    if isinstance(value, dict | FooterMatch):
        return value
    return _number(value, least=0, what="a number of records, or {match: a regular expression}")


def _skip_lines(value: object) -> int:
    return _number(value, least=0, what="a number of lines")


def _sheet(value: object) -> str:
    text = str(value) if isinstance(value, int) else value
    if not isinstance(text, str) or not text or text == "0":
        raise ValueError("must be the name of a sheet, or its number counted from 1")
    return text


class DeliveryFormat(BaseModel):
    """How the deliveries of a source are found and read. Every key has a default that suits plain CSV."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    match: Annotated[tuple[str, ...], BeforeValidator(_globs, json_schema_input_type=str | list[str])] = (
        Field(
            default=(),
            description="The files under the inbox that are deliveries of this source: one glob or several.",
            examples=["source3*.csv", ["acme/*.csv", "acme/*.csv.gz"]],
        )
    )
    nulls: Annotated[tuple[str, ...], BeforeValidator(_texts, json_schema_input_type=str | list[str])] = (
        Field(
            default=("",),
            description='Cells that mean "no value".',
            examples=[["", "N/A", "Unavailable"]],
        )
    )
    format: Annotated[FileFormat, BeforeValidator(_one_of("csv", "tsv", "xlsx"))] | None = Field(
        default=None,
        description="What kind of file it is. By default the file name tells: .tsv, .xlsx, else csv.",
        examples=["csv", "tsv", "xlsx"],
    )
    sheet: Annotated[str, BeforeValidator(_sheet, json_schema_input_type=str | int)] | None = Field(
        default=None,
        description="The sheet of a workbook: its name, or its number counted from 1. By default the first.",
        examples=["Providers", "2"],
    )
    encoding: Annotated[str, BeforeValidator(_encoding)] | None = Field(
        default=None,
        description="The encoding of a text file. By default UTF-8, or UTF-16 with a byte order mark.",
        examples=["cp1252", "latin-1", "utf-16-le"],
    )
    delimiter: Annotated[str, BeforeValidator(_separator)] | None = Field(
        default=None,
        description="The character between cells. By default a comma, in a tsv file a tab.",
        examples=[";", "|", "tab"],
    )
    quote: Annotated[str | None, BeforeValidator(_quote, json_schema_input_type=str)] = Field(
        default='"',
        description="The character around cells that hold a delimiter or line end; none switches it off.",
        examples=["'", "none"],
    )
    escape: Annotated[str, BeforeValidator(_escape)] | None = Field(
        default=None,
        description="The character that takes the meaning from the one after it. By default there is none, "
        "and a quote inside a quoted cell is doubled. Such files are read more slowly.",
        examples=["\\"],
    )
    header: (
        Annotated[
            int | Literal["none"] | tuple[str, ...],
            BeforeValidator(
                _header, json_schema_input_type=int | str | list[str] | dict[Literal["match"], list[str]]
            ),
        ]
        | None
    ) = Field(
        default=None,
        description="Where the header is: its row, counted from 1 after skip_lines; none, where the file has "
        "none and `names` gives it; or header names: the first record that holds them all is the header. "
        "By default the first row that is not blank.",
        examples=["3", "none", {"match": ["License Number", "Phone"]}],
    )
    names: Annotated[tuple[str, ...], BeforeValidator(_names, json_schema_input_type=list[str])] | None = (
        Field(
            default=None,
            description="The header names of a file that has no header, one per column.",
            examples=[["License", "Company", "Phone"]],
        )
    )
    skip_lines: Annotated[int, BeforeValidator(_skip_lines, json_schema_input_type=int | str)] = Field(
        default=0,
        description="How many lines (rows of a sheet) to pass over before anything else.",
        examples=["2"],
    )
    footer: Annotated[int | FooterMatch, BeforeValidator(_footer)] = Field(
        default=0,
        description="Last records that are no records, such as a total: how many, or the regular expression "
        "that the first of them matches. Blank lines at the end are never records.",
        examples=["1", {"match": "^Total"}],
    )
    compression: Annotated[Compression, BeforeValidator(_one_of("none", "gz", "zst", "zip"))] | None = Field(
        default=None,
        description="How the file is packed; by default its first bytes tell. A zip must hold one file only.",
        examples=["gz", "none"],
    )

    @field_validator("*", mode="before")
    @classmethod
    def _given(cls, value: Any) -> Any:
        if value is None:
            raise ValueError("must have a value; leave the key out for the default")
        return value

    @model_validator(mode="after")
    def _agrees(self) -> DeliveryFormat:
        if self.header == "none" and not self.names:
            raise ValueError("names must be given with header: none, one name per column")
        if self.names and self.header != "none":
            raise ValueError("header must be none where names are given, since names replace the header")
        if self.delimiter is not None and self.delimiter in (self.quote, self.escape):
            raise ValueError("delimiter must be another character than quote and escape")
        return self

    def format_of(self, name: str) -> FileFormat:
        """The format of a file with this name: as declared, else by its ending without .gz, .zst, .zip."""
        if self.format:
            return self.format
        bare = name.lower()
        while bare.endswith(_PACKED):
            bare = bare.rsplit(".", 1)[0]
        if bare.endswith(".tsv"):
            return "tsv"
        return "xlsx" if bare.endswith(".xlsx") else "csv"
