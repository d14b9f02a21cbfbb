"""Tests of leadingest.reports.json_document."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from leadingest.reports.json_document import json_document


def test_a_document_begins_with_its_version() -> None:
    assert json_document(loads=[]) == '{\n  "version": 1,\n  "loads": []\n}\n'


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (date(2026, 8, 1), "2026-08-01"),
        (datetime(2026, 8, 1, 12, tzinfo=UTC), "2026-08-01T12:00:00+00:00"),
        (Decimal("1.50"), "1.50"),
        (Path("a/b"), "a/b"),
        ("Müller", "Müller"),
        (None, None),
    ],
)
def test_a_value_has_one_form(value: object, plain: object) -> None:
    assert json.loads(json_document(value=value))["value"] == plain


def test_text_stays_readable() -> None:
    assert "Müller" in json_document(value="Müller")


def test_a_value_without_a_form_is_refused() -> None:
    with pytest.raises(TypeError, match="complex has no form in JSON"):
        json_document(value=1j)
