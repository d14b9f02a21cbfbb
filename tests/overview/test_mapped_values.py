"""Tests of leadingest.overview.mapped_values."""

from pathlib import Path

from leadingest.destinations.diagnostics import DeliveredColumn
from leadingest.overview.mapped_values import (
    MappedValue,
    SaidPart,
    SaidWord,
    delivery_words,
    headers_read,
    mapped_values,
    unread_columns,
)
from tests.overview.written_mapping import written_mapping


def test_every_value_is_told_with_what_it_reads_and_what_is_done_to_it(tmp_path: Path) -> None:
    mapping = written_mapping(
        tmp_path,
        "  company: [Name, Old Name]\n"
        "  license_status: {from: Status, values: {Open: active, '': closed}, otherwise: invalid}\n"
        "  capacity: {first_of: [Places, {from: [Beds, Cots], split: ' '}]}\n"
        "  min_age: {from: ages, in_years: true}",
        "let:\n  ages: {from: Age, steps: [{split: '-'}, {strip: true}]}",
    )
    ages, company, status, capacity, min_age = mapped_values(mapping)
    steps = (SaidPart((), (SaidWord("split", "-"),)), SaidPart((), (SaidWord("strip"),)))
    assert ages == MappedValue("ages", "", "text", True, ("Age",), (SaidWord("steps", parts=steps),))
    assert (company.reads, company.words, company.let) == (("Name", "Old Name"), (), False)
    assert company.about.startswith("Name the provider trades under")
    assert status.words == (
        SaidWord("values", pairs=(("Open", "active"), ("''", "closed"))),
        SaidWord("otherwise", "invalid"),
    )
    beds = SaidPart(("Beds", "Cots"), (SaidWord("split", "' '"),))
    assert capacity.words == (SaidWord("first_of", parts=(SaidPart(("Places",), ()), beds)),)
    assert (min_age.type, min_age.reads, min_age.words) == ("integer", ("ages",), (SaidWord("in_years"),))


def test_what_is_said_of_the_delivery_is_told_in_one_list(tmp_path: Path) -> None:
    mapping = written_mapping(tmp_path, "  company: Name", "where: \"Kind = 'x'\"\nignore: [Fax, Notes]")
    assert delivery_words(mapping) == (
        SaidWord("match", "acme*.csv"),
        SaidWord("nulls", "'', N/A"),
        SaidWord("where", "Kind = 'x'"),
        SaidWord("ignore", "Fax, Notes"),
    )


def test_let_values_are_followed_to_the_headers(tmp_path: Path) -> None:
    mapping = written_mapping(
        tmp_path,
        "  company: {first_of: [Name, whole]}",
        "let:\n  whole: {join: [First, part]}\n  part: {from: [Last, Name], when: \"Kind = 'x'\"}",
    )
    assert headers_read(mapping, "company") == ("Name", "First", "Last", "Kind")
    assert headers_read(mapping, "phone") == ()


def test_what_is_neither_read_nor_ignored_is_named_once(tmp_path: Path) -> None:
    mapping = written_mapping(
        tmp_path, "  company: Name", 'let: {x: Extra}\nwhere: "Kind = \'x\'"\nignore: [Fax, "Old *"]'
    )
    headers = ["Name", "Extra", "Kind", "Fax", "Old Fax", "", "Notes", "Star  Level", "Notes"]
    columns = [DeliveredColumn(header, 1) for header in headers]
    assert unread_columns(mapping, columns) == ("Notes", "Star Level")
