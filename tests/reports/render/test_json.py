"""Tests of leadingest.reports.render.json."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from leadingest.reports.report import Block, Report
from tests.reports.rendering import written


@dataclass(frozen=True)
class Values(Report):
    """A document of some values."""

    values: dict[str, Any]
    title = "values"

    def body(self) -> Iterator[Block]:
        return iter(())

    def data(self) -> dict[str, Any]:
        return self.values


def printed(**values: Any) -> str:
    return written(Values(values), "json")


def test_a_document_begins_with_its_version() -> None:
    assert printed(loads=[]) == '{\n  "version": 1,\n  "loads": []\n}\n'


def test_a_list_that_is_read_bit_by_bit_has_an_item_on_each_line() -> None:
    assert printed(loads=({"at": at} for at in (1, 2))) == (
        '{\n  "version": 1,\n  "loads": [\n    {"at": 1},\n    {"at": 2}\n  ]\n}\n'
    )


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (date(2026, 8, 1), "2026-08-01"),
        (datetime(2026, 8, 1, 12, tzinfo=UTC), "2026-08-01T12:00:00+00:00"),
        (Decimal("1.50"), "1.50"),
        (Path("a/b"), "a/b"),
        ("Müller\n", "Müller\n"),
        (None, None),
    ],
)
def test_a_value_has_one_form(value: object, plain: object) -> None:
    assert json.loads(printed(value=value))["value"] == plain


def test_text_stays_readable() -> None:
    assert "Müller" in printed(value="Müller")


def test_a_value_without_a_form_is_refused() -> None:
    with pytest.raises(TypeError, match="complex cannot be written as JSON"):
        printed(value=1j)
