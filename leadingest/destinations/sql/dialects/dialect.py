"""What leadingest has to know of a kind of SQL database: what is true of one kind alone stands in its dialect."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.types import TypeEngine

from leadingest.destinations.sql.bulk_writers.bulk_writer import BulkWriter
from leadingest.errors import DestinationError

#: Execution option of the connections that write.
WRITING = "leadingest_writing"

#: What is said of a database that was only to be read, and what to do.
LACKING = "lacks a table or a column that leadingest needs"
LACKING_HINT = (
    "the next `leadingest run` makes missing tables; `leadingest ddl --diff` prints what else is missing"
)

#: Polars has no decimals of more digits, and Python's usual 28 are not enough.
_WIDE = Context(prec=38)


@dataclass(frozen=True)
class Fault:
    """What a driver's error means: the error to raise, a text without data or secrets, and what to do."""

    kind: type[DestinationError]
    text: str
    hint: str = ""

    def error(self) -> DestinationError:
        """The error, to be raised."""
        return self.kind(self.text, hint=self.hint)


@dataclass(frozen=True, kw_only=True)
class ColumnTypes:
    """The types of columns that not every database has under one name."""

    #: A whole number of 64 bits, of which a primary key can be numbered.
    number: TypeEngine[Any]
    #: A whole number from 0 to 4,294,967,295, of which a primary key can be numbered: it stands in every index.
    key_number: TypeEngine[Any]
    #: A moment with microseconds, without a zone.
    time: TypeEngine[Any]
    #: A text of any length.
    long_text: TypeEngine[Any]
    #: A text of so many characters that is compared sign by sign.
    key_text: Callable[[int], TypeEngine[Any]]
    #: A decimal of this precision and scale that comes back exactly as it was written.
    decimal: Callable[[int, int], TypeEngine[Any]]


@dataclass(frozen=True)
class IndexHints:
    """How the view tells the database which index to search for the leads of one key, and which table to begin with.

    Left to their statistics, which are off after a large load, the servers were seen to read the whole history,
    and where many keys are null to read every published lead for each lead.
    """

    #: Behind a table, with its index in the place of {}; and where it is to be searched by its primary key.
    by_index: str = ""
    by_primary_key: str = ""
    then_join: str = "JOIN"
    #: In one of which indexes the published leads are to be found: in the place of {} those that begin with the load,
    #: each with a comma before it.
    by_load: str = ""


class Dialect(ABC):
    """One kind of SQL database. An object serves every database of the kind: it keeps nothing of any one of them.

    What has no body has to be said by every dialect; what has one is what SQL usually is. A dialect is marked
    `final`: then mypy names what it lacks.
    """

    #: Connections that write one load side by side with profit.
    writers: int = 1
    #: Rows that are worth a transaction.
    chunk: int = 1
    #: Behind INSERT, where rows whose key is there already are left out.
    where_new: str = "IGNORE"
    #: How the view names indexes.
    hints: IndexHints = IndexHints()
    #: Bytes that the texts of a row may take together; None where there is no such limit.
    most_text_bytes: int | None = None

    @property
    @abstractmethod
    def name(self) -> str:
        """What it is called by `leadingest ddl --dialect`: the name of its file."""

    @property
    @abstractmethod
    def sql(self) -> sa.Dialect:
        """How SQLAlchemy writes its SQL, without a driver and with named parameters: a % stays a %."""

    @property
    @abstractmethod
    def jobs(self) -> int:
        """Sources that are loaded side by side with profit."""

    @property
    @abstractmethod
    def types(self) -> ColumnTypes:
        """The types of its columns."""

    def key_digest(self, key: sa.ColumnElement[str]) -> sa.ColumnElement[bytes] | None:
        """The 16 bytes that stand for a lead key in indexes, worked out by the database; None: the key itself does.

        Long enough that no two keys have the same.
        """
        return None

    @property
    @abstractmethod
    def longest_key(self) -> int:
        """Most characters of a lead key that can be indexed together with what the view chooses by."""

    @abstractmethod
    def engine(self, url: sa.URL) -> sa.Engine:
        """Connections to the database of the URL; none is opened yet.

        Raises DestinationSetupError for a URL that cannot be meant, and where the driver is missing.
        """

    def is_yet_to_be_made(self, url: sa.URL) -> bool:
        """Whether the database is a file that is not there, and is made when somebody writes."""
        return False

    def table_options(
        self, *, numbered: bool = False, history: bool = False, clustered: bool = False
    ) -> dict[str, Any]:
        """The options of a table for SQLAlchemy: `numbered` never gives a number twice, `history` is the load table.

        The rows of one that is `clustered` are to lie in the order of the primary key, and nowhere else.
        """
        return {}

    def create_table(self, table: sa.Table) -> Iterable[str]:
        """The statements that make a table with its indexes, to be run as often as one likes."""
        yield str(CreateTable(table, if_not_exists=True).compile(dialect=self.sql))
        for index in indexes_of(table):
            yield str(CreateIndex(index, if_not_exists=True).compile(dialect=self.sql))

    def create_view(self, name: str, query: str) -> Iterable[str]:
        """The statements that make a view, or make it again."""
        yield f"DROP VIEW IF EXISTS {name}"
        yield f"CREATE VIEW {name} AS\n{query}"

    @abstractmethod
    def widen(self, column: sa.Column[Any], described: str) -> str | None:
        """The statement that makes a text column longer, `described` as CREATE TABLE would; None where none is needed."""

    @abstractmethod
    def insert_or_lock(self, table: sa.Table, row: Mapping[str, Any], unchanged: str) -> sa.Executable:
        """One statement that inserts the row, or, where its key is there, leaves it as it is.

        In either case nobody else can change it until the transaction ends. The column `unchanged` may be set to itself.
        """

    @abstractmethod
    def lock(self, engine: sa.Engine, name: str, *, wait: float) -> AbstractContextManager[bool]:
        """Hold the lock of this name for as long as the block lasts; False where somebody else had it all along.

        It is free again as soon as its process is gone, however that came about. `wait` is in seconds.
        """

    def let_others_add(self, connection: sa.Connection) -> None:
        """Make a connection ready for a long transaction, while others add their rows beside what it reads and removes."""
        return

    @abstractmethod
    def bulk_writer(self, connection: sa.Connection) -> BulkWriter:
        """The best way in which many rows can be written through the connection."""

    @abstractmethod
    def classify(self, error: sa.exc.DBAPIError, url: str) -> Fault:
        """What the driver's error means for the database with this URL, which may be shown.

        DestinationLockedError is what can be tried again as it is, for others were in the way.
        """


def indexes_of(table: sa.Table) -> list[sa.Index]:
    """The indexes of the table, by name."""
    return sorted(table.indexes, key=lambda index: str(index.name))


def first_line(error: sa.exc.DBAPIError) -> str:
    """What the driver said, in one line."""
    lines = str(error.orig).strip().splitlines() if error.orig else []
    return lines[0] if lines else "no reason given"


class ExactDecimal(sa.TypeDecorator[Decimal]):
    """NUMERIC of this precision and scale, without the way through `float` that SQLAlchemy takes for some databases."""

    impl = sa.Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        super().__init__(precision, scale)
        self.precision, self.scale = precision, scale

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        return dialect.type_descriptor(_Numeric(self.precision, self.scale))

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Decimal | None:
        if value is None:
            return None
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-self.scale), context=_WIDE)


class _Numeric(sa.Numeric[Any]):
    def bind_processor(self, dialect: sa.Dialect) -> None:
        return None

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> None:
        return None
