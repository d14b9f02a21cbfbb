from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.errors import DeliveryError
from tests.searched import examples
from tests.workbooks import Formula, hand_made, rows_xml, table, workbook

Read = Callable[..., Any]

#: What XML can hold, and what is written by its code.
TEXT = st.text(
    st.one_of(
        st.sampled_from("a1 ,\"'<>&;_x0D\n\r\t\ufeff€é"),
        st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\0"),
    ),
    max_size=8,
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(TEXT, min_size=width, max_size=width), min_size=1, max_size=10)
)


def refused(read: Read, content: bytes, **keys: object) -> tuple[str, str]:
    """Message and hint of what comes of reading the content."""
    with pytest.raises(DeliveryError) as caught:
        read(content, **{"name": "leads.xlsx", **keys})
    return caught.value.message, caught.value.hint


@given(rows=TABLES, block_size=st.sampled_from([1, 300, 1 << 20]), constant_memory=st.booleans())
@settings(max_examples=examples(250))
def test_any_table_of_text_comes_back_exactly(
    read: Read, rows: list[list[str]], block_size: int, constant_memory: bool
) -> None:
    header = [f"h{column}" for column in range(len(rows[0]))]
    expected = [tuple(row) for row in rows]
    book = workbook({"constant_memory": constant_memory}, S=table(tuple(header), *map(tuple, rows)))
    whole = read(book, name="leads.xlsx", block_size=block_size)
    assert whole.rows == [row for row in expected if any(row)]
    assert whole.lines == [number for number, row in enumerate(expected, start=2) if any(row)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (68002.0, "68002"),
        (8005551234, "8005551234"),
        (0.25, "0.25"),
        (0.1 + 0.2, "0.3"),
        (-5.0, "-5"),
        (1e5, "100000"),
        (1e21, "1000000000000000000000"),
        (1e-7, "0.0000001"),
        (date(2021, 5, 1), "2021-05-01"),
        (datetime(2021, 5, 1, 13, 30), "2021-05-01 13:30:00"),
        (time(13, 30), "13:30:00"),
        (timedelta(hours=36), "36:00:00"),
        (True, "true"),
        (False, "false"),
        (" 00123 ", " 00123 "),
        ("1E5", "1E5"),
        ("12.0", "12.0"),
        ("two\nlines", "two\nlines"),
        ("#N/A", "#N/A"),
        (Formula("=NA()", "#N/A"), "#N/A"),
        ("_x0041_", "_x0041_"),
        ("\x01", "\x01"),
    ],
)
def test_every_cell_is_text(read: Read, value: object, text: str) -> None:
    whole = read(workbook(S=table(("a", "b"), (value, "x"))), name="leads.xlsx")
    assert whole.rows == [(text, "x")]


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("00000", 1234, "01234"),
        ("00000-0000", 12345678, "01234-5678"),
        ("000\\-00\\-0000", 123456789, "123-45-6789"),
        ('"CA-"00000', 1234, "CA-01234"),
        ("[<=99999]00000;00000-0000", 1234, "01234"),
        ("[<=99999]00000;00000-0000", 12345678, "01234-5678"),
        ("_(00000_)", 1234, "01234"),
        ("[$-409]00000", 1234, "01234"),
        ("00000", 1234.5, "1234.5"),
        ("0.00", 12, "12"),
        ("0%", 0.5, "0.5"),
        ("#,##0", 1234567, "1234567"),
        ("yyyy", 44317, "2021-05-01"),
        ("m/d/yyyy", 0, "1900-01-00"),
        ("m/d/yyyy", 60, "1900-02-29"),
        ("m/d/yyyy", 59, "1900-02-28"),
        ("m/d/yyyy", -1, "-1"),
        ("m/d/yyyy", 3_000_000, "3000000"),
        ("h:mm", 0, "00:00:00"),
    ],
)
def test_the_format_of_a_number_counts_where_it_says_what_it_is(
    read: Read, code: str, value: float, text: str
) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_number(1, 0, value, book.add_format({"num_format": code}))
        sheet.write_string(1, 1, "x")
    assert read(out.getvalue(), name="leads.xlsx").rows == [(text, "x")]


def test_dates_of_the_system_of_1904_are_the_same_days(read: Read) -> None:
    cells = table(("a",), (date(2021, 5, 1),), (datetime(1904, 1, 2, 6),))
    rows = read(workbook({"date_1904": True}, S=cells), name="leads.xlsx").rows
    assert rows == [("2021-05-01",), ("1904-01-02 06:00:00",)]


