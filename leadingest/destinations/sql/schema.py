"""The tables of a database and the columns of its view, made from the description of a load table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from leadingest.destinations.leads import BEST_FIRST
from leadingest.destinations.sql.dialects.dialect import ColumnTypes, Dialect
from leadingest.errors import DefinitionError, Problem
from leadingest.tables.column import Column
from leadingest.tables.load_table import LoadTable
from leadingest.tables.types.base import Storage

#: Columns that a few leads are found by, each group with an index. It begins with the load: the rows of a new load
#: come behind all others then, which costs less than half of what an index over all loads does, and a reader
#: pays for a look into each published load and not for the history.
LOOKED_UP_BY = (("phone",), ("state", "city"))
#: The column that stands for lead_key in the index of lead keys, where the database works out digests.
KEY_DIGEST = "lead_key_digest"
#: The key in the `info` of a table under which its name in an earlier version stands.
FORMER_NAME = "former_name"


@dataclass(frozen=True)
class Schema:
    """The tables and the view around one load table, as a dialect has them."""

    description: LoadTable
    dialect: Dialect
    leads: sa.Table
    loads: sa.Table
    rejects: sa.Table
    invalid_values: sa.Table
    shared_keys: sa.Table
    profiles: sa.Table
    drift: sa.Table
    corrected_files: sa.Table
    published: sa.Table
    exports: sa.Table
    exported_leads: sa.Table
    #: The columns of the view; it is made by `view_sql`, not by SQLAlchemy.
    view: sa.Table
    #: By which the leads of a load are found that have a key.
    lead_key_index: sa.Index
    #: Which sources have had leads with a key that several leads have.
    keys: sa.Table
    #: By which a load tells which of its keys other sources have.
    key_hashes: sa.Table
    #: By which it tells whether several leads share a key.
    shared_keys_index: sa.Index

    def has_key(self, lead_key: str) -> sa.ColumnElement[bool]:
        """Whether a row of the load table has the key, as part of a query: by the index of lead keys."""
        digest = self.dialect.key_digest(sa.literal(lead_key))
        return self.leads.c[self.key_column] == (lead_key if digest is None else digest)

    @property
    def key_column(self) -> str:
        """The column that stands for the lead key in indexes, of the load table and of `keys`."""
        _, key, *_ = self.lead_key_index.columns.keys()
        return str(key)

    @property
    def by_load_indexes(self) -> tuple[str, ...]:
        """The names of the indexes by which a reader finds some of the leads of a load, beside the primary key."""
        found = (index for index in self.leads.indexes if index is not self.lead_key_index)
        return tuple(sorted(str(index.name) for index in found))

    @property
    def tables(self) -> tuple[sa.Table, ...]:
        """The tables, in the order in which they are made."""
        return tuple(self.leads.metadata.tables.values())


@lru_cache(maxsize=16)
def schema_of(table: LoadTable, dialect: Dialect) -> Schema:
    """The schema around the load table. Raises DefinitionError for a table that the database cannot hold.

    All destinations of one description share it: to make it takes longer than to open a database.
    """
    _refuse_what_does_not_fit(table, dialect)
    made = _Tables(dialect)
    leads, lead_key_index = made.leads(table)
    keys, key_hashes = made.keys(table), made.key_hashes(table)
    loads, rejects, invalid_values = made.loads(), made.rejects(), made.invalid_values()
    shared_keys, shared_keys_index = made.shared_keys()
    return Schema(
        description=table,
        dialect=dialect,
        leads=leads,
        loads=loads,
        rejects=rejects,
        invalid_values=invalid_values,
        shared_keys=shared_keys,
        profiles=made.profiles(),
        drift=made.drift(),
        corrected_files=made.corrected_files(),
        published=made.published(),
        exports=made.exports(),
        exported_leads=made.exported_leads(),
        view=sa.Table(f"vw_{table.name}", sa.MetaData(), *made.lead_columns(table, key=False)),
        lead_key_index=lead_key_index,
        keys=keys,
        key_hashes=key_hashes,
        shared_keys_index=shared_keys_index,
    )


def _refuse_what_does_not_fit(table: LoadTable, dialect: Dialect) -> None:
    problems: list[Problem] = []
    most = dialect.most_text_bytes
    if most is not None and (size := table.text_bytes) > most:
        problems.append(
            table.problem(
                "columns", f"the texts take {size:,} bytes in {type(dialect).__name__}; at most {most:,} fit"
            )
        )
    if (length := table.identity.key_length) > dialect.longest_key:
        message = f"a key can have {length} characters, but at most {dialect.longest_key} can be indexed"
        problems.append(table.problem("identity", message))
    if problems:
        raise DefinitionError(problems)


class _Tables:
    """Makes the tables, as parts of one `MetaData`."""

    def __init__(self, dialect: Dialect) -> None:
        self._metadata, self._dialect = sa.MetaData(), dialect
        types = dialect.types
        self._number, self._time, self._long_text = types.number, types.time, types.long_text
        self._key_number, self._key_text = types.key_number, types.key_text

    def lead_columns(self, table: LoadTable, *, key: bool) -> list[sa.Column[Any]]:
        """The columns of the load table, and of its view, which has no primary `key`."""
        return [
            sa.Column(
                "load_id",
                self._key_number,
                primary_key=key,
                autoincrement=False,
                comment="The load; see loads.",
            ),
            sa.Column(
                "source_record_number",
                self._key_number,
                primary_key=key,
                autoincrement=False,
                comment="The record of the delivery, counted from 1 after the header.",
            ),
            sa.Column("source_name", self._key_text(64), nullable=False, comment="Who the list comes from."),
            sa.Column(
                "source_filename", sa.String(255), nullable=False, comment="The file name of the delivery."
            ),
            sa.Column(
                "source_extract_time", self._time, nullable=False, comment="When the delivery was made, UTC."
            ),
            *(self._field(column) for column in table.columns.values()),
            sa.Column(
                "filled_fields", sa.SmallInteger, nullable=False, comment="How many lead fields have a value."
            ),
            sa.Column(
                "lead_key",
                self._key_text(table.identity.key_length),
                comment="Leads with the same key are the same lead; a lead without a key is always separate.",
            ),
            sa.Column(
                "name_hash",
                self._key_number,
                comment="CRC-32 of the name, which distinguishes leads that share a key.",
            ),
            sa.Column("updated_at", self._time, nullable=False, comment="When the row was loaded, UTC."),
        ]

    def leads(self, table: LoadTable) -> tuple[sa.Table, sa.Index]:
        """The load table and its index of lead keys, in which stands all that the view chooses by.

        But for the name of the source, which the view has from `published_loads`. As the others it begins with the load: the
        rows of a new load have their place behind all others.
        """
        columns = self.lead_columns(table, key=True)
        digest = self._key_digest()
        if digest is not None:
            comment = "Stands for lead_key in the index."
            computed = sa.Computed(digest, persisted=True)
            columns.append(sa.Column(KEY_DIGEST, sa.BINARY(16), computed, comment=comment))
        key = "lead_key" if digest is None else KEY_DIGEST
        chosen_by = (name for name, _ in BEST_FIRST if name != "source_name")
        lead_key = sa.Index(f"ix_{table.name}_lead_key", "load_id", key, *chosen_by, "name_hash")
        looked_up = [
            sa.Index("_".join(("ix", table.name, *names)), "load_id", *names)
            for names in LOOKED_UP_BY
            if set(names) <= table.columns.keys()
        ]
        options = self._dialect.table_options(history=True)
        leads = sa.Table(
            table.name, self._metadata, *columns, lead_key, *looked_up, comment=table.about, **options
        )
        return leads, lead_key

    def keys(self, table: LoadTable) -> sa.Table:
        """The keys that several leads have had, and of which sources: what the view looks at first.

        It may have keys that no lead has any more, or one alone, but never lacks one that two leads have of loads that are
        published or can be.
        """
        digests = self._key_digest() is not None
        name = KEY_DIGEST if digests else "lead_key"
        sql_type = sa.BINARY(16) if digests else self._key_text(table.identity.key_length)
        return sa.Table(
            f"{table.name}_keys",
            self._metadata,
            sa.Column(name, sql_type, primary_key=True, comment=f"See {table.name}."),
            sa.Column("source_name", self._key_text(64), primary_key=True, comment="Who has had the lead."),
            sa.Column(
                "several",
                sa.Boolean,
                primary_key=True,
                comment="Whether several leads of one load had the key.",
            ),
            comment="Which sources have had leads with a key that several leads have. Most keys have one, and are not here.",
            **self._dialect.table_options(clustered=True),
        )

    def key_hashes(self, table: LoadTable) -> sa.Table:
        """Hashes of all keys that a source has had, those of each load behind those of the loads before it."""
        return sa.Table(
            f"{table.name}_key_hashes",
            self._metadata,
            sa.Column("source_name", self._key_text(64), primary_key=True),
            sa.Column(
                "first_load_id",
                self._key_number,
                primary_key=True,
                autoincrement=False,
                comment="The load that was the first of its source to have these keys.",
            ),
            sa.Column("part", sa.Integer, primary_key=True, autoincrement=False, comment="Counted from 1."),
            sa.Column(
                "hashes",
                sa.LargeBinary,
                nullable=False,
                comment="The CRC-32 of each key, four bytes each, the least significant first.",
            ),
            comment=f"Which keys each source has had, as hashes: a load is compared with these. See {table.name}_keys.",
            **self._dialect.table_options(),
        )

    def _key_digest(self) -> sa.ColumnElement[bytes] | None:
        return self._dialect.key_digest(sa.column("lead_key", sa.String))

    def loads(self) -> sa.Table:
        """`loads`: one row per load."""
        return sa.Table(
            "loads",
            self._metadata,
            sa.Column("load_id", self._key_number, primary_key=True, autoincrement=True),
            sa.Column("source_name", self._key_text(64), nullable=False),
            sa.Column("load_table", self._key_text(64), nullable=False),
            sa.Column(
                "status",
                self._key_text(16),
                nullable=False,
                comment="running, loaded, held, failed, pruning or pruned",
            ),
            sa.Column("file_name", sa.String(255), nullable=False),
            sa.Column("file_size", self._number, nullable=False, comment="Bytes."),
            sa.Column("file_sha256", self._key_text(64), nullable=False),
            sa.Column(
                "mapping_hash",
                self._key_text(64),
                nullable=False,
                comment="SHA-256 of everything that determined how it was loaded.",
            ),
            sa.Column("encoding", sa.String(32), comment="The encoding used to read the delivery."),
            sa.Column(
                "dialect",
                sa.String(100),
                comment="The CSV dialect: JSON of delimiter, quote, escape.",
            ),
            self._count("records_read", "Records in the delivery: loaded + rejected + filtered."),
            self._count("records_loaded", "Rows in the load table."),
            self._count("records_rejected", "Rows in load_rejects."),
            self._count("records_filtered", "Records left out on purpose."),
            self._count("invalid_values", "Rows in load_invalid_values."),
            sa.Column("extract_time", self._time, nullable=False, comment="When the delivery was made, UTC."),
            sa.Column("started_at", self._time, nullable=False),
            sa.Column("finished_at", self._time),
            sa.Column("reason", sa.Text(), comment="Why the load failed or is held."),
            sa.Column(
                "run_by",
                sa.String(160),
                nullable=False,
                server_default="",
                comment="The process that ran it.",
            ),
            sa.Column("program_version", sa.String(32), nullable=False),
            sa.Index("ix_loads_source_name", "source_name", "load_id"),
            comment="One row per load.",
            **self._dialect.table_options(numbered=True),
        )

    def rejects(self) -> sa.Table:
        """`load_rejects`: records that could not become leads."""
        return sa.Table(
            "load_rejects",
            self._metadata,
            sa.Column("load_id", self._key_number, primary_key=True, autoincrement=False),
            sa.Column("record_number", self._key_number, primary_key=True, autoincrement=False),
            sa.Column(
                "line_number", self._number, comment="Line of the file, or row of the sheet, where it starts."
            ),
            sa.Column(
                "field", sa.String(64), comment="The lead field; none if the record could not be read."
            ),
            sa.Column(
                "rule",
                self._key_text(64),
                nullable=False,
                comment="The word, type or check that rejected it, or the reason why it could not be read.",
            ),
            sa.Column("message", self._long_text, nullable=False),
            sa.Column(
                "raw_record",
                self._long_text,
                comment="The original record: JSON, header to cell; its text if it could not be read.",
            ),
            comment="Records that could not become leads.",
            **self._dialect.table_options(),
        )

    def invalid_values(self) -> sa.Table:
        """`load_invalid_values`: cells of loaded records that could not be read."""
        return sa.Table(
            "load_invalid_values",
            self._metadata,
            sa.Column("load_id", self._key_number, primary_key=True, autoincrement=False),
            sa.Column("record_number", self._key_number, primary_key=True, autoincrement=False),
            sa.Column("field", self._key_text(64), primary_key=True),
            sa.Column(
                "header",
                self._long_text,
                nullable=False,
                comment="Headers of the value, separated by commas.",
            ),
            sa.Column(
                "rule",
                self._key_text(64),
                nullable=False,
                comment="The word, type or check that rejected it.",
            ),
            sa.Column("raw_value", self._long_text, comment="The original cell; for several cells, JSON."),
            comment="Cells of loaded records that could not be read: blank in the lead, kept here.",
            **self._dialect.table_options(),
        )

    def shared_keys(self) -> tuple[sa.Table, sa.Index]:
        """`load_shared_keys`: keys that several leads of a load share without being one; with the index of the keys."""
        by_key = sa.Index("ix_load_shared_keys_lead_key", "lead_key", "load_id")
        table = sa.Table(
            "load_shared_keys",
            self._metadata,
            sa.Column("load_id", self._key_number, primary_key=True, autoincrement=False),
            sa.Column(
                "lead_key",
                self._key_text(self._dialect.longest_key),
                primary_key=True,
                comment="See the load table.",
            ),
            by_key,
            comment="Keys that leads with different names and numbers share in a load: for these keys, only leads "
            "with the same name are the same lead.",
            **self._dialect.table_options(),
        )
        return table, by_key

    def profiles(self) -> sa.Table:
        """`load_profiles`: columns of deliveries."""
        return sa.Table(
            "load_profiles",
            self._metadata,
            sa.Column("load_id", self._key_number, primary_key=True, autoincrement=False),
            sa.Column(
                "position",
                sa.Integer,
                primary_key=True,
                autoincrement=False,
                comment="Counted from 1; 0: the delivery as a whole.",
            ),
            sa.Column("header", self._long_text, nullable=False),
            sa.Column(
                "filled",
                self._number,
                nullable=False,
                comment="Number of records with a value in this column.",
            ),
            sa.Column("profile", self._long_text, comment="More statistics of the column: JSON."),
            comment="Statistics of the columns of deliveries.",
            **self._dialect.table_options(),
        )

    def drift(self) -> sa.Table:
        """`load_drift`: how deliveries differed from what was expected."""
        return sa.Table(
            "load_drift",
            self._metadata,
            sa.Column("load_id", self._key_number, primary_key=True, autoincrement=False),
            sa.Column(
                "finding", sa.Integer, primary_key=True, autoincrement=False, comment="Counted from 1."
            ),
            sa.Column("code", self._key_text(8), nullable=False, comment="The kind of drift: DR102."),
            sa.Column(
                "name", self._key_text(64), nullable=False, comment="The name of the kind: renamed_column."
            ),
            sa.Column("class", self._key_text(16), nullable=False, comment="breaking, lossy or safe."),
            sa.Column(
                "header",
                self._long_text,
                nullable=False,
                comment="The column; empty for the delivery as a whole.",
            ),
            sa.Column("expected", self._long_text, nullable=False),
            sa.Column("found", self._long_text, nullable=False),
            sa.Column("advice", self._long_text, nullable=False, comment="What to do."),
            comment="How deliveries differed from their mapping and from the load published at that time.",
            **self._dialect.table_options(),
        )

    def corrected_files(self) -> sa.Table:
        """`load_corrected_files`: files of corrected rejects that have joined a load."""
        return sa.Table(
            "load_corrected_files",
            self._metadata,
            sa.Column("load_id", self._key_number, primary_key=True, autoincrement=False),
            sa.Column("file", sa.Integer, primary_key=True, autoincrement=False, comment="Counted from 1."),
            sa.Column("file_name", sa.String(255), nullable=False),
            sa.Column("file_size", self._number, nullable=False, comment="Bytes."),
            sa.Column("file_sha256", self._key_text(64), nullable=False),
            sa.Column(
                "records_loaded",
                self._number,
                nullable=False,
                comment="Number of its records that became leads.",
            ),
            sa.Column(
                "records_filtered",
                self._number,
                nullable=False,
                comment="Number of its records that were filtered.",
            ),
            sa.Column("joined_at", self._time, nullable=False),
            sa.Column("program_version", sa.String(32), nullable=False),
            comment="Files of corrected rejects that were added to a load.",
            info={FORMER_NAME: "load_mended_files"},
            **self._dialect.table_options(),
        )

    def published(self) -> sa.Table:
        """`published_loads`: the load of each source that the view shows."""
        return sa.Table(
            "published_loads",
            self._metadata,
            sa.Column("source_name", self._key_text(64), primary_key=True),
            sa.Column("load_table", self._key_text(64), primary_key=True),
            sa.Column("load_id", self._key_number, nullable=False, comment="0 if none was published yet."),
            sa.Column("published_at", self._time, nullable=False),
            # All that the view asks for: the loads of its table, and whether a load is one of them.
            sa.Index("ix_published_loads_load_id", "load_table", "load_id", "source_name"),
            comment="The load of each source that the view shows.",
            **self._dialect.table_options(),
        )

    def exports(self) -> sa.Table:
        """`exports`: what was handed out under a name."""
        return sa.Table(
            "exports",
            self._metadata,
            sa.Column("export_id", self._number, primary_key=True, autoincrement=True),
            sa.Column(
                "export_name",
                self._key_text(64),
                nullable=False,
                comment="Name given by the user.",
            ),
            sa.Column("load_table", self._key_text(64), nullable=False),
            sa.Column("status", self._key_text(16), nullable=False, comment="running, done or failed"),
            sa.Column(
                "begins_anew",
                sa.Boolean,
                nullable=False,
                comment="Whether earlier exports of this name are disregarded.",
            ),
            sa.Column("file_name", sa.String(255), nullable=False),
            sa.Column("file_sha256", self._key_text(64), nullable=False),
            sa.Column(
                "file_columns", self._long_text, nullable=False, comment="The columns of the file: JSON."
            ),
            sa.Column(
                "chosen_by", self._long_text, nullable=False, comment="Which leads were selected: JSON."
            ),
            sa.Column(
                "loads", self._long_text, nullable=False, comment="The published load of each source: JSON."
            ),
            sa.Column("leads_new", self._number, nullable=False),
            sa.Column("leads_changed", self._number, nullable=False),
            sa.Column("leads_reappeared", self._number, nullable=False),
            sa.Column(
                "leads_known",
                self._number,
                nullable=False,
                comment="Not in the file: exported before and unchanged.",
            ),
            sa.Column(
                "leads_gone",
                self._number,
                nullable=False,
                comment="Present at the last export, but no longer.",
            ),
            sa.Column("exported_at", self._time, nullable=False),
            sa.Column("program_version", sa.String(32), nullable=False),
            sa.Index("ix_exports_export_name", "export_name", "load_table", "export_id"),
            comment="What was exported under a name.",
            **self._dialect.table_options(numbered=True),
        )

    def exported_leads(self) -> sa.Table:
        """`exported_leads`: the leads of each export."""
        return sa.Table(
            "exported_leads",
            self._metadata,
            sa.Column("export_id", self._number, primary_key=True, autoincrement=False),
            sa.Column(
                "lead_digest",
                self._key_text(32),
                primary_key=True,
                comment="Hash of what identifies the lead.",
            ),
            sa.Column(
                "content_digest",
                self._key_text(32),
                nullable=False,
                comment="Hash of what was exported; empty if the lead was removed.",
            ),
            comment="The leads of each export: those exported and those removed.",
            **self._dialect.table_options(),
        )

    def _count(self, name: str, comment: str) -> sa.Column[Any]:
        """A column that counts from 0."""
        return sa.Column(name, self._number, nullable=False, server_default="0", comment=comment)

    def _field(self, column: Column) -> sa.Column[Any]:
        sql_type = _sql_type(column.type.storage, self._dialect.types)
        return sa.Column(column.name, sql_type, nullable=not column.required, comment=column.about)


def _sql_type(storage: Storage, types: ColumnTypes) -> TypeEngine[Any]:
    match storage.kind:
        case "text":
            return sa.String(storage.length or 255)
        case "integer":
            return sa.Integer()
        case "decimal":
            return types.decimal(storage.precision or 18, storage.scale or 0)
        case "boolean":
            return sa.Boolean()
        case "date":
            return sa.Date()
        case "datetime":
            return types.time
