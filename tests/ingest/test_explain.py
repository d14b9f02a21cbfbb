"""Tests of leadingest.ingest.explain."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.deliveries.delivery import fingerprint
from leadingest.errors import UsageError
from leadingest.ingest.explain import Explanation, explain_record
from tests.engine.trial import TODAY
from tests.ingest.made_up_delivery import CSV, MAPPING, made_up


def explained(folder: Path, number: int, *fields: str) -> Explanation:
    """A record of the made-up delivery."""
    mapping, delivery = made_up(folder)
    return explain_record(mapping, delivery, number, today=TODAY, fields=fields)


def test_all_fields_are_told_with_the_let_values_they_read(tmp_path: Path) -> None:
    found = explained(tmp_path, 1)
    assert [story.name for story in found.lets] == ["place"]
    assert [story.name for story in found.fields] == [
        *("company", "phone", "city", "license_status", "license_number", "capacity", "email")
    ]
    assert (found.source, found.file, found.record.number) == ("ohio", "ohio.csv", 1)
    assert found.lead_key == "phone=+17402003000"


def test_only_the_fields_asked_for_are_told_each_once(tmp_path: Path) -> None:
    found = explained(tmp_path, 1, "phone", "company", "phone")
    assert ([story.name for story in found.fields], found.lets) == (["phone", "company"], ())


@pytest.mark.parametrize(("number", "outcome"), [(1, "lead"), (3, "filtered"), (4, "rejected")])
def test_the_outcome_is_that_of_a_run(tmp_path: Path, number: int, outcome: str) -> None:
    assert explained(tmp_path, number).record.outcome == outcome


def test_what_many_records_before_had_counts(tmp_path: Path) -> None:
    mapping, _ = made_up(tmp_path)
    path = tmp_path / "ohio_2.csv"
    head = "Name,Phone,Ext,Place,Status,License,Places,E-mail,Kind\n"
    rows = "".join(f"Oak,,,,,L{number % 250_000},,,Home\n" for number in range(250_001))
    path.write_text(head + rows, encoding="utf-8")
    found = explain_record(mapping, fingerprint(path), 250_001, today=TODAY, fields=["license_number"])
    (field,) = [field for field in found.record.fields if field.name == "license_number"]
    assert field.invalid is not None
    assert field.invalid.rule == "unique"


def test_a_record_or_field_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ohio\.csv has no record 7: it has 6 records"):
        explained(tmp_path, 7)
    with pytest.raises(UsageError, match="has no field 'compny'; did you mean 'company'"):
        explained(tmp_path, 1, "compny")


def test_a_lead_of_several_in_a_record_has_its_own_number_and_the_line_of_the_record(tmp_path: Path) -> None:
    text = MAPPING.replace('csv"}', 'csv", repeat: {E-mail: [E-mail, Notes]}}')
    mapping, delivery = made_up(
        tmp_path, mapping=text, csv=CSV.replace("none,Home,likes cats", "a@b.org,Home,c@d.org")
    )
    found = explain_record(mapping, delivery, 4, today=TODAY, fields=["email"])
    record = found.record
    assert (record.number, record.line, found.place) == (4, 3, 2)
    assert dict(record.fields[-1].cells) == {"E-mail": "c@d.org"}
    with pytest.raises(UsageError, match="no record 2: it has 7 records") as caught:
        explain_record(mapping, delivery, 2, today=TODAY)
    assert caught.value.hint == "of each 2 numbers in a row, those of blank places of `repeat` are not used"
