"""Tests of leadingest.reports.charts.spark."""

from __future__ import annotations

from xml.etree import ElementTree

from leadingest.reports.charts.spark import spark
from tests.reports.charts.rows import drift_row, load_row

SVG = "{http://www.w3.org/2000/svg}"


def test_the_kinds_of_loads_have_a_path_each() -> None:
    rows = [
        load_row(5, 9, status="held"),
        load_row(4, 0, status="failed"),
        load_row(3, 30, published=True),
        load_row(2, 20),
        load_row(1, 10),
    ]
    drawn = ElementTree.fromstring(spark(rows, {}))
    paths = {path.get("class"): str(path.get("d")).count("M") for path in drawn.iter(f"{SVG}path")}
    assert paths == {"loaded": 2, "published": 1, "failed": 1, "held": 1}
    assert drawn.get("aria-label") == "5 loads, the last of 9 leads, 1 failed"


def test_of_many_loads_the_newest_are_drawn_and_it_stays_small() -> None:
    drawn = spark([load_row(number, 1000 + number) for number in range(60, 0, -1)], {})
    assert "24 loads, the last of 1,060 leads" in drawn
    assert len(drawn) < 1500


def test_without_loads_there_is_an_empty_line() -> None:
    assert ElementTree.fromstring(spark((), {})).get("aria-label") == "no loads"


def test_how_bad_drift_was_stands_below_its_load() -> None:
    rows = [load_row(3, 30), load_row(2, 20), load_row(1, 10)]
    drawn = ElementTree.fromstring(
        spark(rows, {3: [drift_row(3, "lossy"), drift_row(3, "breaking")], 1: [drift_row(1, "safe")]})
    )
    paths = {path.get("class"): path.get("d") for path in drawn.iter(f"{SVG}path")}
    assert paths.keys() == {"loaded", "breaking", "safe"}
    assert paths["breaking"] == "M 958 34 v -4"
