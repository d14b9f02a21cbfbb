"""The keys of the published leads of all sources, in one object: a load asks it, and no file of another source.

It follows the ledgers, and decides nothing. For each source it says as of which ledger it is, by the mark that the store
gives whatever is written; a source whose ledger has another mark by now is read anew, whatever happened to it. So the object
may be old, lost or of no use: then more is read, and the same comes out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from itertools import accumulate
from typing import Final

import polars as pl

from leadingest import __version__
from leadingest.destinations.lake.files import LakeFiles
from leadingest.destinations.lake.kinds import RowKind
from leadingest.destinations.lake.layout import LakeLayout
from leadingest.destinations.lake.ledgers import Ledgers
from leadingest.destinations.lake.state import SourceLedger, StoredFile, parsed
from leadingest.errors import DestinationError
from leadingest.stores.store import ANYTHING

#: The hashes of polars are the same within a version of it; what another version has kept has another column.
_HASHES: Final = f"hashes of polars {pl.__version__}, kept by leadingest {__version__}"
#: A row for each ledger: its key, its mark, what of it is published, its file of leads, and a hash for each lead with a key.
_TYPES: Final = {
    "ledger": pl.String(),
    "mark": pl.String(),
    "published": pl.String(),
    "file": pl.String(),
    _HASHES: pl.List(pl.UInt64()),
}


class PublishedKeys:
    """What is published of each source, and the keys of its leads; as of one moment."""

    def __init__(self, layout: LakeLayout, rows: pl.DataFrame) -> None:
        self._layout, self._rows = layout, rows

    def states(self, sources: Collection[str] = ()) -> list[SourceLedger]:
        """What is published of these sources, of each where none is named, by name."""
        return _states(self._of(sources))

    def in_common(self, sources: Collection[str] = ()) -> tuple[pl.Series, list[SourceLedger]]:
        """The keys that a lead of these sources, of any where none is named, has in common with another lead, as hashes.

        And what is published of the sources, by name, whose leads have them. Two keys may have one hash.
        """
        source, key = pl.int_range(pl.len(), dtype=pl.UInt32).alias("source"), pl.col(_HASHES)
        leads = self._rows.lazy().select(source, key).explode(_HASHES).drop_nulls()
        if sources:
            asked_for = self._of(sources)[_HASHES].explode().unique()
            leads = leads.filter(key.is_in(asked_for.implode()))
        several = leads.filter(key.is_duplicated()).unique().collect()
        return several[_HASHES].unique(), _states(self._rows[several["source"].unique()])

    def _of(self, sources: Collection[str]) -> pl.DataFrame:
        ledgers = [self._layout.ledger(name) for name in sources]
        return self._rows.filter(pl.col("ledger").is_in(ledgers)) if sources else self._rows


class KeptKeys:
    """Reads the keys of published leads: of sources that have changed from their files, of all others as they were kept."""

    def __init__(self, files: LakeFiles, layout: LakeLayout, ledgers: Ledgers, leads: RowKind) -> None:
        self._files, self._layout, self._ledgers, self._leads = files, layout, ledgers, leads

    def now(self, *, keep: bool = False) -> PublishedKeys:
        """The keys as of now. With `keep` they are kept for the next who asks; where that fails, nothing is lost."""
        kept = self._kept()
        marks, states = self._ledgers.changed_since(dict(kept.select("ledger", "mark").iter_rows()))
        unchanged = kept.filter(pl.col("ledger").is_in([*(marks.keys() - states.keys())]))
        rows = pl.concat([unchanged, self._read(marks, states, kept)])
        if keep and states:
            content = BytesIO()
            rows.write_ipc(content)
            with suppress(DestinationError):
                self._files.put(self._layout.published_keys, content.getvalue(), replacing=ANYTHING)
        return PublishedKeys(self._layout, rows)

    def _kept(self) -> pl.DataFrame:
        """What was kept; nothing where it was kept by another version, or is something else."""
        held = self._files.read(self._layout.published_keys)
        if held:
            with suppress(pl.exceptions.PolarsError, OSError):
                kept = pl.read_ipc(BytesIO(held.content))
                if kept.schema == pl.Schema(_TYPES):
                    # A store that gives no marks does not tell what has changed.
                    return kept.filter(pl.col("mark") != "")
        return pl.DataFrame(schema=_TYPES)

    def _read(
        self, marks: Mapping[str, str], states: Mapping[str, SourceLedger], kept: pl.DataFrame
    ) -> pl.DataFrame:
        """The rows of these ledgers. A file never changes: of one that was published before, the keys are known."""
        shown = {key: state.only_published for key, state in states.items()}
        files = {key: file for key, state in shown.items() if (file := state.leads_shown)}
        rows = pl.DataFrame(
            [
                (
                    key,
                    marks[key],
                    state.model_dump_json(exclude_defaults=True),
                    files[key].key if key in files else None,
                )
                for key, state in shown.items()
            ],
            schema={name: dtype for name, dtype in _TYPES.items() if name != _HASHES},
            orient="row",
        )
        known = kept.select("file", _HASHES).drop_nulls("file")
        unknown = [file for file in files.values() if file.key not in known["file"]]
        return rows.join(pl.concat([known, self._hashed(unknown)]), on="file", how="left")

    def _hashed(self, files: Sequence[StoredFile]) -> pl.DataFrame:
        """The keys in these files, as hashes."""
        if not files:
            return pl.DataFrame(schema={name: _TYPES[name] for name in ("file", _HASHES)})
        key = pl.col("lead_key")
        rows = self._files.scan_all(files, self._leads, ("lead_key",)).select(
            pl.when(key.is_not_null()).then(key.hash()).alias(_HASHES)
        )
        hashes, ends = self._files.collect(rows).to_series(), accumulate(file.rows for file in files)
        of_each = [
            hashes.slice(end - file.rows, file.rows).drop_nulls()
            for file, end in zip(files, ends, strict=True)
        ]
        return pl.DataFrame({"file": [file.key for file in files], _HASHES: of_each})


def _states(rows: pl.DataFrame) -> list[SourceLedger]:
    """What is published of these sources, by name."""
    texts = rows.select("ledger", "published").iter_rows()
    states = [parsed(SourceLedger, text.encode(), ledger) for ledger, text in texts]
    return sorted(states, key=lambda state: state.source_name)