def test_mixed_columns_stay_as_they_are(read: Read) -> None:
    rows = [("a",), *[(i,) for i in range(2000)], ("12-A",), ("007",)]
    whole = read(workbook(S=table(*rows)), name="leads.xlsx")
    assert [row[0] for row in whole.rows] == [*map(str, range(2000)), "12-A", "007"]


def test_a_sheet_that_starts_elsewhere_keeps_its_row_numbers(read: Read) -> None:
    whole = read(
        workbook(S=table(("a", "b"), (1, 2), ("", ""), (3, Formula("=NA()", "#N/A")), at=(4, 2))),
        name="leads.xlsx",
    )
    assert whole.headers == ("a", "b")
    assert whole.rows == [("1", "2"), ("3", "#N/A")]
    assert whole.lines == [6, 8]


def test_rows_and_columns_with_nothing_but_a_style_are_none(read: Read) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, style = book.add_worksheet(), book.add_format({"bg_color": "red"})
        sheet.write_row(0, 0, ["a", "", "b"])
        sheet.write_row(1, 0, [1, "", 2])
        for column in range(3, 16_384):
            sheet.write_blank(1, column, None, style)
        sheet.write_blank(1_048_575, 0, None, style)
    whole = read(out.getvalue(), name="leads.xlsx")
    assert (whole.headers, whole.rows) == (("a", "", "b"), [("1", "", "2")])


def test_a_nameless_first_column_stays(read: Read) -> None:
    whole = read(workbook(S=table(("", "a"), (1, "x"))), name="leads.xlsx")
    assert (whole.headers, whole.rows) == (("", "a"), [("1", "x")])


def test_a_cell_that_stands_under_no_header_makes_a_reject(read: Read) -> None:
    cells = table(("a", "b"), (1, 2), (3, 'x "y"', "", 'two\nlines, "q"'), (5, "", " "))
    whole = read(workbook(S=cells), name="leads.xlsx")
    assert (whole.rows, whole.numbers, whole.lines) == ([("1", "2"), ("5", "")], [1, 3], [2, 4])
    assert whole.rejects == [
        (2, 3, "long_record", "4 cells instead of 2", '3,"x ""y""",,"two\nlines, ""q"""')
    ]


def test_a_cell_far_left_of_the_header_makes_a_reject(read: Read) -> None:
    cells = table(("a", "b"), *[(1, 2)] * 100, at=(0, 2)) | {(101, 0): "note", (101, 2): 3}
    rejects = read(workbook(S=cells), name="leads.xlsx").rejects
    assert rejects == [(101, 102, "long_record", "4 cells instead of 2", "note,,3,")]


