"""Tests of leadingest.overview.unread_columns."""

from pathlib import Path

from leadingest.destinations.delivered_columns import DeliveredColumn
from leadingest.overview.unread_columns import unread_columns
from tests.overview.written_mapping import written_mapping


def test_what_is_neither_read_nor_ignored_is_named_once(tmp_path: Path) -> None:
    mapping = written_mapping(
        tmp_path, "  company: Name", 'let: {x: Extra}\nwhere: "Kind = \'x\'"\nignore: [Fax, "Old *"]'
    )
    headers = ["Name", "Extra", "Kind", "Fax", "Old Fax", "", "Notes", "Star  Level", "Notes"]
    columns = [DeliveredColumn(header, 1) for header in headers]
    assert unread_columns(mapping, columns) == ("Notes", "Star Level")
