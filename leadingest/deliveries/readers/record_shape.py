"""What a record of a text file should look like."""

from dataclasses import dataclass

from leadingest.deliveries.readers.dialect import Dialect


@dataclass(frozen=True)
class RecordShape:
    """How cells are told apart, how many there are, and how long a record may be, its line end included."""

    dialect: Dialect
    cells: int
    most_bytes: int
    most_lines: int

    def aligned(self, line: str) -> bool:
        """Whether the line has as many delimiters as a record, those that quotes may hide counted, too."""
        return line.count(self.dialect.delimiter) == self.cells - 1
