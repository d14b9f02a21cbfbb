"""The `delivery:` section of a mapping: which files are deliveries of the source, and how to read them."""

from __future__ import annotations

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

    model_config = ConfigDict(frozen=True, extra="forbid")

    match: Pattern = Field(
        description="A regular expression, searched for in the last 100 lines from the end up, in the line and in its "
        "cells that are not blank with commas between them. A row that matches with records behind it is refused.",
        examples=["^Total", "^Report run"],
    )


class RowNames(BaseModel):
    """`header: {row_names: true}`: the header has no name for the first column, and is one cell shorter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    row_names: Literal[True] = Field(
        description="`true`: the first column has no name in the header, as R writes its row names. It is called row_names."
    )

    @field_validator("row_names", mode="before")
    @classmethod
    def _is_true(cls, value: object) -> object:
        if value not in (True, "true"):
            raise ValueError("must be true, or left out")
        return True


class DeliveryFormat(SectionModel):
    """How the deliveries of a source are found and read. Every key has a default that suits plain CSV."""

    model_config = ConfigDict(json_schema_extra=written.AGREEMENT)

    match: Annotated[tuple[str, ...], BeforeValidator(values.globs, json_schema_input_type=written.Globs)] = (
        Field(
            default=(),
            description="The files under the inbox that are deliveries of this source: one glob or several.",
            examples=["source3*.csv", ["acme/*.csv", "acme/*.csv.gz"]],
        )
    )
    extract_time: ListTime | None = Field(
        default=None,
        description="Where a delivery tells when the list was made: in the name of its file, as date directives "
        "among the letters of the name with * for any; in a line above the header; or in a column. It may be a "
        "time, a day, a month, a quarter (%q) or a year, which counts from its first moment in UTC. By default, "
        "and where nothing fits, the last change of the file. A delivery older than the published one is held.",
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
        description="What kind of file it is. By default the file name tells: .tsv, .xlsx or .xlsm, .xls, "
        ".xlsb, .ods, else csv. Every cell of a workbook is what a person reads in it: a whole number with a format of two zeros or more stands "
        'with its leading zeros and with the texts, hyphens, blanks and brackets of the format ("CA-"00000, '
        "[<=99999]00000;00000-0000, _(00000_)); with any other format (#, ?, a point, a comma, %, a fraction) it is "
        "the plain number. xls, xlsb and ods need `pip install 'leadingest[excel]'`. What reads them does not "
        "tell number formats, so that leading zeros that only a format shows are missing there; errors and formulas "
        "without a value, which are blank; hidden rows; and merged cells of xlsb and ods. Up to 128 MiB are read, "
        "with at most 1 GiB of memory.",
        examples=["csv", "tsv", "xlsx", "ods"],
    )
    sheet: Annotated[str, BeforeValidator(values.sheet, json_schema_input_type=written.Sheet)] | None = Field(
        default=None,
        description="The sheet of a workbook: its name, a pattern that stands for one of the names, or its "
        "number counted from 1. By default the first that is not hidden.",
        examples=["Providers", "Providers *", 2],
    )
    columns: (
        Annotated[
            tuple[int, int], BeforeValidator(values.columns, json_schema_input_type=written.ColumnRange)
        ]
        | None
    ) = Field(
        default=None,
        description="The columns of a sheet that the list is in, from the first to the last. The run says how many "
        "cells stand outside.",
        examples=["B:H"],
    )
    until: Annotated[Literal["blank"], BeforeValidator(values.one_of("blank"))] | None = Field(
        default=None,
        description="Where the table of a sheet ends: at the first blank row below its first record. The run says "
        "how many rows stand behind it. By default at the end of the sheet.",
        examples=["blank"],
    )
    encoding: Annotated[
        tuple[str, ...], BeforeValidator(values.encodings, json_schema_input_type=written.Encodings)
    ] = Field(
        default=(),
        description="The encoding of a text file, or several: the first that the whole file fits, else the last. "
        "Where most lines are UTF-8, the few that are not are read in the encoding behind it. "
        "By default UTF-8; a byte order mark is followed. Bytes that do not fit make their record a reject.",
        examples=["cp1252", "utf-16-le", ["utf-8", "cp1252"]],
    )
    delimiter: (
        Annotated[str, BeforeValidator(values.separator, json_schema_input_type=written.OneCharacter)] | None
    ) = Field(
        default=None,
        description="The character between cells. By default a comma, in a tsv file a tab, unless the first "
        "records say that it is a comma, tab, semicolon or pipe.",
        examples=[";", "|", "tab"],
    )
    quote: Annotated[str | None, BeforeValidator(values.quote, json_schema_input_type=written.Quote)] = Field(
        default='"',
        description="The character around cells that hold a delimiter or line end; none switches it off. By "
        "default \", or ' if the header and the first records say so.",
        examples=["'", "none"],
    )
    escape: Annotated[str, BeforeValidator(values.escape, json_schema_input_type=written.Quote)] | None = (
        Field(
            default=None,
            description="The character that takes the meaning from the one after it; none for none. By default a "
            "quote inside a quoted cell is doubled, unless the first records say that quotes or delimiters in cells have "
            "a \\ before them. Such files are read more slowly.",
            examples=["\\", "none"],
        )
    )
    quotes: Annotated[Literal["strict", "lenient"], BeforeValidator(values.one_of("strict", "lenient"))] = (
        Field(
            default="strict",
            description="What becomes of a line whose quotes are not as they should be. strict: it is rejected. lenient: where "
            "only one reading gives it the cells of the header, it is read so; the run says how many were.",
            examples=["lenient"],
        )
    )
    broken_lines: Annotated[Literal["reject", "join"], BeforeValidator(values.one_of("reject", "join"))] = (
        Field(
            default="reject",
            description="What becomes of a record that is broken over several lines without quotes around the cell. "
            "reject: each of its lines is rejected. join: lines with too few cells that follow each other, at most "
            "record_lines of them, are joined where they make whole records in one way only; the line end stays in the "
            "cell; the run says how many records were.",
            examples=["join"],
        )
    )
    blanks: Annotated[Literal["keep", "skip"], BeforeValidator(values.one_of("keep", "skip"))] = Field(
        default="keep",
        description="What blanks between a delimiter and a cell are: skip where quotes stand behind them, as in "
        '`Oak, "7 Oak Ave, Unit 2"`. By default they belong to the cell, and such a quote means nothing. Such files '
        "are read more slowly.",
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
        description="Where the header is: its row, counted from 1 after skip_lines; none, where the file has "
        "none and `names` gives it; header names: the first record that holds them all is the header; or "
        "row_names, where every record has one cell more than it, because the first column has no name. "
        "By default the first row that is not blank. With `rows` it has 2 or 3 rows, and a column is called by what "
        "stands in all of them, with blanks between: a title above several columns counts for those on its right that "
        "have none. `row` or `match` beside it says where the first of them is.",
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
        description="The header names, one per column: of a file that has none, or, if `header` says where it is, "
        "in place of those that stand there, because they are fewer than the columns or the same twice.",
        examples=[["License", "Company", "Phone"]],
    )
    skip_lines: Annotated[int, BeforeValidator(values.skip_lines, json_schema_input_type=written.Count)] = (
        Field(
            default=0,
            description="How many lines (rows of a sheet) to pass over before anything else.",
            examples=[2],
        )
    )
    fill_down: Annotated[
        tuple[str, ...], BeforeValidator(values.names, json_schema_input_type=written.HeaderNames)
    ] = Field(
        default=(),
        description="Headers of columns whose cells hold for the records below them, until the next one that is "
        "filled. A record with nothing else in it is a title above others: it is left out and counted. Below a reject "
        "nothing is filled until the next title, and the run says so.",
        examples=[["County"]],
    )
    footer: Annotated[
        int | FooterMatch,
        BeforeValidator(values.footer, json_schema_input_type=written.FooterLines | FooterMatch),
    ] = Field(
        default=0,
        description="Last lines that are no records, such as a total: how many, or the regular expression "
        "that the first of them matches. Blank rows are never records, and are not counted. The run says how many "
        "lines the footer has.",
        examples=[1, {"match": "^Total"}],
    )
    record_bytes: Annotated[
        int, BeforeValidator(values.record_bytes, json_schema_input_type=written.RecordBytes)
    ] = Field(
        default=1 << 20,
        description="The most bytes that a record of a text file may have, at most 16777216. A longer one is "
        "rejected.",
        examples=[4194304],
    )
    record_lines: Annotated[
        int, BeforeValidator(values.record_lines, json_schema_input_type=written.RecordLines)
    ] = Field(
        default=1000,
        description="The most lines that a record of a text file may have. Where one has more, a quote was "
        "opened and not closed: its line is rejected, and what follows is read on its own.",
        examples=[5000],
    )
    compression: Annotated[Compression, BeforeValidator(values.one_of("none", "gz", "zst", "zip"))] | None = (
        Field(
            default=None,
            description="How the file is packed; by default its first bytes tell. What unpacks to more than "
            "250 times its size, and to more than 64 MiB, is refused.",
            examples=["gz", "none"],
        )
    )
    member: Annotated[str, BeforeValidator(values.member, json_schema_input_type=written.NotBlank)] | None = (
        Field(
            default=None,
            description="Which file of a zip archive it is, where it holds several: its name, or a pattern that "
            "stands for one of them.",
            examples=["providers.csv", "list_*.csv"],
        )
    )
    links: Annotated[Literal["refuse", "follow"], BeforeValidator(values.one_of("refuse", "follow"))] = Field(
        default="refuse",
        description="What to do with a link in the inbox that leads out of it: refuse it, or follow it.",
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
                raise ValueError("header must not have rows where names gives the names")
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
            raise ValueError("header must say where the header is that names replace: a row number, or none")
        if self.delimiter is not None and self.delimiter in (self.quote, self.escape):
            raise ValueError("delimiter must be another character than quote and escape")
        return self

    def with_fallback_encoding(self, encoding: str) -> DeliveryFormat:
        """The settings with another encoding for files that are not UTF-8, unless they name theirs."""
        if self.encoding or not encoding:
            return self
        return self.model_copy(update={"encoding": ("utf-8", encoding)})

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
