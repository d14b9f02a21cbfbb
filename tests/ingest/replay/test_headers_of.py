"""Tests of leadingest.ingest.replay.headers_of."""

import pytest

from leadingest.ingest.replay.headers_of import headers_of


@pytest.mark.parametrize(
    ("read", "headers"),
    [
        ({"Phone"}, ("Phone", "Phone", "Fax (2)")),
        ({"Phone", "Phone (2)"}, ("Phone", "Phone (2)", "Fax (2)")),
        ({"Fax"}, ("Phone", "Phone (2)", "Fax (2)")),
    ],
)
def test_a_second_column_has_its_header_back_where_the_mapping_reads_that(
    read: set[str], headers: tuple[str, ...]
) -> None:
    assert headers_of(["Phone", "Phone (2)", "Fax (2)"], read) == headers
