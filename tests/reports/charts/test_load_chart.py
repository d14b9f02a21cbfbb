"""Tests of leadingest.reports.charts.load_chart."""

from __future__ import annotations

from xml.etree import ElementTree

from leadingest.reports.charts.load_chart import load_chart
from tests.reports.charts.rows import drift_row, load_row

SVG = "{http://www.w3.org/2000/svg}"


def test_what_became_of_the_records_stands_in_one_bar() -> None:
    rows = [
        load_row(4, 50, status="held", rejected=50),
        load_row(3, 0, status="failed"),
        load_row(2, 90, rejected=6, filtered=4, invalid_values=1, published=True),
        load_row(1, 80),
    ]
    drawn = ElementTree.fromstring(load_chart(rows, {}))
    paths = {path.get("class"): str(path.get("d")).count("M") for path in drawn.iter(f"{SVG}path")}
    assert paths == {"loaded": 1, "published": 1, "held": 1, "filtered": 1, "rejected": 2, "cross": 1}
    assert [text.text for text in drawn.iter(f"{SVG}text")] == ["100 records", "9 Mar 2026", "30 Mar 2026"]


def test_the_days_of_a_few_loads_do_not_stand_in_each_others_way() -> None:
    drawn = ElementTree.fromstring(load_chart([load_row(2, 5), load_row(1, 5)], {}))
    assert [text.text for text in drawn.iter(f"{SVG}text")] == ["5 records", "9 Mar 2026"]


def test_the_loads_of_a_year_stay_small() -> None:
    assert (
        len(load_chart([load_row(number, 900 + number, rejected=7) for number in range(50, 0, -1)], {}))
        < 2900
    )


def test_drift_stands_on_the_time_line_and_what_others_wrote_is_escaped() -> None:
    rows = [load_row(2, 5), load_row(1, 5)]
    many = [drift_row(1, "safe", header=f"<b>{number}") for number in range(7)]
    drawn = load_chart(rows, {1: many, 2: [drift_row(2, "lossy", header="")]})
    points = list(ElementTree.fromstring(drawn).iter(f"{SVG}circle"))
    assert [point.get("class") for point in points] == ["safe", "lossy"]
    assert [point[0].text for point in points] == [
        "9 Mar 2026: new column <b>0, new column <b>1, new column <b>2, new column <b>3, new column <b>4, 2 more",
        "16 Mar 2026: new column",
    ]
    assert "<b>" not in drawn
