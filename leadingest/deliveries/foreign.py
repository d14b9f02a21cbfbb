"""Files that are something else than their name says."""

from typing import Final

from leadingest.errors import DeliveryError

_DECLARE_XLSX: Final = (
    "save the workbook as CSV, or set `format: xlsx` in the delivery section of the mapping"
)
_ASK_AGAIN: Final = "ask for the file again as CSV or xlsx"
_BEGINNINGS: Final = (
    (b"PK\x03\x04", "a workbook (xlsx) or zip archive", _DECLARE_XLSX),
    (b"\xd0\xcf\x11\xe0", "an old workbook (xls)", "save it as xlsx or CSV"),
    (b"%PDF", "a PDF", _ASK_AGAIN),
    (
        b"<!doctype html",
        "a web page (HTML)",
        "download the list itself: the page may be a log-in or an error page",
    ),
    (b"<html", "a web page (HTML)", "download the list itself: the page may be a log-in or an error page"),
    (b"<?xml", "an XML file", _ASK_AGAIN),
)


def refuse_foreign(head: bytes, name: str) -> None:
    """Raise DeliveryError when a file that should be text is empty or starts like something else."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start:
        raise DeliveryError(f"{name}: the file is empty", hint="ask for the file again")
    for magic, what, hint in _BEGINNINGS:
        if start.startswith(magic.lower()):
            raise DeliveryError(f"{name}: this is {what}, not a text file with cells", hint=hint)
