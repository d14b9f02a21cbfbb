"""How cells stand in a text file, and what a record of it should look like."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Final, Literal, TypedDict

from leadingest.expressions import BLANKS
from leadingest.mapping.delivery_format import DeliveryFormat

_CALLED: Final = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "pipes"}


class _CsvOptions(TypedDict, total=False):
    delimiter: str
    strict: bool
    skipinitialspace: bool
    quotechar: str | None
    quoting: Literal[3]
    escapechar: str | None


@dataclass(frozen=True)
class CsvDialect:
    """One character each; `quote` None switches quoting off, `escape` None means quotes are doubled.

    `skip_blanks`: blanks behind a delimiter do not belong to the cell.
    """

    delimiter: str
    quote: str | None = '"'
    escape: str | None = None
    skip_blanks: bool = False

    @classmethod
    def of(cls, fmt: DeliveryFormat, *, default_delimiter: str) -> CsvDialect:
        """As the mapping says; an escape that is the quote itself is the usual doubling."""
        return cls(
            delimiter=fmt.delimiter or default_delimiter,
            quote=fmt.quote,
            escape=None if fmt.escape in (fmt.quote, "") else fmt.escape,
            skip_blanks=fmt.blanks == "skip",
        )

    @classmethod
    def from_text(cls, text: str) -> CsvDialect:
        """The one that `as_text` wrote down; without a text the usual one."""
        return cls(**json.loads(text)) if text else cls(",")

    def updated_by(self, fmt: DeliveryFormat) -> CsvDialect:
        """The dialect that a delivery was read in, with what its mapping says by now; the rest was found out."""
        dialect = CsvDialect.of(fmt, default_delimiter=self.delimiter)
        if "quote" not in fmt.model_fields_set:
            dialect = replace(dialect, quote=self.quote)
        return dialect if fmt.escape is not None else replace(dialect, escape=self.escape)

    @property
    def as_text(self) -> str:
        """It written down: `{"delimiter": ";", "quote": "'", "escape": null}`."""
        values = asdict(self)
        if not self.skip_blanks:
            del values["skip_blanks"]
        return json.dumps(values, ensure_ascii=False)

    @property
    def csv_options(self) -> _CsvOptions:
        """For Python's csv.reader. Doubled quotes stay on with an escape: without them `strict` sees less."""
        options = _CsvOptions(
            delimiter=self.delimiter,
            strict=True,
            escapechar=self.escape,
            skipinitialspace=self.skip_blanks,
        )
        if self.quote is None:
            options["quoting"], options["quotechar"] = csv.QUOTE_NONE, None
        else:
            options["quotechar"] = self.quote
        return options


@dataclass(frozen=True)
class RecordShape:
    """How cells are told apart, how many there are, and how long a record may be, its line end included."""

    dialect: CsvDialect
    cells: int
    most_bytes: int
    most_lines: int
    #: Whether a line with stray quotes may be read where there is one reading only.
    lenient: bool = False
    #: Whether lines with too few cells may be pieces of one record.
    joins: bool = False

    @cached_property
    def hollow(self) -> str:
        """The characters that a blank record may be made of: delimiters, quotes, blanks."""
        return BLANKS + self.dialect.delimiter + (self.dialect.quote or "")

    def aligned(self, line: str) -> bool:
        """Whether the line has as many delimiters as a record, those that quotes may hide counted, too."""
        return line.count(self.dialect.delimiter) == self.cells - 1


def found_out(
    usual: CsvDialect, used: CsvDialect, *, encodings: tuple[str, ...], encoding: str
) -> Iterator[str]:
    """A line for each thing that is not as usual; `encodings` are those that the mapping names, if it does."""
    if len(encodings) > 1 and encoding not in ("utf-8", encodings[0]):
        yield f"it was read as {encoding}, because it is not {encodings[0]}"
    if used.delimiter != usual.delimiter:
        yield f"it has {_CALLED[used.delimiter]} between cells"
    if used.quote != usual.quote:
        yield f"it has {used.quote} around cells"
    if used.escape != usual.escape:
        yield f"it has {used.escape} before quotes or delimiters inside cells"
