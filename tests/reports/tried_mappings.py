"""A made-up mapping whose tests fail in every way, and pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.mapping_tests import TriedMapping, check_mappings
from tests.engine.trial import DDL, TODAY

MAPPING = """\
source: ohio
delivery: {match: "ohio*.csv"}
fields:
  company: Name
  phone: [Phone, "Phone#"]
  license_status: {from: Status, values: {Open: active, Shut: closed}, otherwise: invalid}
tests:
  - {about: a name, record: {Name: Oak, Phone: 740-200-3000, Status: Asleep}, lead: {company: Pine, phone: ""}}
  - {record: {Name: ""}, lead: {company: x}}
  - {about: no phone, record: {Name: Elm}, lead: {company: Elm}, invalid: [phone]}
  - {record: {Name: Fir}, lead: {company: Fir}}
"""


def tried_mapping(
    folder: Path, *, mapping: str = MAPPING, only: Sequence[int] = (), with_coverage: bool = False
) -> TriedMapping:
    """The mapping, tried; with `only` these of its tests."""
    (folder / "ohio.yaml").write_text(mapping, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        (found,) = check_mappings(
            MappingIndex(folder, DDL), ["ohio"], today=TODAY, with_coverage=with_coverage
        )
    return replace(found, tests=tuple(found.tests[at] for at in only)) if only else found
