"""Tests of leadingest.engine.coverage."""

from __future__ import annotations

import pytest

from leadingest.engine.coverage import Coverage, coverage
from leadingest.engine.try_mapping import try_mapping
from tests.engine.trial import TODAY, mapping_of


def covered(fields: str, *tests: str, before: str = "") -> Coverage:
    """What the tests cover of a mapping."""
    lines = [f"  - {test}" for test in tests]
    mapping = mapping_of(
        "\n".join([before, "fields:", f"  {fields}", *(["tests:", *lines] if lines else [])])
    )
    return coverage(mapping, try_mapping(mapping, today=TODAY), today=TODAY)


def ways(found: Coverage) -> list[str]:
    """All ways, those that no test takes with a dash."""
    return [f"{'- ' if item in found.untouched else ''}{item.kind}: {item.what}" for item in found.items]


ALIASES = 'phone: [Phone, "Phone#", Tel]'
VALUES = "license_status: {from: Status, values: {Open: active, Shut: closed}, otherwise: invalid}"
FIRST = "operator: {first_of: [{from: A, when: \"K = 'x'\"}, B]}"
DATES = 'license_issued: {from: Since, formats: ["%m/%d/%Y", "%m/%d/%y"]}'
CASE = "min_age: {sql: \"CASE WHEN A = 'Y' THEN 0 WHEN B = 'Y' THEN 5 END\"}"


EACH = "language: {from: L, each: {case: lower, values: {a: A, b: B}, otherwise: keep}, split_at: ';'}"
LAST = "operator: {last_of: [A, B]}"


def test_an_alias_for_all_is_covered_by_a_record_that_has_it() -> None:
    tests = ("{record: {State: Open}, lead: {license_status: active}}",)
    found = covered(VALUES, *tests, before="aliases: {Status: [State, Stat]}")
    assert [way for way in ways(found) if "alias" in way] == ["alias: State", "- alias: Stat"]


def test_an_alias_of_what_repeat_reads_is_for_no_test_to_cover() -> None:
    source = 'source: t\ndelivery: {match: "*", repeat: {Status: [Status 1, Status 2]}}\n'
    found = covered(VALUES, before=f"{source}aliases: {{Status 1: State, Status: Stat}}")
    assert [way for way in ways(found) if "alias" in way] == ["- alias: Stat"]


@pytest.mark.parametrize(
    ("fields", "tests", "found"),
    [
        (ALIASES, [], ["- alias: Phone", "- alias: Phone#", "- alias: Tel"]),
        (EACH, ["{record: {L: x; A}, lead: {}}"], ["map key: a", "- map key: b"]),
        (
            LAST,
            ["{record: {A: x, B: y}, lead: {operator: y}}"],
            ["branch: last_of 2", "- branch: last_of 1"],
        ),
        (
            ALIASES,
            ["{record: {'Phone#': 740-200-3000}, lead: {}}", "{record: {Phone: ''}, lead: {}}"],
            ["- alias: Phone", "alias: Phone#", "- alias: Tel"],
        ),
        (
            VALUES,
            ["{record: {Status: Open}, lead: {}}"],
            ["map key: Open", "- map key: Shut", "- branch: values otherwise"],
        ),
        (
            VALUES,
            ["{record: {Status: Asleep}, lead: {}}", "{record: {Status: ''}, lead: {}}"],
            ["- map key: Open", "- map key: Shut", "branch: values otherwise"],
        ),
        (
            FIRST,
            ["{record: {A: a, B: b, K: x}, lead: {}}"],
            [
                "branch: first_of 1",
                "- branch: first_of 2",
                "branch: when K = 'x'",
                "- branch: when not K = 'x'",
            ],
        ),
        (
            FIRST,
            ["{record: {A: a, B: b, K: y}, lead: {}}"],
            [
                "- branch: first_of 1",
                "branch: first_of 2",
                "- branch: when K = 'x'",
                "branch: when not K = 'x'",
            ],
        ),
        (DATES, ["{record: {Since: 7/1/22}, lead: {}}"], ["- format: %m/%d/%Y", "format: %m/%d/%y"]),
        (DATES, ["{record: {Since: 7/1/2022}, lead: {}}"], ["format: %m/%d/%Y", "- format: %m/%d/%y"]),
        (
            CASE,
            ["{record: {A: N, B: Y}, lead: {}}"],
            ["- branch: sql WHEN A = 'Y'", "branch: sql WHEN B = 'Y'", "- branch: sql ELSE"],
        ),
        ("operator: {from: A, default: x}", ["{record: {A: y}, lead: {}}"], ["- branch: default"]),
        ("operator: {from: A, default: x}", ["{record: {A: ''}, lead: {}}"], ["branch: default"]),
        (
            'operator: {from: A, extract: "(x+)", otherwise: blank}',
            ["{record: {A: y}, lead: {}}"],
            ["branch: extract otherwise"],
        ),
        ('operator: {from: A, extract: "(x+)"}', ["{record: {A: x}, lead: {}}"], []),
        (
            "operator: {from: A, steps: [{case: lower}, {values: {a: b}, otherwise: keep}]}",
            ["{record: {A: A}, lead: {}}"],
            ["map key: a", "- branch: values otherwise"],
        ),
        (
            "operator: {from: A, lookup: {file: counties.csv, key: FIPS, value: County}, otherwise: blank}",
            [],
            ["- branch: lookup otherwise"],
        ),
        ("operator: A", ["{record: {A: a}, lead: {}}"], []),
    ],
)
def test_a_way_is_taken_by_a_record_that_goes_it(fields: str, tests: list[str], found: list[str]) -> None:
    assert ways(covered(fields, *tests)) == found


def test_formats_that_a_type_has_by_itself_are_no_ways() -> None:
    assert ways(covered("operator: seen", before="let: {seen: {from: Seen, type: datetime}}")) == []


def test_a_value_that_needs_no_format_takes_none() -> None:
    fields = 'license_issued: {from: since, formats: ["%m/%d/%Y", "%m/%d/%y"]}'
    test = "{record: {Since: 2022-07-01}, lead: {license_issued: 2022-07-01}}"
    found = covered(fields, test, before="let: {since: {from: Since, type: date}}")
    assert ways(found) == ["- format: %m/%d/%Y", "- format: %m/%d/%y"]


def test_what_is_left_out_is_a_branch_and_let_values_have_ways_too() -> None:
    before = "where: \"Kind <> 'Bar'\"\nlet:\n  kind: {from: Kind, values: {a: b}, otherwise: keep}"
    test = "{record: {Kind: Bar}, filtered: true}"
    found = covered("operator: kind", test, before=before)
    assert [(item.owner, item.what) for item in found.items] == [
        *(("let kind", "a"), ("let kind", "values otherwise"), ("where", "a record is left out"))
    ]
    assert [item.what for item in found.untouched] == ["a"]


def test_a_way_is_told_with_its_place() -> None:
    assert [item.position.column for item in covered(VALUES).items] == [43, 57, 72]
    assert [item.position.column for item in covered("phone: {from: [Phone, Tel]}").items] == [18, 25]
