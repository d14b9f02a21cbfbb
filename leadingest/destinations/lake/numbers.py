"""The numbers of loads: an object for each, which is made only where there is none."""

from __future__ import annotations

from random import randint
from typing import Final

from pydantic import BaseModel, ConfigDict

from leadingest.destinations.lake.files import LakeFiles
from leadingest.destinations.lake.layout import NUMBERS, number_key
from leadingest.destinations.lake.state import parsed
from leadingest.errors import DestinationLockedError, StoreConflictError

#: Times that a number is tried.
_TRIES: Final = 100


class Owner(BaseModel):
    """Whose load a number is."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    table: str
    source: str


class Numbers:
    """The numbers that were given in a lake, whatever the load table."""

    def __init__(self, files: LakeFiles) -> None:
        self._files = files

    def next(self, owner: Owner, *, after: int = 0) -> int:
        """A number that nobody ever had: greater than all that were given before, of which `after` is one."""
        given = self._files.listed(NUMBERS, after=number_key(after))
        number = 1 + (int(given[-1].key.rpartition("/")[2].removesuffix(".json")) if given else after)
        for tried in range(_TRIES):
            try:
                self._files.put(number_key(number), owner.model_dump_json().encode(), replacing=None)
            except StoreConflictError:
                # Of many who want one at once each looks somewhere else next.
                number += randint(1, 2 + 2 * tried)  # noqa: S311  # no secret
            else:
                return number
        raise DestinationLockedError(f"no number for a load was free in {self._files.url}", hint="run again")

    def take(self, number: int, owner: Owner) -> bool:
        """Give this number, unless it is somebody else's."""
        try:
            self._files.put(number_key(number), owner.model_dump_json().encode(), replacing=None)
        except StoreConflictError:
            return self.owner(number) == owner
        return True

    def owner(self, number: int) -> Owner | None:
        """Whose load it is; None where the number was never given."""
        key = number_key(number)
        held = self._files.read(key)
        return parsed(Owner, held.content, self._files.at(key)) if held else None
