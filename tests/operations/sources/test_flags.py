"""Tests of leadingest.operations.sources.flags."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leadingest.expressions import NO, YES
from tests.engine.trial import mapping_of, run

GROUPS = ("Infant", "Toddler", "School")
SAYS_YES, SAYS_NO = (*YES, "X", "x"), (*NO, "")


@given(st.tuples(*(st.sampled_from(SAYS_YES + SAYS_NO) for _ in GROUPS)))
def test_the_list_has_what_the_columns_say_yes_to(cells: tuple[str, ...]) -> None:
    record = dict(zip(GROUPS, (cell.upper() for cell in cells), strict=True))
    trial = run(f"fields:\n  ages_served: {{flags: [{', '.join(GROUPS)}]}}", record)
    expected = [group for group, cell in zip(GROUPS, cells, strict=True) if cell in SAYS_YES]
    assert trial.leads[0]["ages_served"] == (", ".join(expected) or None)
    assert trial.invalid_values == []


def test_a_cell_that_says_neither_is_told_with_its_header() -> None:
    trial = run("fields:\n  ages_served: {flags: [Infant, Toddler]}", {"Infant": "Y", "Toddler": "maybe"})
    (invalid,) = trial.invalid_values
    assert trial.leads[0]["ages_served"] is None
    assert (invalid["rule"], invalid["header"], invalid["raw_value"]) == ("flag", "Toddler", "maybe")


def test_a_column_may_have_had_several_headers() -> None:
    mapping = mapping_of("fields:\n  ages_served: {flags: {School: [School, School Age]}, ages: min}")
    assert tuple(mapping.fields["ages_served"].names()) == ("School", "School Age")
    trial = run(
        "fields:\n  ages_served: {flags: [[School, School Age], Infant]}", {"School Age": "1", "Infant": ""}
    )
    assert trial.leads[0]["ages_served"] == "School"
