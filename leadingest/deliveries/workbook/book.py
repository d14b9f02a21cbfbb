"""What a workbook says of itself: its sheets, and how dates and formulas in it are to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final
from xml.etree.ElementTree import Element  # only a name for types: parsing is defusedxml's

from leadingest.deliveries.foreign_file import BINARY_WORKBOOK
from leadingest.deliveries.workbook.package import Package
from leadingest.documents.nearest import listed
from leadingest.errors import DeliveryError

_TRUE: Final = ("1", "true")
_SHOWN: Final = 10


@dataclass(frozen=True)
class Sheet:
    """A sheet with cells; charts and dialogs are none."""

    name: str
    #: The part of the workbook that holds it.
    path: str
    hidden: bool


@dataclass(frozen=True)
class Book:
    """The workbook without its sheets' cells."""

    sheets: tuple[Sheet, ...]
    #: The parts with the styles of cells and with texts that cells share; "" for none.
    styles: str
    shared_strings: str
    #: Day 0 is 1904-01-01, as in workbooks from a Mac, and not the day before 1900-01-01.
    from_1904: bool
    #: The values of formulas are to be computed when the workbook is opened: those stored may be wrong.
    uncomputed: bool

    def sheet(self, wanted: str | None, name: str) -> Sheet:
        """The sheet of this name, fitting this pattern, or of this number counted from 1; else the first visible one.

        Raises DeliveryError, with the sheets that are there, when there is none.
        """
        if not self.sheets:
            raise DeliveryError(
                f"{name}: the workbook has no sheet with cells", hint="ask for the file again"
            )
        if wanted is None:
            return next((sheet for sheet in self.sheets if not sheet.hidden), self.sheets[0])
        fitting = [sheet for sheet in self.sheets if _plain(sheet.name) == _plain(wanted)]
        fitting = fitting or [
            sheet for sheet in self.sheets if fnmatchcase(_plain(sheet.name), _plain(wanted))
        ]
        if not fitting and wanted.isdecimal() and 1 <= int(wanted) <= len(self.sheets):
            return self.sheets[int(wanted) - 1]
        if len(fitting) == 1:
            return fitting[0]
        there = f"{len(fitting)} sheets match {wanted!r}" if fitting else f"there is no sheet {wanted!r}"
        raise DeliveryError(
            f"{name}: {there}; its sheets are {self.listed()}",
            hint="set `sheet` in the delivery section of the mapping to one of them",
        )

    def listed(self) -> str:
        """The sheets by name, for messages."""
        return _listed(self.sheets)


@dataclass(frozen=True)
class SheetChoice:
    """The sheet of a workbook that is read."""

    book: Book
    sheet: Sheet

    @property
    def remarks(self) -> tuple[str, ...]:
        """A remark on the sheets that were not taken, where there are some."""
        others = [sheet for sheet in self.book.sheets if sheet is not self.sheet]
        return (f"the sheet {self.sheet.name!r} was read, but not {_listed(others)}",) if others else ()

    def empty(self, name: str) -> DeliveryError:
        """What to say where nothing is in it."""
        there = f"set `sheet` in the delivery section of the mapping: the sheets are {self.book.listed()}"
        return DeliveryError(
            f"{name}: the sheet {self.sheet.name!r} is empty",
            hint=there if len(self.book.sheets) > 1 else "ask for the file again",
        )


def read_book(package: Package) -> Book:
    """Raises DeliveryError when the archive is no workbook of this kind, or damaged."""
    path = next((path for kind, path in package.related("").values() if kind == "officeDocument"), "")
    if path.endswith(".bin"):
        kind = BINARY_WORKBOOK
        raise DeliveryError(f"{package.name}: this is {kind.what}", hint=kind.hint)
    book = package.xml(path)
    related = package.related(path)
    by_kind = dict(related.values())
    settings = {_local(element.tag): element.attrib for element in book}
    return Book(
        sheets=tuple(_sheets(book, related)),
        styles=by_kind.get("styles", ""),
        shared_strings=by_kind.get("sharedStrings", ""),
        from_1904=settings.get("workbookPr", {}).get("date1904") in _TRUE,
        uncomputed=settings.get("calcPr", {}).get("fullCalcOnLoad") in _TRUE,
    )


def _sheets(book: Element, related: dict[str, tuple[str, str]]) -> Iterator[Sheet]:
    for element in book.iter():
        if _local(element.tag) == "sheet":
            reference = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            kind, path = related.get(reference, ("", ""))
            if kind == "worksheet":
                hidden = element.get("state", "visible") != "visible"
                yield Sheet(element.get("name", ""), path, hidden)


def _listed(sheets: Sequence[Sheet]) -> str:
    names = [repr(sheet.name) + (" (hidden)" if sheet.hidden else "") for sheet in sheets[:_SHOWN]]
    more = len(sheets) - len(names)
    return listed([*names, f"{more} more"] if more else names, last="and")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _plain(name: str) -> str:
    """As sheet names are compared: two that differ in capitals alone cannot be in one workbook."""
    return name.strip().casefold()
