from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.deliveries.workbook.cells import column_letters, column_number, stored_cells
from leadingest.errors import DeliveryError
from tests.searched import examples

Cell = tuple[int, int, str, int, str | None, str | None]


def damaged() -> DeliveryError:
    return DeliveryError("damaged")


def cells(xml: str, *, after_row: int = 0) -> list[Cell]:
    """Row, column, type, style, value and formula of each cell."""
    frame = stored_cells(xml, after_row=after_row, damaged=damaged).frame
    return sorted(frame.select("row", "column", "type", "style", "value", "formula").rows())


def test_a_cell_is_read_with_its_place_type_and_style() -> None:
    xml = '<row r="3"><c r="A3"><v>1</v></c><c r="AB3" s="7" t="s"><v>0</v></c></row>'
    assert cells(xml) == [(3, 1, "n", 0, "1", None), (3, 28, "s", 7, "0", None)]


@pytest.mark.parametrize(
    "xml",
    [
        '<row><c><v>1</v></c><c/><c t="s"><v>0</v></c></row><row/><row></row><row><c><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1" t="s"><v>0</v></c></row><row r="4"><c r="A4"><v>2</v></c></row>',
        '<row r="1" ><c r="A1" ><v>1</v></c ><c\tr = "C1"\nt="s"><v>0</v></c></row>\n<row r="4">\n<c r="A4">\n'
        '<v xml:space="preserve">2</v>\n</c></row>\n'.replace("</c >", "</c>"),
        '<row r="1" spans="1:3" x14ac:dyDescent="0.25"><c r="A1" cm="1"><v>1</v></c><c t="s" r="C1"><v>0</v></c>'
        '</row><row r="4"><c r="A4"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c s="2"/><c t="s"><v>0</v></c></row><row r="4"><c><v>2</v></c></row>',
    ],
    ids=["no places", "places", "white space", "more attributes", "some places"],
)
def test_whoever_writes_it_the_cells_are_the_same(xml: str) -> None:
    assert cells(xml) == [(1, 1, "n", 0, "1", None), (1, 3, "s", 0, "0", None), (4, 1, "n", 0, "2", None)]


def test_rows_go_on_after_those_of_the_piece_before() -> None:
    assert cells("<row><c><v>1</v></c></row>", after_row=6) == [(7, 1, "n", 0, "1", None)]


def test_a_formula_is_told_with_its_value() -> None:
    xml = (
        '<row><c><f>A2&amp;"x"</f><v>1</v></c><c><f t="shared" si="0"/><v>2</v></c><c><f>B1</f></c>'
        "<c><v></v></c><c><v/></c></row>"
    )
    assert cells(xml) == [
        (1, 1, "n", 0, "1", 'A2&amp;"x"'),
        (1, 2, "n", 0, "2", ""),
        (1, 3, "n", 0, None, "B1"),
        (1, 4, "n", 0, "", None),
    ]


def test_a_text_in_the_cell_is_its_value_and_one_with_runs_stays_xml() -> None:
    xml = (
        '<row><c t="inlineStr"><is><t>one</t></is></c>'
        '<c t="inlineStr"><is><r><t>t</t></r><r><t>wo</t></r></is></c></row>'
    )
    frame = stored_cells(xml, after_row=0, damaged=damaged).frame.sort("column")
    assert frame["value"].to_list() == ["one", None]
    assert frame["inline"].to_list() == [None, "<r><t>t</t></r><r><t>wo</t></r>"]


def test_hidden_rows_are_told() -> None:
    xml = '<row r="2" hidden="1"/><row r="3" hidden="0"/><row r="5" hidden="true"><c><v>1</v></c></row>'
    stored = stored_cells(xml, after_row=0, damaged=damaged)
    assert (stored.hidden_rows.to_list(), stored.last_row) == ([2, 5], 5)


