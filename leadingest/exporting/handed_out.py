"""What was handed out before, and what of the leads of today is new or has changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import polars as pl

from leadingest.comparing.digest import digests

#: Columns of the database, and what they are called here: no field of a lead has a blank in its name.
_NAMES = {"lead_digest": "lead digest", "content_digest": "content digest"}
_LEAD, _CONTENT = _NAMES.values()
_BEFORE = "content before"
#: Tells of a lead whether it is `new`, has `changed`, or was gone and has `reappeared`.
CHANGE = "export change"


#: Stands for the content of a lead that was gone.
_GONE = ""


class HandedOut:
    """Judges leads by what was handed out: `lead_digest` and `content_digest` per lead.

    A lead is known again by its lead_key, whatever load or source shows it, and under one of `shared_keys` by its name
    as well. One without a key, or without a name there, is known by all that is handed out of it and its source, and
    where several are the same in that, by how many there are.
    """

    def __init__(self, before: pl.DataFrame, compared: Sequence[str], shared_keys: pl.Series) -> None:
        self._before = before.rename(_NAMES).rename({_CONTENT: _BEFORE})
        self._compared = tuple(compared)
        self._shared_keys = shared_keys.implode()
        self._without_key: dict[str, int] = {}
        self._seen: list[pl.Series] = []
        self._fresh: list[pl.DataFrame] = [before.rename(_NAMES).clear()]
        #: How many of the leads so far are `new`, `changed`, `reappeared`, or as they were.
        self.counts = Counter[str]()

    def judged(self, leads: pl.DataFrame) -> pl.DataFrame:
        """Those of the leads that are to be handed out; the column CHANGE tells why."""
        content = digests(leads, self._compared)
        judged = leads.with_columns(self._known_by(leads).alias(_LEAD), content.alias(_CONTENT)).join(
            self._before, on=_LEAD, how="left", maintain_order="left"
        )
        self._seen.append(judged[_LEAD])
        was = pl.col(_BEFORE)
        change = (
            pl.when(was.is_null())
            .then(pl.lit("new"))
            .when(was == _GONE)
            .then(pl.lit("reappeared"))
            .when(was != pl.col(_CONTENT))
            .then(pl.lit("changed"))
            .otherwise(pl.lit("known"))
        )
        judged = judged.with_columns(change.alias(CHANGE))
        self.counts.update(dict(judged.group_by(CHANGE).len().iter_rows()))
        fresh = judged.filter(pl.col(CHANGE) != "known")
        self._fresh.append(fresh.select(_LEAD, _CONTENT))
        return fresh

    @property
    def gone(self) -> pl.DataFrame:
        """The leads that were there the last time, and are not among those of today."""
        seen = pl.DataFrame({_LEAD: pl.concat([self._before[_LEAD].clear(), *self._seen])})
        there = self._before.filter(pl.col(_BEFORE) != _GONE)
        return there.join(seen, on=_LEAD, how="anti").select(_LEAD)

    @property
    def marked(self) -> pl.DataFrame:
        """What is to be kept of today: the leads that are handed out, and that others are gone."""
        gone = self.gone.with_columns(pl.lit(_GONE).alias(_CONTENT))
        return pl.concat([*self._fresh, gone]).rename({own: name for name, own in _NAMES.items()})

    def _known_by(self, leads: pl.DataFrame) -> pl.Series:
        by_key = digests(leads, ["lead_key"])
        shared = leads["lead_key"].is_in(self._shared_keys).fill_null(False)
        if shared.any():
            by_key = by_key.scatter(
                shared.arg_true(), digests(leads.filter(shared), ["lead_key", "name_hash"])
            )
        without = leads["lead_key"].is_null() | (shared & leads["name_hash"].is_null())
        if not without.any():
            return by_key
        alone = leads.filter(without)
        same = digests(alone, ["source_name", *self._compared])
        numbered = alone.with_columns(
            pl.Series("same", same), pl.Series("number", [self._number(each) for each in same])
        )
        return by_key.scatter(without.arg_true(), digests(numbered, ["same", "number"]))

    def _number(self, digest: str) -> int:
        """Which of the leads that are the same it is, from 1."""
        self._without_key[digest] = self._without_key.get(digest, 0) + 1
        return self._without_key[digest]
