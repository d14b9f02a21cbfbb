"""What keeps a load from being published."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from inspect import isfunction
from typing import get_type_hints

import pytest

from leadingest.destinations.ledger import LoadRow, NewLoad, RecordCounts
from leadingest.drift.profiles.profile import DeliveryProfile, FieldProfile, KeyProfile
from leadingest.ingest import guards
from leadingest.ingest.guards import GUARDS, LoadFacts, held_because
from leadingest.mapping.sections import Guards

_TIME = datetime(2026, 3, 5, 12, tzinfo=UTC)
_NEW = NewLoad("utah", "utah.csv", 10, "new bytes", "hash", _TIME)


def counts(read: int, *, rejected: int = 0) -> RecordCounts:
    return RecordCounts(read=read, loaded=read - rejected, rejected=rejected, filtered=0, invalid_values=0)


def earlier(load_id: int, *, loaded: int = 100, sha256: str = "old bytes") -> LoadRow:
    """A load of the source, made a day before."""
    day_before = _TIME - timedelta(days=1)
    return LoadRow(
        load_id=load_id,
        source_name="utah",
        load_table="lead_sources",
        status="loaded",
        file_name="utah.csv",
        file_size=10,
        file_sha256=sha256,
        mapping_hash="hash",
        encoding="utf-8",
        records_read=loaded,
        records_loaded=loaded,
        records_rejected=0,
        records_filtered=0,
        invalid_values=0,
        extract_time=day_before,
        started_at=day_before,
        finished_at=day_before,
        reason="",
        run_by="",
        program_version="0",
        published=False,
    )


FACTS = LoadFacts(Guards(), counts(100), 0, _NEW, _TIME.date(), published=earlier(7))


def test_a_load_like_the_one_before_is_published() -> None:
    assert held_because(FACTS) == ""


def test_the_first_load_of_a_source_is_published() -> None:
    assert held_because(replace(FACTS, published=None)) == ""


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        (replace(FACTS, holding=1), "1 invalid value in fields with `on_invalid: hold`"),
        (replace(FACTS, holding=1200), "1,200 invalid values in fields with `on_invalid: hold`"),
        (
            replace(FACTS, counts=counts(2000, rejected=1001)),
            "1,001 of 2,000 records were rejected, 50.05%: `most_rejects` allows 50%",
        ),
        (
            replace(FACTS, counts=counts(79)),
            "79 records were loaded, 21% fewer than the 100 of the published load 7: "
            "`largest_fall` allows 20%",
        ),
        (
            replace(FACTS, counts=counts(0), published=None),
            "the file has a header but no records: `fewest_records` requires 1",
        ),
        (
            replace(
                FACTS,
                guards=Guards.model_validate({"fewest_records": 500}),
                counts=counts(1),
                published=None,
            ),
            "1 record was loaded: `fewest_records` requires 500",
        ),
        (
            replace(FACTS, sent_before=earlier(5, sha256="new bytes")),
            "the file is identical to that of load 5 from 2026-03-04, which is older than the published load 7",
        ),
        (
            replace(FACTS, new=replace(_NEW, extract_time=_TIME - timedelta(days=2))),
            "the delivery is dated 2026-03-03 12:00 UTC, older than the published load 7, dated 2026-03-04 12:00 UTC",
        ),
        (
            replace(FACTS, new=replace(_NEW, extract_time=_TIME + timedelta(days=2))),
            "the delivery is dated 2026-03-07 12:00 UTC, which is after tomorrow",
        ),
    ],
)
def test_a_guard_says_which_it_is_and_by_how_much(facts: LoadFacts, message: str) -> None:
    assert held_because(facts) == message


@pytest.mark.parametrize(
    "facts",
    [
        replace(FACTS, counts=counts(100, rejected=20)),
        replace(FACTS, published=None, counts=counts(100, rejected=50)),
        replace(FACTS, sent_before=earlier(7, sha256="new bytes"), published=earlier(7, sha256="new bytes")),
        replace(FACTS, sent_before=earlier(8, sha256="new bytes")),
        replace(FACTS, published=earlier(7, loaded=0), counts=counts(1)),
        replace(FACTS, new=replace(_NEW, extract_time=_TIME + timedelta(days=1))),
    ],
    ids=[
        "at the limit",
        "rejects at the limit",
        "the published one again",
        "sent after it",
        "out of nothing",
        "of tomorrow",
    ],
)
def test_what_is_within_its_limits_is_published(facts: LoadFacts) -> None:
    assert held_because(facts) == ""


def test_every_guard_can_be_switched_off() -> None:
    off = Guards.model_validate(
        {
            "most_rejects": "off",
            "fewest_records": "0",
            "largest_fall": "off",
            "sent_before": "publish",
            "older_delivery": "publish",
            "future_delivery": "publish",
        }
    )
    worst = LoadFacts(
        off,
        counts(100, rejected=100),
        0,
        replace(_NEW, extract_time=_TIME - timedelta(days=9)),
        _TIME.date() - timedelta(days=20),
        published=earlier(7),
        sent_before=earlier(5, sha256="new bytes"),
    )
    assert held_because(worst) == ""
    assert held_because(replace(worst, guards=Guards())).count("; ") == 5


def test_the_list_has_every_guard() -> None:
    there = {
        name
        for name, value in vars(guards).items()
        if isfunction(value) and get_type_hints(value).get("facts") is LoadFacts
    }
    assert {guard.__name__ for guard in GUARDS} == there - {held_because.__name__}


def profiled(*, hidden: float = 0.0, distinct: int = 100, **fields: FieldProfile) -> DeliveryProfile:
    """What a delivery is like whose leads have these fields."""
    key = KeyProfile(fields=("license_number",), distinct=distinct)
    return DeliveryProfile(records=100, columns=(), fields=fields, hidden=hidden, key=key)


@pytest.mark.parametrize(
    ("profile", "limit", "held"),
    [
        (FieldProfile(10, 90), "90%", ""),
        (
            FieldProfile(9, 91),
            "90%",
            "91 of 100 cells of city could not be read, 91%: `most_invalid` allows 90%",
        ),
        (
            FieldProfile(0, 5),
            "100%",
            "5 of 5 cells of city could not be read, 100%: `most_invalid` allows 100%",
        ),
        (FieldProfile(0, 4), "90%", ""),
        (FieldProfile(0, 100), "off", ""),
    ],
)
def test_a_field_of_which_most_cells_cannot_be_read_holds(
    profile: FieldProfile, limit: str, held: str
) -> None:
    guarded = Guards.model_validate({"most_invalid": limit})
    assert held_because(replace(FACTS, guards=guarded, profile=profiled(city=profile))) == held


def test_of_a_field_that_leads_are_known_by_half_is_too_much() -> None:
    facts = replace(FACTS, profile=profiled(phone=FieldProfile(49, 51)), needed=frozenset(["phone"]))
    assert held_because(facts) == "51 of 100 cells of phone could not be read, 51%: `most_invalid` allows 50%"
    assert held_because(replace(facts, profile=profiled(phone=FieldProfile(50, 50)))) == ""


def test_hardly_any_published_lead_holds() -> None:
    facts = replace(FACTS, profile=profiled(), keys_in_common=Fraction(19, 100))
    assert held_because(facts) == (
        "19% of the leads are in the published load 7, matched by license_number: "
        "`least_keys_in_common` requires 20%"
    )
    for other in (
        replace(facts, keys_in_common=Fraction(20, 100)),
        replace(facts, keys_in_common=None),
        replace(facts, profile=profiled(distinct=9)),
        replace(facts, guards=Guards.model_validate({"least_keys_in_common": "off"})),
    ):
        assert held_because(other) == ""


def test_leads_that_mostly_stand_behind_each_other_hold() -> None:
    facts = replace(FACTS, profile=profiled(hidden=0.6))
    assert held_because(facts) == (
        "about 60% of the leads are hidden by others of the same list with the same lead_key: `most_hidden` allows 50%"
    )
    assert held_because(replace(facts, profile=profiled(hidden=0.5))) == ""
    assert held_because(replace(facts, guards=Guards.model_validate({"most_hidden": "off"}))) == ""