def test_a_formula_has_the_value_that_was_computed(read: Read) -> None:
    book = hand_made(
        '<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row>'
        '<row><c><f>1+1</f><v>2</v></c><c t="str"><f t="shared" si="0"/><v></v></c></row>'
        '<row><c t="b"><f>TRUE()</f><v>1</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    assert read(book, name="leads.xlsx").rows == [("2", ""), ("true", "#DIV/0!")]


@pytest.mark.parametrize(
    ("cell", "book", "raw"),
    [
        ("<c><f>A1&amp;B1</f></c>", "", "x,=A1&B1"),
        ("<c><f>A1</f><v/></c>", "", "x,=A1"),
        ("<c><f>A1</f><v></v></c>", "", "x,=A1"),
        ('<c><f t="shared" si="0"/></c>', "", "x,="),
        ("<c><f>A1</f><v>0</v></c>", '<calcPr fullCalcOnLoad="1"/>', "x,=A1"),
    ],
)
def test_a_formula_that_was_never_computed_makes_a_reject(read: Read, cell: str, book: str, raw: str) -> None:
    content = hand_made(
        rows_xml(("a", "b")) + f'<row><c t="str"><v>x</v></c>{cell}</row>' + rows_xml(("y", "z")), book=book
    )
    whole = read(content, name="leads.xlsx")
    assert (whole.rows, whole.numbers) == ([("y", "z")], [2])
    assert whole.rejects == [(1, 2, "uncomputed_formula", "the formula in column B was never computed", raw)]


def test_what_stands_outside_the_table_is_counted(read: Read) -> None:
    rows = (
        ("by hand", "a", "b"),
        ("", 1, 2),
        ("", " ", ""),
        ("", "Total", 2),
        ("x", "", ""),
        ("", "end", ""),
    )
    for block_size in (1, 1 << 20):
        whole = read(
            workbook(S=table(*rows)), name="leads.xlsx", columns="b:C", until="blank", block_size=block_size
        )
        assert (whole.headers, whole.rows) == (("a", "b"), [("1", "2")])
        assert whole.remarks == (
            "2 cells outside `columns` are left out",
            "the table ends at the first blank row: 2 rows below it left out",
        )


def test_an_error_that_nobody_knows_is_still_an_error(read: Read) -> None:
    cells = "".join(f'<row><c t="e"><v>{error}</v></c></row>' for error in ("#REF!", "Err:508", "Oops"))
    content = hand_made(rows_xml(("a",)) + cells)
    assert read(content, name="leads.xlsx").rows == [("#REF!",), ("Err:508",), ("#UNKNOWN!",)]


def test_a_computed_zero_is_a_value_where_the_workbook_trusts_it(read: Read) -> None:
    content = hand_made(rows_xml(("a",)) + "<row><c><f>1-1</f><v>0</v></c></row>")
    assert read(content, name="leads.xlsx").rows == [("0",)]


def test_a_header_that_was_never_computed_is_told(read: Read) -> None:
    assert refused(read, workbook(S=table(("a", Formula("=A2")), (1, 2)))) == (
        "leads.xlsx: row 1: a header is a formula that was never computed",
        "open the workbook in a spreadsheet program and save it, which computes the formulas",
    )


def test_hidden_rows_and_columns_are_read_like_the_others(read: Read) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("S", 0)
    for row in (["a", "b"], [1, 2], [3, 4]):
        sheet.append(row)
    for hidden in (1, 2):
        sheet.row_dimensions[hidden].hidden = True
    sheet.column_dimensions["B"].hidden = True
    del book["Sheet"]
    out = io.BytesIO()
    book.save(out)
    whole = read(out.getvalue(), name="leads.xlsx")
    assert whole.rows == [("1", "2"), ("3", "4")]
    assert whole.remarks == ("1 hidden row was read like the others",)


def merged(rows: list[tuple[object, ...]], *ranges: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("S", 0)
    for row in rows:
        sheet.append(row)
    for cells in ranges:
        sheet.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("block_size", [1, 200, 1 << 20])
def test_a_cell_merged_over_rows_stands_in_each(read: Read, block_size: int) -> None:
    rows: list[tuple[object, ...]] = [
        ("county", "name", "phone"),
        ("Elko", "Oak", 1),
        (None, "Pine", 2),
        (None, "Elm", 3),
        ("Reno", "Ash", None),
        (None, "Fir", 5),
    ]
    book = merged(rows, "A2:A4", "A5:A6", "B5:C5")
    assert read(book, name="leads.xlsx", block_size=block_size).rows == [
        ("Elko", "Oak", "1"),
        ("Elko", "Pine", "2"),
        ("Elko", "Elm", "3"),
        ("Reno", "Ash", ""),
        ("Reno", "Fir", "5"),
    ]


def test_a_record_merged_over_two_rows_is_one(read: Read) -> None:
    book = merged([("a", "b"), (1, 2), (None, None), (3, 4)], "A2:A3", "B2:B3")
    whole = read(book, name="leads.xlsx")
    assert (whole.rows, whole.lines) == ([("1", "2"), ("3", "4")], [2, 4])


def test_of_a_header_over_two_rows_either_may_be_meant(read: Read) -> None:
    rows: list[tuple[object, ...]] = [("id", "owner", None), (None, "first", "last"), (1, "Ada", "Fox")]
    book = merged(rows, "A1:A2", "B1:C1")
    assert read(book, name="leads.xlsx", header="2").headers == ("id", "first", "last")
    assert refused(read, book)[0] == (
        "leads.xlsx: line 2: 3 cells instead of 2; none of the 2 records can be read"
    )


@pytest.mark.parametrize(
    "keys",
    [
        {"sheet": "Leads"},
        {"sheet": " LEADS "},
        {"sheet": "L*"},
        {"sheet": "2"},
        {"sheet": "Leads", "header": {"match": ["b", "a"]}},
    ],
)
def test_the_sheet_is_found_by_name_or_number(read: Read, keys: dict[str, object]) -> None:
    book = workbook(Cover=table(("Hello",)), Leads=table(("a", "b"), (1, 2)))
    assert read(book, name="leads.xlsx", **keys).rows == [("1", "2")]


def several_sheets() -> bytes:
    book = openpyxl.Workbook()
    book["Sheet"].title = "Notes"
    book["Notes"].sheet_state = "hidden"
    book.create_sheet("Leads 2025").append(["a"])
    book.create_sheet("Leads 2026").append(["b"])
    book.create_chartsheet("Chart")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_first_sheet_that_can_be_seen_is_taken(read: Read) -> None:
    assert (read(several_sheets(), name="leads.xlsx").rows) == []
    whole = read(several_sheets(), name="leads.xlsx", header="none", names=["x"])
    assert whole.rows == [("a",)]
    assert whole.remarks == ("the sheet 'Leads 2025' was read, but not 'Notes' (hidden) and 'Leads 2026'",)


def test_nothing_is_to_be_said_of_a_sheet_that_the_mapping_names(read: Read) -> None:
    keys = {"header": "none", "names": ["x"], "sheet": "Leads 2026"}
    assert read(several_sheets(), name="leads.xlsx", **keys).remarks == ()


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        ("Lead", "there is no sheet 'Lead'"),
        ("9", "there is no sheet '9'"),
        ("Leads*", "2 sheets match 'Leads*'"),
    ],
)
def test_a_sheet_that_is_not_there_names_those_that_are(read: Read, sheet: str, message: str) -> None:
    assert refused(read, several_sheets(), sheet=sheet) == (
        f"leads.xlsx: {message}; its sheets are 'Notes' (hidden), 'Leads 2025' and 'Leads 2026'",
        "set `sheet` in the delivery section of the mapping to one of them",
    )


