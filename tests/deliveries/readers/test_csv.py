"""Tests of leadingest.deliveries.readers.csv."""

import gzip
from collections.abc import Callable

import pytest

from leadingest.errors import DeliveryError
from tests.deliveries.conftest import Whole

Read = Callable[..., Whole]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a,b\xff\n1,2\n", "line 1: byte 0xFF in the header is not utf-8"),
        (b"a,\0\n1,2\n", "line 1: a NUL byte in the header"),
    ],
)
def test_a_header_that_is_no_text_is_refused(read: Read, content: bytes, message: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        read(content)
    assert message in caught.value.message
    assert caught.value.line == 1
    assert caught.value.hint


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04 no archive", "the zip archive is damaged"),
        ("a,b\n1,2\n".encode("utf-16-le"), "looks like UTF-16"),
        (b'"a,b\n1,2\n', "line 1: the header has a quote that is not closed or is followed by text"),
    ],
)
def test_what_is_no_text_with_records_is_refused(read: Read, content: bytes, message: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        read(content)
    assert message in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("content", [b"a,b", b"a,b\n", b"a,b\n\n\r\n"])
def test_a_header_alone_has_no_records(read: Read, content: bytes) -> None:
    whole = read(content)
    assert (whole.headers, whole.rows, whole.rejects) == (("a", "b"), [], [])


def test_blank_lines_at_the_end_are_no_records(read: Read) -> None:
    for block_size in (1, 5, 1 << 20):
        assert read(b"a,b\r\n1,2\r\n\r\n\n", block_size=block_size).rows == [("1", "2")]


def test_headers_are_trimmed_and_kept_when_blank_or_twice(read: Read) -> None:
    whole = read(b'" A  b\n c ",,A b c,\n1,2,3,4\n')
    assert whole.headers == ("A b c", "", "A b c", "")
    assert whole.lines == [3]


@pytest.mark.parametrize(
    ("keys", "headers", "rows", "lines"),
    [
        ({"skip_lines": "2"}, ("a", "b"), [("1", "2")], [4]),
        ({"header": "3"}, ("a", "b"), [("1", "2")], [4]),
        ({"header": {"match": ["b"]}}, ("a", "b"), [("1", "2")], [4]),
        ({"header": "3", "names": ["x", "y"]}, ("x", "y"), [("1", "2")], [4]),
        ({"header": ["b"], "names": ["x", "y"]}, ("x", "y"), [("1", "2")], [4]),
        (
            {"header": "none", "names": ["x", "y"], "skip_lines": "2"},
            ("x", "y"),
            [("a", "b"), ("1", "2")],
            [3, 4],
        ),
    ],
)
def test_the_header_is_found_below_a_preamble_with_a_stray_quote(
    read: Read,
    keys: dict[str, object],
    headers: tuple[str, ...],
    rows: list[tuple[str, ...]],
    lines: list[int],
) -> None:
    whole = read(b'List of "today\n,,\na,b\n1,2\n', **keys)
    assert (whole.headers, whole.rows, whole.lines) == (headers, rows, lines)


def test_a_header_that_is_nowhere_names_what_was_searched(read: Read) -> None:
    with pytest.raises(DeliveryError, match="contains all the header names License, Phone"):
        read(b"a,b\n1,2\n", header={"match": ["License", "Phone"]})


@pytest.mark.parametrize("end", [b"Total: 2\n", b'\nThe "end\n\n', b"Total,2,,\r\n"])
@pytest.mark.parametrize("footer", ["1", {"match": "^(Total|The)"}])
@pytest.mark.parametrize("block_size", [1, 9, 1 << 20])
@pytest.mark.parametrize("returns", [False, True])
def test_a_footer_is_left_out(read: Read, end: bytes, footer: object, block_size: int, returns: bool) -> None:
    content = b'a,b\n1,2\n3,"4\n"\n' + end
    if returns:
        content = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r")
    whole = read(content, footer=footer, block_size=block_size)
    assert [row[0] for row in whole.rows] == ["1", "3"]


def test_a_footer_is_looked_for_in_the_last_records_only(read: Read) -> None:
    rows = b"Total,0\n" + b"x,1\n" * 100
    assert len(read(b"a,b\n" + rows, footer={"match": "^Total"}).rows) == 101


def test_a_tsv_file_has_tabs(read: Read) -> None:
    whole = read(b"a\tb\n1,5\t2\n", name="leads.tsv")
    assert (whole.headers, whole.rows, whole.format) == (("a", "b"), [("1,5", "2")], "tsv")


def test_a_declared_encoding_is_used(read: Read) -> None:
    whole = read("a,b\ncafé,€\n".encode("cp1252"), encoding="cp1252")
    assert (whole.rows, whole.encoding) == ([("café", "€")], "cp1252")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(read: Read, encoding: str) -> None:
    content = "a,b\ncafé,€ 🌳\n".encode(encoding)
    for keys in ({}, {"encoding": ["cp1252", "latin-1"]}):
        whole = read(content, **keys)
        assert whole.rows == [("café", "€ 🌳")]
        assert whole.encoding == {"utf-8-sig": "utf-8"}.get(encoding, f"{encoding}-le")


@pytest.mark.parametrize(
    "encoding",
    ["cp1252", "cp1250", "mac-roman", "shift_jis", "gb18030", "euc-kr", "utf-7", "hz", "utf-16-be"],
)
@pytest.mark.parametrize("block_size", [1, 1 << 20])
def test_every_encoding_of_python_can_be_declared(read: Read, encoding: str, block_size: int) -> None:
    cell = next(text for text in ("é", "日本|表", "가나", "plain") if text.encode(encoding, "ignore"))
    content = f'a,b\n"{cell}\n",1\n2\n{cell},3\n'.encode(encoding, "ignore")
    cell = cell.encode(encoding, "ignore").decode(encoding)
    whole = read(content, encoding=encoding, block_size=block_size)
    assert whole.rows == [(f"{cell}\n", "1"), (cell, "3")]
    assert [reject[:3] for reject in whole.rejects] == [(2, 4, "short_record")]


def test_a_mark_that_contradicts_the_declared_encoding_is_refused(read: Read) -> None:
    with pytest.raises(DeliveryError, match="marked as utf-8"):
        read(b"\xef\xbb\xbfa,b\n1,2\n", encoding="cp1252")


def test_a_packed_file_with_a_misleading_first_cell_is_not_unpacked_twice(read: Read) -> None:
    assert read(gzip.compress(b"x^,b\nx^,2\n"), name="leads.csv.gz").rows == [("x^", "2")]


def test_fifty_thousand_columns_are_read(read: Read) -> None:
    row = ",".join(f"c{i}" for i in range(50_000)).encode()
    assert len(read(row + b"\n" + row.replace(b"c", b"v") + b"\n").rows[0]) == 50_000


def test_a_quote_that_is_not_closed_does_not_fill_the_memory(read: Read) -> None:
    content = b'a,b\n1,2\n"x,' + b"x,y\n" * (1 << 20)
    whole = read(content, block_size=4 << 20)
    assert [reject[1:4] for reject in whole.rejects] == [
        (3, "open_quote", "the quote opened here would swallow the next 999 lines")
    ]
    assert len(whole.rows) == 1 << 20


def test_a_record_of_ten_megabytes_is_read_where_the_mapping_allows_it(read: Read) -> None:
    content = b'a,b\n1,"' + b"x" * (10 << 20) + b'"\n3,4\n'
    assert len(read(content, record_bytes="16777216").rows[0][1]) == 10 << 20
    refused = read(content)
    assert (refused.rows, refused.rejects[0][2]) == ([("3", "4")], "large_record")
    assert len(refused.rejects[0][4]) == (10 << 20) + 4


def test_a_line_that_never_ends_is_refused(read: Read) -> None:
    with pytest.raises(DeliveryError, match="line 3: the line is longer than 16 MiB"):
        read(b"a,b\n1,2\n3," + b"x" * (20 << 20))


def test_a_header_without_a_name_for_the_first_column(read: Read) -> None:
    whole = read(b'"Name","City"\n"1","Oak","Reno"\n"2","Elm","Elko"\n', header={"row_names": "true"})
    assert whole.headers == ("row_names", "Name", "City")
    assert whole.rows == [("1", "Oak", "Reno"), ("2", "Elm", "Elko")]


@pytest.mark.parametrize(
    ("records", "message"),
    [(b"1,Oak,Reno,x\n2,Elm,Elko,y\n", "row_names: true"), (b"Oak,Reno\nElm,Elko\n", "one cell fewer")],
)
def test_a_header_that_lacks_a_name_or_has_one_too_many_is_told(
    read: Read, records: bytes, message: str
) -> None:
    with pytest.raises(DeliveryError, match="none of the 2 records can be read") as caught:
        read(b"Name,City,State\n" + records, delimiter=",")
    assert message in caught.value.hint


def test_a_first_line_of_delimiters_is_no_header(read: Read) -> None:
    assert read(b',,\n"", ,\nName,City,State\nOak,Reno,NV\n').headers == ("Name", "City", "State")


@pytest.mark.parametrize("block_size", [1, 40, 1 << 20])
def test_blanks_behind_delimiters_are_skipped_where_the_mapping_says_so(read: Read, block_size: int) -> None:
    plain = b"Elm,8 Elm St,Elko\n" * 50
    content = (
        b"Name, Address, City\n" + plain + b'Oak, "7 Oak Ave, Unit 2",  Reno\n "Fir", "a\nb", " c"\n' + plain
    )
    whole = read(content, blanks="skip", delimiter=",", block_size=block_size)
    assert whole.headers == ("Name", "Address", "City")
    assert whole.rows[50:52] == [("Oak", "7 Oak Ave, Unit 2", "Reno"), ("Fir", "a\nb", " c")]
    assert (len(whole.rows), whole.rejects) == (102, [])
    assert [each[2] for each in read(content, delimiter=",").rejects] != []


@pytest.mark.parametrize(
    ("content", "rows", "remarks"),
    [
        ("a;b\n1;2,5\n3;4\n", [("1", "2,5"), ("3", "4")], ["semicolons between cells"]),
        ("a|b|c\n1|2|3\n", [("1", "2", "3")], ["pipes between cells"]),
        ("a\tb\n1, 2\t3\n", [("1, 2", "3")], ["tabs between cells"]),
        (
            "'a';'b'\n'1,2';'3;4'\n",
            [("1,2", "3;4")],
            ["semicolons between cells", "' around cells"],
        ),
        ("a,b\n1,'x,y'\n2,z\n", [("1", "x,y"), ("2", "z")], ["' around cells"]),
        (
            'a,b\n1,"say \\"hi\\", now"\n2,"\\"z\\""\n',
            [("1", 'say "hi", now'), ("2", '"z"')],
            ["\\ before quotes or delimiters inside cells"],
        ),
        (
            "a,b\n1,Oak\\, Inc\n2,Elm\\, LLC\n3,z\n",
            [("1", "Oak, Inc"), ("2", "Elm, LLC"), ("3", "z")],
            ["\\ before quotes or delimiters inside cells"],
        ),
    ],
)
def test_what_fits_the_first_records_is_taken_and_told(
    read: Read, content: str, rows: list[tuple[str, ...]], remarks: list[str]
) -> None:
    whole = read(content.encode())
    assert (whole.rows, whole.rejects) == (rows, [])
    assert whole.remarks == tuple(f"it has {each}" for each in remarks)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        # One column, whatever stands in its cells.
        ("a\nx;y\nz|w\n", [("x;y",), ("z|w",)]),
        ("a\nx;y\nz;w\n", [("x;y",), ("z;w",)]),
        # The usual delimiter fits: others are text.
        ("a,b;c\n1,2;3\n", [("1", "2;3")]),
        ("a|b,c|d\n1|2,3|4\n", [("1|2", "3|4")]),
        # Apostrophes are text, and so are backslashes.
        ("a,b\n'tis,1\nO'Neil,2\n", [("'tis", "1"), ("O'Neil", "2")]),
        ("a,b\n'x',\"1\"\n", [("'x'", "1")]),
        ('a,b\n"C:\\",1\n"D:\\new",2\n', [("C:\\", "1"), ("D:\\new", "2")]),
        ("a,b\nC:\\,1\nD:\\,2\n", [("C:\\", "1"), ("D:\\", "2")]),
    ],
)
def test_what_is_usual_stays(read: Read, content: str, rows: list[tuple[str, ...]]) -> None:
    whole = read(content.encode())
    assert (whole.rows, whole.rejects, whole.remarks) == (rows, [], ())


