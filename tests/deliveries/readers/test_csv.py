import csv
import gzip
import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leadingest.errors import DeliveryError

Read = Callable[..., Any]

CELL = st.text(
    st.one_of(
        st.sampled_from("a1 ,;|\t\"'\\\n\réß\ufeff€"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=6,
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=12)
)


def written(rows: list[list[str]], **dialect: object) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerows(rows)  # type: ignore[arg-type]  # the keywords are the dialect's
    return out.getvalue()


@given(
    table=TABLES,
    delimiter=st.sampled_from([",", ";", "|", "\t"]),
    quote=st.sampled_from(['"', "'"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]),
    block_size=st.integers(1, 200),
    final_line_end=st.booleans(),
)
@settings(max_examples=300, deadline=None)
@example(
    table=[["x\x01", "b"]],
    delimiter=",",
    quote='"',
    line_end="\n",
    quoting=0,
    encoding="utf-8",
    block_size=1,
    final_line_end=True,
)
@example(
    table=[["x^"]],
    delimiter=",",
    quote='"',
    line_end="\n",
    quoting=0,
    encoding="utf-8",
    block_size=1,
    final_line_end=True,
)
@example(
    table=[["\ufeffa"], ["\ufeffb"]],
    delimiter=",",
    quote='"',
    line_end="\n",
    quoting=0,
    encoding="utf-8",
    block_size=1,
    final_line_end=True,
)
def test_any_table_comes_back_exactly_with_any_block_size(
    read: Read,
    table: list[list[str]],
    delimiter: str,
    quote: str,
    line_end: str,
    quoting: int,
    encoding: str,
    block_size: int,
    final_line_end: bool,
) -> None:
    if "\r" not in line_end and quoting == csv.QUOTE_MINIMAL:  # Python's writer would leave it unquoted
        table = [[cell.replace("\r", "") for cell in row] for row in table]
    head = [f"h{i}" for i in range(len(table[0]))]
    text = written(
        [head, *table], delimiter=delimiter, quotechar=quote, lineterminator=line_end, quoting=quoting
    )
    if not final_line_end:
        text = text.removesuffix(line_end)
    declared = {"encoding": encoding} if encoding == "utf-16-be" else {}
    whole = read(text.encode(encoding), block_size=block_size, delimiter=delimiter, quote=quote, **declared)
    assert whole.rows == [tuple(row) for row in table]
    assert whole.lines == read_lines(text, table)


def read_lines(text: str, table: list[list[str]]) -> list[int]:
    """Where each record starts, from the line ends inside the cells."""
    lines, line = [], 2
    for row in table:
        lines.append(line)
        line += 1 + sum(cell.count("\n") for cell in row)
    return lines


@given(
    table=TABLES,
    cuts=st.lists(
        st.tuples(
            st.integers(0, 400),
            st.integers(0, 2),
            st.sampled_from([b'"', b",", b"\n", b"\r", b"\xff", b"\0", b"", b"x^"]),
        ),
        max_size=4,
    ),
    block_size=st.integers(1, 100),
)
@settings(max_examples=500, deadline=None)
def test_corrupted_bytes_are_refused_or_read_as_the_strict_csv_reader_does(
    read: Read, table: list[list[str]], cuts: list[tuple[int, int, bytes]], block_size: int
) -> None:
    content = written([[f"h{i}" for i in range(len(table[0]))], *table]).encode()
    for place, length, put in cuts:
        at = place % (len(content) + 1)
        content = content[:at] + put + content[at + length :]
    try:
        whole = read(content, block_size=block_size)
    except DeliveryError:
        return
    rows = [
        row for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True) if row
    ]
    assert whole.rows == [tuple(row) for row in rows[1:]]
    assert {len(row) for row in rows} == {len(whole.headers)}


