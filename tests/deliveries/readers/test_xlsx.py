import gzip
import io
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
import xlsxwriter

from leadingest.errors import DeliveryError

Read = Callable[..., Any]
Sheet = dict[tuple[int, int], object]


def workbook(**sheets: Sheet) -> bytes:
    """Sheets of cells by (row, column), both from 0."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        formats = {
            date: book.add_format({"num_format": "m/d/yyyy"}),
            datetime: book.add_format({"num_format": "m/d/yyyy h:mm"}),
            time: book.add_format({"num_format": "h:mm"}),
        }
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            for (row, column), value in cells.items():
                if value == "#N/A":
                    sheet.write_formula(row, column, "=NA()", None, "#N/A")
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                else:
                    sheet.write(row, column, value, formats.get(type(value)))
    return out.getvalue()


def table(*rows: tuple[object, ...], at: tuple[int, int] = (0, 0)) -> Sheet:
    return {
        (at[0] + i, at[1] + j): cell for i, row in enumerate(rows) for j, cell in enumerate(row) if cell != ""
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (68002.0, "68002"),
        (8005551234, "8005551234"),
        (0.25, "0.25"),
        (-5.0, "-5"),
        (date(2021, 5, 1), "2021-05-01"),
        (datetime(2021, 5, 1, 13, 30), "2021-05-01 13:30:00"),
        (time(13, 30), "13:30:00"),
        (True, "true"),
        (" 00123 ", " 00123 "),
        ("two\nlines", "two\nlines"),
        ("#N/A", "#N/A"),
    ],
)
def test_every_cell_is_text(read: Read, value: object, text: str) -> None:
    whole = read(workbook(S=table(("a", "b"), (value, "x"))), name="leads.xlsx")
    assert whole.rows == [(text, "x")]


def test_mixed_columns_stay_as_they_are(read: Read) -> None:
    rows = [("a",), *[(i,) for i in range(2000)], ("12-A",), ("007",)]
    whole = read(workbook(S=table(*rows)), name="leads.xlsx")
    assert [row[0] for row in whole.rows] == [*map(str, range(2000)), "12-A", "007"]


def test_a_sheet_that_starts_elsewhere_keeps_its_row_numbers(read: Read) -> None:
    whole = read(workbook(S=table(("a", "b"), (1, 2), ("", ""), (3, "#N/A"), at=(4, 2))), name="leads.xlsx")
    assert whole.headers == ("a", "b")
    assert whole.rows == [("1", "2"), ("", ""), ("3", "#N/A")]
    assert whole.lines == [6, 7, 8]


def test_empty_rows_and_nameless_empty_columns_at_the_end_are_left_out(read: Read) -> None:
    cells = table(("a", "", "b"), (1, "", 2)) | {(9, 0): " ".strip(), (1, 6): ""}
    whole = read(workbook(S=cells), name="leads.xlsx")
    assert (whole.headers, whole.rows) == (("a", "", "b"), [("1", "", "2")])


def test_a_nameless_column_with_a_value_stays(read: Read) -> None:
    whole = read(workbook(S=table(("a", "", ""), (1, "", 2))), name="leads.xlsx")
    assert (whole.headers, whole.rows) == (("a", "", ""), [("1", "", "2")])


@pytest.mark.parametrize(
    "keys", [{"sheet": "Leads"}, {"sheet": "2"}, {"sheet": "Leads", "header": {"match": ["b", "a"]}}]
)
def test_the_sheet_is_found_by_name_or_number(read: Read, keys: dict[str, object]) -> None:
    book = workbook(Cover=table(("Hello",)), Leads=table(("a", "b"), (1, 2)))
    assert read(book, name="leads.xlsx", **keys).rows == [("1", "2")]


def test_a_sheet_that_is_not_there_names_those_that_are(read: Read) -> None:
    with pytest.raises(DeliveryError, match="there is no sheet 'Leads'; its sheets are One, Two"):
        read(workbook(One=table(("a",)), Two={}), name="leads.xlsx", sheet="Leads")


@pytest.mark.parametrize("keys", [{"header": "3"}, {"skip_lines": "2"}, {"header": ["A b"]}])
def test_the_header_and_footer_are_left_out(read: Read, keys: dict[str, object]) -> None:
    rows = (("Report",), ("",), ("A\n b", "c"), (1, 2), (3, 4), ("Total", 6))
    whole = read(workbook(S=table(*rows)), name="leads.xlsx", footer={"match": "^Total,"}, **keys)
    assert (whole.headers, whole.rows, whole.lines) == (("A b", "c"), [("1", "2"), ("3", "4")], [4, 5])


def test_names_stand_for_a_header_that_is_missing(read: Read) -> None:
    book = workbook(S=table((1, 2), (3, 4)))
    whole = read(book, name="leads.xlsx", header="none", names=["a", "b", "c"])
    assert whole.rows == [("1", "2", ""), ("3", "4", "")]
    with pytest.raises(DeliveryError, match="line 1: 2 cells instead of 1"):
        read(book, name="leads.xlsx", header="none", names=["a"])


def test_a_packed_workbook_is_unpacked(read: Read) -> None:
    assert read(gzip.compress(workbook(S=table(("a",), (1,)))), name="leads.xlsx.gz").rows == [("1",)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "this is not a workbook"),
        (workbook(S=table(("a",), (1,)))[:-700], "cannot be opened"),
        (workbook(S={}), "the sheet is empty"),
        (workbook(S=table(("a", "b"))), "there are no records"),
    ],
)
def test_what_is_no_workbook_with_records_is_refused(read: Read, content: bytes, said: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        read(content, name="leads.xlsx", compression="none")
    assert said in caught.value.message
    assert caught.value.hint
