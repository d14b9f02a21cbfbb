"""Tests of leadingest.reports.condition_words."""

from leadingest.overview.source_state import CONDITIONS
from leadingest.reports.condition_words import named, tone


def test_what_must_be_looked_at_at_once_is_red_and_what_is_well_is_green() -> None:
    assert [(named(each), tone(each)) for each in CONDITIONS] == [
        ("late", "bad"),
        ("failed", "bad"),
        ("held", "wait"),
        ("mapping broken", "bad"),
        ("nothing loaded", "wait"),
        ("no mapping", "dim"),
        ("on time", "good"),
        ("loaded", "dim"),
    ]