@pytest.mark.parametrize(
    "xml",
    [
        "text",
        "<row>",
        "<row><c><v>1</v></c>",
        "<row><c><v>1</v></row>",
        "<row><c><v>1</c></row>",
        "<row><c><x/></c></row>",
        "<row><c><v>1</v></c>x</row>",
        "<row><c><v>1</v></c></row>x",
        "<row><c><v>1</v></c></row></row>",
        "<row/><c><v>1</v></c>",
        "<row></row><c><v>1</v></c></row>",
        '<row r="0"/>',
        '<row r="x"/>',
        '<row r="2"/><row r="2"/>',
        '<row r="3"/><row r="2"/>',
        '<row r="1048577"/>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="A"><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="a1"><v>1</v></c><c><v>1</v></c></row>',
        "<row><c t='s'><v>1</v></c></row>",
        '<row><c t="a>b"><v>1</v></c></row>',
        '<row><c x=" s=" s="1"><v>1</v></c></row>',
        "<row><!-- <c><v>1</v></c> --></row>",
        '<row><c t="inlineStr"><is><t>a</is></c></row>',
        '<row><c t="inlineStr"><is>a</is></c></row>',
        "<rows/>",
        "<row><cell/></row>",
    ],
)
def test_what_is_not_rows_of_cells_in_order_is_refused(xml: str) -> None:
    with pytest.raises(DeliveryError, match="damaged"):
        cells(xml)


def test_no_rows_are_no_fault() -> None:
    stored = stored_cells("\n", after_row=9, damaged=damaged)
    assert (stored.frame.height, stored.last_row) == (0, 9)


@pytest.mark.parametrize(
    ("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("AZ", 52), ("ZZ", 702), ("XFD", 16_384)]
)
def test_columns_have_letters(letters: str, number: int) -> None:
    assert (column_number(letters), column_letters(number)) == (number, letters)


def test_columns_beyond_the_last_have_no_number() -> None:
    assert column_number("XFE") == 0


def expected(xml: str) -> list[Cell]:
    """The cells as a parser of XML finds them; only of rows and cells in order."""
    found, row = [], 0
    for row_element in ElementTree.fromstring(f"<d>{xml}</d>"):
        row = int(row_element.get("r", row + 1))
        column = 0
        for cell in row_element:
            place = cell.get("r", "").rstrip("0123456789")
            column = column_number(place) if place else column + 1
            value, formula = cell.find("v"), cell.find("f")
            if value is not None and value.text is None and not value.tail and formula is None:
                continue
            if value is not None or formula is not None:
                text = None if value is None else value.text or ""
                kind, style = cell.get("t", "n"), int(cell.get("s", 0))
                found.append(
                    (row, column, kind, style, text, None if formula is None else formula.text or "")
                )
    return found


CELL = st.builds(
    "<c{}{}>{}</c>".format,
    st.sampled_from(["", ' s="1"']),
    st.sampled_from(["", ' t="s"', ' t="str"']),
    st.sampled_from(["<v>1</v>", "<v>2.5</v>", "<f>A1</f><v>3</v>"]),
)
ROW = st.builds("<row>{}</row>".format, st.lists(CELL, max_size=3).map("".join))
TOKENS = [
    "<", ">", "/", '"', " ", "<row>", "</row>", "<row/>", "<c>", "</c>", "<c/>", "<v>", "</v>", 'r="2"',
    ' r="5"', ' r="B1"', "x", "<!--", "-->", "<f/>", "&", "<v>9</v>",
]  # fmt: skip


@given(
    rows=st.lists(ROW, min_size=1, max_size=3).map("".join),
    cuts=st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 4), st.sampled_from(TOKENS)), min_size=1, max_size=3
    ),
)
@settings(max_examples=examples(300))
def test_changed_xml_is_refused_or_read_as_a_parser_reads_it(
    rows: str, cuts: list[tuple[int, int, str]]
) -> None:
    for place, lost, put in cuts:
        at = place % len(rows)
        rows = rows[:at] + put + rows[at + lost :]
    try:
        found = cells(rows)
    except DeliveryError:
        return
    if "&" in rows:  # references are resolved, or refused, later
        return
    filled = [cell for cell in found if cell[4] != "" or cell[5] is not None]
    assert filled == [cell for cell in expected(rows) if cell[4] != "" or cell[5] is not None]
