"""What a record of a text file should look like."""

from dataclasses import dataclass
from functools import cached_property

from leadingest.deliveries.readers.dialect import CsvDialect
from leadingest.expressions import BLANKS


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
