"""What came of a source in a mirror."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from leadingest.errors import EXIT_DONE

#: `published`: a copy that was there is shown again; `unchanged`: nothing was written, or only old copies removed.
MirrorStatus = Literal["copied", "published", "withdrawn", "unchanged", "failed"]


@dataclass(frozen=True)
class MirroredSource:
    """What became of a source in a mirror."""

    source: str
    table: str
    status: MirrorStatus
    #: The load that is published in the database; None where there is none.
    load_id: int | None = None
    #: The number of its copy, which is another one where that of the load was taken.
    copy_id: int | None = None
    #: How many leads it has, shown or not.
    leads: int = 0
    #: Copies whose rows were removed, as those of their loads were.
    pruned: tuple[int, ...] = ()
    #: Why it failed, and what to do next.
    message: str = ""
    hint: str = ""
    exit_code: int = EXIT_DONE
