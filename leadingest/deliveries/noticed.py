"""What is noticed of a delivery while it is read, for the summary of a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leadingest.wording import counted


@dataclass
class Noticed:
    """Counts that grow while a delivery is read; all is known once all batches were taken."""

    #: Rows with delimiters, and nothing but blanks between them.
    blank_rows: int = 0
    #: Cells of a sheet outside the columns that the mapping names, and rows behind the blank one that ends its table.
    cells_outside: int = 0
    rows_behind: int = 0
    #: Titles above records that `fill_down` takes, and cells below a reject that it left blank.
    titles: int = 0
    not_filled: int = 0
    #: Last lines that are no records, blank ones aside.
    footer_lines: int = 0
    #: Records that are the header once more, and whether the first of all is.
    repeated_headers: int = 0
    header_first: bool = False
    #: Records with stray quotes of which one reading only has the cells of the header.
    lenient: int = 0
    #: Records that stood on several lines without quotes.
    joined: int = 0
    #: The line of a last record that looks like a total; 0 where none does.
    total_line: int = 0
    #: Lines of a file in UTF-8 that were in another encoding, and in which.
    other_lines: int = 0
    other_encoding: str = ""
    #: The encoding that the mapping names, where all that is beyond ASCII is UTF-8.
    misread_as: str = ""
    #: Control characters that only a wrong encoding makes.
    controls: int = 0

    def add_part(self, part: Noticed) -> None:
        """Add what was noticed of the records of the next range of the file; the rest is known since it was planned."""
        self.repeated_headers += part.repeated_headers
        self.header_first |= part.header_first
        self.total_line = part.total_line

    def remarks(self) -> Iterator[str]:
        """A line for each kind that there is."""
        yield from self._left_out()
        yield from self._read_otherwise()
        if self.total_line:
            yield (
                f"line {self.total_line}: the last record looks like a total; to leave it out, set `footer` in "
                "the delivery section of the mapping"
            )

    def _left_out(self) -> Iterator[str]:
        if self.blank_rows:
            yield f"{_are(self.blank_rows, 'blank row')} left out"
        if self.cells_outside:
            yield f"{_are(self.cells_outside, 'cell', ' outside `columns`')} left out"
        if self.rows_behind:
            yield f"the table ends at the first blank row: {counted(self.rows_behind, 'row')} below it left out"
        if self.titles:
            yield f"{_are(self.titles, 'title')} filled down, left out as records and counted as filtered"
        if self.not_filled:
            times = "once" if self.not_filled == 1 else f"{self.not_filled:,} times"
            yield f"{times} nothing was filled down below a reject, which may have contained another title"
        if self.footer_lines:
            lines = "the last line" if self.footer_lines == 1 else f"the last {self.footer_lines:,} lines"
            yield f"the footer is {lines}"
        if self.repeated_headers:
            yield f"{_are(self.repeated_headers, 'repeated header')} left out and counted as filtered"

    def _read_otherwise(self) -> Iterator[str]:
        if self.lenient:
            yield f"{counted(self.lenient, 'record was', 'records were')} read leniently"
        if self.joined:
            yield f"{counted(self.joined, 'record')} joined from broken lines"
        if self.other_lines:
            yield f"{_are(self.other_lines, 'line')} not utf-8, and read as {self.other_encoding}"
        if self.misread_as:
            yield f"it was read as {self.misread_as}, but looks like utf-8: check `encoding` in the mapping"
        if self.controls:
            signs = counted(self.controls, "control character")
            yield f"{signs} (U+0080 to U+009F) came from its encoding: it looks like cp1252"


def _are(count: int, one: str, which: str = "") -> str:
    """A number of things and the verb: "1 title is", "1,200 cells outside `columns` are"."""
    return counted(count, f"{one}{which} is", f"{one}s{which} are")
