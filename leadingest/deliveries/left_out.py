"""What of a delivery is no record: counted for the summary of a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass
class LeftOut:
    """Counts that grow while a delivery is read."""

    #: Rows with delimiters, and nothing but blanks between them.
    blank_rows: int = 0
    #: Last lines that are no records, blank ones aside.
    footer_lines: int = 0
    #: Records that are the header once more.
    repeated_headers: int = 0
    #: The line of a last record that looks like a total; 0 where none does.
    total_line: int = 0

    def remarks(self) -> Iterator[str]:
        """A line for each kind that there is."""
        if self.blank_rows:
            rows = "1 blank row is" if self.blank_rows == 1 else f"{self.blank_rows:,} blank rows are"
            yield f"{rows} left out"
        if self.footer_lines:
            lines = "the last line" if self.footer_lines == 1 else f"the last {self.footer_lines:,} lines"
            yield f"the footer is {lines}"
        if self.repeated_headers:
            times = self.repeated_headers
            records = "1 record is" if times == 1 else f"{times:,} records are"
            yield f"{records} the header once more: left out, and counted as filtered"
        if self.total_line:
            yield (
                f"line {self.total_line}: the last record looks like a total; `footer` in the delivery section of the "
                "mapping leaves it out"
            )
