"""The `delivery:` section of a mapping: which files are deliveries of the source, and how to read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    field_validator,
    model_validator,
)

from leadingest.expressions import Pattern
from leadingest.mapping import delivery_values as values
from leadingest.mapping import delivery_written as written
from leadingest.mapping.extract_time import ListTime
from leadingest.mapping.section_model import SectionModel

FileFormat = Literal["csv", "tsv", "xlsx", "xls", "xlsb", "ods"]
#: The formats with sheets; all but the first are read by python-calamine.
WORKBOOKS: Final[tuple[FileFormat, ...]] = ("xlsx", "xls", "xlsb", "ods")
Compression = Literal["none", "gz", "zst", "zip"]

_PACKED: Final = (".gz", ".zst", ".zip")


class FooterMatch(BaseModel):
    """`footer: {match: ...}`: the footer begins with a row that matches; it is searched for from the end up."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    match: Pattern = Field(
        description="A regular expression, searched for in the last 100 lines from the end up, in the line and in its "
        "cells that are not blank with commas between them. A matching row with records after it is rejected.",
        examples=["^Total", "^Report run"],
    )


class RowNames(BaseModel):
    """`header: {row_names: true}`: the header has no name for the first column, and is one cell shorter."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    row_names: Literal[True] = Field(
        description="`true`: the first column has no name in the header, as in files from R with row names. It is "
        "called row_names."
    )

    @field_validator("row_names", mode="before")
    @classmethod
    def _is_true(cls, value: object) -> object:
        if value not in (True, "true"):
            raise ValueError("must be true or omitted")
        return True


class DeliveryFormat(SectionModel):
    """How the deliveries of a source are found and read. Every key has a default that suits plain CSV."""

    model_config = ConfigDict(defer_build=True, json_schema_extra=written.AGREEMENT)

    match: Annotated[tuple[str, ...], BeforeValidator(values.globs, json_schema_input_type=written.Globs)] = (
        Field(
            default=(),
            description="Glob patterns for the files in the inbox that are deliveries of this source.",
            examples=["source3*.csv", ["acme/*.csv", "acme/*.csv.gz"]],
        )
    )
    extract_time: ListTime | None = Field(
        default=None,
        description="Where to find the time when the list was made: in the file name, as date directives "
        "with * for any characters; in a line above the header; or in a column. It can be a time, a day, a month, a quarter (%q) or a year, which counts from its first moment in UTC. By default, or if nothing matches, the modification time of the file. A delivery older than the published one is held.",
        examples=[
            "source3_%Y-%m-%d.csv",
            "*%m%d%y*",
            "acme_%Y-Q%q.xlsx",
            {"preamble": "As at %d %B %Y"},
            {"column": "As Of", "format": "%m/%d/%Y"},
        ],
    )
    nulls: Annotated[tuple[str, ...], BeforeValidator(values.texts, json_schema_input_type=written.Texts)] = (
        Field(
            default=("",),
            description='Cells that mean "no value".',
            examples=[["", "N/A", "Unavailable"]],
        )
    )
    format: Annotated[FileFormat, BeforeValidator(values.one_of("csv", "tsv", *WORKBOOKS))] | None = Field(
        default=None,
        description="The file format. By default it depends on the file name: .tsv, .xlsx or .xlsm, .xls, .xlsb, "
        ".ods, otherwise csv. A cell of a workbook is read as it is displayed: a whole number with a format of two "
        "or more zeros keeps its leading zeros and the texts, hyphens, blanks and brackets of the format "
        '("CA-"00000, [<=99999]00000;00000-0000, _(00000_)); with any other format (#, ?, a point, a comma, %, a '
        "fraction) it is the plain number. xls, xlsb and ods require `pip install 'leadingest[excel]'`. For these, "
        "number formats are not available, so leading zeros that only a number format shows are lost; errors and "
        "formulas without a value are blank; hidden rows, and merged cells of xlsb and ods, are not recognized. Up "
        "to 128 MiB are read, with at most 1 GiB of memory.",
        examples=["csv", "tsv", "xlsx", "ods"],
    )
    sheet: Annotated[str, BeforeValidator(values.sheet, json_schema_input_type=written.Sheet)] | None = Field(
        default=None,
        description="The sheet of a workbook: its name, a pattern that matches one name, or "
        "its number counted from 1. By default the first visible sheet.",
        examples=["Providers", "Providers *", 2],
    )
    columns: (
        Annotated[
            tuple[int, int], BeforeValidator(values.columns, json_schema_input_type=written.ColumnRange)
        ]
        | None
    ) = Field(
        default=None,
        description="The first and last column of the list in a sheet. The run reports how "
        "many cells are outside.",
        examples=["B:H"],
    )
    until: Annotated[Literal["blank"], BeforeValidator(values.one_of("blank"))] | None = Field(
        default=None,
        description="Where the table of a sheet ends: at the first blank row below its first record. The run "
        "reports how many rows follow it. By default at the end of the sheet.",
        examples=["blank"],
    )
    encoding: Annotated[
        tuple[str, ...], BeforeValidator(values.encodings, json_schema_input_type=written.Encodings)
    ] = Field(
        default=(),
        description="The encoding of a text file, or several: the first in which the whole file can be decoded is "
        "used, unless its words have clearly more letters in a later one, otherwise the last. If most lines are UTF-8, the few others are read in the encoding listed after it. By default UTF-8; a byte order mark is respected. A record with bytes that cannot be decoded is rejected.",
        examples=["cp1252", "utf-16-le", ["utf-8", "cp1252"]],
    )
    delimiter: (
        Annotated[str, BeforeValidator(values.separator, json_schema_input_type=written.OneCharacter)] | None
    ) = Field(
        default=None,
        description="The character between cells. By default it is detected from the first records (comma, "
        "tab, semicolon or pipe); otherwise a comma, or a tab in a tsv file.",
        examples=[";", "|", "tab"],
    )
    quote: Annotated[str | None, BeforeValidator(values.quote, json_schema_input_type=written.Quote)] = Field(
        default='"',
        description="The character around cells that contain a delimiter or line end; none disables quoting. By "
        "default \", or ' if the header and the first records use it.",
        examples=["'", "none"],
    )
    escape: Annotated[str, BeforeValidator(values.escape, json_schema_input_type=written.Quote)] | None = (
        Field(
            default=None,
            description="The escape character: it makes the next character literal; none for none. By default a "
            "quote inside a quoted cell is doubled, unless quotes or delimiters in the first records are preceded "
            "by \\. Such files are read more slowly.",
            examples=["\\", "none"],
        )
    )
    quotes: Annotated[Literal["strict", "lenient"], BeforeValidator(values.one_of("strict", "lenient"))] = (
        Field(
            default="strict",
            description="What to do with a line with incorrect quotes. strict: it is rejected. lenient: if only "
            "one interpretation gives as many cells as the header, it is used; the run reports how many.",
            examples=["lenient"],
        )
    )
    broken_lines: Annotated[Literal["reject", "join"], BeforeValidator(values.one_of("reject", "join"))] = (
        Field(
            default="reject",
            description="What to do with a record that is broken across several lines without quotes around "
            "the cell. reject: each of its lines is rejected. join: consecutive lines with too few cells, at most record_lines of them, are joined if they form complete records in only one way; the line end stays in the cell; the run reports how many records were joined.",
            examples=["join"],
        )
    )
    blanks: Annotated[Literal["keep", "skip"], BeforeValidator(values.one_of("keep", "skip"))] = Field(
        default="keep",
        description="Blanks between a delimiter and a cell: skip ignores them if quotes follow, as in "
        '`Oak, "7 Oak Ave, Unit 2"`. By default they belong to the cell, and such a quote has no special meaning. '
        "With skip, files are read more slowly.",
        examples=["skip"],
    )
    header: (
        Annotated[
            int | Literal["none"] | tuple[str, ...] | RowNames,
            BeforeValidator(
                values.header,
                json_schema_input_type=written.Header | RowNames,
            ),
        ]
        | None
    ) = Field(
        default=None,
        description="Where the header is: its row, counted from 1 after skip_lines; none, if the "
        "file has no header and `names` provides it; header names: the first row that contains them all; or row_names, if every record has one cell more than the header because the first column has no name. By default the first row that is not blank. With `rows`, the header has 2 or 3 rows, and a column name joins the texts of all of them with blanks: a title above several columns also applies to those on its right without one. `row` or `match` then give the first of these rows.",
        examples=[
            3,
            "none",
            {"match": ["License Number", "Phone"]},
            {"row_names": True},
            {"row": 3, "rows": 2},
        ],
    )
    names: (
        Annotated[tuple[str, ...], BeforeValidator(values.names, json_schema_input_type=written.Names)] | None
    ) = Field(
        default=None,
        description="The header names, one per column: for a file without a header, or, if "
        "`header` gives its row, as a replacement when the file has too few or repeated names.",
        examples=[["License", "Company", "Phone"]],
    )
    skip_lines: Annotated[int, BeforeValidator(values.skip_lines, json_schema_input_type=written.Count)] = (
        Field(
            default=0,
            description="Number of lines (or rows of a sheet) to skip at the start.",
            examples=[2],
        )
    )
    fill_down: Annotated[
        tuple[str, ...], BeforeValidator(values.names, json_schema_input_type=written.HeaderNames)
    ] = Field(
        default=(),
        description="Headers of columns whose cells also apply to the records below, until the next "
        "filled cell. A record with nothing else in it is a title: it is left out and counted. After a reject nothing is filled until the next title, and the run reports it.",
        examples=[["County"]],
    )
    repeat: Annotated[
        tuple[values.RepeatedColumn, ...],
        BeforeValidator(values.repeat, json_schema_input_type=written.Repeat),
    ] = Field(
        default=(),
        description="Numbered columns, for records with several leads side by side: a column name, with its headers in "
        "the first place, the second and so on. A record is read once for each place in which any of these cells has a "
        "value, with that place's cells under the column names; all other cells are the same in each. A record "
        "without any is read once. All lists have the same length, at most 50. Record numbers are counted as if every "
        "place were filled: with 3 places, record 4 of the file becomes the records 10 to 12.",
        examples=[{"Contact": ["Contact 1", "Contact 2"], "Phone": ["Phone 1", "Phone 2"]}],
    )
    footer: Annotated[
        int | FooterMatch,
        BeforeValidator(values.footer, json_schema_input_type=written.FooterLines | FooterMatch),
    ] = Field(
        default=0,
        description="Last lines that are not records, such as a total: their number, or a regular "
        "expression that the first of them matches. Blank rows are never records and are not counted. The run reports how many lines the footer has.",
        examples=[1, {"match": "^Total"}],
    )
    record_bytes: Annotated[
        int, BeforeValidator(values.record_bytes, json_schema_input_type=written.RecordBytes)
    ] = Field(
        default=1 << 20,
        description="Maximum number of bytes of a record in a text file, up to 16777216. A longer "
        "record is rejected.",
        examples=[4194304],
    )
    record_lines: Annotated[
        int, BeforeValidator(values.record_lines, json_schema_input_type=written.RecordLines)
    ] = Field(
        default=1000,
        description="Maximum number of lines of a record in a text file. A longer record has an "
        "unclosed quote: its line is rejected, and the lines after it are read separately.",
        examples=[5000],
    )
    compression: Annotated[Compression, BeforeValidator(values.one_of("none", "gz", "zst", "zip"))] | None = (
        Field(
            default=None,
            description="How the file is compressed; by default detected from its first bytes. A file that "
            "unpacks to more than 250 times its size and more than 64 MiB is rejected.",
            examples=["gz", "none"],
        )
    )
    member: Annotated[str, BeforeValidator(values.member, json_schema_input_type=written.NotBlank)] | None = (
        Field(
            default=None,
            description="Which file of a zip archive to read, if there are several: its name, or a "
            "pattern that matches one of them.",
            examples=["providers.csv", "list_*.csv"],
        )
    )
    links: Annotated[Literal["refuse", "follow"], BeforeValidator(values.one_of("refuse", "follow"))] = Field(
        default="refuse",
        description="What to do with a link that leads out of the inbox: refuse it or follow it.",
        examples=["follow"],
    )

    _header_rows: int = PrivateAttr(default=1)

    @model_validator(mode="wrap")
    @classmethod
    def _with_header_rows(
        cls, data: object, handler: ModelWrapValidatorHandler[DeliveryFormat]
    ) -> DeliveryFormat:
        data, rows = values.header_rows(data)
        read = handler(data)
        if rows > 1:
            if read.header == "none" or read.names:
                raise ValueError("header must not have rows if names is given")
            read._header_rows = rows
        return read

    @property
    def header_rows(self) -> int:
        """How many rows the header has; of several the names of a column are joined by blanks."""
        return self._header_rows

    @model_validator(mode="after")
    def _agrees(self) -> DeliveryFormat:
        if self.header == "none" and not self.names:
            raise ValueError("names must be given with header: none, one name per column")
        if self.names and self.header is None:
            raise ValueError("header must give the row of the header that names replace, or none")
        if self.delimiter is not None and self.delimiter in (self.quote, self.escape):
            raise ValueError("delimiter must differ from quote and escape")
        return self

    def with_fallback_encoding(self, encoding: str) -> DeliveryFormat:
        """The settings with another encoding for files that are not UTF-8, unless they name theirs."""
        if self.encoding or not encoding:
            return self
        return self.model_copy(update={"encoding": ("utf-8", encoding)})

    def with_aliases(self, aliases: Mapping[str, tuple[str, ...]]) -> DeliveryFormat:
        """The settings, with the other headers of the columns under `repeat`."""
        repeat = tuple(
            values.RepeatedColumn(
                column.name,
                tuple(
                    (*names, *(other for name in names for other in aliases.get(name, ())))
                    for names in column.headers
                ),
            )
            for column in self.repeat
        )
        return self.model_copy(update={"repeat": repeat}) if repeat != self.repeat else self

    @property
    def places(self) -> int:
        """How many leads a record may have side by side."""
        return len(self.repeat[0].headers) if self.repeat else 1

    @property
    def naming_columns(self) -> str:
        """How to give the columns of the file other names than its header has, as it is written in the mapping."""
        header = 1 if self.header is None or isinstance(self.header, RowNames) else self.header
        match = f"{{match: [{', '.join(header)}]}}" if isinstance(header, tuple) else header
        return f"delivery: {{header: {match}, names: [...]}}"

    def format_of(self, name: str) -> FileFormat:
        """The format of a file with this name: as declared, else by its ending without .gz, .zst, .zip."""
        if self.format:
            return self.format
        bare = name.lower()
        while bare.endswith(_PACKED):
            bare = bare.rsplit(".", 1)[0]
        if bare.endswith(".tsv"):
            return "tsv"
        if bare.endswith(".xlsm"):
            return "xlsx"
        return next((kind for kind in WORKBOOKS if bare.endswith(f".{kind}")), "csv")