def test_an_empty_sheet_names_the_others(read: Read) -> None:
    assert refused(read, workbook(One={}, Two=table(("a",)))) == (
        "leads.xlsx: the sheet 'One' is empty",
        "set `sheet` in the delivery section of the mapping: the sheets are 'One' and 'Two'",
    )
    assert refused(read, workbook(S={})) == ("leads.xlsx: the sheet 'S' is empty", "ask for the file again")


@pytest.mark.parametrize(
    "keys", [{"header": "3"}, {"skip_lines": "2"}, {"header": ["A b"]}, {"skip_lines": "1", "header": "2"}]
)
def test_the_header_and_footer_are_left_out(read: Read, keys: dict[str, object]) -> None:
    rows = (("Report",), ("",), ("A\n b", "c"), (1, 2), (3, 4), ("Total", 6), ("", "", "by hand"))
    whole = read(workbook(S=table(*rows)), name="leads.xlsx", footer={"match": "^Total,"}, **keys)
    assert (whole.headers, whole.rows, whole.lines) == (("A b", "c"), [("1", "2"), ("3", "4")], [4, 5])


@pytest.mark.parametrize("block_size", [1, 150, 1 << 20])
def test_a_footer_is_a_number_of_rows_that_hold_something(read: Read, block_size: int) -> None:
    rows = [("a",), *[(i,) for i in range(120)], ("",), ("note", "beside"), ("end",)]
    whole = read(workbook(S=table(*rows)), name="leads.xlsx", footer="2", block_size=block_size)
    assert [row[0] for row in whole.rows] == [*map(str, range(120))]
    assert whole.rejects == []


def test_duplicate_blank_and_multi_line_headers_are_kept(read: Read) -> None:
    whole = read(workbook(S=table(("a", "", "a", " A\n b "), (1, 2, 3, 4))), name="leads.xlsx")
    assert (whole.headers, whole.rows) == (("a", "", "a", "A b"), [("1", "2", "3", "4")])


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"header": "2"}, "no header found: row 2 of the sheet is blank"),
        ({"header": "9"}, "no header found: row 9 of the sheet is blank"),
        ({"header": ["x"]}, "none of the first 100 rows contains all the header names x"),
    ],
)
def test_a_header_that_is_not_there_is_told(read: Read, keys: dict[str, object], words: str) -> None:
    message, hint = refused(read, workbook(S=table(("a",), ("",), (1,))), **keys)
    assert message == f"leads.xlsx: {words}"
    assert "`header`" in hint


def test_names_stand_for_a_header_that_is_missing(read: Read) -> None:
    book = workbook(S=table((1, 2), (3, 4), at=(2, 1)))
    whole = read(book, name="leads.xlsx", header="none", names=["a", "b", "c"])
    assert whole.rows == [("1", "2", ""), ("3", "4", "")]
    message, hint = refused(read, book, header="none", names=["a"])
    assert message == "leads.xlsx: line 3: 2 cells instead of 1; none of the 2 records can be read"
    assert "give all names under `names`" in hint


