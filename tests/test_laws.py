"""The laws: what holds for every delivery, whatever its cells hold, from the file to the tables."""

from __future__ import annotations

import csv
import gzip
import io
import random
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from leadingest.destinations.destination import Destination
from leadingest.destinations.open_destination import open_destination
from leadingest.engine.transform import Transform
from leadingest.expressions import BLANKS, UNSEEN
from leadingest.ingest.events import Events
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.replay.replay_rejects import replay_rejects
from leadingest.ingest.result import SourceResult
from leadingest.ingest.run import run
from leadingest.ingest.run_options import RunOptions
from leadingest.mapping.models import Mapping
from leadingest.tables.load_table import read_load_table
from tests.engine.trial import mapping_of
from tests.searched import examples

DDL = Path(__file__).parents[1] / "ddl"
TABLE = read_load_table(DDL / "lead_sources.yaml")
MAPPING = """
source: acme
delivery: {match: "*.csv"}
where: "Kind IS NULL OR Kind <> 'Bar'"
fields:
  company: Name
  license_number: License
  capacity: {from: Total, on_invalid: blank}
  phone: {from: Phone, on_invalid: reject}
"""
HEADERS = ["Name", "License", "Total", "Phone", "Kind"]

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
CELLS = TEXTS | st.sampled_from(
    ["0042", "12", "702-555-0143", "Bar", " ", "\\N", "NULL", "a\nb", "a\r", "a\0b", '"', "1e5", "NO"]
)
RECORDS = st.lists(st.tuples(*[CELLS] * len(HEADERS)), min_size=1, max_size=8).filter(
    lambda records: any(ink(cell) for record in records for cell in record)
)


@dataclass(frozen=True)
class State:
    """What a load has: the numbers of its records, and how many there should be."""

    leads: set[int]
    rejects: list[tuple[object, ...]]
    read: int
    filtered: int

    @property
    def records(self) -> set[int]:
        """The records that are leads or rejects; none is both."""
        rejects = {int(str(row[0])) for row in self.rejects}
        assert not self.leads & rejects
        return self.leads | rejects


class Place:
    """A project with one source, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.url = folder, f"sqlite:///{folder}/leads.db"
        (folder / "acme.yaml").write_text(MAPPING, encoding="utf-8")

    def load(self, records: list[tuple[str, ...]], headers: list[str] | None = None) -> SourceResult:
        text = io.StringIO(newline="")
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerows([headers or HEADERS, *records])
        (self.folder / "acme.csv").write_bytes(text.getvalue().encode())
        options = RunOptions(self.folder, self.url)
        (result,) = run(MappingIndex(self.folder, DDL), ["acme"], options, Events())
        return result

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        engine = sa.create_engine(self.url)
        with engine.connect() as connection:
            found = [tuple(row) for row in connection.execute(sa.text(sql))]
        engine.dispose()
        return found

    def leads(self) -> list[tuple[object, ...]]:
        fields = ", ".join(["source_record_number", *TABLE.columns, "lead_key"])
        return self.rows(
            f"SELECT {fields} FROM lead_sources WHERE load_id = (SELECT MAX(load_id) FROM loads) ORDER BY 1"
        )

    def state(self) -> State:
        """The one load, record by record."""
        ((read, filtered),) = self.rows("SELECT records_read, records_filtered FROM loads")
        return State(
            leads={int(str(row[0])) for row in self.rows("SELECT source_record_number FROM lead_sources")},
            rejects=self.rows("SELECT record_number, field, rule, raw_record FROM load_rejects ORDER BY 1"),
            read=int(str(read)),
            filtered=int(str(filtered)),
        )

    @contextmanager
    def destination(self) -> Iterator[Destination]:
        with closing(open_destination(self.url, TABLE)) as destination:
            yield destination


@contextmanager
def place() -> Iterator[Place]:
    with TemporaryDirectory() as folder:
        yield Place(Path(folder))


def ink(cell: str) -> str:
    return cell.strip(BLANKS)


def filled(records: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Those that are no blank rows."""
    return [record for record in records if any(map(ink, record))]


@settings(max_examples=examples(300))
@given(RECORDS)
def test_1_nothing_is_lost(records: list[tuple[str, ...]]) -> None:
    with place() as here:
        counts = here.load(records).counts
        records = filled(records)
        assert counts.read == len(records) == counts.loaded + counts.rejected + counts.filtered
        kept = here.rows(
            "SELECT source_record_number FROM lead_sources UNION SELECT record_number FROM load_rejects"
        )
        left_out = {(number,) for number, record in enumerate(records, start=1) if ink(record[4]) == "Bar"}
        assert {(number,) for number in range(1, len(records) + 1)} - left_out == set(kept)


