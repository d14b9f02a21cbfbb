"""How the rejects of a load stand as text: the columns, and what is between and around the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leadingest.deliveries.header_names import clean_names
from leadingest.deliveries.readers.dialect import CsvDialect
from leadingest.destinations.ledger import LoadRow
from leadingest.mapping.delivery_format import WORKBOOKS, DeliveryFormat


@dataclass(frozen=True)
class RejectsLayout:
    """Of `load_rejects`, and of the file that `leadingest rejects --raw` writes and `leadingest replay --file` reads."""

    #: The column of the file that has the number of each record: a name that says which load it is of.
    numbered_by: str
    #: The names of the columns: those of the mapping where it gives them, else those that the load had.
    columns: tuple[str, ...]
    dialect: CsvDialect

    @classmethod
    def of(cls, fmt: DeliveryFormat, load: LoadRow, labels: Sequence[str]) -> RejectsLayout:
        """That of a load whose headers are `labels`, under the mapping as it is now."""
        found = CsvDialect.from_text(load.dialect)
        # The rows of a sheet are kept as lines of CSV, whatever the mapping says.
        dialect = found if fmt.format_of(load.file_name) in WORKBOOKS else found.updated_by(fmt)
        return cls(f"record of load {load.load_id}", clean_names(fmt.names or labels), dialect)

    def read_as(self, fmt: DeliveryFormat) -> DeliveryFormat:
        """How the file is read: what the mapping says of records holds, what it says of deliveries does not."""
        return DeliveryFormat(
            format="csv",
            encoding=("utf-8",),
            delimiter=self.dialect.delimiter,
            quote=self.dialect.quote or "none",
            escape=self.dialect.escape or "none",
            blanks="skip" if self.dialect.skip_blanks else "keep",
            quotes=fmt.quotes,
            record_bytes=fmt.record_bytes,
            record_lines=fmt.record_lines,
            compression="none",
        )
