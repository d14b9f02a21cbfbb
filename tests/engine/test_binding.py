"""Tests of leadingest.engine.binding."""

import pytest

from leadingest.engine.binding import bind, names_read, respelled
from leadingest.errors import DeliveryError
from tests.engine.trial import mapping_of, run


@pytest.mark.parametrize(
    ("headers", "labels"),
    [
        (["A", "B"], ("A", "B")),
        (["A", "", "A", "A"], ("A", "column 2", "A (2)", "A (3)")),
        (["A", "A", "A (2)"], ("A", "A (2)", "A (2) (2)")),
        (["A (2)", "A", "A"], ("A (2)", "A", "A (3)")),
    ],
)
def test_every_column_has_a_label_of_its_own(headers: list[str], labels: tuple[str, ...]) -> None:
    assert bind(mapping_of("fields:\n  city: {const: x}\n"), headers).labels == labels


def test_the_names_that_a_mapping_reads_are_those_of_all_its_parts() -> None:
    mapping = mapping_of(
        "where: \"Kind = 'x'\"\n"
        "let: {n: {from: Name}}\n"
        "fields:\n"
        "  company: n\n"
        "  city: {join: [Town, {from: Place, when: \"Size = '1'\"}]}\n"
    )
    assert names_read(mapping) == {"Kind", "Name", "n", "Town", "Place", "Size"}


@pytest.mark.parametrize(
    ("headers", "bound"),
    [
        (("Town", "Kind"), ("Town", "Kind")),
        (("TOWN", "kInd"), ("Town", "Kind")),
        (("To\u00adwn", "Kind\u200b"), ("Town", "Kind")),
        # What is there as it is written is that, and of two that may be meant neither is.
        (("Town", "TOWN"), ("Town", "TOWN")),
        (("TOWN", "town"), ("TOWN", "town")),
        # The let value is no header.
        (("Street", ""), ("Street", "")),
    ],
)
def test_a_name_is_found_whatever_its_capitals(headers: tuple[str, ...], bound: tuple[str, ...]) -> None:
    mapping = mapping_of(
        "let: {street: {from: Road, optional: true}}\nfields:\n  address1: street\n  company: {from: Town, optional: true}\n  city: {from: Kind, optional: true}\n"
    )
    assert respelled(mapping, headers) == bound


ALIASES = """
aliases: {Kind: [Type, Sort], Town: City}
let: {street: {from: Kind, case: title}}
where: "Town <> 'Elko'"
fields:
  city: Town
  licensee_name: {sql: "Kind || ''"}
  title: {const: Owner, when: "Kind = 'x'"}
"""


@pytest.mark.parametrize(
    ("headers", "bound"),
    [
        (("Town", "Kind"), ("Town", "Kind")),
        (("City", "Type"), ("Town", "Kind")),
        (("CITY", "Sort"), ("Town", "Kind")),
        # The header itself comes first, then its aliases in their order.
        (("City", "Town", "Sort", "Type"), ("City", "Town", "Sort", "Kind")),
        (("TOWN", "City", "kind", "Type"), ("Town", "City", "Kind", "Type")),
        # Of two that are the same, neither is.
        (("Town", "Type", "Type"), ("Town", "Type", "Type")),
    ],
)
def test_an_alias_stands_for_the_column_wherever_it_is_named(
    headers: tuple[str, ...], bound: tuple[str, ...]
) -> None:
    assert respelled(mapping_of(ALIASES), headers) == bound


def test_a_renamed_column_is_read_by_entries_and_expressions_alike() -> None:
    renamed = run(ALIASES, {"City": "Reno", "Sort": "x"}, {"City": "Elko", "Sort": "x"})
    assert renamed.leads == run(ALIASES, {"Town": "Reno", "Kind": "x"}, {"Town": "Elko", "Kind": "x"}).leads
    [lead] = renamed.leads
    assert (lead["city"], lead["licensee_name"], lead["title"]) == ("Reno", "x", "Owner")


def test_a_renamed_header_of_an_expression_is_to_become_an_alias() -> None:
    with pytest.raises(DeliveryError) as caught:
        bind(mapping_of("fields:\n  title: {sql: '\"Phone No\"'}\n"), ["Phone No."])
    assert (
        caught.value.hint
        == "if 'Phone No' was renamed to 'Phone No.', add the alias: aliases: {Phone No: Phone No.}"
    )


@pytest.mark.parametrize("header", ['"Town"', "'Town'"])
def test_a_header_that_was_read_with_its_quotes_is_no_rename(header: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        bind(mapping_of("fields:\n  city: Town\n"), ["Name", header])
    assert caught.value.hint.startswith("the file has it in quotes")
