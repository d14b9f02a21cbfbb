"""Tests of leadingest.operations.hours and leadingest.operations.sources.days."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.operations.hours import DAYS, standard_hours
from tests.engine.trial import run

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        (f"{''.join(NAMES)} 6:00 AM6:00 PM", "Mon-Sun 06:00-18:00"),
        ("MONDAYTUESDAY 6:00 AM6:00 PM", "Mon-Tue 06:00-18:00"),
        ("MTWTHFSSU 0000 To 2400", "Mon-Sun 00:00-24:00"),
        ("MTWTF", "Mon-Fri"),
        ("MTWRF 06:00-18:00", "Mon-Fri 06:00-18:00"),
        ("Mon through Friday 7:30am to 5:30pm", "Mon-Fri 07:30-17:30"),
        ("Monday, Tuesday\n6 AM - 6 PM", "Mon-Tue 06:00-18:00"),
        ("Thurs 8 a.m. to 5 p.m.; Mon 8am-5pm", "Mon,Thu 08:00-17:00"),
        ("Mon 1pm-5pm, 8am-noon", "Mon 08:00-12:00,13:00-17:00"),
        ("Mon 10pm-6am", "Mon 22:00-06:00"),
        ("12:00AM - 12:00AM", "00:00-24:00"),
        ("Sat, Sun closed", ""),
        ("CLOSED", ""),
    ],
)
def test_days_and_hours_have_one_form(text: str, standard: str) -> None:
    assert standard_hours(text) == standard


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8-5",
        "8:00-5:00",
        "08:00-05:00",
        "25:00-26:00",
        "MTF 0600-1800",
        "T",
        "FM",
        "Mon-",
        "Mon 8am",
        "8am-5pm Mon",
        "8am-8am",
        "Fri - Mon 8am-5pm",
        "Mon Mon 8am-5pm",
        "Mon; Tue 8am-5pm",
        "Mon-Fri 8am-5pm; Mon closed",
        "Mon 8am-5pm; 6pm-8pm",
        "Mon 8am-5pm, by appointment",
        "Monk 8am-5pm",
        "24 hours",
    ],
)
def test_what_may_mean_two_things_or_has_anything_else_in_it_is_not_recognized(text: str) -> None:
    assert standard_hours(text) is None


@given(
    st.sets(st.sampled_from(range(7)), min_size=1),
    st.integers(0, 22),
    st.sampled_from(["", " ", ", ", " & "]),
)
def test_it_does_not_matter_how_the_days_stand_beside_each_other(
    days: set[int], hour: int, between: str
) -> None:
    named = between.join(NAMES[day] for day in sorted(days))
    each = "; ".join(f"{DAYS[day]} {hour:02}:00-23:30" for day in sorted(days, reverse=True))
    assert standard_hours(f"{named} {hour:02}00 to 2330") == standard_hours(each) is not None


def test_a_column_for_each_day_gives_the_same_text_as_a_cell() -> None:
    columns = "{Mon: A, Tue: B, Wed: [C, D]}"
    cells = {"A": "10AM-6AM", "B": "CLOSED", "D": "10AM - 6AM"}
    trial = run(
        f"fields:\n  schedule: {{days: {columns}}}", cells, cells | {"B": "ask"}, dict.fromkeys(cells, "")
    )
    assert [lead["schedule"] for lead in trial.leads] == ["Mon,Wed 10:00-06:00", None, None]
    (invalid,) = trial.invalid_values
    assert (invalid["header"], invalid["raw_value"], invalid["rule"]) == ("B", "ask", "hours")
