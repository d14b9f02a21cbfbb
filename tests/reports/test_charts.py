"""Tests of leadingest.reports.charts."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from leadingest.destinations.ledger import DriftClass
from leadingest.reports.charts import ACROSS, bars_of, drift_tone, load_chart, spark, worst_class
from tests.reports.chart_rows import drift_row, load_row


def test_the_worst_of_a_delivery_is_told() -> None:
    safe, lossy, breaking = drift_row(1, "safe"), drift_row(1, "lossy"), drift_row(1, "breaking")
    assert worst_class([safe]) == "safe"
    assert worst_class([safe, lossy]) == "lossy"
    assert worst_class([safe, breaking, lossy]) == "breaking"


def test_every_class_has_its_look() -> None:
    assert [drift_tone(each) for each in get_args(DriftClass)] == ["bad", "wait", "dim"]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=60), st.sampled_from(["left", "right"]))
def test_bars_stand_beside_each_other_within_the_chart(loaded: list[int], at: str) -> None:
    rows = [load_row(number, count) for number, count in enumerate(loaded)]
    bars = bars_of(rows, height=100, at=at)  # type: ignore[arg-type]  # left or right
    middles = [bars.middle(number) for number in range(len(rows))]
    assert all(earlier + bars.width < later for earlier, later in pairwise(middles))
    assert middles[0] >= bars.width / 2
    assert middles[-1] + bars.width / 2 <= ACROSS
    assert all(0 <= bars.high(count) <= 100 for count in loaded)
    assert all(bars.high(count) > 1 for count in loaded if count)


def test_a_few_loads_stand_at_the_end_that_was_asked_for() -> None:
    rows = [load_row(2, 20), load_row(1, 10)]
    left, right = bars_of(rows, height=100, at="left"), bars_of(rows, height=100, at="right")
    assert [row.load_id for row in left.loads] == [1, 2]
    assert abs(left.middle(0) - (ACROSS - right.middle(1))) <= 1
    assert (left.most, left.high(20), left.high(10)) == (20, 100, 50)


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
    assert drawn.get("aria-label") == "5 loads, the last with 9 leads, 1 failed"


def test_of_many_loads_the_newest_are_drawn_and_it_stays_small() -> None:
    drawn = spark([load_row(number, 1000 + number) for number in range(60, 0, -1)], {})
    assert "24 loads, the last with 1,060 leads" in drawn
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
