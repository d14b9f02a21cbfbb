"""The readers' table as a Delta table: for Athena, Spark, Trino, Snowflake, DuckDB, polars.

Its log, `_delta_log` beside the files, follows the ledgers of the sources. What keeps an old load from coming back: every
try opens the log *first* and reads the ledger *then*, and names the source in its commit. Of two tries that opened the same
version only one gets through, and the other begins again, with what the ledger says by then.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from leadingest.destinations.lake.engine_types import engine_type
from leadingest.destinations.lake.layout import safe_name
from leadingest.destinations.lake.lead_files import file_types, refuse_unlike
from leadingest.destinations.lake.readers import DataFile, PublishedFiles
from leadingest.errors import (
    DestinationError,
    DestinationLockedError,
    DestinationSetupError,
    StoreError,
    refusal,
)
from leadingest.stores.location import Location, ObjectUrl
from leadingest.stores.open_store import open_store
from leadingest.tables.load_table import LoadTable

if TYPE_CHECKING:
    from deltalake import DeltaTable, PostCommitHookProperties, Schema
    from deltalake.transaction import AddAction, CommitProperties, RemoveAction

Ledgers = Mapping[str, Callable[[], PublishedFiles]]

_LOG: Final = "_delta_log"
#: Slashes in the path of a file of leads: `<source>/<load>/part.parquet`.
_PARTS: Final = 2
_CONFIGURATION: Final = {
    # A commit reads and writes what came after the last checkpoint: at 10 that costs a quarter of what it does at 100.
    "delta.checkpointInterval": "10",
    # A file that is published no more is needed for a rollback; `vacuum` would remove it after a week.
    "delta.deletedFileRetentionDuration": "interval 36500 days",
}
#: After so many commits what is older than 30 days is taken out of the log, which the library would do after each.
_COMMITS_TO_CLEANUP: Final = 100
#: So many seconds others may be faster, and the longest pause between two tries.
_PATIENCE: Final = 120
_LONGEST_PAUSE: Final = 1.0
_REBUILD: Final = "`leadingest rebuild` makes it anew from the ledgers; nothing else is lost"


class DeltaReadersTable:
    """The files published of each source, in the log of a Delta table."""

    def __init__(self, folder: Location, table: LoadTable, ledgers: Callable[[], Ledgers]) -> None:
        """`folder` is `<table>/leads/`, and has nothing in it but the log and files of leads.

        `ledgers` tells all sources that there are now, for a log that is made anew.
        Raises DestinationSetupError for a folder in whose name engines see something else than a name.
        """
        if bad := next((sign for sign in "%=" if sign in str(folder)), ""):
            raise DestinationSetupError(
                f"{folder}: the address of a lake must have no {bad} in it",
                hint="other programs would not find its files; name another folder or prefix",
            )
        self._url = str(folder) if isinstance(folder, ObjectUrl) else str(folder.absolute())
        self._store = open_store(folder)
        self._name = table.name
        self._types = file_types(table)
        self._ledgers = ledgers

    def reconcile(self, sources: Ledgers) -> None:
        """Show the files of these sources that their ledgers name; where there is no log, those of all sources."""
        with _in_our_words(self._url):
            self._until_nobody_was_faster(lambda: self._follow(lambda: sources))

    def rebuild(self) -> None:
        """Show what the ledgers name, and nothing else; a log that cannot be read is removed and made anew.

        Where it is removed, nothing else may write to the table meanwhile.
        """
        with _in_our_words(self._url):
            if not self._readable():
                names = sorted(self._store.names(_LOG))
                # The first ones first: a log without its beginning shows nothing, one without its end an older state.
                self._store.delete([f"{_LOG}/{name}" for name in names])
            self._until_nobody_was_faster(lambda: self._follow(self._ledgers, everything=True))

    def columns(self) -> list[str]:
        """The columns that engines see; none where there is no log yet."""
        with _in_our_words(self._url):
            opened = self._open()
            return [field.name for field in opened.table.schema().fields] if opened else []

    def _until_nobody_was_faster(self, attempt: Callable[[], None]) -> None:
        from deltalake.exceptions import CommitFailedError

        pause, give_up = 0.01, monotonic() + _PATIENCE
        while True:
            try:
                return attempt()
            except (CommitFailedError, _ChangedMeanwhileError) as error:
                if monotonic() > give_up:
                    raise DestinationLockedError(
                        f"the Delta table {self._url} was changed by others for {_PATIENCE} seconds",
                        hint="it is behind until the next run of the source; nothing is lost",
                    ) from error
                sleep(random.uniform(0, pause))  # noqa: S311 - who tries first is no secret
                pause = min(2 * pause, _LONGEST_PAUSE)

    def _follow(self, of: Callable[[], Ledgers], *, everything: bool = False) -> None:
        """One try. With `everything` whatever no ledger names is removed, else only what these sources had before."""
        opened = self._open()
        if opened is None:
            self._create()
            return
        wanted = {source: read() for source, read in of().items()}
        if not everything:
            self._refuse_strangers(opened)
        if self._added_columns(opened.table):
            # By a commit of its own, which the table that is open here does not know of.
            raise _ChangedMeanwhileError
        files = {file.path: file for published in wanted.values() for file in published.files}
        folders = {safe_name(source) for source in wanted}
        ours = {path for path in opened.sizes if everything or path.partition("/")[0] in folders}
        added = [file for path, file in files.items() if path not in opened.sizes]
        removed = sorted(ours - files.keys())
        # Where the files are the same, but are so by a later generation, that is committed, too: or a late writer with
        # the generation between them would find that nobody was faster.
        behind = [name for name, each in wanted.items() if opened.generation(name) != each.generation]
        if added or removed or behind:
            opened.table.create_write_transaction(
                [*opened.removed(removed), *self._checked(added)],
                "append",
                opened.table.schema(),
                commit_properties=_properties(wanted),
                post_commithook_properties=opened.afterwards(),
            )

    def _open(self) -> _Opened | None:
        """The table as it is now; None where it has no log."""
        from deltalake import DeltaTable
        from deltalake.exceptions import TableNotFoundError

        try:
            return _Opened(DeltaTable(self._url, storage_options=self._options()))
        except TableNotFoundError:
            return None

    def _options(self) -> dict[str, str] | None:
        """What the library is told beside the variables; asked for each time, as credentials of a profile expire."""
        return self._store.to_scan(_LOG).options or None

    def _readable(self) -> bool:
        from deltalake.exceptions import DeltaError

        try:
            return self._open() is not None
        except DeltaError:
            return False

    def _create(self) -> None:
        """Make the log, which shows all sources at once from its first version on."""
        from deltalake.exceptions import DeltaError
        from deltalake.transaction import create_table_with_add_actions

        wanted = {source: read() for source, read in self._ledgers().items()}
        actions = self._checked([file for published in wanted.values() for file in published.files])
        try:
            create_table_with_add_actions(
                self._url,
                self._schema(),
                actions,
                name=self._name,
                configuration=_CONFIGURATION,
                storage_options=self._options(),
                commit_properties=_properties(wanted),
            )
        except DeltaError:
            if self._open() is None:
                raise
            raise _ChangedMeanwhileError from None

    def _schema(self) -> Schema:
        from deltalake import Field, Schema
        from deltalake.schema import PrimitiveType

        return Schema(
            [Field(name, PrimitiveType(engine_type(dtype).delta)) for name, dtype in self._types.items()]
        )

    def _added_columns(self, table: DeltaTable) -> bool:
        """Whether columns of the load table were missing. What the table has beyond them stays."""
        has = {field.name: field.type for field in table.schema().fields}
        fields = self._schema().fields
        if other := [each.name for each in fields if has.get(each.name, each.type) != each.type]:
            raise DestinationSetupError(
                f"the Delta table {self._url} has the column {other[0]} with another type than the load table",
                hint="files of both types cannot be read as one table; give the column a new name in the load table",
            )
        new = [each for each in fields if each.name not in has]
        if new:
            table.alter.add_columns(new)
        return bool(new)

    def _checked(self, files: list[DataFile]) -> list[AddAction]:
        """What adds the files, each of which was looked at: the log takes whatever it is told."""
        from deltalake.transaction import AddAction

        for file in files:
            refuse_unlike(self._store, file, self._types)
        return [
            AddAction(file.path, file.size, {}, _milliseconds(file.written), True, _statistics(file))
            for file in files
        ]

    def _refuse_strangers(self, opened: _Opened) -> None:
        """Raise DestinationError for files that are none of a load: what they hold is shown twice, or is somebody else's."""
        if odd := next((path for path in opened.sizes if path.count("/") != _PARTS), ""):
            raise DestinationError(
                f"the Delta table {self._url} has a file that another program put there: {odd}",
                hint=_REBUILD,
            )


