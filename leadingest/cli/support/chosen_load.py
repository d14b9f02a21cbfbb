"""The load that a command works on."""

from __future__ import annotations

from leadingest.cli.support.opened_table import refuse_unknown_source
from leadingest.destinations.destination import Destination
from leadingest.destinations.ledger import LoadRow
from leadingest.errors import NothingToDoError, UsageError
from leadingest.settings import Settings


def chosen_load(
    destination: Destination, settings: Settings, source: str | None, load_id: int | None
) -> LoadRow:
    """The load with this number, or the newest one of the source that came to its end, held or not.

    Raises UsageError where neither is named, for a load that there is not, and for one of another
    source; NothingToDoError where the source has none yet.
    """
    if load_id is not None:
        load = destination.load(load_id)
        if source and load.source_name != source:
            raise UsageError(f"load {load_id} is not of {source} but of {load.source_name}")
        return load
    if source is None:
        raise UsageError("which load? give --source NAME or --load LOAD")
    newest = destination.newest(source)
    if newest is None:
        refuse_unknown_source(settings, source)
        raise NothingToDoError(f"there is no load of {source} yet", hint=f"leadingest run --source {source}")
    return newest
