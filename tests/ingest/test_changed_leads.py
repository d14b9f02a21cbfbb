"""Changes of a list that ruin its leads, each under the same headers: told with their class, and held where they are bad."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from leadingest.deliveries.delivery import fingerprint
from leadingest.destinations.open_destination import open_destination
from leadingest.ingest.load_delivery import load_delivery
from leadingest.ingest.load_drift import Before
from leadingest.ingest.result import SourceResult
from leadingest.mapping.models import Mapping
from leadingest.mapping.read_mapping import read_mapping
from tests.drift.made_up_drift import DDL, TODAY

MAPPING = """\
source: acme
delivery: {match: "acme*.csv", encoding: cp1252, footer: {match: "^Total"}}
fields:
  company: Name
  address1: Address
  license_type: Type
  phone: Phone
  license_number: License
  license_issued: {from: Issued, formats: ["%m/%d/%Y"]}
  max_age: Oldest
  accepts_financial_aid: {const: true, when: "Aid = 'True'"}
"""
HEADER = ["Name", "Address", "Type", "Phone", "License", "Issued", "Oldest", "Aid"]
Record = dict[str, str]


def record(number: int) -> Record:
    """One that is like the others."""
    return {
        "Name": f"Zoë Oak {number}",
        "Address": f"{number} Elm St",
        "Type": ("Home", "Center")[number % 2],
        "Phone": f"702-200-{3000 + number}",
        "License": f"A-{1000 + number}",
        "Issued": f"{number % 12 + 1:02}/{number % 28 + 1:02}/2019",
        "Oldest": str(number % 4 + 3),
        "Aid": ("True", "False")[number % 2],
    }


LIST = [record(number) for number in range(60)]


def written(records: list[Record]) -> str:
    """The delivery."""
    lines = [HEADER, *([each[name] for name in HEADER] for each in records)]
    return "\n".join(map(",".join, lines)) + "\n"


class Published:
    """A source whose list is published, and what a run would do with another one; nothing is written."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.url = folder, f"sqlite:///{folder}/leads.db"
        mapping, path = self.mapping(), self.delivery(written(LIST).encode("cp1252"))
        with closing(open_destination(self.url, mapping.table)) as destination:
            destination.prepare()
            with destination.ledger.claim("acme") as claim:
                load_delivery(mapping, fingerprint(path), claim, today=TODAY, progress=lambda _: None)

    def mapping(self, more: str = "") -> Mapping:
        """The mapping with more at its end."""
        path = self.folder / "acme.yaml"
        path.write_text(MAPPING + more, encoding="utf-8")
        return read_mapping(path, ddl=DDL)

    def delivery(self, content: bytes) -> Path:
        """A file of it."""
        path = self.folder / "acme.csv"
        path.write_bytes(content)
        os.utime(path, (1_700_000_000, 1_700_000_000))
        return path

    def checked(self, content: bytes, more: str = "") -> SourceResult:
        """What `run --dry-run` finds."""
        mapping, delivery = self.mapping(more), fingerprint(self.delivery(content))
        with closing(open_destination(self.url, mapping.table)) as destination:
            before = Before.of_destination(destination, "acme", delivery.sha256)
            return load_delivery(mapping, delivery, None, today=TODAY, progress=lambda _: None, before=before)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The source, with its list loaded once for all tests."""
    return Published(tmp_path_factory.mktemp("acme"))


def swapped(one: str, other: str) -> Callable[[Record], Record]:
    """What is in two columns, in each other's place."""
    return lambda each: {**each, one: each[other], other: each[one]}


def rewritten(name: str, change: Callable[[str], str]) -> Callable[[Record], Record]:
    """One column written otherwise."""
    return lambda each: {**each, name: change(each[name])}


