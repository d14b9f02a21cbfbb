"""Tests of LI117, and of LI118, which is like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import found_by, lint_example

ONE = "maps: {states: {Open: active}}\n"
TWO = "maps: {states: {Open: {license_status: active}, Shut: {license_status: closed}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        TWO + "fields: {company: N, license_status: {from: S, values: states, otherwise: invalid}}\n",
        ONE
        + "fields: {company: N, license_status: {first_of: [{from: A, steps: [{values: states, otherwise: keep}]}, B]}}\n",
        ONE + "let: {s: {from: A, values: states, otherwise: keep}}\nfields: {company: s}\n",
    ],
)
def test_a_map_that_a_field_a_part_a_step_or_a_let_value_names_is_used(text: str, tmp_path: Path) -> None:
    assert found_by("LI117", text, tmp_path) == 0


def test_what_a_file_shares_need_not_be_used_by_every_mapping(tmp_path: Path) -> None:
    shared = "maps: {states: {Open: active}}\naliases: {Status: State}\n"
    text = f"# mappings/_shared.yaml\n{shared}# mappings/acme.yaml\nextends: _shared.yaml\n"
    assert {each.code for each in lint_example(text, tmp_path).findings} == {"LI301"}