def squeezed(text: str) -> str:
    """What the load table keeps of the name of a company: one blank for several, and nothing that is never seen."""
    seen = "".join(letter for letter in text if letter not in UNSEEN)
    words = "".join(" " if letter in BLANKS else letter for letter in seen).split(" ")
    return " ".join(filter(None, words))


@settings(max_examples=examples(300))
@given(RECORDS)
def test_2_nothing_is_guessed(records: list[tuple[str, ...]]) -> None:
    with place() as here:
        here.load(records)
        records = filled(records)
        for number, company, license_number in here.rows(
            "SELECT source_record_number, company, license_number FROM lead_sources"
        ):
            assert isinstance(number, int)
            assert company == squeezed(ink(records[number - 1][0]))
            assert (license_number or "") == ink(records[number - 1][1])


@settings(max_examples=examples(300))
@given(RECORDS)
def test_3_a_value_that_cannot_be_read_is_never_silently_null(records: list[tuple[str, ...]]) -> None:
    with place() as here:
        here.load(records)
        records = filled(records)
        unread = here.rows(
            "SELECT record_number, raw_value FROM load_invalid_values WHERE field = 'capacity'"
        )
        kept = {row[0]: row[1] for row in unread}
        for number, capacity, phone in here.rows(
            "SELECT source_record_number, capacity, phone FROM lead_sources"
        ):
            assert isinstance(number, int)
            total, given_phone = records[number - 1][2], records[number - 1][3]
            assert (capacity is None and bool(ink(total))) == (number in kept)
            assert kept.get(number, total) == total
            assert (phone is None) == (not ink(given_phone))


def with_an_endless_line(text: bytes) -> bytes:
    return text + b"x" * (17 << 20)


def in_an_archive_cut_off(text: bytes) -> bytes:
    return gzip.compress(text, 1)[:-9]


@pytest.mark.parametrize("broken", [with_an_endless_line, in_an_archive_cut_off])
def test_4_a_load_is_all_or_nothing_to_a_reader(broken: Callable[[bytes], bytes]) -> None:
    with place() as here:
        here.load([("Old", "1", "1", "", "")])
        before = here.leads()
        lines = "".join(f"Oak {number},1,1,,\n" for number in range(200_000))
        text = f"{','.join(HEADERS)}\n{lines}".encode()
        (here.folder / "acme.csv").write_bytes(broken(text))
        (result,) = run(MappingIndex(here.folder, DDL), ["acme"], RunOptions(here.folder, here.url), Events())
        assert result.status == "failed"
        with here.destination() as destination:
            assert destination.leads.rows()["company"].to_list() == ["Old"]
        assert here.rows("SELECT COUNT(*) FROM lead_sources") == [(len(before),)]


@settings(max_examples=examples(200, least=15))
@given(RECORDS)
def test_5_the_same_delivery_loads_once(records: list[tuple[str, ...]]) -> None:
    with place() as here:
        first = here.load(records)
        again = here.load(records)
        assert (again.status, again.exit_code, again.load_id) == ("skipped", 0, first.load_id)
        assert here.rows("SELECT COUNT(*) FROM loads") == [(1,)]


@settings(max_examples=examples(200, least=15))
@given(RECORDS, st.randoms(use_true_random=False))
def test_6_the_order_of_columns_does_not_matter(
    records: list[tuple[str, ...]], chance: random.Random
) -> None:
    order = list(range(len(HEADERS)))
    chance.shuffle(order)
    shuffled = [tuple(record[column] for column in order) for record in records]
    with place() as one, place() as other:
        one.load(records)
        other.load(shuffled, [HEADERS[column] for column in order])
        assert one.leads() == other.leads()


#: Words of all kinds: what becomes of a record depends on that record alone, but for `unique`, which looks at others.
EVERY_WORD = """
let:
  when_issued: {from: Kind, type: date, formats: ["%Y-%m-%d", "%m/%d/%Y"], on_invalid: blank}
  places: {from: Total, type: integer, on_invalid: blank}
where: "Kind IS NULL OR LENGTH(Kind) <> 3"
fields:
  company: {from: Name, squeeze: true}
  license_number: {from: License, pad: {to: 6, with: "0"}}
  capacity: {sql: "places * 2 + LENGTH(COALESCE(License, ''))"}
  phone: {first_of: [Phone, License]}
  license_type: {join: [Kind, License], separator: "-", when: "Phone IS NOT NULL"}
  license_issued: {sql: "when_issued - INTERVAL '900 years'", on_invalid: reject}
  license_status: {from: Total, values: {"12": active}, otherwise: invalid}
  first_name: {from: Name, person: first}
  last_name: {from: Name, person: last}
  city: {from: Name, us_address: city}
  min_age: {from: Total, replace: {pattern: "^0+", with: ""}, min: 1, on_invalid: reject}
"""
LEANED_ON = CELLS | st.sampled_from(
    [
        "2026-03-01",
        "3/1/1850",
        "9223372036854775807",
        "12 Oak Ave, Reno, NV 89501",
        "Ann Reed",
        "Reed, Ann B.",
    ]
)