@pytest.mark.parametrize(
    ("change", "kind", "found", "held"),
    [
        (
            swapped("Address", "Type"),
            ("swapped_columns", "breaking", "Address"),
            "'Address' and 'Type' seem to be swapped",
            "swapped_columns 'Address', and `on_drift` holds such a load",
        ),
        (
            rewritten("License", lambda text: text.replace("-", "")),
            ("keys_in_common", "breaking", "License"),
            "0% of them have it; it used to look like 'a-9999' and now looks like 'a9999'",
            "0% of the leads are in the published load 1, matched by license_number: "
            "`least_keys_in_common` requires 20%",
        ),
        (
            rewritten("Aid", lambda text: {"True": "1", "False": "0"}[text]),
            ("field_emptied", "breaking", ""),
            "none have it",
            "field_emptied, and `on_drift` holds such a load",
        ),
        (
            rewritten("Phone", lambda _: "call us"),
            ("wholly_invalid", "breaking", "Phone"),
            "none of 60 cells can",
            "60 of 60 cells of phone could not be read, 100%: `most_invalid` allows 50%",
        ),
        (
            rewritten("Oldest", lambda text: str(12 * int(text))),
            ("quantiles_moved", "lossy", "Oldest"),
            "median 48, 12× larger: months instead of years?",
            "",
        ),
        (
            rewritten("Issued", lambda text: f"{text[3:5]}/{text[:2]}/{text[6:]}"),
            ("date_format", "lossy", "Issued"),
            "100% written as %d/%m/%Y; 47% are read as %m/%d/%Y, with day and month swapped",
            "",
        ),
    ],
    ids=["swapped", "keys rewritten", "true is 1", "all invalid", "months", "days first"],
)
def test_a_change_that_ruins_leads_is_told_and_held_where_it_is_bad(
    published: Published,
    change: Callable[[Record], Record],
    kind: tuple[str, str, str],
    found: str,
    held: str,
) -> None:
    outcome = published.checked(written([change(each) for each in LIST]).encode("cp1252"))
    reasons: dict[tuple[str, str, str], str] = {
        (note.name, note.kind_class, note.header): note.found for note in outcome.drift
    }
    assert reasons[kind] == found
    assert outcome.message == (f"it would be held: {held}" if held else "")
    if not held:
        word = {"date_format": "dates", "quantiles_moved": "quantiles"}[kind[0]]
        wanted = published.checked(
            published.folder.joinpath("acme.csv").read_bytes(), f"on_drift: {{{word}: hold}}\n"
        )
        assert wanted.message == f"it would be held: {kind[0]} '{kind[2]}', and `on_drift` holds such a load"


def test_the_same_list_with_a_few_changes_is_told_nothing_of(published: Published) -> None:
    outcome = published.checked(written([*LIST[1:], record(60)]).encode("cp1252"))
    assert (outcome.drift, outcome.message) == ((), "")


def test_utf8_that_is_read_as_cp1252_is_lossy(published: Published) -> None:
    outcome = published.checked(written(LIST).encode())
    assert [(note.name, note.kind_class, note.found) for note in outcome.drift] == [
        ("encoding_changed", "lossy", "utf-8")
    ]
    held = published.checked(written(LIST).encode(), "on_drift: {file: hold}\n").message
    assert held == "it would be held: encoding_changed, and `on_drift` holds such a load"


def test_a_column_that_is_all_invalid_is_held_in_the_first_load(published: Published) -> None:
    records = [{**each, "Phone": "call us"} for each in LIST]
    mapping, path = published.mapping(), published.delivery(written(records).encode("cp1252"))
    outcome = load_delivery(mapping, fingerprint(path), None, today=TODAY, progress=lambda _: None)
    assert (
        outcome.message
        == "it would be held: 60 of 60 cells of phone could not be read, 100%: `most_invalid` allows 50%"
    )


def test_a_footer_pattern_that_meets_a_record_cuts_nothing_off(published: Published) -> None:
    records = [LIST[0], {**LIST[1], "Name": "Total Care"}, *LIST[2:]]
    outcome = published.checked(f"{written(records)}Total,,,,,,,\n".encode("cp1252"))
    assert (outcome.counts.read, outcome.counts.loaded) == (60, 60)
    assert outcome.drift == ()
