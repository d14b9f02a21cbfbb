"""`leadingest explain`."""

from typing import Any

import click

from leadingest.cli.support.shared_options import (
    file_option,
    format_option,
    inbox_option,
    mappings_option,
    source_option,
)

_EPILOG = """\
\b
Examples:
  leadingest explain --source source3 --record 17
  leadingest explain --source source3 --record 17 --field license_status
  leadingest explain --file /data/source3_2026-08.csv --record 17 --format json
"""


@click.command(short_help="Show how one record became a lead.", epilog=_EPILOG)
@source_option
@file_option("Read")
@click.option(
    "--record",
    "number",
    type=click.IntRange(min=1),
    required=True,
    metavar="N",
    help="Record number, counted from 1 after the header.",
)
@click.option("--field", "fields", multiple=True, metavar="NAME", help="Only this field; can be repeated.")
@inbox_option
@mappings_option
@format_option("text", "json")
def explain(
    source: str | None,
    file: Any,
    number: int,
    fields: tuple[str, ...],
    output_format: str,
    **settings: Any,
) -> None:
    """Show how one record became a lead, or why it did not.

    Shows for each field: the cell it comes from, the value after each word of the mapping, its type and the result.
    The file is read as in a run; nothing is written.
    """
    from leadingest import Project
    from leadingest.cli.support.output import show
    from leadingest.cli.support.watching import progress_shown
    from leadingest.reports.explanation import ExplanationReport

    project = Project.open(**settings)
    with progress_shown() as events:
        found = project.explain(number, source, file=file, fields=fields, events=events)
    show(ExplanationReport(found), output_format)
