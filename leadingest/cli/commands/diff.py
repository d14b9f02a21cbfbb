"""`leadingest diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leadingest.cli.support.shared_options import (
    NEW_FILE_OR_URL,
    database_option,
    format_option,
    mappings_option,
    table_option,
)

if TYPE_CHECKING:
    from leadingest.destinations.destination import Destination
    from leadingest.project import Project
    from leadingest.tables.load_table import LoadTable

_EPILOG = """\
\b
Examples:
  leadingest diff --source source3
  leadingest diff --source source3 41 44
  leadingest diff --source source3 --fields phone,email
  leadingest diff --source source3 --then-by company,zip
  leadingest diff --source source3 --format csv > changes.csv
  leadingest diff --source source3 --format xlsx --output changes.xlsx
"""


@click.command(short_help="Compare two loads of a source.", epilog=_EPILOG)
@click.argument("loads", nargs=-1, type=click.IntRange(min=1), metavar="[LOAD LOAD]")
@click.option("--source", required=True, metavar="NAME", help="The source whose loads they are.")
@click.option("--fields", metavar="A,B,C", help="Compare only these fields.  [default: all fields]")
@click.option(
    "--then-by",
    metavar="A,B",
    help="Match leads left without a counterpart by these fields, for when the key itself may have changed.",
)
@table_option
@mappings_option
@database_option
@format_option("text", "csv", "json", "xlsx", "html")
@click.option(
    "--output",
    type=NEW_FILE_OR_URL,
    metavar="FILE|URL",
    help="Write to this file instead of standard output.",
)
def diff(
    loads: tuple[int, ...],
    source: str,
    fields: str | None,
    then_by: str | None,
    table: str,
    output_format: str,
    output: Any,
    **settings: Any,
) -> None:
    """Show which leads were added, changed, removed or reappeared between two loads.

    Compares two loads of a source: the two that you name, earlier first, or the published load with the one loaded
    before it. A held load can also be compared before it is approved. Leads are matched by the `key` of the mapping, or
    by lead_key if the mapping has none. In a key of several fields, blank equals blank. Leads that share a key or have
    none are counted but not compared. Text output shows a few examples; the other formats contain all.
    """
    from leadingest.cli.support.output import refuse_to_print, show
    from leadingest.comparing.compare_loads import compare_loads
    from leadingest.errors import UsageError
    from leadingest.project import Project
    from leadingest.reports.diff import DiffReport

    if len(loads) not in (0, 2):
        raise UsageError("give two loads, the earlier one first, or none", hint="leadingest diff --help")
    refuse_to_print(output_format, output)
    project = Project.open(Path.cwd(), table=table, **settings)
    described = project.table
    compared, weaker = _named_fields(fields, described), _named_fields(then_by, described)
    with project.destination() as destination:
        key = _declared_key(project, source, destination)
        pair = (loads[0], loads[1]) if loads else None
        comparison = compare_loads(
            destination,
            source,
            key=key,
            fields=compared or tuple(described.columns),
            loads=pair,
            then_by=weaker,
        )
        show(DiffReport(comparison), output_format, output=output)


def _declared_key(project: Project, source: str, destination: Destination) -> tuple[str, ...]:
    """What the mapping of the source declares; nothing where no more than loads is left of the source.

    Raises UsageError, with the nearest names, where there is neither a mapping nor a load.
    """
    from leadingest.errors import ConfigurationError, NothingToDoError

    if destination.ledger.history(source=source, limit=1):
        try:
            if source not in project.sources():
                return ()
        except (ConfigurationError, NothingToDoError):
            return ()
    return project.index.mapping(source).key


def _named_fields(text: str | None, table: LoadTable) -> tuple[str, ...]:
    """The lead fields that an option names, with commas between; none where it is not given.

    Raises UsageError for one that the table does not have.
    """
    from leadingest.documents.nearest import unknown_word
    from leadingest.errors import UsageError

    names = tuple(dict.fromkeys(name.strip() for name in (text or "").split(",") if name.strip()))
    for name in names:
        if name not in table.columns:
            raise UsageError(unknown_word(name, f"a field of {table.name}", table.columns))
    return names