class _Opened:
    """A table at one version, and its files."""

    def __init__(self, table: DeltaTable) -> None:
        self.table = table
        actions = table.get_add_actions(flatten=True)
        #: Bytes by path.
        self.sizes: dict[str, int] = dict(
            zip(actions["path"].to_pylist(), actions["size_bytes"].to_pylist(), strict=True)
        )

    def generation(self, source: str) -> int | None:
        """The one whose files of the source are shown; None where there never was any."""
        return self.table.transaction_version(_mark(source))

    def afterwards(self) -> PostCommitHookProperties:
        """What the library does behind the next commit. To look for what is too old in the log it lists all of it."""
        from deltalake import PostCommitHookProperties

        is_time = (self.table.version() + 1) % _COMMITS_TO_CLEANUP == 0
        return PostCommitHookProperties(cleanup_expired_logs=is_time)

    def removed(self, paths: list[str]) -> list[RemoveAction]:
        """What removes these files from the table; they stay where they are."""
        from deltalake.transaction import RemoveAction

        now = _milliseconds(datetime.now(UTC))
        return [RemoveAction(path, True, now, self.sizes[path], {}) for path in paths]


class _ChangedMeanwhileError(Exception):
    """The table is not as it was when it was opened: the next try opens it anew."""


def _properties(wanted: Mapping[str, PublishedFiles]) -> CommitProperties:
    """By these two commits that are about the same source are told, and the second refused."""
    from deltalake.transaction import CommitProperties, Transaction

    marks = [Transaction(_mark(source), published.generation) for source, published in wanted.items()]
    return CommitProperties(app_transactions=marks)


