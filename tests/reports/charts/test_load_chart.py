"""Tests of leadingest.reports.charts.load_chart."""

from __future__ import annotations

from xml.etree import ElementTree

from leadingest.reports.charts.load_chart import load_chart
from tests.reports.charts.rows import load_row

SVG = "{http://www.w3.org/2000/svg}"


def test_what_became_of_the_records_stands_in_a_bar_and_in_words() -> None:
    rows = [
        load_row(4, 50, status="held", rejected=50),
        load_row(3, 0, status="failed"),
        load_row(2, 90, rejected=6, filtered=4, invalid_values=1, published=True),
        load_row(1, 80),
    ]
    drawn = ElementTree.fromstring(load_chart(rows))
    bars = [[part.get("class") for part in group] for group in drawn.iter(f"{SVG}g")]
    assert bars == [
        [None, "loaded"],
        [None, "loaded", "filtered", "rejected", "published"],
        [None, None],
        [None, "held", "rejected"],
    ]
    assert [title.text for title in drawn.iter(f"{SVG}title")] == [
        "load 1, delivery of 9 Mar 2026: 80 loaded",
        "load 2, delivery of 16 Mar 2026: 90 loaded, 6 rejected, 4 filtered, 1 invalid values; published",
        "load 3, delivery of 23 Mar 2026: failed",
        "load 4, delivery of 30 Mar 2026: 50 loaded, 50 rejected; held",
    ]
    assert [text.text for text in drawn.iter(f"{SVG}text")] == ["100 records", "9 Mar 2026", "30 Mar 2026"]


def test_the_days_of_a_few_loads_do_not_stand_in_each_others_way() -> None:
    drawn = ElementTree.fromstring(load_chart([load_row(2, 5), load_row(1, 5)]))
    assert [text.text for text in drawn.iter(f"{SVG}text")] == ["5 records", "9 Mar 2026"]
