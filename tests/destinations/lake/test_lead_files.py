"""The Parquet files of leads."""

from __future__ import annotations

import polars as pl

from leadingest.destinations.lake.lead_files import KEY_IS_SHARED, file_types
from leadingest.destinations.leads import lead_types
from leadingest.tables.load_table import LoadTable


def test_a_file_has_what_leads_have_and_whether_their_key_is_shared(table: LoadTable) -> None:
    assert list(file_types(table)) == [*lead_types(table), KEY_IS_SHARED]


def test_every_time_names_its_zone(table: LoadTable) -> None:
    times = {name: dtype for name, dtype in file_types(table).items() if dtype.is_temporal()}
    assert times == {
        "source_extract_time": pl.Datetime("us", "UTC"),
        "issued": pl.Date(),
        "seen": pl.Datetime("us", "UTC"),
        "updated_at": pl.Datetime("us", "UTC"),
    }
