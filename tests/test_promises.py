"""`docs/promises.md` says what is so: the tests that it names are there, and its limits are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

from leadingest.deliveries import byte_streams, records
from leadingest.deliveries.readers.window import MOST_LINE_BYTES
from leadingest.deliveries.workbook import old_workbook
from leadingest.destinations.sql.dialects.mysql import _TIMEOUTS
from leadingest.documents import read_yaml
from leadingest.expressions import LONGEST
from leadingest.mapping.delivery_values import MOST_PLACES
from leadingest.operations import lookup
from leadingest.tables import rows_by_key
from tests.databases import ODD

HERE = Path(__file__).parents[1]
PAGE = (HERE / "docs" / "promises.md").read_text(encoding="utf-8")


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", PAGE)
    assert len(named) > 10
    assert [path for path in named if not (HERE / path).is_file()] == []


def test_the_limits_are_those_of_the_code() -> None:
    table = PAGE.partition("## Limits")[2].partition("What a load is held for")[0]
    limits = [
        read_yaml.MOST_BYTES,
        read_yaml.MOST_NODES,
        read_yaml.MOST_CHARACTERS,
        read_yaml.MOST_LEVELS,
        lookup.MOST_BYTES,
        records.MOST_COLUMNS,
        MOST_LINE_BYTES,
        records.MOST_RECORDS,
        records.MOST_CELLS,
        MOST_PLACES,
        rows_by_key.IN_MEMORY,
        byte_streams.MOST_TIMES,
        byte_streams.LEAST_REFUSED_BYTES,
        _TIMEOUTS["read_timeout"],
        _TIMEOUTS["connect_timeout"],
        _TIMEOUTS["write_timeout"],
        old_workbook.MOST_BYTES >> 20,
        LONGEST,
    ]
    cells = [row.rstrip("| ").rpartition("| ")[2] for row in table.splitlines() if row.startswith("| ")][1:]
    assert [
        int(number.replace(",", "")) for cell in cells for number in re.findall(r"[\d,]+", cell)
    ] == limits


def test_the_settings_of_the_odd_server_are_those_that_it_has() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|$", PAGE, re.MULTILINE)
    assert len(rows) == 6
    given = {
        option.lstrip("-").replace("-", "_").partition("=")[0]: option.partition("=")[2] for option in ODD
    }
    assert all(name in given for name, _ in rows)
    assert all(f"`{given[name]}`" in value for name, value in rows if name != "log_bin")
