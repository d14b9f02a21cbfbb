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


_ASK: Final = "mend the file or ask for it again"

SHORT_RECORD: Final = Reason(
    "short_record",
    "It has fewer cells than the header.",
    "check `delimiter`, `quote` and `footer` in the delivery section of the mapping; where records are broken over "
    f"several lines, `broken_lines: join` joins those that make a whole one; else {_ASK}",
)
LONG_RECORD: Final = Reason(
    "long_record",
    "It has more cells than the header, often because a cell with the delimiter in it is not quoted.",
    "in the delivery section of the mapping, set `blanks: skip` if a blank stands before the quotes of such cells, name "
    "the character before such delimiters as `escape`, or give all names of the columns under `names` if the header "
    "lacks some; else ask for the file with such cells quoted, or with another delimiter",
)
OPEN_QUOTE: Final = Reason(
    "open_quote",
    "A quote is opened in it and not closed: it would swallow the records that follow, which are read on "
    "their own instead.",
    "if quotes mean nothing in this file, set `quote: none` in the delivery section of the mapping; if the "
    "ones inside cells have a character before them, name it as `escape`",
)
TEXT_AFTER_QUOTE: Final = Reason(
    "text_after_quote",
    "Text follows a closing quote, so that nobody can tell where the cell ends.",
    "if the quotes inside cells have a character before them, name it as `escape` in the delivery section "
    "of the mapping; if quotes mean nothing in this file, set `quote: none`; `quotes: lenient` reads what has one "
    f"sense only; else {_ASK}",
)
BARE_QUOTE: Final = Reason(
    "bare_quote",
    "A quote stands inside a cell that is not quoted, and where the cells end depends on what it means.",
    "in the delivery section of the mapping `blanks: skip` passes over blanks between delimiters and quotes, "
    "`quotes: lenient` reads what has one sense only, and `quote: none` is for a file in which quotes mean nothing; "
    f"else {_ASK}",
)
LARGE_RECORD: Final = Reason(
    "large_record",
    "It is longer than `record_bytes` allows.",
    "if such records are right, raise `record_bytes` in the delivery section of the mapping",
)
UNDECODABLE: Final = Reason(
    "undecodable",
    "It has bytes that are no text in the encoding of the file; in the raw record they stand as `\\x..`.",
    "if the file was written in another encoding, declare it in the delivery section of the mapping, for "
    "example `encoding: cp1252`",
)
UNCOMPUTED_FORMULA: Final = Reason(
    "uncomputed_formula",
    "A cell of a sheet holds a formula whose value was never computed, so the file has none.",
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
