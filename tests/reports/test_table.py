"""Tests of leadingest.reports.table."""

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.reports.printable import display_width
from leadingest.reports.table import TableColumn, counted, number, table_text

COLUMNS = (
    TableColumn("source", cut="end"),
    TableColumn("file", cut="middle"),
    TableColumn("invalid\nvalues", align="right"),
    TableColumn("status"),
)
ROWS = [
    ["nevada", "nevada.csv", "0", "loaded"],
    ["oklahoma", "oklahoma_2026-08-01_final.csv", "1,204", "held"],
]


def plain(text: str) -> str:
    return click.unstyle(text)


def test_texts_stand_left_and_numbers_right_under_a_title_of_two_lines() -> None:
    assert plain(table_text(COLUMNS, ROWS)) == (
        "                                         invalid\n"
        "source    file                            values  status\n"
        "nevada    nevada.csv                           0  loaded\n"
        "oklahoma  oklahoma_2026-08-01_final.csv    1,204  held\n"
    )


def test_in_a_narrow_terminal_the_widest_column_that_may_be_cut_gives_way() -> None:
    assert plain(table_text(COLUMNS, ROWS, width=44)) == (
        "                             invalid\n"
        "source    file                values  status\n"
        "nevada    nevada.csv               0  loaded\n"
        "oklahoma  oklahoma…inal.csv    1,204  held\n"
    )


def test_when_cutting_is_not_enough_the_columns_that_may_go_are_left_out_from_the_right() -> None:
    columns = (
        TableColumn("aa"),
        TableColumn("bb", may_go=True),
        TableColumn("cc"),
        TableColumn("dd", may_go=True),
    )
    heads = [table_text(columns, [], width=width) for width in (14, 13, 10, 9)]
    assert [plain(head).split() for head in heads] == [
        ["aa", "bb", "cc", "dd"],
        ["aa", "bb", "cc"],
        ["aa", "bb", "cc"],
        ["aa", "cc"],
    ]


def test_a_table_without_rows_has_its_head() -> None:
    assert plain(table_text((TableColumn("load"),), [])) == "load\n"


def test_cells_of_wide_letters_keep_the_columns_in_line() -> None:
    columns = (TableColumn("company"), TableColumn("city"))
    text = plain(table_text(columns, [["幼稚園", "Reno"], ["Acme", "Elko"]]))
    assert [
        display_width(line[: line.index(city)])
        for line, city in zip(text.splitlines()[1:], ("Reno", "Elko"), strict=True)
    ] == [9, 9]


def test_a_painted_cell_takes_no_more_room() -> None:
    painted = (TableColumn("a", paint=lambda text: click.style(text, fg="red")), TableColumn("b"))
    unpainted = (TableColumn("a"), TableColumn("b"))
    text = table_text(painted, [["x", "y"], ["longer", "z"]])
    assert "\x1b[31m" in text
    assert plain(text) == plain(table_text(unpainted, [["x", "y"], ["longer", "z"]]))


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5), st.integers(20, 60))
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, str]], width: int) -> None:
    columns = (TableColumn("one", cut="end"), TableColumn("two", cut="middle"))
    lines = plain(table_text(columns, rows, width=width)).splitlines()
    assert len(lines) == 1 + len(rows)
    assert all(display_width(line) <= width for line in lines)


@pytest.mark.parametrize(("value", "text"), [(None, ""), (0, "0"), (999, "999"), (1234567, "1,234,567")])
def test_a_number_has_its_thousands_apart(value: int | None, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(("value", "text"), [(0, "0 leads"), (1, "1 lead"), (2000, "2,000 leads")])
def test_a_count_agrees_with_its_word(value: int, text: str) -> None:
    assert counted(value, "lead") == text
