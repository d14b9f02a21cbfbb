"""The ledgers of all sources: read, and changed by compare-and-swap, which is what commits a load."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from importlib.util import find_spec
from random import uniform
from secrets import token_hex
from time import sleep
from typing import Final

from leadingest.destinations.lake.files import LakeFiles
from leadingest.destinations.lake.layout import LakeLayout
from leadingest.destinations.lake.readers import PublishedFiles, ReadersTable
from leadingest.destinations.lake.state import FORMAT, SourceLedger, parsed
from leadingest.documents.nearest import listed
from leadingest.errors import DestinationError, DestinationLockedError, StoreConflictError
from leadingest.stores.store import Held

_log = logging.getLogger(__name__)

#: Times that a change is tried while others change the same ledger.
_TRIES: Final = 50
#: Seconds to wait at most before it is tried once more.
_PAUSE: Final = 0.05
#: Ledgers that are read at a time.
_AT_ONCE: Final = 16
#: Looks at all ledgers until none has changed between two of them.
_LOOKS: Final = 10


@cache
def _tell_that_it_is_not_kept() -> None:
    _log.warning("the lake has no table for other engines: pip install 'leadingest[lake]'")


class Ledgers:
    """The ledgers of the sources of one load table."""

    #: What other engines read, which follows the ledgers; None where nothing does.
    readers: ReadersTable | None = None

    def __init__(self, files: LakeFiles, layout: LakeLayout) -> None:
        self._files, self._layout = files, layout
        #: The one of each source that was read last, with the tag of its content.
        self._read: dict[str, tuple[str, SourceLedger]] = {}
        #: All of them as they were read last, by the key of their object, and the marks that they had.
        self._all: tuple[Mapping[str, str], Mapping[str, SourceLedger]] = ({}, {})

    def read(self, source: str) -> SourceLedger:
        """What the ledger of the source says now; an empty one where there is none."""
        return self._held(source)[0]

    def all(self) -> list[SourceLedger]:
        """Those of all sources, by name, as of one moment; see `changed_since`.

        Those that have not changed since they were read are not read again.
        """
        before, states = self._all
        marks, changed = self.changed_since(before)
        self._all = marks, {**states, **changed}
        return sorted((self._all[1][key] for key in marks), key=lambda state: state.source_name)

    def changed_since(self, marks: Mapping[str, str]) -> tuple[dict[str, str], dict[str, SourceLedger]]:
        """The marks of all ledgers by the key of their object, and those ledgers whose mark is not the one in `marks`.

        As of one moment, where nobody changes them without a pause.
        """
        folder = self._layout.ledger()
        states: dict[str, SourceLedger] = {}
        seen = dict(marks)
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="leadingest-ledger") as pool:
            for _ in range(_LOOKS):
                listed = {each.key: each.mark for each in self._files.listed(folder)}
                changed = [key for key, mark in listed.items() if seen.get(key) != mark]
                seen = listed
                if not changed:
                    break
                states |= zip(changed, pool.map(self._at, changed), strict=True)
        return seen, states

    def of(self, source: str | None) -> list[SourceLedger]:
        """That of the source, or those of all."""
        return self.all() if source is None else [self.read(source)]

    def change(self, source: str, edit: Callable[[SourceLedger], SourceLedger]) -> SourceLedger:
        """Replace the ledger by what `edit` makes of it, whoever else does so at the same time; what it is then.

        `edit` is called again where somebody else was faster; it may raise, and gives back what it was given where there
        is nothing to change.
        """
        stamp = token_hex(8)
        for _ in range(_TRIES):
            before, tag = self._held(source)
            if before.stamp == stamp:
                # It was written, and the answer was lost on its way.
                return self._noted(before, before)
            after = edit(before)
            if after is before:
                return before
            content = after.changed(stamp=stamp).model_dump_json(exclude_defaults=True).encode()
            try:
                self._files.put(self._layout.ledger(source), content, replacing=tag)
            except StoreConflictError:
                sleep(uniform(0, _PAUSE))  # noqa: S311  # only not all at once
                continue
            return self._noted(after, before)
        raise DestinationLockedError(
            f"{self._files.at(self._layout.ledger(source))} is being changed by others all the time",
            hint="run again",
        )

    def reconcile(self, *sources: str) -> bool:
        """Have other engines see what is published; False where that fails, and is left to the next load."""
        if self.readers is None or not sources:
            return True
        if find_spec("deltalake") is None:
            _tell_that_it_is_not_kept()
            return True
        try:
            self.readers.reconcile({source: partial(self._published, source) for source in sources})
        except DestinationError as error:
            _log.warning(
                "other engines may still see the leads of %s as they were: %s",
                listed(sources, last="and"),
                error.message,
            )
            return False
        return True

    def published_files(self) -> dict[str, Callable[[], PublishedFiles]]:
        """Of each source there is, what reads which of its files are published."""
        return {state.source_name: partial(self._published, state.source_name) for state in self.all()}

    def _noted(self, after: SourceLedger, before: SourceLedger) -> SourceLedger:
        if after.publications != before.publications or after is before:
            self.reconcile(after.source_name)
        return after

    def _published(self, source: str) -> PublishedFiles:
        return self.read(source).published_files()

    def _held(self, source: str) -> tuple[SourceLedger, str | None]:
        key = self._layout.ledger(source)
        held = self._files.read(key)
        if held is None:
            return SourceLedger(format=FORMAT, table=self._layout.table, source_name=source), None
        return self._parsed(key, held), held.tag

    def _at(self, key: str) -> SourceLedger:
        # Ledgers are never taken away.
        return self._parsed(key, self._files.read(key) or Held(b"", ""))

    def _parsed(self, key: str, held: Held) -> SourceLedger:
        """What it says. A long history takes a while to go through: what was read already is not gone through again."""
        tag, state = self._read.get(key, ("", None))
        if state is None or tag != held.tag:
            state = self._checked(key, held.content)
            self._read[key] = held.tag, state
        return state

    def _checked(self, key: str, content: bytes) -> SourceLedger:
        state = parsed(SourceLedger, content, self._files.at(key))
        if state.table != self._layout.table or self._layout.ledger(state.source_name) != key:
            raise DestinationError(
                f"{self._files.at(key)} is the ledger of another source or load table",
                hint="somebody changed the lake: put back the ledger that belongs there",
            )
        return state
