"""What a command says: a small report, which every format is written from.

A report knows no format; what it does not have, no format of it can show.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

if TYPE_CHECKING:
    import polars as pl

#: How a piece of text is meant; each format says so in its own way, or not at all.
Style = Literal["", "strong", "dim", "good", "wait", "bad", "code"]


class TextSpan(NamedTuple):
    """A piece of text with what it means."""

    text: str
    style: Style = ""


#: A text, or pieces of one. It may come from a file or a database: formats make it harmless, reports need not.
Words = str | TextSpan | Sequence[str | TextSpan]


def spans(words: Words) -> list[TextSpan]:
    """The pieces of a text."""
    if isinstance(words, str | TextSpan):
        words = [words]
    return [TextSpan(each) if isinstance(each, str) else each for each in words]


def plain(words: Words) -> str:
    """The text without what its pieces mean."""
    return "".join(span.text for span in spans(words))


@dataclass(frozen=True)
class TextLine:
    """A line of text; where it is too long it goes on below, `hang` cells further in. One of nothing is a gap."""

    words: Words = ""
    indent: int = 0
    hang: int = 2


@dataclass(frozen=True)
class Notice:
    """An error, or a hint what to do; its lines stand one below the other."""

    kind: Literal["error", "hint"]
    text: str


@dataclass(frozen=True)
class Excerpt:
    """A line of a file, with a mark under what it is shown for. Columns count from 1."""

    text: str
    line: int
    column: int
    end_column: int | None = None
    style: Style = "bad"


@dataclass(frozen=True)
class TableColumn:
    """How a column of a table is shown; a line break in the title makes the head two lines high."""

    title: str
    align: Literal["left", "right"] = "left"
    #: What becomes of a cell when the table is too wide: it is cut at its end or in its middle, or goes on in a line
    #: below; `rest`: the column takes the rest of the line, and is cut. None: nothing.
    fit: Literal["end", "middle", "fold", "rest"] | None = None
    #: Left out, the last one first, of a table that is too wide even when its cells are cut.
    may_go: bool = False


@dataclass(frozen=True)
class ReportTable:
    """Rows of cells. Where no column has a title, no head is shown."""

    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[Words]]
    indent: int = 0


@dataclass(frozen=True)
class ReportSection:
    """What there is to say about one of several things: what it is, what came out, and the details."""

    title: str
    about: str
    outcome: str
    blocks: Sequence[Block] = ()


@dataclass(frozen=True)
class Fitted:
    """Blocks that are chosen by the cells that a line has."""

    blocks: Callable[[int], Iterable[Block]]


Block = TextLine | Notice | Excerpt | ReportTable | ReportSection | Fitted


class Place(NamedTuple):
    """Where in a file something is, as far as it is known. Lines and columns count from 1."""

    file: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(each) for each in self[:3] if each is not None)


#: What came of a check; `broken`: it could not be made.
Level = Literal["passed", "notice", "warning", "error", "broken"]


@dataclass(frozen=True)
class CheckCase:
    """Something that was checked, with what came of it."""

    name: str
    level: Level
    message: str = ""
    advice: str = ""
    #: All there is to say, where there is room for it.
    details: str = ""
    #: What kind of failure it is.
    kind: str = ""
    #: By which rule it was found, and how it is called.
    code: str = ""
    title: str = ""
    place: Place | None = None
    #: The line of the file.
    text: str = ""
    related: Sequence[tuple[Place, str]] = ()
    #: Places with the texts that would fix it.
    edits: Sequence[tuple[Place, str]] = ()


@dataclass(frozen=True)
class CheckSuite:
    """Cases of one thing, such as a source or a file."""

    name: str
    cases: Sequence[CheckCase]
    #: Before the message of a case where it stands alone.
    about: str = ""


@dataclass(frozen=True)
class CheckRule:
    """What cases are found by."""

    code: str
    name: str
    summary: str
    explanation: str
    level: str
    help: str


class ReportSheet(NamedTuple):
    """A long table, as it is stored: batches of rows, of which there is one at least."""

    name: str
    batches: Iterable[pl.DataFrame]


class Metric(NamedTuple):
    """A figure that is read again and again: its values at this moment, each with the labels that say of what it is."""

    name: str
    help: str
    samples: Sequence[tuple[Mapping[str, str], float]]


class Page(NamedTuple):
    """A page of its own, in place of the one that every report has."""

    template: str
    content: Mapping[str, Any]


class Report(ABC):
    """A report. Each part is made when a format asks for it, and as often as one does."""

    #: What a page, a suite of tests or the like is called.
    title: ClassVar[str]
    #: How this report is to be read, where one may meet it alone.
    about: ClassVar[str] = ""
    #: The command that fixes what can be fixed.
    fixed_by: ClassVar[str] = ""

    @abstractmethod
    def body(self) -> Iterator[Block]:
        """What people read."""

    @abstractmethod
    def data(self) -> Mapping[str, Any]:
        """What programs read. Values that are iterators are written as they come."""

    def errors(self) -> Iterator[Block]:
        """What went wrong: it stands behind the body, and on a terminal apart from it."""
        return iter(())

    def suites(self) -> Iterator[CheckSuite]:
        """What was checked."""
        raise self._without("suites")

    def rules(self) -> Iterator[CheckRule]:
        """What was checked by."""
        return iter(())

    def rows(self) -> Iterator[pl.DataFrame]:
        """One long table, in batches of the same columns."""
        raise self._without("rows")

    def sheets(self) -> Iterator[ReportSheet]:
        """Tables, each with a name."""
        yield ReportSheet(self.title, self.rows())

    def metrics(self) -> Iterator[Metric]:
        """Figures to be watched."""
        raise self._without("metrics")

    def page(self) -> Page | None:
        """A page of its own; None: the one that every report has."""
        return None

    def _without(self, part: str) -> NotImplementedError:
        return NotImplementedError(
            f"{type(self).__name__} has no {part}: a format that it is offered in needs them"
        )
