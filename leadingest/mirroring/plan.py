"""What is to be done so that a source is in the mirror as it is in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from leadingest.destinations.copies import CopiedSource
from leadingest.destinations.ledger import LoadRow
from leadingest.destinations.refusals import copies_another, has_own_loads


@dataclass(frozen=True)
class MirrorPlan:
    """What is to be done about one source, in this order."""

    #: The load to copy, and the copy whose place it takes, if there is one.
    copy: LoadRow | None = None
    instead_of: int | None = None
    #: The copy to publish again.
    publish: LoadRow | None = None
    withdraw: bool = False
    #: The copies whose rows are to be removed, as those of their loads were.
    prune: tuple[int, ...] = ()
    #: Whether something that was left behind is to be cleared away.
    clear: bool = False

    @property
    def changes_nothing(self) -> bool:
        """Whether all is as it should be."""
        return self == MirrorPlan()


def published_of(loads: Sequence[LoadRow]) -> LoadRow | None:
    """The one that is published."""
    return next((load for load in loads if load.published), None)


def plan(loads: Sequence[LoadRow], version: str, mirrored: CopiedSource) -> MirrorPlan:
    """What is to be done about a source that has these loads in the database.

    `version` is that of the rows of the published one; `mirrored` is what the mirror has, all of it copies.
    """
    published, by_number = published_of(loads), {load.load_id: load for load in loads}
    copies = [(copy, _original_of(copy, by_number)) for copy in mirrored.loads if copy.original]
    done = MirrorPlan(
        prune=tuple(
            copy.load_id
            for copy, original in copies
            if copy.status == "loaded" and (original is None or original.status in ("pruning", "pruned"))
        ),
        clear=mirrored.to_clear,
    )
    if published is None:
        return replace(done, withdraw=any(copy.published for copy, _ in copies))
    copy = next((copy for copy, original in copies if original is published), None)
    if copy and copy.original and (copy.status, copy.original.version) == ("loaded", version):
        return replace(done, publish=None if copy.published else copy)
    return replace(done, copy=published, instead_of=copy.load_id if copy else None)


def refuse_other_loads(
    source: str, loads: Sequence[LoadRow], mirrored: CopiedSource, *, database: str, to: str
) -> None:
    """Raise DestinationSetupError where the mirror has loads that are none of this database: of its own, or of another.

    It is the same database where it has the same URL, or any load that was copied, be it that it has moved.
    """
    if own := next((each for each in mirrored.loads if not each.original and each.status != "failed"), None):
        raise has_own_loads(source, own, to)
    by_number = {load.load_id: load for load in loads}
    copies = [(each, each.original) for each in mirrored.loads if each.original]
    if copies and not any(
        original.database == database or _original_of(copy, by_number) for copy, original in copies
    ):
        raise copies_another(source, copies[0][1], to)


def _original_of(copy: LoadRow, loads: Mapping[int, LoadRow]) -> LoadRow | None:
    """The load that it is a copy of; a number alone may be that of another load, in another database."""
    found = loads.get(copy.original.load_id) if copy.original else None
    same = found and (found.started_at, found.file_sha256) == (copy.started_at, copy.file_sha256)
    return found if same else None
