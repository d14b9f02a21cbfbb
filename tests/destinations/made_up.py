"""A made-up load table and batches for it, shaped as the engine makes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa

from leadingest.destinations.destination import Destination
from leadingest.destinations.ledger import DriftNote, Load, LoadEnd, LoadRow, NewLoad, RecordCounts
from leadingest.destinations.open_destination import open_destination
from leadingest.destinations.sql.dialects import dialect_of
from leadingest.destinations.sql.schema import Schema, schema_of
from leadingest.tables.load_table import LoadTable, read_load_table
from leadingest.tables.rejects import INVALID_VALUES, REJECTS

#: A column of every kind, and an identity.
TABLE = """\
table: made_up
about: "Made up; 100% of it, \\\\ and 'quotes' as well."
columns:
  company: {type: text, length: 200, required: true, about: A text.}
  phone: {type: phone, about: A key.}
  capacity: {type: integer, about: A number.}
  rate: {type: decimal, about: "An exact number, as SQLite's can be."}
  share: {type: decimal, precision: 38, scale: 20, about: An exact number of many digits.}
  open: {type: boolean, about: Yes or no.}
  issued: {type: date, about: A day.}
  seen: {type: datetime, about: A moment.}
identity:
  rules: [[phone]]
"""
#: Names of its own: what is told apart, and by what, is a matter of the description alone.
KENNELS = """\
table: kennels
about: Made up.
columns:
  trade_name: {type: text, length: 40, about: A name.}
  permit: {type: text, length: 20, about: A number.}
  office_id: {type: integer, about: Another number.}
  row_id: {type: text, length: 20, about: What the mapping calls the key.}
  fax: {type: phone, about: What the key is made of.}
identity:
  rules: [[fax]]
  distinct_within_source: {names: [trade_name], numbers: [permit, office_id]}
"""
NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


def made_up_table(folder: Path) -> LoadTable:
    """The load table described above."""
    path = folder / "made_up.yaml"
    path.write_text(TABLE)
    return read_load_table(path)


def leads_of(table: LoadTable, *leads: Mapping[str, Any]) -> pl.DataFrame:
    """Leads with these values: record numbers from 1 and fields counted where they are not given."""
    fields = {name: column.type.dtype for name, column in table.columns.items()}
    schema = {"record_number": pl.Int64(), **fields, "filled_fields": pl.Int16(), "lead_key": pl.String()}
    rows = [
        {"record_number": number, "filled_fields": len(lead), "lead_key": lead.get("phone"), **lead}
        for number, lead in enumerate(leads, 1)
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def kennel(name: str | None, key: str | None = "k", **more: Any) -> dict[str, Any]:
    """A lead of the table of KENNELS."""
    return {"trade_name": name, "lead_key": key, "filled_fields": 1, **more}


def rejects_of(*rows: tuple[Any, ...]) -> pl.DataFrame:
    """Rejects: record_number, line_number, field, rule, message, raw_record."""
    return pl.DataFrame(rows, schema=REJECTS, orient="row")


def invalid_of(*rows: tuple[Any, ...]) -> pl.DataFrame:
    """Invalid values: record_number, field, header, rule, raw_value."""
    return pl.DataFrame(rows, schema=INVALID_VALUES, orient="row")


PROFILES = pl.DataFrame(
    {
        "position": [1, 2],
        "header": ["Company", "Phone"],
        "filled": [2, 1],
        "profile": ['{"version": 1}', None],
    },
    schema={"position": pl.Int32, "header": pl.String, "filled": pl.Int64, "profile": pl.String},
)

DRIFT = DriftNote(
    code="DR104",
    name="column_added",
    kind_class="safe",
    header="<b>Fax</b>",
    expected="no such column",
    found="column 3",
    advice="read it, or ignore it",
)


#: The databases that every test of SQL runs on, and all destinations: `odd_mysql` is a server of odd settings.
DATABASES = ("sqlite", "mysql", "odd_mysql")
DESTINATIONS = (*DATABASES, "lake")


def each_of(names: Sequence[str]) -> list[object]:
    """The names as parameters of tests; on the odd server they are those that take long."""
    return [pytest.param(name, marks=[pytest.mark.long] * name.startswith("odd_")) for name in names]


def schema_for(url: str, table: LoadTable) -> Schema:
    """The tables of a database of this URL."""
    return schema_of(table, dialect_of(sa.make_url(url).get_backend_name()))


class MadeUpLoads:
    """Loads of made-up leads into one database."""

    def __init__(self, url: str, table: LoadTable) -> None:
        self.table, self.url = table, url
        self.destination: Destination = open_destination(url, table)

    def new(self, source: str = "acme", **differently: Any) -> NewLoad:
        """A delivery of the source."""
        made_up = {
            "file_name": "acme.csv",
            "file_size": 10,
            "file_sha256": "a" * 64,
            "mapping_hash": "m" * 64,
        }
        return NewLoad(**{**made_up, "source": source, "extract_time": NOON, **differently})

    def load(
        self,
        *leads: Mapping[str, Any],
        rejects: pl.DataFrame | None = None,
        invalid_values: pl.DataFrame | None = None,
        counts: RecordCounts | None = None,
        held_because: str = "",
        drift: Sequence[DriftNote] = (),
        **delivery: Any,
    ) -> int:
        """Load the leads from start to finish; the number of the load."""
        rejects = rejects_of() if rejects is None else rejects
        invalid_values = invalid_of() if invalid_values is None else invalid_values
        right = RecordCounts(
            read=len(leads) + rejects.height,
            loaded=len(leads),
            rejected=rejects.height,
            filtered=0,
            invalid_values=invalid_values.height,
        )
        with self.started(**delivery) as load:
            load.write(leads=leads_of(self.table, *leads), rejects=rejects, invalid_values=invalid_values)
            load.write_profiles(PROFILES)
            load.write_drift(drift)
            load.finish(LoadEnd(counts or right, held_because=held_because))
        return load.id

    @contextmanager
    def started(self, **delivery: Any) -> Iterator[Load]:
        """A load that has begun, with its source in our hands."""
        new = self.new(**delivery)
        with self.destination.ledger.claim(new.source) as claim, claim.start(new) as load:
            yield load

    def loaded_before(
        self, source: str = "acme", sha256: str = "a" * 64, mapping_hash: str = "m" * 64
    ) -> LoadRow | None:
        """The load of the made-up delivery, or of one that differs from it."""
        with self.destination.ledger.claim(source) as claim:
            return claim.loaded_before(sha256=sha256, mapping_hash=mapping_hash)

    def lacking(self) -> list[str]:
        """What the tables of the database lack."""
        return self.destination.sql_tables.lacking()

    def shown(self, column: str = "company", source: str | None = None) -> list[Any]:
        """What the view shows of a column."""
        return self.destination.leads.rows(source=source)[column].to_list()
