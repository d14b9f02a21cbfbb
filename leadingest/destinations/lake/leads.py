"""The leads of a lake, read by polars: only the columns and the files that are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Final

import polars as pl

from leadingest.destinations.lake.lake import Lake
from leadingest.destinations.lake.lead_files import KEY_IS_SHARED
from leadingest.destinations.lake.published_keys import PublishedKeys
from leadingest.destinations.lake.state import LoadEntry, SourceLedger, StoredFile
from leadingest.destinations.leads import HiddenLeads, LeadInFront, PublishedLeads, lead_types
from leadingest.destinations.ledger import LoadRow
from leadingest.destinations.provenance import naive
from leadingest.destinations.shown import with_shown

#: Rows of a frame.
BATCH: Final = 20_000
#: Leads with others behind them that are named.
_NAMED: Final = 3

_NUMBER: Final = "source_record_number"
#: What decides whether a lead is shown, beside what all leads of its load have in common.
_JUDGED_BY: Final = (_NUMBER, "lead_key", "name_hash", "filled_fields")


class LakeLeads:
    """Reads the leads of one load table."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake

    def types(self) -> dict[str, pl.DataType]:
        """The columns of published leads."""
        return lead_types(self._lake.table)

    def rows(
        self, *, source: str | None = None, load_id: int | None = None, limit: int | None = None
    ) -> pl.DataFrame:
        """Published leads, or those of a load, by source and record number."""
        # A hash says nothing to a reader.
        columns = [name for name in self.types() if name != "name_hash"]
        if load_id is not None:
            found = self._lake.found(load_id)
            of_source = found is not None and source in (None, found[0].source_name)
            frames = self.of_load(load_id if of_source else 0, columns)
        else:
            frames = self._published({source} if source else ()).batches(columns)
        read, rows = [], 0
        for frame in frames:
            read.append(frame)
            rows += frame.height
            if limit is not None and rows >= limit:
                break
        return pl.concat(read).head(rows if limit is None else limit)

    def of_load(
        self, load_id: int, columns: Sequence[str], *, numbers: Sequence[int] | None = None
    ) -> Iterator[pl.DataFrame]:
        """Rows of a load, by record number."""
        wanted = (
            None if numbers is None else pl.col(_NUMBER).is_in(pl.Series(numbers, dtype=pl.Int64).implode())
        )
        yield from _frames(self._lake, self._lake.file(load_id, self._lake.leads), columns, wanted)

    @contextmanager
    def published(self, sources: Collection[str] = ()) -> Iterator[PublishedLeads]:
        """What is published, as of the moment when the block begins."""
        yield self._published(sources)

    def values(self, load_id: int, field: str) -> pl.Series:
        """Each value once; blanks are none."""
        rows = self._lake.scan(load_id, self._lake.leads)
        return self._lake.files.collect(rows.select(pl.col(field).drop_nulls().unique())).to_series()

    def filled_fields(self, load_ids: Collection[int]) -> dict[int, dict[str, int]]:
        """Of each load, by field, how many leads have a value. The ledger knows it: no lead is read."""
        found: dict[int, dict[str, int]] = {}
        for load_id in load_ids:
            if file := self._lake.file(load_id, self._lake.leads):
                found[load_id] = {name: file.filled.get(name, 0) for name in self._lake.table.columns}
        return found

    def shared_keys(self, load_id: int) -> pl.Series:
        """The keys that several leads of the load have without being one lead."""
        leads = self._lake.scan(load_id, self._lake.leads).filter(KEY_IS_SHARED)
        return self._lake.files.collect(leads.select("lead_key").unique()).to_series()

    def hidden(self, load_id: int) -> HiddenLeads:
        """The hidden leads of a load that is published. No file is read but those whose leads have a key of its own."""
        found = self._lake.found(load_id)
        if found is None:
            return HiddenLeads()
        published = LakePublishedLeads(
            self._lake, self._lake.published_keys.now(keep=True), (found[0].source_name,)
        )
        behind = published.judged.filter(~pl.col("shown"), pl.col("load_id") == load_id)
        grouped = (
            behind.group_by("lead_key", "behind_source", "behind_record")
            .len("hides")
            .sort("hides", "lead_key", descending=[True, False])
            .head(_NAMED)
        )
        in_front = grouped.select("behind_source", "behind_record", "hides").iter_rows()
        return HiddenLeads(behind.height, tuple(LeadInFront(*each) for each in in_front))

    def _published(self, sources: Collection[str]) -> LakePublishedLeads:
        return LakePublishedLeads(self._lake, self._lake.published_keys.now(), sources)


