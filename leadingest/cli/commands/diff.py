"""`leadingest diff`."""

from __future__ import annotations

from typing import Any

import click

from leadingest.cli.support.shared_options import (
    NEW_FILE_OR_URL,
    comma_separated,
    destination_options,
    format_option,
)

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
@click.option("--source", required=True, metavar="NAME", help="Source whose loads to compare.")
@click.option("--fields", metavar="A,B,C", help="Compare only these fields.  [default: all fields]")
@click.option(
    "--then-by",
    metavar="A,B",
    help="Match leads left without a counterpart by these fields, for when the key itself may have changed.",
)
@destination_options
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
    from leadingest import Project, UsageError
    from leadingest.cli.support.output import refuse_to_print, show
    from leadingest.reports.diff import DiffReport

    if len(loads) not in (0, 2):
        raise UsageError("give two loads, the earlier one first, or none", hint="leadingest diff --help")
    refuse_to_print(output_format, output)
    project = Project.open(table=table, **settings)
    pair = (loads[0], loads[1]) if loads else None
    with project.diff(
        source, loads=pair, fields=comma_separated(fields), then_by=comma_separated(then_by)
    ) as comparison:
        show(DiffReport(comparison), output_format, output=output)
