"""Tests of leadingest.reports.of_overview."""

from pathlib import Path

from leadingest.reports.of_overview import overview_text
from tests.overview.made_up_sources import made_up_overview


def test_it_says_where_the_report_is_and_what_needs_attention() -> None:
    assert overview_text(made_up_overview(), Path("report"), 227_123) == (
        "report/index.html: 9 sources, 4,576 published leads (227 kB)\n"
        "iowa: late\n"
        "montana: failed\n"
        "kansas: held\n"
        "maine: mapping broken\n"
        "utah: nothing loaded\n"
    )
