"""How cells stand in a text file."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, dataclass, replace
from typing import Literal, TypedDict

from leadingest.mapping.delivery_format import DeliveryFormat


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
