from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress
from tempfile import gettempdir
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.deliveries.workbook import package
from leadingest.errors import DeliveryError
from tests.searched import examples
from tests.workbooks import hand_made, rows_xml, workbook

Read = Callable[..., Any]

SHEET = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="2"><c r="A2" s="1"><v>44317</v></c><c r="B2"><f>A2</f><v>1.5</v></c></row>'
)
PARTS: dict[str, str] = {
    "_rels/.rels": '<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="/xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": '<workbook xmlns:r="y"><workbookPr date1904="0"/><sheets>'
    '<sheet name="S" state="visible" r:id="r1"/></sheets></workbook>',
    "xl/styles.xml": '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="m/d/yy"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    "xl/sharedStrings.xml": '<sst count="2"><si><t>a &amp; b</t></si><si><r><rPr/><t>c</t></r></si></sst>',
    "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{SHEET}</sheetData>"
    '<mergeCells><mergeCell ref="A2:A3"/></mergeCells></worksheet>',
}


def test_the_parts_of_a_workbook_make_its_records(read: Read) -> None:
    whole = read(hand_made("", parts=PARTS), name="leads.xlsx")
    assert (whole.headers, whole.rows) == (("a & b", "c"), [("2021-05-01", "1.5")])


def test_paths_are_found_whatever_their_capitals_and_slashes(read: Read) -> None:
    content = hand_made(rows_xml(("a",), ("1",)))
    moved = content.replace(b"xl/worksheets/sheet1.xml", b"xl\\Worksheets\\Sheet1.xml")
    assert read(moved, name="leads.xlsx").rows == [("1",)]


@given(
    part=st.sampled_from(sorted(PARTS)),
    place=st.integers(0, 1000),
    lost=st.integers(0, 8),
    put=st.sampled_from(
        [b"", b"x", b"<", b">", b'"', b"&", b"-1", b"99999999999999", b"\xff", b"<!--", b"<![CDATA[", b"</"]
    ),
)
@settings(max_examples=examples(300))
def test_whatever_stands_in_a_part_the_workbook_is_read_or_refused_in_words(
    read: Read, part: str, place: int, lost: int, put: bytes
) -> None:
    content = PARTS[part].encode()
    at = place % len(content)
    changed: dict[str, str | bytes] = {**PARTS, part: content[:at] + put + content[at + lost :]}
    # Anything else than a DeliveryError fails the test.
    with suppress(DeliveryError):
        read(hand_made("", parts=changed), name="leads.xlsx")


@given(place=st.integers(0, 1 << 20), put=st.binary(max_size=2), lost=st.integers(0, 3))
@settings(max_examples=examples(200))
def test_whatever_is_changed_in_the_archive_the_records_are_the_same_or_refused(
    read: Read, place: int, put: bytes, lost: int
) -> None:
    content = workbook(S={(0, 0): "a", (1, 0): "some text", (2, 0): 12})
    at = place % len(content)
    try:
        rows = read(content[:at] + put + content[at + lost :], name="leads.xlsx", format="xlsx").rows
    except DeliveryError:
        return
    assert rows == [("some text",), ("12",)]


def test_no_room_for_a_copy_is_told(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    # /dev/full is a disk without room.
    monkeypatch.setattr(package, "SpooledTemporaryFile", lambda _: io.FileIO("/dev/full", "r+b"))
    content = hand_made(rows_xml(("a",), ("1",)))
    with pytest.raises(DeliveryError) as caught:
        read(content, name="leads.xlsx")
    assert caught.value.message == (
        f"leads.xlsx: not enough space for a temporary copy of the workbook in {gettempdir()}"
    )
    assert caught.value.hint == (
        "free some space there, or name another folder with the environment variable TMPDIR"
    )
