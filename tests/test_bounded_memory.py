"""What takes many times its bytes in memory is read and mapped in less than a GiB, or refused with a word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bounded_memory import Told, read_alone
from tests.workbooks import hand_made

pytestmark = pytest.mark.long

_MOST_MIB = 1024
_OTHER = '<c{} t="s"><v>2</v></c>'
_TEXT = '<c t="s"><v>0</v></c>'
_SHARED = "<si><t>a</t></si><si><t>{}</t></si><si><t>b</t></si>".format("x" * 30_000)


def zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.csv", content)
    return out.getvalue()


def shared_texts(rows: int) -> bytes:
    return hand_made(f"<row>{_TEXT}</row>" + '<row><c t="s"><v>1</v></c></row>' * rows, shared=_SHARED)


def merged_texts(rows: int) -> bytes:
    first = '<row><c t="s"><v>1</v></c><c><v>1</v></c></row>'
    others = '<row><c r="B{}"><v>1</v></c></row>'
    rest = "".join(others.format(row) for row in range(3, rows + 2))
    merge = f'<mergeCells><mergeCell ref="A2:A{rows + 1}"/></mergeCells>'
    return hand_made(f"<row>{_TEXT}{_OTHER.format('')}</row>" + first + rest, after=merge, shared=_SHARED)


def first_and_last_column(rows: int, header: str) -> bytes:
    cells = '<row><c r="A{0}"><v>{0}</v></c><c r="XFD{0}"><v>{0}</v></c></row>'
    rest = "".join(cells.format(row) for row in range(2, rows + 2))
    return hand_made(f"<row>{_TEXT}{header}</row>{rest}", shared=_SHARED)


#: A batch is what must be bounded: of each kind there are several batches, and more of them take no more memory.
#: Name of the file, what makes it, and its records; None where its cells hold more than such a file may.
FILES: dict[str, tuple[str, Callable[[], bytes], int | None]] = {
    "records of one letter": ("l.csv", lambda: b"a\n" + b"x\n" * 2_000_000, 2_000_000),
    "records of three": ("l.csv", lambda: b"a,b\n" + b"x,y\n" * 1_000_000, 1_000_000),
    "a zip of records of four bytes": ("l.zip", lambda: zipped(b"a\n" + b"abc\n" * 2_000_000), 2_000_000),
    "a long text shared by many cells": ("l.xlsx", lambda: shared_texts(40_000), None),
    "a long text merged over many rows": ("l.xlsx", lambda: merged_texts(40_000), None),
    "cells in A and XFD": (
        "l.xlsx",
        lambda: first_and_last_column(600, _OTHER.format(' r="XFD1"')),
        600,
    ),
}


def measured(tmp_path: Path, name: str, content: bytes) -> Told:
    file = tmp_path / name
    file.write_bytes(content)
    return read_alone(file)


@pytest.mark.parametrize("kind", FILES)
def test_memory_is_bounded_whatever_the_records_are(tmp_path: Path, kind: str) -> None:
    name, made, records = FILES[kind]
    found = measured(tmp_path, name, made())
    if records is None:
        assert "hold more than 250 times its size" in found.refused
    else:
        # A text that is too long for its field may make a reject.
        assert (found.leads + found.rejects, found.refused) == (records, "")
    assert found.peak <= _MOST_MIB


def test_rejects_that_reach_far_to_the_right_are_bounded_too(tmp_path: Path) -> None:
    found = measured(tmp_path, "l.xlsx", first_and_last_column(20_000, ""))
    # Each reject has all the delimiters up to its last cell.
    assert "hold more than 250 times its size" in found.refused
    assert found.peak <= _MOST_MIB


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b",".join(b"h%d" % at for at in range(200_000)) + b"\n" + b"x," * 199_999 + b"x\n",
            "200,000 columns",
        ),
        (b'a,"' + b"x" * 20_000 + b'"\n1,2\n', "a name of 20,000 characters"),
    ],
)
def test_a_header_that_no_list_has_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    assert f"the header has {message}" in measured(tmp_path, "l.csv", content).refused


def test_a_row_of_more_text_than_any_list_has_is_refused(tmp_path: Path) -> None:
    row = "<row>" + '<c t="s"><v>1</v></c>' * 1000 + "</row>"
    content = hand_made(f"<row>{_TEXT}</row>{row}", shared=_SHARED)
    assert (
        measured(tmp_path, "l.xlsx", content).refused == "l.xlsx: row 2: the row has more than 16 MiB of text"
    )
