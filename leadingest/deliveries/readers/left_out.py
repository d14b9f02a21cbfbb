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

    def remarks(self) -> Iterator[str]:
        """A line for each kind that there is."""
        if self.blank_rows:
            rows = "1 blank row is" if self.blank_rows == 1 else f"{self.blank_rows:,} blank rows are"
            yield f"{rows} left out"
        if self.footer_lines:
            lines = "the last line" if self.footer_lines == 1 else f"the last {self.footer_lines:,} lines"
            yield f"the footer is {lines}"
