"""Tests of `today` in expressions: the day of the load, wherever one may stand."""

from __future__ import annotations

from datetime import date

import pytest

from leadingest.engine.coverage import coverage
from leadingest.engine.try_mapping import try_mapping
from leadingest.errors import DefinitionError
from tests.engine.trial import TODAY, mapping_of, run

EXPIRES = "let: {expires: {from: Expires, type: date}}\n"
BEFORE, AT = {"Expires": "2026-02-28"}, {"Expires": TODAY.isoformat()}
STATUS = '{first_of: [{const: expired, when: "expires < today"}, {const: active}]}'


def test_a_condition_knows_the_day_of_the_load() -> None:
    trial = run(f"{EXPIRES}fields:\n  license_status: {STATUS}\n", BEFORE, AT, {"Expires": ""})
    assert [lead["license_status"] for lead in trial.leads] == ["expired", "active", "active"]


def test_records_are_left_out_by_it() -> None:
    trial = run(
        f"{EXPIRES}where: \"expires >= TODAY - INTERVAL '1 day'\"\nfields:\n  city: {{const: Reno}}\n",
        BEFORE,
        AT,
    )
    assert trial.batches[0].filtered == 0
    trial = run(f"{EXPIRES}where: expires >= today\nfields:\n  city: {{const: Reno}}\n", BEFORE, AT)
    assert (trial.batches[0].filtered, len(trial.leads)) == (1, 1)


@pytest.mark.parametrize(
    ("sql", "given"),
    [
        ("today", TODAY),
        ("Today + INTERVAL '1 month'", date(2026, 4, 1)),
        ("CASE WHEN today > DATE '2020-01-01' THEN today END", TODAY),
        ("IF(today IS NULL, today, DATE '2026-01-01')", date(2026, 1, 1)),
    ],
)
def test_it_is_a_date_that_can_be_calculated_with(sql: str, given: date) -> None:
    trial = run(f'fields:\n  license_issued: {{sql: "{sql}"}}\n', BEFORE, AT)
    assert [lead["license_issued"] for lead in trial.leads] == [given, given]


def test_a_header_of_that_name_stands_in_quotes() -> None:
    trial = run("fields:\n  city: {sql: '\"today\"'}\n", {"today": "Reno"})
    assert [lead["city"] for lead in trial.leads] == ["Reno"]


def test_a_date_is_compared_with_a_date() -> None:
    with pytest.raises(DefinitionError, match="cannot be computed: Expires < today takes a text and a date"):
        mapping_of("fields:\n  title: {const: x, when: Expires < today}\n")


@pytest.mark.parametrize("word", ["CURRENT_DATE", "NOW()", "today()"])
def test_no_other_clock_is_read(word: str) -> None:
    with pytest.raises(DefinitionError):
        mapping_of(f"fields:\n  license_issued: {{sql: {word}}}\n")


def test_a_test_of_a_mapping_has_its_own_day() -> None:
    tests = (
        "tests:\n"
        "  - {today: 2026-03-02, record: {Expires: 2026-03-01}, lead: {license_status: expired}}\n"
        "  - {today: 2026-03-01, record: {Expires: 2026-03-01}, lead: {license_status: active}}\n"
    )
    mapping = mapping_of(f"{EXPIRES}fields:\n  license_status: {STATUS}\n{tests}")
    tried = try_mapping(mapping, today=date(2001, 1, 1))
    assert [each.differences for each in tried] == [(), ()]
    assert coverage(mapping, tried, today=TODAY).untouched == ()