@pytest.mark.parametrize("name", ["leads.xlsx.gz", "leads.XLSX", "leads.xlsm"])
def test_a_workbook_is_told_by_the_ending_of_its_name(read: Read, name: str) -> None:
    content = workbook(S=table(("a",), (1,)))
    whole = read(gzip.compress(content) if name.endswith(".gz") else content, name=name)
    assert (whole.rows, whole.format) == ([("1",)], "xlsx")


@pytest.mark.parametrize(
    ("content", "what", "hint"),
    [
        (
            b"a,b\n1,2\n",
            "text, not a workbook (xlsx)",
            "name it .csv, or set `format: csv` in the delivery section of the mapping",
        ),
        (b"%PDF-1.7", "a PDF, not a workbook (xlsx)", "ask for the list as CSV or xlsx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "a password-protected workbook",
            "ask for a copy without a password, or open it and save it without one",
        ),
    ],
)
def test_what_is_no_workbook_is_told_for_what_it_is(read: Read, content: bytes, what: str, hint: str) -> None:
    assert refused(read, content) == (f"leads.xlsx: this is {what}", hint)


def test_bytes_that_are_nothing_known_are_no_workbook(read: Read) -> None:
    assert refused(read, b"\0\1\2\3")[0] == "leads.xlsx: this is not a workbook (xlsx)"


def test_the_parts_of_a_workbook_may_lie_anywhere(read: Read) -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(hand_made(rows_xml(("a",), ("1",))))) as usual,
        zipfile.ZipFile(out, "w") as moved,
    ):
        for part in reversed(usual.namelist()):
            content = usual.read(part).replace(b"xl/", b"my/")
            moved.writestr(part.replace("xl/worksheets", "my\\worksheets").replace("xl/", "my/"), content)
    assert read(out.getvalue(), name="leads.xlsx").rows == [("1",)]


DAMAGED = (
    "leads.xlsx: the workbook is damaged, cut off or written in an unusual way",
    "open it in a spreadsheet program and save it again as xlsx",
)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_that_is_cut_off_is_told(read: Read, kept: float) -> None:
    whole = workbook(S=table(("a",), *[(i,) for i in range(5000)]))
    assert refused(read, whole[: int(len(whole) * kept)]) == DAMAGED


def test_a_binary_workbook_is_told(read: Read) -> None:
    relations = '<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>'
    content = hand_made("", parts={"_rels/.rels": relations, "xl/workbook.bin": b"\x83\x01\0"})
    assert refused(read, content) == (
        "leads.xlsx: this is a binary workbook (xlsb)",
        "name it .xlsb, or set `format: xlsb` in the delivery section of the mapping; or save it as xlsx or CSV",
    )


def test_an_encrypted_part_is_told(read: Read) -> None:
    packed = bytearray(workbook(S=table(("a",), (1,))))
    at = packed.index(b"xl/workbook.xml", packed.index(b"PK\x01\x02"))
    packed[at - 46 + 8] |= 1
    assert refused(read, bytes(packed))[0] == "leads.xlsx: xl/workbook.xml in the zip archive is encrypted"


def test_a_sheet_that_unpacks_to_too_much_is_refused(read: Read) -> None:
    content = hand_made("<row/>" * (15 << 20))
    assert refused(read, content)[0] == (
        "leads.xlsx: unpacks to more than 250 times its size, like an archive made to do harm"
    )


def test_a_cell_in_the_last_corner_of_a_sheet_takes_no_memory(read: Read) -> None:
    cells = table(("a",), (1,)) | {(1_048_575, 16_383): "far away"}
    whole = read(workbook(S=cells), name="leads.xlsx")
    assert whole.rows == [("1",)]
    assert [reject[:4] for reject in whole.rejects] == [
        (2, 1_048_576, "long_record", "16384 cells instead of 1")
    ]


@pytest.mark.long
def test_a_sheet_as_wide_as_can_be_is_read(read: Read) -> None:
    wide = tuple(f"c{column}" for column in range(16_384))
    full = tuple(f"v{column}" for column in range(16_384))
    whole = read(workbook(S=table(wide, full, wide, ("x",))), name="leads.xlsx")
    assert (len(whole.headers), whole.rows[0], whole.rows[1][:2]) == (16_384, full, ("x", ""))
    assert whole.repeated == [2]