def test_one_broken_record_makes_no_escape_character(read: Read) -> None:
    broken = b'a,b\n"1\\",2",3\n4,5\n'
    assert [reject[2] for reject in read(broken).rejects] == ["long_record"]
    assert read(broken, escape="\\").rows[0] == ('1",2', "3")


def test_what_is_declared_is_taken_whatever_fits_better(read: Read) -> None:
    assert read(b"a;b\n1;2\n", delimiter=",").rows == [("1;2",)]
    assert read(b"'a','b'\n'1','2'\n", quote='"').rows == [("'1'", "'2'")]
    with pytest.raises(DeliveryError, match="none of the 2 records can be read"):
        read(b'a,b\n1,"say \\"hi\\""\n2,"\\"z\\""\n', escape="none")


def test_the_delimiter_is_found_below_a_preamble(read: Read) -> None:
    content = b"List, of today\n\nName;Phone\nOak;1\n"
    assert read(content, header=["Phone"]).rows == [("Oak", "1")]
    assert read(content, skip_lines="2").rows == [("Oak", "1")]


def test_an_escape_is_looked_for_as_far_as_the_first_one(read: Read) -> None:
    plain = b"1,2\n" * 100_000
    whole = read(b"a,b\n" + plain + b'"say \\"hi\\"",1\n"\\"",2\n')
    assert whole.rows[-2:] == [('say "hi"', "1"), ('"', "2")]


def test_a_list_of_many_columns_and_no_records_in_sight_keeps_what_is_usual(read: Read) -> None:
    row = ",".join(f"c;{number}" for number in range(20_000)).encode()
    assert len(read(row + b"\n" + row.replace(b"c;", b"d;") + b"\n").rows[0]) == 20_000
