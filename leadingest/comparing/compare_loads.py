"""Two loads of one source beside each other: which leads are new, changed, gone, or there again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from leadingest.comparing.changed_leads import ChangedLeads
from leadingest.comparing.digest import digests
from leadingest.comparing.match import DIGEST, RECORD, Match, Side, match, match_again
from leadingest.destinations.destination import Destination
from leadingest.destinations.leads import Leads
from leadingest.destinations.ledger import Ledger, LoadRow
from leadingest.destinations.refusals import WITHOUT_ROWS, refuse_without_rows
from leadingest.errors import BalanceError, NothingToDoError, UsageError


def chosen_loads(ledger: Ledger, source: str, requested: tuple[int, int] | None) -> list[LoadRow]:
    """The load before and the load now, and then every earlier load of the source, newest first.

    `requested` names the two; else they are the published load and the one that was loaded before it. Raises UsageError
    where a load that is asked for is none of the source or has no rows, NothingToDoError where there are no two.
    """
    history = ledger.history(source=source, limit=None)
    before, now = _named(history, source, requested) if requested else _published_and_before(history, source)
    earlier = [row for row in history if row.load_id < before.load_id and row.load_id != now.load_id]
    return [before, now, *earlier]


def _named(history: list[LoadRow], source: str, requested: tuple[int, int]) -> tuple[LoadRow, LoadRow]:
    before, now = requested
    if before == now:
        raise UsageError(
            f"load {now} cannot be compared with itself", hint="give two loads: leadingest diff 41 44"
        )
    return _with_rows(history, source, before), _with_rows(history, source, now)


def _with_rows(history: list[LoadRow], source: str, load_id: int) -> LoadRow:
    found = next((row for row in history if row.load_id == load_id), None)
    if not found:
        raise UsageError(
            f"{source} has no load {load_id}", hint=f"leadingest loads --source {source} lists them"
        )
    refuse_without_rows(found)
    return found


def _published_and_before(history: list[LoadRow], source: str) -> tuple[LoadRow, LoadRow]:
    now = next((row for row in history if row.published), None)
    if not now:
        raise NothingToDoError(
            f"{source} has no published load yet", hint=f"leadingest run --source {source}"
        )
    earlier = [row for row in history if row.load_id < now.load_id]
    before = next((row for row in earlier if row.status == "loaded"), None)
    if not before:
        pruned = [row for row in earlier if row.status in ("pruned", "pruning")]
        why = f": load {pruned[0].load_id} {WITHOUT_ROWS[pruned[0].status]}" if pruned else ""
        raise NothingToDoError(
            f"{source} has no load before the published one (load {now.load_id}) to compare with{why}",
            hint=f"leadingest loads --source {source} lists them",
        )
    return before, now


#: What leads are matched by where the mapping declares no key.
LEAD_KEY = ("lead_key",)

#: A field that has changed in this share of the leads that are in both loads, and in no fewer leads, has changed in
#: nearly all of them: that is one thing to tell, and not one for each lead.
_NEARLY_ALL = 0.9
_MANY = 10


@dataclass(frozen=True)
class LoadComparison(ChangedLeads):
    """Two loads of a source and what became of every lead between them.

    Kept in memory are a key, a record number and a digest per lead of the two loads, and of them only what differs
    once they are matched; leads themselves are read from the database a batch at a time, whenever they are asked for.
    """

    before: LoadRow
    now: LoadRow
    #: Leads of `found.added` that an earlier load had, and the others.
    reappeared: pl.DataFrame
    new: pl.DataFrame
    #: Earlier loads whose rows are gone: a lead that only they had counts as new.
    unknown: tuple[LoadRow, ...]
    source_leads: Leads
    #: The columns by which leads without a partner were matched once more; none where they were not.
    then_by: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The source of the two loads."""
        return self.now.source_name

    @property
    def declared(self) -> bool:
        """Whether the key is one that the mapping declares."""
        return self.key != LEAD_KEY

    @property
    def ambiguous_keys(self) -> int:
        """How many keys several leads of one of the loads have."""
        return self.found.ambiguous.n_unique(list(self.key)) if self.found.ambiguous.height else 0

    def ambiguous(self, load: Side) -> int:
        """The leads of a load that have such a key."""
        return self.found.of_load(self.found.ambiguous, load).height

    def without_key(self, load: Side) -> int:
        """The leads of a load that have no key."""
        return self.found.of_load(self.found.without_key, load).height

    @property
    def changed_nearly_everywhere(self) -> tuple[str, ...]:
        """The fields that changed in nearly all of the leads that are in both loads."""
        least = max(_NEARLY_ALL * (self.found.unchanged + self.found.changed.height), _MANY)
        return tuple(field for field, change in self.field_changes.items() if change.leads >= least)

    def leads(self, load: LoadRow, records: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """Leads of a load, those of the records alone: RECORD, the key and every field; in batches."""
        columns = list(dict.fromkeys((RECORD, *self.key, *self.fields)))
        yield from self.source_leads.of_load(load.load_id, columns, numbers=records[RECORD].to_list())

    def read(self, load: Side, columns: Sequence[str], records: pl.Series) -> Iterator[pl.DataFrame]:
        row = self.now if load == "now" else self.before
        yield from self.source_leads.of_load(row.load_id, columns, numbers=records.to_list())


def compare_loads(
    destination: Destination,
    source: str,
    *,
    key: Sequence[str],
    fields: Sequence[str],
    loads: tuple[int, int] | None = None,
    then_by: Sequence[str] = (),
) -> LoadComparison:
    """Compare two loads of the source, by default the published one with the one before, in these lead fields.

    `key` is what the mapping declares; without one leads are matched by their lead_key. Those that have no partner
    then are matched by the columns `then_by`, if there are any. Raises as `chosen_loads`, and BalanceError when a
    lead of either load is not accounted for.
    """
    before, now, *earlier = chosen_loads(destination.ledger, source, loads)
    key = tuple(key) or LEAD_KEY
    found = match(
        _read(destination.leads, before, key, fields), _read(destination.leads, now, key, fields), key
    )
    if then_by:
        columns = tuple(dict.fromkeys((*then_by, *key)))
        found = match_again(
            found,
            _read(destination.leads, before, columns, fields, numbers=found.numbers("before")),
            _read(destination.leads, now, columns, fields, numbers=found.numbers("now")),
            then_by,
        )
    _balance(found, before, now)
    with_rows = [row for row in earlier if row.status in ("loaded", "held")]
    reappeared = _there_before(destination.leads, with_rows, found.added, key)
    return LoadComparison(
        before=before,
        now=now,
        key=key,
        fields=tuple(fields),
        found=found,
        reappeared=reappeared,
        new=found.added.join(reappeared, on=RECORD, how="anti"),
        unknown=tuple(row for row in earlier if row.status in ("pruned", "pruning")),
        source_leads=destination.leads,
        then_by=tuple(then_by),
    )


def _read(
    source_leads: Leads,
    load: LoadRow,
    key: Sequence[str],
    fields: Sequence[str],
    *,
    numbers: pl.Series | None = None,
) -> pl.DataFrame:
    """RECORD, the key and DIGEST of every lead of a load, or of the records with these numbers."""
    columns = list(dict.fromkeys((RECORD, *key, *fields)))
    read = pl.concat(
        leads.select(RECORD, *key, _number(digests(leads, fields)).alias(DIGEST))
        for leads in source_leads.of_load(
            load.load_id, columns, numbers=None if numbers is None else numbers.to_list()
        )
    )
    expected = load.records_loaded if numbers is None else len(numbers)
    if read.height != expected:
        raise BalanceError(
            f"load {load.load_id} of {load.source_name} has {read.height:,} rows, expected {expected:,}",
            hint=f"leadingest loads --source {load.source_name} shows whether it is being pruned",
        )
    return read


def _number(texts: pl.Series) -> pl.Series:
    """Half of each digest as a number, in a sixth of the memory: enough to tell a lead from what it was."""
    return texts.str.head(16).str.to_integer(base=16, dtype=pl.UInt64)


def _there_before(
    source_leads: Leads, earlier: Sequence[LoadRow], added: pl.DataFrame, key: Sequence[str]
) -> pl.DataFrame:
    """Those of the added leads whose key an earlier load has; loads are read until all are found.

    Keys are compared here and not by the database, for which some texts that differ are equal.
    """
    found = added.clear()
    for load in earlier:
        for keys in source_leads.of_load(load.load_id, key):
            missing = added.join(found, on=RECORD, how="anti")
            if missing.is_empty():
                return found
            found = pl.concat([found, missing.join(keys, on=key, how="semi", nulls_equal=True)])
    return found.sort(RECORD)


def _balance(found: Match, before: LoadRow, now: LoadRow) -> None:
    """Every lead of both loads is in one of the groups, and in one only."""
    paired = found.unchanged + found.changed.height
    ambiguous = dict(found.ambiguous.group_by("load").len().iter_rows())
    sides: tuple[tuple[LoadRow, Side], ...] = ((before, "before"), (now, "now"))
    for load, name in sides:
        counted = paired + len(found.numbers(name)) + ambiguous.get(name, 0)
        if counted != load.records_loaded:
            raise BalanceError(
                f"load {load.load_id} has {load.records_loaded:,} leads, and {counted:,} were accounted for",
                hint="this is a fault of leadingest; please report it",
            )
