"""What a destination promises, by role."""

from __future__ import annotations

from typing import Protocol

from leadingest.destinations.copies import Copies
from leadingest.destinations.diagnostics import Diagnostics
from leadingest.destinations.exports import Exports
from leadingest.destinations.leads import Leads
from leadingest.destinations.ledger import Ledger


class SqlTables(Protocol):
    """The tables and views that people read a destination by, with SQL."""

    def lacking(self) -> list[str]:
        """The SQL, statement by statement, that adds what the tables lack of their description; nothing is run."""


class EngineTable(Protocol):
    """What other programs read of a destination without a database: a copy of what its ledgers say is published."""

    def rebuild(self) -> None:
        """Make it anew, whatever became of it."""


class Destination(Protocol):
    """Where the leads of one load table go. Every method of a role raises DestinationError where it fails.

    Nothing is connected before a role is asked.
    """

    @property
    def ledger(self) -> Ledger:
        """The loads, and which one of a source is published."""

    @property
    def leads(self) -> Leads:
        """The leads."""

    @property
    def diagnostics(self) -> Diagnostics:
        """What is known of the deliveries beside their leads."""

    @property
    def exports(self) -> Exports:
        """What was handed out."""

    @property
    def sql_tables(self) -> SqlTables:
        """The tables that it is read by."""

    @property
    def engine_table(self) -> EngineTable | None:
        """What other programs read; None for a database, which they ask itself."""

    @property
    def copies(self) -> Copies | None:
        """Loads of another destination, copied; None where this kind of destination takes none."""

    def prepare(self) -> None:
        """Make what is missing, as tables and the view; nothing is made or altered where all is there.

        Raises DestinationSetupError when what is there lacks columns of the load table.
        """

    def close(self) -> None:
        """Let go of it."""
