import bz2
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from leadingest.errors import DeliveryError

Read = Callable[..., Any]

ASK = "ask for the list as CSV or xlsx"
UNPACK = "unpack it and put the file for this source in the inbox"
PAGE = "download the list itself: this may be a login page or an error page"
NAME = "name it .{0}, or set `format: {0}` in the delivery section of the mapping; or save it as xlsx or CSV"


def office(*parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in ("[Content_Types].xml", "docProps/app.xml", *parts):
            archive.writestr(part, "<xml/>")
    return out.getvalue()


def open_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<xml/>")
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_row(0, 0, ["a", "b"])
    return out.getvalue()


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("leads.csv"))
    return out.getvalue()


#: The format of the workbooks before 2007, and the wrapping of those with a password.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


@pytest.mark.parametrize(
    ("content", "what", "hint"),
    [
        (b"<!DOCTYPE html><p>log in", "a web page (HTML)", PAGE),
        (b"\n <HTML><p>log in", "a web page (HTML)", PAGE),
        (b"\xef\xbb\xbf<!-- 404 -->\n<html lang='en'>", "a web page (HTML)", PAGE),
        (b"<table><tr><td>a</td></tr></table>", "a web page (HTML)", PAGE),
        (b'<?xml version="1.0"?><!DOCTYPE html><html>', "a web page (HTML)", PAGE),
        (b'<?xml version="1.0"?><list><head/></list>', "an XML file", ASK),
        (b'{"error": "not found"}', "a JSON document", ASK),
        (b'[\n  {"a": 1}]', "a JSON document", ASK),
        (b"%PDF-1.7\n", "a PDF", ASK),
        (b"\x89PNG\r\n\x1a\n", "an image (PNG)", ASK),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image (JPEG)", ASK),
        (b"GIF89a", "an image (GIF)", ASK),
        (b"II*\0", "an image (TIFF)", ASK),
        (b"MM\0*", "an image (TIFF)", ASK),
        (b"{\\rtf1\\ansi", "a text document (RTF)", ASK),
        (b"PAR1\x15\x04", "a Parquet file", ASK),
        (b"SQLite format 3\0", "a SQLite database", ASK),
        (office("word/document.xml"), "a Word document", ASK),
        (office("ppt/presentation.xml"), "a PowerPoint presentation", ASK),
        (office("xl/workbook.bin"), "a binary workbook (xlsb)", NAME.format("xlsb")),
        (open_document(), "an OpenDocument file (ods)", NAME.format("ods")),
        (bz2.compress(b"a,b\n"), "a bz2 archive", UNPACK),
        (lzma.compress(b"a,b\n"), "an xz archive", UNPACK),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
        (b"Rar!\x1a\x07", "a rar archive", UNPACK),
        (tar(), "a tar archive", UNPACK),
        (OLE, "an old workbook (xls) or a password-protected workbook", NAME.format("xls")),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "a password-protected workbook",
            "ask for a copy without a password, or open it and save it without one",
        ),
        (
            workbook(),
            "a workbook (xlsx)",
            "name it .xlsx, or set `format: xlsx` in the delivery section of the mapping",
        ),
    ],
)
@pytest.mark.parametrize("name", ["leads.csv", "leads.tsv", "leads"])
def test_a_file_that_is_no_text_is_told_for_what_it_is(
    read: Read, content: bytes, what: str, hint: str, name: str
) -> None:
    with pytest.raises(DeliveryError) as caught:
        read(content, name=name)
    assert caught.value.message == f"{name}: this is {what}, not a text file with cells"
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\r\n \t\n", "contains only blank lines"),
        (b"\xef\xbb\xbf\n", "contains only blank lines"),
    ],
)
@pytest.mark.parametrize("name", ["leads.csv", "leads.xlsx"])
def test_a_file_that_holds_nothing_is_told(read: Read, content: bytes, message: str, name: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        read(content, name=name)
    assert caught.value.message == f"{name}: the file {message}"
    assert caught.value.hint == "ask for the file again"


@pytest.mark.parametrize(
    "header", ["<b>,x", "[a],x", "{a},x", "PAR1,x", "GIF8,x", "BZh,x", "MM,x", "%,x", "PK,x", "II*,x"]
)
def test_a_header_may_begin_with_anything_else(read: Read, header: str) -> None:
    assert read(f"{header}\n1,2\n".encode()).headers == tuple(header.split(","))


def test_a_long_beginning_of_blank_lines_is_no_fault(read: Read) -> None:
    assert read(b"\n" * 100_000 + b"a,b\n1,2\n").rows == [("1", "2")]
