"""Tests of leadingest.reports.render.tables."""

from collections.abc import Sequence

import click
from hypothesis import given
from hypothesis import strategies as st

from leadingest.reports.printable import display_width
from leadingest.reports.render.text import blocks_text
from leadingest.reports.report import ReportTable, TableColumn, TextSpan, Words

COLUMNS = (
    TableColumn("source", fit="end"),
    TableColumn("file", fit="middle"),
    TableColumn("invalid\nvalues", align="right"),
    TableColumn("status"),
)
ROWS = [
    ["nevada", "nevada.csv", "0", "loaded"],
    ["oklahoma", "oklahoma_2026-08-01_final.csv", "1,204", "held"],
]


def table_text(
    columns: Sequence[TableColumn], rows: Sequence[Sequence[Words]], *, width: int | None = None
) -> str:
    return blocks_text([ReportTable(columns, rows)], width=width)


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
    columns = (TableColumn("a"), TableColumn("b"))
    text = table_text(columns, [[TextSpan("x", "bad"), "y"], ["longer", "z"]])
    assert "\x1b[31mx\x1b[0m" in text
    assert plain(text) == plain(table_text(columns, [["x", "y"], ["longer", "z"]]))


def test_a_cell_that_is_cut_keeps_the_colors_of_what_is_left() -> None:
    cell = (TextSpan("name: ", "dim"), "a long value")
    assert table_text((TableColumn("", fit="end"),), [[cell]], width=10) == "\x1b[2mname: \x1b[0ma l…\n"


def test_a_table_without_titles_has_no_head() -> None:
    assert table_text((TableColumn(""), TableColumn("")), [["a", "b"]]) == "a  b\n"


def test_a_cell_that_may_fold_goes_on_below_and_one_that_takes_the_rest_is_cut() -> None:
    folding = (TableColumn("name"), TableColumn("value", fit="fold"))
    assert plain(
        table_text(folding, [["one", "a text that is longer than the line"], ["", ""]], width=20)
    ) == ("name  value\none   a text that is\n      longer than\n      the line\n\n")
    rest = (TableColumn("name"), TableColumn("value", fit="rest"))
    assert plain(table_text(rest, [["one", "a text that is longer"]], width=20)) == (
        "name  value\none   a text that i…\n"
    )


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5), st.integers(20, 60))
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, str]], width: int) -> None:
    columns = (TableColumn("one", fit="end"), TableColumn("two", fit="middle"))
    lines = plain(table_text(columns, rows, width=width)).splitlines()
    assert len(lines) == 1 + len(rows)
    assert all(display_width(line) <= width for line in lines)
