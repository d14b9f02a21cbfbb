"""The tables of a database, made from the description of a load table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, sqlite

from leadingest.destinations.exact_decimal import ExactDecimal
from leadingest.tables.column import Column
from leadingest.tables.load_table import LoadTable
from leadingest.tables.types.base import Storage

#: What the lineage columns of a load table are called, in front of the lead fields and behind them.
LINEAGE_BEFORE = (
    "load_id",
    "source_record_number",
    "source_name",
    "source_filename",
    "source_extract_time",
)
LINEAGE_AFTER = ("filled_fields", "lead_key", "updated_at")

#: Of the leads with the same lead_key the view shows the first by this order; the last two make it the only one.
BEST_FIRST = (
    ("source_extract_time", "highest"),
    ("filled_fields", "highest"),
    ("source_name", "lowest"),
    ("source_record_number", "lowest"),
)

#: Columns that a few leads are found by, each group with an index. It begins with the load: the rows of a new load
#: come behind all others then, which costs less than half of what an index over all loads does, and a reader
#: pays for a look into each published load and not for the history.
LOOKED_UP_BY = (("phone",), ("state", "city"))

_TABLE_OPTIONS: dict[str, Any] = {
    "mysql_engine": "InnoDB",
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_unicode_ci",
}

_Number = sa.BigInteger().with_variant(sqlite.INTEGER(), "sqlite")
_Time = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), "mysql")
_LongText = sa.Text().with_variant(mysql.LONGTEXT(), "mysql")


def _key(length: int) -> Any:
    """A text that is compared sign by sign."""
    return sa.String(length).with_variant(mysql.VARCHAR(length, collation="utf8mb4_bin"), "mysql")


@dataclass(frozen=True)
class Schema:
    """The tables and the view around one load table."""

    description: LoadTable
    leads: sa.Table
    loads: sa.Table
    rejects: sa.Table
    invalid_values: sa.Table
    profiles: sa.Table
    published: sa.Table
    #: The columns of the view; it is made by `view_sql`, not by SQLAlchemy.
    view: sa.Table
    #: By which the view tells whether there is a better lead with the same key.
    lead_key_index: sa.Index

    @property
    def by_load_indexes(self) -> tuple[str, ...]:
        """The names of the indexes of the load table that begin with the load, beside the primary key."""
        found = (index for index in self.leads.indexes if index.columns.keys()[0] == "load_id")
        return tuple(sorted(str(index.name) for index in found))

    @property
    def tables(self) -> tuple[sa.Table, ...]:
        """The tables, in the order in which they are made."""
        return (self.leads, self.loads, self.rejects, self.invalid_values, self.profiles, self.published)


def schema_of(table: LoadTable) -> Schema:
    """The schema around the load table."""
    metadata = sa.MetaData()
    leads, lead_key_index = _leads(table, metadata)
    return Schema(
        description=table,
        leads=leads,
        loads=_loads(metadata),
        rejects=_rejects(metadata),
        invalid_values=_invalid_values(metadata),
        profiles=_profiles(metadata),
        published=_published(metadata),
        view=sa.Table(f"vw_{table.name}", sa.MetaData(), *_lead_columns(table, key=False)),
        lead_key_index=lead_key_index,
    )


def _lead_columns(table: LoadTable, *, key: bool) -> list[sa.Column[Any]]:
    return [
        sa.Column("load_id", _Number, primary_key=key, autoincrement=False, comment="The load, see loads."),
        sa.Column(
            "source_record_number",
            _Number,
            primary_key=key,
            autoincrement=False,
            comment="The record of the delivery, counted from 1 after the header.",
        ),
        sa.Column("source_name", _key(64), nullable=False, comment="Who the list comes from."),
        sa.Column("source_filename", sa.String(255), nullable=False, comment="The delivered file."),
        sa.Column("source_extract_time", _Time, nullable=False, comment="When the delivery was made, UTC."),
        *(_field(column) for column in table.columns.values()),
        sa.Column(
            "filled_fields", sa.SmallInteger, nullable=False, comment="How many lead fields have a value."
        ),
        sa.Column(
            "lead_key",
            _key(table.identity.key_length),
            comment="Leads with the same key are one lead; without a key a lead is one of its own.",
        ),
        sa.Column("updated_at", _Time, nullable=False, comment="When the row was loaded, UTC."),
    ]


def _leads(table: LoadTable, metadata: sa.MetaData) -> tuple[sa.Table, sa.Index]:
    """The load table and its index on lead_key, in which stands all that the view chooses by."""
    lead_key = sa.Index(f"ix_{table.name}_lead_key", "lead_key", *(name for name, _ in BEST_FIRST), "load_id")
    looked_up = [
        sa.Index("_".join(("ix", table.name, *names)), "load_id", *names)
        for names in LOOKED_UP_BY
        if set(names) <= table.columns.keys()
    ]
    columns = _lead_columns(table, key=True)
    # Of 20 pages, the servers' default, they take a load for a few rows, as each page has rows of one load only.
    options = {**_TABLE_OPTIONS, "mysql_stats_sample_pages": "200"}
    leads = sa.Table(table.name, metadata, *columns, lead_key, *looked_up, comment=table.about, **options)
    return leads, lead_key


def _field(column: Column) -> sa.Column[Any]:
    return sa.Column(
        column.name, _sql_type(column.type.storage), nullable=not column.required, comment=column.about
    )


def _sql_type(storage: Storage) -> Any:
    match storage.kind:
        case "text":
            return sa.String(storage.length or 255)
        case "integer":
            return sa.Integer()
        case "decimal":
            return ExactDecimal(storage.precision or 18, storage.scale or 0)
        case "boolean":
            return sa.Boolean()
        case "date":
            return sa.Date()
        case "datetime":
            return _Time


def _count(name: str, comment: str) -> sa.Column[Any]:
    return sa.Column(name, _Number, nullable=False, server_default="0", comment=comment)


def _loads(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "loads",
        metadata,
        sa.Column("load_id", _Number, primary_key=True, autoincrement=True),
        sa.Column("source_name", _key(64), nullable=False),
        sa.Column("load_table", _key(64), nullable=False),
        sa.Column(
            "status", _key(16), nullable=False, comment="running, loaded, held, failed, pruning or pruned"
        ),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("file_size", _Number, nullable=False, comment="Bytes."),
        sa.Column("file_sha256", _key(64), nullable=False),
        sa.Column(
            "mapping_hash", _key(64), nullable=False, comment="SHA-256 of what decided how it was loaded."
        ),
        sa.Column("encoding", sa.String(32), comment="The encoding that the delivery was read in."),
        _count("records_read", "Records in the delivery: loaded + rejected + filtered."),
        _count("records_loaded", "Rows in the load table."),
        _count("records_rejected", "Rows in load_rejects."),
        _count("records_filtered", "Records left out on purpose."),
        _count("invalid_values", "Rows in load_invalid_values."),
        sa.Column("extract_time", _Time, nullable=False, comment="When the delivery was made, UTC."),
        sa.Column("started_at", _Time, nullable=False),
        sa.Column("finished_at", _Time),
        sa.Column("reason", sa.Text(), comment="Why the load failed or is held."),
        sa.Column(
            "run_by", sa.String(160), nullable=False, server_default="", comment="The process that runs it."
        ),
        sa.Column("program_version", sa.String(32), nullable=False),
        sa.Index("ix_loads_source_name", "source_name", "load_id"),
        comment="One row per load.",
        sqlite_autoincrement=True,
        **_TABLE_OPTIONS,
    )


def _rejects(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "load_rejects",
        metadata,
        sa.Column("load_id", _Number, primary_key=True, autoincrement=False),
        sa.Column("record_number", _Number, primary_key=True, autoincrement=False),
        sa.Column("line_number", _Number, comment="Line of the file, or row of the sheet, where it begins."),
        sa.Column("field", sa.String(64), comment="The lead field; none if the record could not be read."),
        sa.Column(
            "rule",
            _key(64),
            nullable=False,
            comment="The word, type or check that refused it, or the reason why it could not be read.",
        ),
        sa.Column("message", _LongText, nullable=False),
        sa.Column(
            "raw_record",
            _LongText,
            comment="The record as it came: JSON, header to cell; its text if it could not be read.",
        ),
        comment="Records that could not become leads.",
        **_TABLE_OPTIONS,
    )


def _invalid_values(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "load_invalid_values",
        metadata,
        sa.Column("load_id", _Number, primary_key=True, autoincrement=False),
        sa.Column("record_number", _Number, primary_key=True, autoincrement=False),
        sa.Column("field", _key(64), primary_key=True),
        sa.Column("header", _LongText, nullable=False, comment="Where the value stood, separated by commas."),
        sa.Column("rule", _key(64), nullable=False, comment="The word, type or check that refused it."),
        sa.Column("raw_value", _LongText, comment="The cell as it came; of several cells, JSON."),
        comment="Cells of loaded records that could not be read: blank in the lead, kept here.",
        **_TABLE_OPTIONS,
    )


def _profiles(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "load_profiles",
        metadata,
        sa.Column("load_id", _Number, primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False, comment="From 1."),
        sa.Column("header", _LongText, nullable=False),
        sa.Column("filled", _Number, nullable=False, comment="Records with something in this column."),
        sa.Column("profile", _LongText, comment="More that is known of the column: JSON."),
        comment="Columns of deliveries.",
        **_TABLE_OPTIONS,
    )


def _published(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "published_loads",
        metadata,
        sa.Column("source_name", _key(64), primary_key=True),
        sa.Column("load_table", _key(64), primary_key=True),
        sa.Column("load_id", _Number, nullable=False),
        sa.Column("published_at", _Time, nullable=False),
        # All that the view asks for: the loads of its table, and whether a load is one of them.
        sa.Index("ix_published_loads_load_id", "load_table", "load_id", "source_name"),
        comment="The load of each source that the view shows.",
        **_TABLE_OPTIONS,
    )
