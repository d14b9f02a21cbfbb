"""Tests of leadingest.drift.measure: what a load keeps of its delivery, and what is read to be compared."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.records import RecordBatch, Records
from leadingest.destinations.open_destination import open_destination
from leadingest.drift.delivered import Delivered
from leadingest.drift.measure import BackgroundWorker, Measure, Sums
from leadingest.drift.profiles.document import read_profile
from leadingest.drift.profiles.profile import DeliveryProfile
from leadingest.engine.transform import Transform
from leadingest.ingest.load_delivery import load_delivery
from tests.drift.made_up_drift import FIELDS, HEADER, MadeUpSource, changed, csv, usual
from tests.ingest.made_up_delivery import made_up
from tests.ingest.test_load_delivery import TODAY

CSV = """\
Name,Phone,Ext,Place,Status,License,Places,E-mail,Kind,Notes
Oak,740-200-3000,,Athens,Open,A1,12,,Home,
Oak,740-200-3000,,Athens,Asleep,A2,8,none,Home,cats
Elm,740-200,5,Akron,Open,A1,,ann@pine.example,Home,
short
Bar None,740-200-3002,,Akron,Open,A3,many,,Bar,
"""


def kept(folder: Path, url: str) -> DeliveryProfile:
    """What the database has once the delivery is loaded."""
    mapping, delivery = made_up(folder, csv=CSV)
    with closing(open_destination(url, mapping.table)) as destination:
        destination.prepare()
        with destination.ledger.claim(mapping.source) as claim:
            outcome = load_delivery(mapping, delivery, claim, today=TODAY, progress=lambda _: None)
        profile = read_profile(destination.diagnostics.profiles(outcome.load_id or 0))
    assert profile
    return profile


def test_a_load_keeps_what_its_delivery_was_like(tmp_path: Path, database_url: str) -> None:
    profile = kept(tmp_path, database_url)
    assert (profile.records, profile.format, profile.encoding) == (5, "csv", "utf-8")
    assert (profile.delimiter, profile.quote, profile.header_row) == (",", '"', 1)
    by_header = {column.header: column for column in profile.columns}
    assert {header: column.filled for header, column in by_header.items()} == {
        "Name": 4,
        "Phone": 4,
        "Ext": 1,
        "Place": 4,
        "Status": 4,
        "License": 4,
        "Places": 3,
        "E-mail": 2,
        "Kind": 4,
        "Notes": 1,
    }
    assert by_header["Status"].values == {"Open": 3, "Asleep": 1}
    assert by_header["Name"].records == 4


def test_it_counts_what_became_of_the_fields(tmp_path: Path, database_url: str) -> None:
    profile = kept(tmp_path, database_url)
    counted = {field: (each.filled, each.unreadable) for field, each in profile.fields.items()}
    assert (profile.leads, counted["license_status"], counted["phone"]) == (3, (2, 1), (2, 1))
    # A cell that stands twice could be read; one of a record that was left out on purpose does not count.
    assert (counted["license_number"], counted["capacity"]) == ((2, 0), (2, 0))


def test_no_value_of_a_personal_column_is_kept(tmp_path: Path, sqlite_url: str) -> None:
    profile = kept(tmp_path, sqlite_url)
    kept_values = {column.header for column in profile.columns if column.values is not None}
    assert kept_values == {"Status", "Places"}
    text = repr(profile)
    assert not [value for value in ("Oak", "740-2", "Athens", "ann@", "cats", "A2") if value in text]


def test_leads_that_have_one_key_are_counted(tmp_path: Path, sqlite_url: str) -> None:
    assert kept(tmp_path, sqlite_url).repeated_keys == 1.0


def test_a_column_that_is_missing_is_taken_for_empty(tmp_path: Path) -> None:
    source = MadeUpSource(tmp_path)
    delivered = source.delivered(csv([each[:3] for each in usual()], "Name,Phone,License"))
    assert delivered.headers == ("Name", "Phone", "License")
    assert [column.header for column in delivered.profile.columns] == ["Name", "Phone", "License"]
    fields = delivered.profile.fields
    assert (fields["company"].filled, fields["capacity"].filled, fields["capacity"].unreadable) == (100, 0, 0)


def test_of_a_large_delivery_shares_are_measured_and_values_counted(tmp_path: Path) -> None:
    number = 300_000
    records = changed(1, "740-200-3001", "740-200", number=number)
    for each in records[: number // 4]:
        each[3] = "Asleep"
    delivered = MadeUpSource(tmp_path).delivered(csv(records))
    assert delivered.profile.records == number
    phone = delivered.profile.fields["phone"]
    assert phone.filled + phone.unreadable == pytest.approx(number, rel=0.01)
    assert phone.unreadable_share == pytest.approx(0.5, abs=0.05)
    (unknown,) = delivered.unknown_values
    assert unknown.counts == {"Asleep": number // 4}


@pytest.fixture(scope="module", name="to_be_cut")
def _to_be_cut(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Records, Transform, RecordBatch, Delivered]]:
    """A delivery of 3,000 records in one batch, and what it is measured as one."""
    folder = tmp_path_factory.mktemp("parts")
    records = usual(3_000)
    for at, each in enumerate(records):
        each[:4] = [each[0], f"740-200-{3000 + at % 1300}"[: 12 - at % 2], f"A{at % 2_500}", f"{at % 50}"]
    source = MadeUpSource(folder)
    path = folder / "acme.csv"
    path.write_text(csv(records))
    with open_records(fingerprint(path), source.mapping.delivery) as opened:
        (batch,) = opened.batches()
        transform = Transform(source.mapping, opened.headers, today=TODAY)
        whole = measured(opened, transform, batch, [(0, 3_000)], 3_000)
        assert whole.profile == source.delivered(csv(records)).profile
        yield opened, transform, batch, whole


@given(cuts=st.lists(st.integers(0, 3_000), max_size=4), size=st.integers(100, 3_000))
@settings(max_examples=10, deadline=None)
def test_a_delivery_measured_in_parts_is_what_it_is_measured_as_one(
    to_be_cut: tuple[Records, Transform, RecordBatch, Delivered], cuts: list[int], size: int
) -> None:
    opened, transform, batch, whole = to_be_cut
    bounds = sorted({0, *cuts, 3_000})
    assert measured(opened, transform, batch, pairwise(bounds), size) == whole


def measured(
    opened: Records, transform: Transform, batch: RecordBatch, parts: Iterable[tuple[int, int]], size: int
) -> Delivered:
    """The delivery by the sums of its parts, each of which comes in batches of a size."""
    measure = Measure(opened, transform)
    for begin, end in parts:
        sums = Sums(transform.mapping, len(opened.headers), begins=begin == 0)
        for at in range(begin, end, size):
            to = min(at + size, end)
            numbers = batch.numbers[at:to]
            mapped = transform.batch(batch.frame[at:to], numbers=numbers, lines=numbers)
            sums.add(RecordBatch(batch.frame[at:to], numbers, numbers), mapped)
        sums = pickle.loads(pickle.dumps(sums))
        if begin == 0:
            measure.sums = sums
        else:
            measure.sums.merge(sums)
    return measure.delivered(read=batch.records)


def test_records_that_cannot_be_read_count_as_records(tmp_path: Path) -> None:
    delivered = MadeUpSource(tmp_path).delivered(csv(usual(5)) + "short\n")
    assert delivered.profile.records == 6
    assert delivered.profile.columns[0].records == 5


def test_values_are_looked_at_behind_the_words_before_the_map(tmp_path: Path) -> None:
    fields = FIELDS.replace("{from: Status, values", '{from: Status, split: " - ", values')
    delivered = MadeUpSource(tmp_path, fields).delivered(csv(changed(3, "Open - 1", "Lost - 2")))
    (unknown,) = delivered.unknown_values
    assert (unknown.field, unknown.counts, unknown.headers) == ("license_status", {"Lost": 50}, ("Status",))
    assert unknown.path == ("fields", "license_status", "values")


def test_pieces_of_a_list_are_counted_one_by_one(tmp_path: Path) -> None:
    each = '{from: Status, each: {case: lower, values: {open: o}, otherwise: invalid}, split_at: "|"}'
    fields = FIELDS.replace("ignore:", f"  ages_served: {each}\nignore:").replace(
        "otherwise: invalid}\n", "otherwise: keep}\n", 1
    )
    source = MadeUpSource(tmp_path, fields)
    delivered = source.delivered(csv(changed(3, "Open|Lost", "Lost|LOST| |Open", "Open")))
    (unknown,) = delivered.unknown_values
    assert (unknown.field, unknown.counts) == ("ages_served", {"lost": 34 + 2 * 33})
    assert unknown.path == ("fields", "ages_served", "each", "values")


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    source = MadeUpSource(tmp_path)
    delivered = source.delivered("\n")
    assert delivered.error and delivered.profile.columns == ()
    assert source.delivered(HEADER + "\n").profile.records == 0


def test_work_is_done_in_order_and_in_another_thread() -> None:
    done: list[tuple[int, bool]] = []

    def note(number: int) -> None:
        done.append((number, current_thread() is main_thread()))

    with BackgroundWorker() as worker:
        for number in range(5):
            worker.do(partial(note, number))
        worker.wait()
    assert done == [(number, False) for number in range(5)]


def test_nothing_waits_for_the_work_until_there_is_more() -> None:
    go_on, done = Event(), Event()

    def work() -> None:
        go_on.wait(10)
        done.set()

    with BackgroundWorker() as worker:
        worker.do(work)
        assert not done.is_set()
        go_on.set()
        worker.wait()
        assert done.is_set()


def test_what_goes_wrong_is_raised_by_the_next_call() -> None:
    def wrong() -> None:
        raise ValueError("no")

    with BackgroundWorker() as worker:
        worker.do(wrong)
        with pytest.raises(ValueError, match="no"):
            worker.do(lambda: None)
        worker.wait()
