"""What every destination promises, held by each of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from leadingest.destinations.destination import Destination
from leadingest.destinations.open_destination import open_destination
from leadingest.engine.transform import INVALID_VALUES, REJECTS
from leadingest.errors import BalanceError, DestinationSetupError, UsageError
from tests.destinations.made_up import MARCH, NO_INVALID_VALUES, NO_REJECTS, TABLE, counts, leads, new_load


@pytest.fixture
def destination(database_url: str) -> Iterator[Destination]:
    with closing(open_destination(database_url, TABLE)) as destination:
        destination.prepare()
        yield destination


def load(destination: Destination, frame: pl.DataFrame, source: str = "acme", **about: object) -> int:
    """Load and publish the leads."""
    with destination.start(new_load(source, **about)) as under_way:  # type: ignore[arg-type]  # passed on as given
        under_way.write(leads=frame, rejects=NO_REJECTS, invalid_values=NO_INVALID_VALUES)
        under_way.finish(counts(frame.height), status="loaded")
    return under_way.id


def rows(url: str, sql: str) -> list[tuple[object, ...]]:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(sa.text(sql))]
    engine.dispose()
    return found


def test_leads_come_back_as_they_were_loaded(destination: Destination) -> None:
    given_lead = {
        "company": "Pine & Oak 🌲",
        "phone": "+17025550143",
        "capacity": 42,
        "accepts_financial_aid": False,
        "license_issued": date(2020, 2, 29),
        "lead_key": "phone=+17025550143",
        "filled_fields": 5,
    }
    load_id = load(destination, leads([given_lead]))
    (lead,) = destination.leads().to_dicts()
    assert {name: lead[name] for name in given_lead} == given_lead
    assert (lead["load_id"], lead["source_name"], lead["source_filename"]) == (load_id, "acme", "acme.csv")
    assert (lead["source_record_number"], lead["source_extract_time"]) == (1, MARCH.replace(tzinfo=None))
    assert lead["city"] is None


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60)


@hypothesis_settings(max_examples=25)
@given(
    texts=st.lists(
        TEXTS | st.sampled_from(["\\N", "\\", "\t", "a\nb", "'", '"', "%s", ":x", "😀"]), min_size=1
    )
)
def test_any_text_comes_back_exactly(destination: Destination, texts: list[str]) -> None:
    load(destination, leads({"company": text, "title": text[::-1]} for text in texts))
    back = destination.leads()
    assert back["company"].to_list() == texts
    assert back["title"].to_list() == [text[::-1] for text in texts]


def test_rejects_and_invalid_values_are_kept(destination: Destination, database_url: str) -> None:
    reject = (2, 3, "company", "required", "Name has no value", '{"Name":""}')
    value = (1, "capacity", "Total", "integer", "a\tdozen 😀")
    with destination.start(new_load()) as under_way:
        under_way.write(
            leads=leads([{}]),
            rejects=pl.DataFrame([reject], schema=REJECTS, orient="row"),
            invalid_values=pl.DataFrame([value], schema=INVALID_VALUES, orient="row"),
        )
        under_way.finish(counts(1, rejected=1, invalid_values=1), status="loaded")
    assert rows(database_url, "SELECT * FROM load_rejects") == [(under_way.id, *reject)]
    assert rows(database_url, "SELECT * FROM load_invalid_values") == [(under_way.id, *value)]


def test_profiles_are_kept(destination: Destination, database_url: str) -> None:
    profile = pl.DataFrame({"position": [1, 2], "header": ["Name", ""], "filled": [1, 0]})
    with destination.start(new_load()) as under_way:
        under_way.write(leads=leads([{}]), rejects=NO_REJECTS, invalid_values=NO_INVALID_VALUES)
        under_way.write_profiles(profile)
        under_way.finish(counts(1), status="loaded")
    found = rows(database_url, "SELECT position, header, filled FROM load_profiles ORDER BY position")
    assert found == [(1, "Name", 1), (2, "", 0)]


def test_a_load_writes_its_history(destination: Destination) -> None:
    load_id = load(destination, leads([{}, {}]))
    (row,) = destination.history()
    assert (row.load_id, row.source_name, row.status, row.published) == (load_id, "acme", "loaded", True)
    assert (row.records_read, row.records_loaded, row.records_rejected, row.error) == (2, 2, 0, "")
    assert row.extract_time == MARCH
    assert row.finished_at is not None
    assert row.started_at <= row.finished_at <= datetime.now(UTC)


def test_a_new_load_takes_the_place_of_the_old_one_and_both_are_kept(
    destination: Destination, database_url: str
) -> None:
    first = load(destination, leads([{"company": "Old"}]))
    second = load(destination, leads([{"company": "New"}]))
    assert destination.leads()["company"].to_list() == ["New"]
    assert [(row.load_id, row.published) for row in destination.history()] == [(second, True), (first, False)]
    assert rows(database_url, "SELECT company FROM lead_sources ORDER BY load_id") == [("Old",), ("New",)]


def test_nothing_of_a_load_is_visible_before_it_is_finished(destination: Destination) -> None:
    load(destination, leads([{"company": "Old"}]))
    with destination.start(new_load()) as under_way:
        under_way.write(
            leads=leads([{"company": "New"}]), rejects=NO_REJECTS, invalid_values=NO_INVALID_VALUES
        )
        assert destination.leads()["company"].to_list() == ["Old"]
        under_way.finish(counts(1), status="loaded")
    assert destination.leads()["company"].to_list() == ["New"]


def break_off(destination: Destination, error: BaseException) -> None:
    with destination.start(new_load()) as under_way:
        under_way.write(leads=leads([{}]), rejects=NO_REJECTS, invalid_values=NO_INVALID_VALUES)
        raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, BalanceError])
def test_a_load_that_breaks_off_leaves_nothing_and_is_marked_failed(
    destination: Destination, database_url: str, error: type[BaseException]
) -> None:
    load(destination, leads([{"company": "Old"}]))
    with pytest.raises(error):
        break_off(destination, error("trouble"))
    assert destination.leads()["company"].to_list() == ["Old"]
    assert rows(database_url, "SELECT COUNT(*) FROM lead_sources") == [(1,)]
    assert destination.history()[0].status == "failed"


def test_why_a_load_failed_is_kept_only_where_the_words_are_our_own(destination: Destination) -> None:
    with pytest.raises(BalanceError):
        break_off(destination, BalanceError("12 is not 13"))
    with pytest.raises(ValueError, match="a cell"):
        break_off(destination, ValueError("a cell of a lead"))
    assert [row.error for row in destination.history()] == ["ValueError", "12 is not 13"]


def finish_with(destination: Destination, expected: int) -> None:
    with destination.start(new_load()) as under_way:
        under_way.write(leads=leads([{}]), rejects=NO_REJECTS, invalid_values=NO_INVALID_VALUES)
        under_way.finish(counts(expected), status="loaded")


def test_counts_that_the_database_does_not_hold_are_refused(destination: Destination) -> None:
    with pytest.raises(BalanceError, match="lead_sources holds 1 rows"):
        finish_with(destination, 2)
    assert destination.leads().is_empty()
    assert destination.history()[0].status == "failed"


def test_a_held_load_is_published_when_it_is_approved(destination: Destination) -> None:
    with destination.start(new_load()) as under_way:
        under_way.write(leads=leads([{}]), rejects=NO_REJECTS, invalid_values=NO_INVALID_VALUES)
        under_way.finish(counts(1), status="held")
    assert destination.leads().is_empty()
    assert destination.history()[0].status == "held"
    assert destination.approve(under_way.id).published
    assert destination.leads().height == 1


def test_only_a_held_load_can_be_approved(destination: Destination) -> None:
    load_id = load(destination, leads([{}]))
    with pytest.raises(UsageError, match=f"load {load_id} is published already"):
        destination.approve(load_id)
    with pytest.raises(UsageError, match="there is no load 99"):
        destination.approve(99)


def test_the_same_bytes_under_the_same_mapping_are_known_again(destination: Destination) -> None:
    load_id = load(destination, leads([{}]), digest="b")
    known = destination.loaded_before(source="acme", sha256="b" * 64, mapping_hash="m" * 64)
    assert known is not None
    assert known.load_id == load_id
    for other in ({"source": "other"}, {"sha256": "c" * 64}, {"mapping_hash": "n" * 64}):
        asked = {"source": "acme", "sha256": "b" * 64, "mapping_hash": "m" * 64, **other}
        assert destination.loaded_before(**asked) is None


def test_a_failed_load_does_not_count_as_loaded_before(destination: Destination) -> None:
    with pytest.raises(ValueError, match="x"), destination.start(new_load(digest="b")):
        raise ValueError("x")
    assert destination.loaded_before(source="acme", sha256="b" * 64, mapping_hash="m" * 64) is None


def test_of_leads_with_one_key_the_view_shows_the_most_recently_extracted(destination: Destination) -> None:
    load(destination, leads([{"company": "Old", "lead_key": "k", "filled_fields": 9}]), "a")
    later = MARCH + timedelta(days=1)
    load(destination, leads([{"company": "New", "lead_key": "k"}]), "b", extract_time=later)
    assert destination.leads()["company"].to_list() == ["New"]


def test_of_equally_recent_leads_the_view_shows_the_fullest_then_the_first(destination: Destination) -> None:
    def keyed(company: str, filled: int) -> dict[str, object]:
        return {"company": company, "lead_key": "k", "filled_fields": filled}

    load(destination, leads([keyed("B poor", 2), keyed("B full", 3)]), "b")
    load(destination, leads([keyed("A full", 3), keyed("A full too", 3)]), "a")
    assert destination.leads()["company"].to_list() == ["A full"]


def test_leads_without_a_key_are_all_shown(destination: Destination) -> None:
    load(destination, leads([{"company": "One"}, {"company": "Two"}]))
    assert destination.leads()["company"].to_list() == ["One", "Two"]


def test_a_lead_that_only_an_older_load_outdoes_is_shown(destination: Destination) -> None:
    load(destination, leads([{"company": "Full", "lead_key": "k", "filled_fields": 9}]))
    load(destination, leads([{"company": "Poor", "lead_key": "k", "filled_fields": 1}]))
    assert destination.leads()["company"].to_list() == ["Poor"]


def test_leads_of_one_source_can_be_asked_for(destination: Destination) -> None:
    load(destination, leads([{"company": "A"}]), "a")
    load(destination, leads([{"company": "B1"}, {"company": "B2"}]), "b")
    assert destination.leads(source="b", limit=1)["company"].to_list() == ["B1"]


def test_preparing_twice_changes_nothing(destination: Destination) -> None:
    load(destination, leads([{}]))
    destination.prepare()
    assert destination.leads().height == 1


def test_a_load_table_that_lacks_columns_is_refused(destination: Destination, database_url: str) -> None:
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP VIEW vw_lead_sources"))
        connection.execute(sa.text("ALTER TABLE lead_sources DROP COLUMN county"))
    engine.dispose()
    with pytest.raises(DestinationSetupError, match=r"lead_sources in .* lacks county"):
        destination.prepare()


def test_a_load_of_many_rows_is_complete(destination: Destination) -> None:
    frame = leads({"company": f"Oak {number}"} for number in range(12_001))
    load(destination, frame)
    assert destination.leads().height == 12_001