@settings(max_examples=examples(300))
@given(
    st.lists(st.tuples(*[LEANED_ON] * len(HEADERS)), min_size=1, max_size=8),
    st.lists(st.integers(0, 7), min_size=1, max_size=20),
    st.lists(st.integers(1, 20), max_size=4),
)
def test_7_what_becomes_of_a_record_depends_on_that_record_alone(
    records: list[tuple[str, ...]], order: list[int], cuts: list[int]
) -> None:
    """Shuffled, repeated and split, each record gives the same lead, invalid values or reject."""
    mapping = mapping_of(EVERY_WORD)
    whole = outcomes(mapping, [records])
    drawn = [number % len(records) for number in order]
    bounds = [0, *sorted({cut for cut in cuts if cut < len(drawn)}), len(drawn)]
    batches = [[records[number] for number in drawn[a:b]] for a, b in pairwise(bounds)]
    assert outcomes(mapping, batches) == [whole[number] for number in drawn]


def outcomes(mapping: Mapping, batches: list[list[tuple[str, ...]]]) -> list[dict[str, object]]:
    """What became of each record, without its number: its lead, its invalid values and its reject."""
    transform = Transform(mapping, HEADERS, today=date(2026, 3, 1))
    found = []
    for batch in batches:
        columns = dict(zip(map(str, range(len(HEADERS))), zip(*batch, strict=True), strict=True))
        frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
        mapped = transform.batch(frame, numbers=range(len(batch)), lines=[1] * len(batch))
        assert mapped.read == len(batch) == mapped.leads.height + mapped.rejects.height + mapped.filtered
        became: list[dict[str, object]] = [{} for _ in batch]
        for kind in ("leads", "rejects", "invalid_values"):
            for row in getattr(mapped, kind).to_dicts():
                became[row.pop("record_number")].setdefault(kind, []).append(row)
        found += became
    return found


#: Lines as they are in careless files: too few or too many cells, quotes that do not pair, another delimiter.
PIECES = st.sampled_from(["Oak", "12", "702-555-0143", "no phone", "Bar", "", '"a', 'b"', '"a"', "a;b;c"])
BROKEN = st.lists(
    st.tuples(*[st.sampled_from(["a", "Oak", "7", "no phone"])] * 5).map(",".join)
    | st.lists(PIECES, min_size=1, max_size=6).map(",".join)
    | st.lists(PIECES, min_size=5, max_size=5).map(";".join),
    min_size=1,
    max_size=12,
).map("\n".join)
#: What of a mapping may be written otherwise once it is corrected.
CORRECTED = st.fixed_dictionaries(
    {
        old: st.sampled_from([*new, old])
        for old, new in {
            "delivery: {": ["delivery: {quote: none, ", 'delivery: {delimiter: ";", '],
            "on_invalid: reject": ["on_invalid: blank", "on_invalid: blank, unique: true"],
            "Kind <> 'Bar'": ["Name <> 'a'"],
            "from: Phone": ["from: License"],
        }.items()
    }
)


@settings(max_examples=examples(300, least=15))
@given(BROKEN, CORRECTED)
def test_1_a_replay_loses_no_record_and_done_twice_it_is_done_once(
    text: str, corrected: dict[str, str]
) -> None:
    with place() as here:
        (here.folder / "acme.csv").write_bytes(f"{','.join(HEADERS)}\nElm,1,,,\n{text}".encode())
        project = MappingIndex(here.folder, DDL)
        (result,) = run(project, ["acme"], RunOptions(here.folder, here.url), Events())
        assume(result.counts.rejected)
        mapping = MAPPING
        for old, new in corrected.items():
            mapping = mapping.replace(old, new)
        (here.folder / "acme.yaml").write_text(mapping, encoding="utf-8")
        before = here.state()
        with here.destination() as destination:
            first = replay_rejects(project.mapping("acme"), destination, result.load_id)
            after = here.state()
            if first.left:
                replay_rejects(project.mapping("acme"), destination, result.load_id)
        assert here.state() == after
        assert after.records <= before.records
        assert len(after.records) == len(before.records) - first.filtered
        assert after.read == len(after.records) + after.filtered
        assert before.leads <= after.leads
        if mapping == MAPPING:
            assert after == before