def _mark(source: str) -> str:
    return f"leadingest/{source}"


def _statistics(file: DataFile) -> str:
    """By which engines skip files, and count rows."""
    columns = file.statistics.items()
    return json.dumps(
        {
            "numRecords": file.rows,
            "minValues": {name: each["min"] for name, each in columns if each["min"] is not None},
            "maxValues": {name: each["max"] for name, each in columns if each["max"] is not None},
            "nullCount": {name: each["nulls"] for name, each in columns},
        }
    )


def _milliseconds(time: datetime) -> int:
    return int(time.timestamp() * 1000)


@contextmanager
def _in_our_words(url: str) -> Iterator[None]:
    """Raises DestinationError. Of the library's words none are taken: they may quote an address that is signed."""
    try:
        from deltalake.exceptions import DeltaError
    except ModuleNotFoundError as error:
        raise DestinationSetupError(
            "a lake needs deltalake, which is not installed", hint="pip install 'leadingest[lake]'"
        ) from error
    try:
        yield
    except DeltaError as error:
        raise DestinationError(
            f"the Delta table {url} cannot be read or changed ({type(error).__name__})", hint=_REBUILD
        ) from None
    except StoreError as error:
        raise DestinationError(error.message, hint=error.hint) from error
    except OSError as error:
        raise DestinationError(
            f"the Delta table {url} cannot be reached: {refusal(error) or 'object storage did not do what was asked'}",
            hint="it is behind until the next run of the source; nothing is lost",
        ) from None