class LakePublishedLeads:
    """The published leads of some sources, or of all, as the ledgers were when they were read."""

    def __init__(self, lake: Lake, keys: PublishedKeys, sources: Collection[str]) -> None:
        self._lake, self._keys, self._sources = lake, keys, sources

    @property
    def loads(self) -> tuple[LoadRow, ...]:
        """The published load of each source, sorted by source."""
        return tuple(row for row, _ in self._asked_for)

    @cached_property
    def _asked_for(self) -> list[tuple[LoadRow, LoadEntry]]:
        return _shown(self._keys.states(self._sources))

    def batches(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """These columns of the leads as they are shown, by source and record number; at least one frame."""
        hidden = self.judged.filter(~pl.col("shown"))
        for row, entry in self._asked_for:
            numbers = hidden.filter(pl.col("load_id") == row.load_id)[_NUMBER]
            shown = ~pl.col(_NUMBER).is_in(numbers.implode()) if numbers.len() else None
            yield from _frames(self._lake, entry.file("leads"), columns, shown)
        if not self._asked_for:
            yield from _frames(self._lake, None, columns, None)

    def shared_keys(self) -> pl.Series:
        """The keys under which leads, of whatever source, are one only if they have one name."""
        columns = ("lead_key", KEY_IS_SHARED)
        files = [file for _, file in _with_leads(self._keys.states())]
        if not files:
            return pl.Series("lead_key", [], pl.String)
        shared = self._lake.files.scan_all(files, self._lake.leads, columns).filter(KEY_IS_SHARED)
        return self._lake.files.collect(shared.select("lead_key").unique()).to_series()

    @cached_property
    def judged(self) -> pl.DataFrame:
        """The leads whose key a lead that is asked for has in common with another, with what `with_shown` tells of them."""
        several, states = self._keys.in_common(self._sources)
        needed, key = (*_JUDGED_BY, KEY_IS_SHARED), pl.col("lead_key")
        contested = [
            self._lake.files.scan(file, self._lake.leads, needed)
            .filter(key.is_not_null(), key.hash().is_in(several.implode()))
            .select(
                *needed,
                pl.lit(row.load_id, pl.Int64).alias("load_id"),
                pl.lit(row.source_name).alias("source_name"),
                pl.lit(naive(row.extract_time)).cast(pl.Datetime("us")).alias("source_extract_time"),
            )
            for row, file in _with_leads(states)
        ]
        types = lead_types(self._lake.table) | {KEY_IS_SHARED: pl.Boolean()}
        columns = (*needed, "load_id", "source_name", "source_extract_time")
        none = pl.LazyFrame(schema={name: types[name] for name in columns})
        found = self._lake.files.collect(pl.concat([none, *contested]))
        shared = found.filter(KEY_IS_SHARED)["lead_key"].unique()
        return with_shown(found.drop(KEY_IS_SHARED), shared)


def _shown(states: Iterable[SourceLedger]) -> list[tuple[LoadRow, LoadEntry]]:
    """What is published of these sources."""
    entries = ((state, state.entry(state.published)) for state in states)
    return [(state.row_of(entry), entry) for state, entry in entries if entry]


def _with_leads(states: Iterable[SourceLedger]) -> Iterator[tuple[LoadRow, StoredFile]]:
    """Where the leads that are published of these sources lie."""
    for row, entry in _shown(states):
        if file := entry.file("leads"):
            yield row, file


def _frames(
    lake: Lake, file: StoredFile | None, columns: Sequence[str], wanted: pl.Expr | None
) -> Iterator[pl.DataFrame]:
    """These columns of the leads in a file, by record number and in frames of a size; at least one frame."""
    types = lead_types(lake.table)
    found = False
    for batch in lake.batches(file, lake.leads) if file else ():
        rows = batch.select({_NUMBER, *columns})
        rows = rows.filter(wanted) if wanted is not None else rows
        for frame in lake.files.collect(rows).sort(_NUMBER).select(columns).iter_slices(BATCH):
            if frame.height:
                found = True
                yield frame
    if not found:
        yield pl.DataFrame(schema={name: types[name] for name in columns})
