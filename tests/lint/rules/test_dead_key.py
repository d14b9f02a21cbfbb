"""Tests of leadingest.lint.rules.dead_key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import found_by


@pytest.mark.parametrize(
    ("mapping", "number"),
    [
        (
            'delivery: {match: "a*.csv", nulls: ["-"]}\nfields: {company: Name, title: {from: T, values: {"-": x}, otherwise: keep}}\n',
            1,
        ),
        (
            "fields: {company: Name, title: {from: T, nulls: [none], values: {none: x}, exact: true, otherwise: keep}}\n",
            1,
        ),
        (
            "fields: {company: Name, title: {from: T, case: lower, values: {Boss: x}, exact: true, otherwise: keep}}\n",
            1,
        ),
        ("fields: {company: Name, title: {from: T, case: upper, values: {BOSS: x}, otherwise: keep}}\n", 0),
        ('fields: {company: Name, title: {from: T, values: {"": x}, otherwise: keep}}\n', 1),
        (
            'delivery: {match: "a*.csv", nulls: ["-"]}\nlet: {t: {from: T, replace: {x: "-"}}}\nfields: {company: Name, title: {from: t, values: {"-": x}, otherwise: keep}}\n',
            0,
        ),
        (
            'fields: {company: Name, title: {sql: "T || \' \'", values: {"x ": y}, exact: true, otherwise: keep}}\n',
            1,
        ),
        ("fields: {company: Name, title: {from: T, values: {Boss: x}, otherwise: keep, case: lower}}\n", 0),
        ("fields: {company: Name, title: {from: T, case: lower, values: {Boss: x}, otherwise: keep}}\n", 0),
        ("fields: {company: Name, title: {from: T, squeeze: true, values: {a  b: y}, otherwise: keep}}\n", 0),
        ("fields: {company: Name, title: {from: T, digits: true, values: {/A/: y}, otherwise: keep}}\n", 0),
        (
            "fields: {company: Name, title: {from: T, case: lower, nulls: [y], values: {Boss: x}, exact: true, otherwise: keep}}\n",
            1,
        ),
        (
            "fields: {company: Name, title: {from: T, case: lower, replace: {b: B}, values: {Boss: x}, otherwise: keep}}\n",
            0,
        ),
        (
            'fields: {company: Name, title: {from: T, strip: "*", values: {"*x": y, "x*y": z}, otherwise: keep}}\n',
            1,
        ),
        ("fields: {company: Name, title: {from: T, pad: 4, values: {12: y, 0012: z}, otherwise: keep}}\n", 1),
        (
            "fields: {company: Name, title: {from: T, squeeze: true, values: {a  b: y, a b: z}, exact: true, otherwise: keep}}\n",
            1,
        ),
        (
            "fields: {company: Name, title: {from: T, digits: true, values: {A1: y, 12: z}, otherwise: invalid}}\n",
            1,
        ),
        (
            "fields: {company: Name, title: {from: T, digits: true, values: {A1: y, none: z}, otherwise: keep}}\n",
            1,
        ),
        (
            "fields: {company: Name, title: {from: T, digits: true, values: {n: y, m: z}, otherwise: {const: n}}}\n",
            1,
        ),
        ("fields: {company: Name, title: {from: T, default: Boss, values: {Boss: x}, otherwise: keep}}\n", 0),
        (
            "fields: {company: Name, title: {from: T, steps: [{case: upper}, {default: none}, {values: {none: x}, otherwise: keep}]}}\n",
            0,
        ),
        (
            "fields: {company: Name, title: {from: T, steps: [{values: {a: b}, otherwise: keep}, {case: upper}, {values: {b: x}, exact: true, otherwise: keep}]}}\n",
            1,
        ),
    ],
)
def test_it_finds_what_is_wrong_and_nothing_else(mapping: str, number: int, tmp_path: Path) -> None:
    assert found_by("LI110", mapping, tmp_path) == number
