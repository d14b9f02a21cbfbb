"""Files that are something else than their name says: told by how they begin."""

import re
from dataclasses import dataclass
from typing import Final

from leadingest.deliveries.byte_streams import HeadedStream
from leadingest.errors import DeliveryError

_ASK_AGAIN: Final = "ask for the list as CSV or xlsx"
_UNPACK: Final = "unpack it and put the file for this source in the inbox"
_WEB_PAGE: Final = "download the list itself: this may be a login page or an error page"
_NAME_IT: Final = (
    "name it .{0}, or set `format: {0}` in the delivery section of the mapping; or save it as xlsx or CSV"
)


@dataclass(frozen=True)
class Foreign:
    """What a file is that is not what it should be, and what to do about it."""

    what: str
    hint: str


WORKBOOK: Final = Foreign(
    "a workbook (xlsx)",
    "name it .xlsx, or set `format: xlsx` in the delivery section of the mapping",
)
BINARY_WORKBOOK: Final = Foreign("a binary workbook (xlsb)", _NAME_IT.format("xlsb"))
ZIP: Final = Foreign("a zip archive", _UNPACK)
_OLD_WORKBOOK: Final = Foreign(
    "an old workbook (xls) or a password-protected workbook", _NAME_IT.format("xls")
)
_OPEN_DOCUMENT: Final = Foreign("an OpenDocument file (ods)", _NAME_IT.format("ods"))
#: What python-calamine reads.
OLD_WORKBOOKS: Final = (BINARY_WORKBOOK, _OLD_WORKBOOK, _OPEN_DOCUMENT)
_PROTECTED: Final = Foreign(
    "a password-protected workbook", "ask for a copy without a password, or open it and save it without one"
)

#: How files begin that are no text. Only what no text begins with stands here.
_BEGINNINGS: Final = (
    (b"%PDF", Foreign("a PDF", _ASK_AGAIN)),
    (b"\x89PNG", Foreign("an image (PNG)", _ASK_AGAIN)),
    (b"\xff\xd8\xff", Foreign("an image (JPEG)", _ASK_AGAIN)),
    (b"GIF87a", Foreign("an image (GIF)", _ASK_AGAIN)),
    (b"GIF89a", Foreign("an image (GIF)", _ASK_AGAIN)),
    (b"II*\0", Foreign("an image (TIFF)", _ASK_AGAIN)),
    (b"MM\0*", Foreign("an image (TIFF)", _ASK_AGAIN)),
    (b"{\\rtf", Foreign("a text document (RTF)", _ASK_AGAIN)),
    (b"PAR1\x15", Foreign("a Parquet file", _ASK_AGAIN)),
    (b"SQLite format 3\0", Foreign("a SQLite database", _ASK_AGAIN)),
    (b"\x1f\x8b", Foreign("a gz archive", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", Foreign("a zst archive", _UNPACK)),
    (b"BZh91AY&SY", Foreign("a bz2 archive", _UNPACK)),
    (b"\xfd7zXZ", Foreign("an xz archive", _UNPACK)),
    (b"7z\xbc\xaf", Foreign("a 7z archive", _UNPACK)),
    (b"Rar!\x1a", Foreign("a rar archive", _UNPACK)),
    (b"PK\x05\x06", ZIP),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: The part of a workbook of the older format that holds an encrypted one of the newer.
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
#: A part of an office document, in a zip archive's header of a member.
_OFFICE_PART: Final = re.compile(
    rb"PK\x03\x04[\s\S]{26}(xl|word|ppt)/"
    rb"(_rels/|theme/|media/|styles|sharedStrings|workbook|worksheets/|document|presentation|slides/)"
)
_OPEN_DOCUMENT_HEAD: Final = re.compile(rb"PK\x03\x04[\s\S]{26}mimetypeapplication/vnd\.oasis\.opendocument")
_OFFICE: Final = {
    b"xl": WORKBOOK,
    b"word": Foreign("a Word document", _ASK_AGAIN),
    b"ppt": Foreign("a PowerPoint presentation", _ASK_AGAIN),
}
_HTML: Final = re.compile(rb"<!doctype html|<html[\s>]", re.IGNORECASE)
_HTML_PART: Final = re.compile(rb"<(head|body|table|script|meta|div)[\s>]", re.IGNORECASE)
_JSON: Final = re.compile(rb'\{\s*["}]|\[\s*[\[{\]]')
#: tar archives have their mark here.
_TAR: Final = slice(257, 262)


def foreign_kind(head: bytes) -> Foreign | None:
    """What a file is that begins like this, unless it may be text."""
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(head)
    if head.startswith(_OLE):
        return _PROTECTED if _ENCRYPTED in head else _OLD_WORKBOOK
    if head[_TAR] == b"ustar":
        return Foreign("a tar archive", _UNPACK)
    for magic, kind in _BEGINNINGS:
        if head.startswith(magic):
            return kind
    return _marked_up(head.removeprefix(b"\xef\xbb\xbf").lstrip())


def refuse_foreign(stream: HeadedStream, name: str) -> None:
    """Raise DeliveryError when a file that should be text holds nothing, or begins like something else."""
    refuse_empty(stream, name)
    kind = foreign_kind(stream.head)
    if kind:
        raise DeliveryError(f"{name}: this is {kind.what}, not a text file with cells", hint=kind.hint)


def refuse_empty(stream: HeadedStream, name: str) -> None:
    """Raise DeliveryError when a file holds nothing, or nothing but blank lines."""
    if stream.whole and not stream.head.removeprefix(b"\xef\xbb\xbf").strip():
        blank = "contains only blank lines" if stream.head.strip(b"\xef\xbb\xbf") else "is empty"
        raise DeliveryError(f"{name}: the file {blank}", hint="ask for the file again")


def _in_zip(head: bytes) -> Foreign:
    if _OPEN_DOCUMENT_HEAD.match(head):
        return _OPEN_DOCUMENT
    if b"workbook.bin" in head:
        return BINARY_WORKBOOK
    part = _OFFICE_PART.search(head)
    return _OFFICE[part[1]] if part else ZIP


def _marked_up(text: bytes) -> Foreign | None:
    if text.startswith(b"<"):
        xml = text[:5].lower() == b"<?xml"
        if _HTML.search(text[:4096]) or (not xml and _HTML_PART.search(text[:4096])):
            return Foreign("a web page (HTML)", _WEB_PAGE)
        if xml:
            return Foreign("an XML file", _ASK_AGAIN)
    return Foreign("a JSON document", _ASK_AGAIN) if _JSON.match(text) else None