@given(
    table=TABLES,
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    escape=st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_files_with_an_escape_character_or_returns_alone_come_back_exactly(
    read: Read, table: list[list[str]], line_end: str, escape: bool
) -> None:
    table = [[cell.replace("\n", "").replace("\r", "") for cell in row] for row in table]
    head = [f"h{i}" for i in range(len(table[0]))]
    keys: dict[str, str] = {"escapechar": "\\"} if escape else {}
    text = written(
        [head, *table], lineterminator=line_end, quoting=csv.QUOTE_ALL, doublequote=not escape, **keys
    )
    whole = read(text.encode(), **({"escape": "\\"} if escape else {}))
    assert whole.rows == [tuple(row) for row in table]
    assert whole.lines == list(range(2, len(table) + 2))


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"a,b\n1,2\n3\n", 3, "line 3: 1 cell instead of 2"),
        (b"a,b\n1,2\n3,4,5\n", 3, "line 3: 3 cells instead of 2"),
        (b'a,b\n"x\ny",2\n3,4,5\n', 4, "line 4: 3 cells instead of 2"),
        (b'a,b\n1,2\n3,5" pipe\n', 3, "line 3: a quote inside an unquoted cell"),
        (b'a,b\n1,2\n"3"x,5\n', 3, "line 3: text after a closing quote"),
        (b'a,b\n1,2\n"3,5\n6,7\n', 3, "line 3: the quote opened here is never closed"),
        (
            b'a,b\n1,"2\n3,4\n5,"6"\n',
            4,
            "line 4: text after a closing quote (the quote was opened on line 2)",
        ),
        (b"a,b\n1,2\n3,\xed\n", 3, "line 3: byte 0xED is not UTF-8"),
        (b"a,b\n1,2\n\n3,4\n", 3, "line 3: a blank line"),
        (b"a,b\n1,\0\n", 2, "line 2: a NUL byte"),
        (b"a,b\n1,2\rx\n", 2, "line 2: a carriage return without a line feed"),
        (b"a,b\xff\n1,2\n", 1, "line 1: byte 0xFF is not UTF-8"),
        (b"a,b\r1,2\r3\r", 3, "line 3: 1 cell instead of 2"),
        (b"a,b\r1,2\r3,\xff\r", 3, "line 3: byte 0xFF is not UTF-8"),
        (b"a,b\r1,2\r\r3,4\r", 3, "line 3: a blank line"),
        (b'a,b\r1,2\r"3,4\r5,6', 3, "line 3: the quote opened here is never closed"),
    ],
)
@pytest.mark.parametrize("block_size", [1, 7, 1 << 20])
def test_a_fault_is_told_with_its_line(
    read: Read, content: bytes, line: int, said: str, block_size: int
) -> None:
    with pytest.raises(DeliveryError) as caught:
        read(content, block_size=block_size)
    assert caught.value.message == f"leads.csv: {said}"
    assert caught.value.line == line
    assert caught.value.hint


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"a,b\ncaf\xe9,2\n", "`encoding: cp1252`"),
        (b"a,b\ncaf\x81,2\n", "`encoding: latin-1`"),
        (b'a,b\n"say \\"hi\\"",2\n', '`escape: "\\"`'),
        (b'a,b\n5" pipe,2\n', "`quote: none`"),
    ],
)
def test_the_hint_says_what_to_declare(read: Read, content: bytes, hint: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        read(content)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n", "there are no records"),
        (b"a,b\n\n\r\n", "there are no records"),
        (b"PK\x03\x04 no archive", "the zip archive is damaged"),
        ("a,b\n1,2\n".encode("utf-16-le"), "looks like UTF-16"),
        (b'"a,b\n1,2\n', "line 1: the header has a quote that is not closed or is followed by text"),
    ],
)
def test_what_is_no_text_with_records_is_refused(read: Read, content: bytes, said: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        read(content)
    assert said in caught.value.message
    assert caught.value.hint


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
    with pytest.raises(DeliveryError, match="holds all of the header names License, Phone"):
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


def test_bytes_that_the_declared_encoding_lacks_are_told_with_their_line(read: Read) -> None:
    with pytest.raises(DeliveryError, match="line 3: byte 0x81 is not cp1252"):
        read(b"a,b\n1,2\n3,\x81\n", encoding="cp1252")


def test_a_mark_that_contradicts_the_declared_encoding_is_refused(read: Read) -> None:
    with pytest.raises(DeliveryError, match="marked as utf-8"):
        read(b"\xef\xbb\xbfa,b\n1,2\n", encoding="cp1252")


def test_a_packed_file_with_a_misleading_first_cell_is_not_unpacked_twice(read: Read) -> None:
    assert read(gzip.compress(b"x^,b\nx^,2\n"), name="leads.csv.gz").rows == [("x^", "2")]


def test_fifty_thousand_columns_are_read(read: Read) -> None:
    row = ",".join(f"c{i}" for i in range(50_000)).encode()
    assert len(read(row + b"\n" + row + b"\n").rows[0]) == 50_000


def test_a_quote_that_is_not_closed_does_not_fill_the_memory(read: Read) -> None:
    content = b'a,b\n1,2\n"x,' + b"x,y\n" * (9 << 20)
    with pytest.raises(DeliveryError, match="line 3: the quote opened here is never closed"):
        read(content, block_size=4 << 20)


def test_a_record_of_ten_megabytes_is_read(read: Read) -> None:
    assert len(read(b'a,b\n1,"' + b"x\n" * (5 << 20) + b'"\n3,4\n').rows[0][1]) == 10 << 20
