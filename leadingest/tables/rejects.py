"""The shapes of rejects and invalid values, wherever they come from, and the reasons for which a record cannot be read."""

from dataclasses import dataclass
from typing import Final

import polars as pl

#: One row per rejected record. `field` is null where the record could not be read at all.
REJECTS: Final[dict[str, type[pl.DataType]]] = {
    "record_number": pl.Int64,
    "line_number": pl.Int64,
    "field": pl.String,
    "rule": pl.String,
    "message": pl.String,
    "raw_record": pl.String,
}

#: One row per cell of a loaded record that could not be read.
INVALID_VALUES: Final[dict[str, type[pl.DataType]]] = {
    "record_number": pl.Int64,
    "field": pl.String,
    "header": pl.String,
    "rule": pl.String,
    "raw_value": pl.String,
}

#: What a text that is kept as it came ends with where a database could not take the whole of it.
CUT = " [... cut: longer than what the server's max_allowed_packet takes]"


@dataclass(frozen=True)
class Reason:
    """A kind of fault. Its `code` stands in `load_rejects.rule`, where a mapping has the word that refused."""

    code: str
    #: What is wrong, in a sentence.
    about: str
    #: What to do when many records have it.
    hint: str


_ASK: Final = "fix the file or ask for it again"

SHORT_RECORD: Final = Reason(
    "short_record",
    "It has fewer cells than the header.",
    "check `delimiter`, `quote` and `footer` in the delivery section of the mapping; if records are broken "
    f"across several lines, use `broken_lines: join`; otherwise {_ASK}",
)
LONG_RECORD: Final = Reason(
    "long_record",
    "It has more cells than the header, often because a cell that contains the delimiter is not quoted.",
    "in the delivery section of the mapping, set `blanks: skip` if blanks precede the quotes of such cells, set "
    "`escape` to the character before such delimiters, or give all column names under `names` if the header is incomplete; otherwise ask for the file with such cells quoted, or with another delimiter",
)
OPEN_QUOTE: Final = Reason(
    "open_quote",
    "It has an unclosed quote, which would swallow the records that follow; they are read "
    "separately instead.",
    "if quotes have no special meaning in this file, set `quote: none` in the delivery section of the mapping; if "
    "quotes inside cells are preceded by a character, set it as `escape`",
)
TEXT_AFTER_QUOTE: Final = Reason(
    "text_after_quote",
    "Text follows a closing quote, so the end of the cell is ambiguous.",
    "if quotes inside cells are preceded by a character, set it as `escape` in the delivery section of "
    f"the mapping; if quotes have no special meaning in this file, set `quote: none`; `quotes: lenient` reads unambiguous records; otherwise {_ASK}",
)
BARE_QUOTE: Final = Reason(
    "bare_quote",
    "An unquoted cell contains a quote, so the end of the cells is ambiguous.",
    "in the delivery section of the mapping `blanks: skip` ignores blanks between delimiters and quotes, "
    f"`quotes: lenient` reads unambiguous records, and `quote: none` is for a file in which quotes have no special meaning; otherwise {_ASK}",
)
LARGE_RECORD: Final = Reason(
    "large_record",
    "It is longer than `record_bytes` allows.",
    "if such records are correct, increase `record_bytes` in the delivery section of the mapping",
)
UNDECODABLE: Final = Reason(
    "undecodable",
    "It has bytes that cannot be decoded in the encoding of the file; the raw record shows them as `\\x..`.",
    "if the file has a different encoding, set it in the delivery section of the mapping, "
    "for example `encoding: cp1252`",
)
UNCOMPUTED_FORMULA: Final = Reason(
    "uncomputed_formula",
    "A cell of a sheet contains a formula whose value was never computed.",
    "open the workbook in a spreadsheet program and save it, or ask for it with values",
)

READING: Final = {
    reason.code: reason
    for reason in (
        SHORT_RECORD,
        LONG_RECORD,
        OPEN_QUOTE,
        TEXT_AFTER_QUOTE,
        BARE_QUOTE,
        LARGE_RECORD,
        UNDECODABLE,
        UNCOMPUTED_FORMULA,
    )
}
