"""The database that a command reads from or changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from leadingest.cli.support.described_table import described_table
from leadingest.cli.support.project_of import project_of
from leadingest.destinations.destination import Destination
from leadingest.destinations.open_destination import open_destination
from leadingest.destinations.shown_url import shown_url
from leadingest.errors import ConfigurationError, NothingToDoError
from leadingest.settings import Settings


@contextmanager
def opened_table(settings: Settings, name: str) -> Iterator[Destination]:
    """The database with the load table, for as long as the block lasts.

    Raises NothingToDoError where it would be a SQLite file that is not there: a command that only looks
    makes no new database.
    """
    with unprepared_table(settings, name) as destination:
        destination.prepare()
        yield destination


@contextmanager
def unprepared_table(settings: Settings, name: str) -> Iterator[Destination]:
    """The same, whether or not its tables are as they are described."""
    url = settings.database_url.get_secret_value()
    with closing(open_destination(url, described_table(settings, name))) as destination:
        _refuse_new_file(url)
        yield destination


@contextmanager
def compared_table(settings: Settings, name: str) -> Iterator[Destination | None]:
    """The same for a command that writes nothing; None where there is no database yet."""
    with ExitStack() as stack:
        try:
            destination = stack.enter_context(unprepared_table(settings, name))
        except NothingToDoError:
            yield None
        else:
            yield destination


def _refuse_new_file(url: str) -> None:
    parsed = make_url(url)
    file = parsed.database if parsed.get_backend_name() == "sqlite" else None
    if file and not file.startswith((":memory:", "file:")) and not Path(file).exists():
        raise NothingToDoError(
            f"there is no database {shown_url(url)} yet",
            hint="the first load makes it: leadingest run; or name another one with --database-url",
        )


def refuse_unknown_source(settings: Settings, source: str) -> None:
    """Raise UsageError, with the nearest names, when no mapping of the project has this source."""
    project = project_of(settings)
    try:
        known = project.sources()
    except (ConfigurationError, NothingToDoError):
        return
    if source not in known:
        project.mapping(source)
