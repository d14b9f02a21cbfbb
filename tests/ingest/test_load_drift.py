"""Tests of leadingest.ingest.load_drift: what a run keeps of drift, and what the mapping wants done about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.destinations.ledger import DriftRow
from leadingest.ingest.load_drift import without_missing
from leadingest.ingest.result import SourceResult
from leadingest.mapping.read_mapping import read_mapping
from tests.ingest.made_up_place import DDL, MAPPING, MadeUpPlace

LIST = "Name,Phone,Status\nOak,+17022000001,Open\nPine,+17022000002,Shut\nElm,+17022000003,Open\n"
FIELDS = (
    "source: utah\ndelivery: {match: 'utah*.csv'}\nfields:\n  company: Name\n  phone: Phone\n"
    "  license_status: {from: Status, values: {Open: active, Shut: closed}, otherwise: invalid}\n"
)


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> MadeUpPlace:
    """A source whose list is published."""
    place = MadeUpPlace(tmp_path, database_url, "utah")
    on_drift(place, "")
    place.delivery(LIST)
    assert place.run()[0].status == "loaded"
    return place


def on_drift(place: MadeUpPlace, rules: str) -> None:
    """Write the mapping with what it says of drift."""
    more = f"on_drift: {{{rules}}}\n" if rules else ""
    (place.folder / "mappings/utah.yaml").write_text(FIELDS + more, encoding="utf-8")


def result(place: MadeUpPlace, text: str) -> SourceResult:
    """What comes of another delivery."""
    place.delivery(text)
    return place.run()[0]


def kept(place: MadeUpPlace) -> list[DriftRow]:
    """The drift of all loads."""
    with place.open() as destination:
        return destination.diagnostics.drift()


ADDED = LIST.replace("Status\n", "Status,Fax\n").replace("Open\n", "Open,1\n").replace("Shut\n", "Shut,2\n")


def test_drift_is_kept_with_the_load_and_changes_nothing_by_default(place: MadeUpPlace) -> None:
    done = result(place, ADDED.replace("Shut", "Asleep"))
    assert (done.status, [note.name for note in done.drift]) == ("loaded", ["unknown_value", "column_added"])
    rows = kept(place)
    assert [(row.load_id, row.code, row.kind_class, row.header, row.found) for row in rows] == [
        (2, "DR202", "lossy", "Status", "'Asleep' once"),
        (2, "DR103", "safe", "Fax", "column 4, 100% filled, mostly like '9'"),
    ]


def test_the_first_load_has_nothing_to_be_compared_with(place: MadeUpPlace) -> None:
    assert kept(place) == []


def test_what_the_mapping_wants_held_is_held_until_it_is_approved(place: MadeUpPlace) -> None:
    on_drift(place, "added: hold, values: hold")
    done = result(place, ADDED.replace("Shut", "Asleep"))
    assert done.status == "held"
    assert done.message == "unknown_value 'Status', column_added 'Fax', and `on_drift` holds such a load"
    with place.open() as destination:
        assert destination.ledger.approve(done.load_id or 0).published


def test_what_the_mapping_has_an_answer_to_is_not_held(place: MadeUpPlace) -> None:
    (place.folder / "mappings/utah.yaml").write_text(
        FIELDS + "ignore: [Fax]\non_drift: {added: fail}\n", encoding="utf-8"
    )
    assert result(place, ADDED).status == "loaded"
    assert [row.name for row in kept(place)] == ["column_added"]


def test_what_the_mapping_wants_to_fail_leaves_the_old_load_and_the_drift(place: MadeUpPlace) -> None:
    on_drift(place, "values: fail")
    done = result(place, LIST.replace("Shut", "Asleep"))
    assert (done.status, done.message) == (
        "failed",
        "the mapping fails such a load: unknown_value 'Status'",
    )
    assert place.shown() == ["Oak", "Pine", "Elm"]
    assert [(row.load_id, row.status, row.name) for row in kept(place)] == [(2, "failed", "unknown_value")]


def test_a_column_that_is_gone_fails_the_load_and_is_kept(place: MadeUpPlace) -> None:
    done = result(place, LIST.replace("Phone", "Phone No"))
    assert done.status == "failed"
    (row,) = kept(place)
    assert (row.load_id, row.status, row.name) == (2, "failed", "renamed_column")
    assert row.found.startswith("'Phone No', score ")


def test_a_column_that_is_gone_may_be_held_with_its_field_empty(place: MadeUpPlace) -> None:
    on_drift(place, "missing: hold")
    done = result(place, LIST.replace("Phone", "Contact"))
    assert done.status == "held"
    assert done.message == "renamed_column 'Phone', and `on_drift` holds such a load"
    with place.open() as destination:
        destination.ledger.approve(done.load_id or 0)
        assert destination.leads.rows()["phone"].to_list() == [None] * 3


def test_all_columns_that_are_gone_are_told_at_once_those_under_repeat_too(place: MadeUpPlace) -> None:
    path = place.folder / "mappings/utah.yaml"
    text = path.read_text().replace("csv'}", "csv', repeat: {Phone: [Phone, Phone 2]}}")
    path.write_text(text)
    done = result(place, LIST.replace("Name", "Inhaber"))
    assert (done.status, *done.message.split("\n")) == (
        "failed",
        "utah.csv: the file has no header 'Phone 2', which `repeat` reads",
        f"the file has no header 'Name', which company reads ({path}:4:3)",
    )
    assert done.hint.endswith(
        "leadingest drift --source utah shows all that changed; with --fix it adds 1 likely alias"
    )
    assert [(row.name, row.header) for row in kept(place)] == [
        ("missing_column", "Phone 2"),
        ("renamed_column", "Name"),
    ]
    path.write_text(text + "on_drift: {missing: note}\n")
    assert result(place, LIST).status == "loaded"


def test_a_column_that_sql_reads_cannot_be_done_without(place: MadeUpPlace) -> None:
    (place.folder / "mappings/utah.yaml").write_text(
        FIELDS + "  capacity: {sql: TRY_CAST(Beds AS INT)}\non_drift: {missing: hold}\n", encoding="utf-8"
    )
    assert result(place, LIST).status == "failed"


def test_what_is_done_about_drift_is_no_part_of_what_a_mapping_means(tmp_path: Path) -> None:
    digests = set()
    for rules in ("", "on_drift: {added: hold}\n"):
        (tmp_path / "utah.yaml").write_text(MAPPING.format(source="utah") + rules, encoding="utf-8")
        digests.add(read_mapping(tmp_path / "utah.yaml", ddl=DDL).digest)
    assert len(digests) == 1


def test_nothing_of_a_person_is_kept(place: MadeUpPlace) -> None:
    result(place, ADDED.replace("Shut", "+1 (702) 555-0143").replace("Open,1", "ann@pine.example,1"))
    text = " ".join(f"{row.header} {row.expected} {row.found} {row.advice}" for row in kept(place))
    assert "something like '+9 (999) 999-9999'" in text
    assert not [each for each in ("702", "0143", "ann", "pine", "Oak") if each in text]


def list_of(name: str, start: int) -> str:
    """A list of a dozen, in the layout of both sources."""
    lines = (f"{name} {each},+1702200{start + each:04},Open" for each in range(12))
    return "\n".join(["Name,Phone,Status", *lines]) + "\n"


@pytest.fixture
def with_ohio(place: MadeUpPlace) -> MadeUpPlace:
    """Two sources of one layout, both published; a third mapping cannot be read."""
    (place.folder / "mappings/ohio.yaml").write_text(FIELDS.replace("utah", "ohio"))
    (place.folder / "mappings/wrong.yaml").write_text("source: wrong\nfields: [")
    place.delivery(list_of("Oak", 0))
    place.delivery(list_of("Elm", 500), "ohio.csv")
    assert [each.status for each in place.run("utah", "ohio")] == ["loaded", "loaded"]
    return place


def test_a_delivery_of_another_source_is_held_and_says_whose_it_is(with_ohio: MadeUpPlace) -> None:
    done = result(with_ohio, list_of("Elm", 500))
    assert done.status == "held"
    assert "other_source, and `on_drift` holds such a load" in done.message
    (note,) = [each for each in done.drift if each.name == "other_source"]
    assert note.found.startswith("this looks like a delivery of ohio: ")
    on_drift(with_ohio, "source: note")
    assert "on_drift" not in result(with_ohio, list_of("Elm", 500) + "\n").message


def test_a_delivery_with_the_headers_of_another_source_fails_and_says_whose_it_is(
    with_ohio: MadeUpPlace,
) -> None:
    ohio = with_ohio.folder / "mappings/ohio.yaml"
    ohio.write_text(
        ohio.read_text().replace("Name", "Who").replace("Phone", "Tel").replace("from: Status", "from: As")
    )
    other = list_of("Elm", 700).replace("Name,Phone,Status", "Who,Tel,As")
    done = result(with_ohio, other)
    assert done.status == "failed"
    assert done.message == (
        "expected a delivery of utah: 0 of the 3 columns that it reads exist\n"
        "this looks like a delivery of ohio: 3 of the 3 columns that it reads exist"
    )
    assert "leadingest run --source ohio --file FILE" in done.hint
    assert ("failed", "other_source") in [(row.status, row.name) for row in kept(with_ohio)]


OHIO = """\
source: ohio
delivery: {match: "*.csv"}
let: {who: Contact}
fields:
  company: Name
  phone: [Phone, Tel]
  first_name: {from: who, person: first}
  schedule: {join: [Mon, Tue]}
"""


def test_only_what_is_missing_becomes_optional(tmp_path: Path) -> None:
    (tmp_path / "ohio.yaml").write_text(OHIO, encoding="utf-8")
    mapping = without_missing(read_mapping(tmp_path / "ohio.yaml", ddl=DDL), ["Name", "Tel", "Mon"])
    assert {name: entry.optional for name, entry in mapping.fields.items()} == {
        "company": False,
        "phone": False,
        "first_name": False,
        "schedule": False,
    }
    assert mapping.let["who"].optional
    assert [part.optional for part in mapping.fields["schedule"].parts] == [False, True]
