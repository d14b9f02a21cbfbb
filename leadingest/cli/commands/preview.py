"""`leadingest preview`."""

from typing import Any

import click

from leadingest.cli.support.shared_options import (
    file_option,
    format_option,
    inbox_option,
    mappings_option,
    source_option,
)

_SHOWN = 3
_EPILOG = """\
\b
Examples:
  leadingest preview --source source3
  leadingest preview --file /data/source3_2026-08.csv --records 10 --random
  leadingest preview --source source3 --record 17 --record 30
  leadingest preview --source source3 --format html > preview.html
"""


@click.command(short_help="Show how a delivery would load.", epilog=_EPILOG)
@source_option
@file_option("Show")
@click.option(
    "--records",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"Number of records to show, from the start of the file.  [default: {_SHOWN}]",
)
@click.option("--random", "at_random", is_flag=True, help="Show random records instead.")
@click.option(
    "--record",
    "numbers",
    type=click.IntRange(min=1),
    multiple=True,
    metavar="N",
    help="Show the record with this number; can be repeated.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Read only the first N records.")
@inbox_option
@mappings_option
@format_option("text", "json", "html")
def preview(
    source: str | None,
    file: Any,
    records: int | None,
    at_random: bool,
    numbers: tuple[int, ...],
    limit: int | None,
    output_format: str,
    **settings: Any,
) -> None:
    """Show records next to the leads they would become.

    Also shows for each field how often it is filled, how often its cells cannot be read, and which values it has. The
    file is read and mapped as in a run; nothing is written.
    """
    from leadingest import Project, UsageError
    from leadingest.cli.support.output import show
    from leadingest.cli.support.watching import progress_shown
    from leadingest.reports.preview import PreviewReport

    if numbers and (at_random or records is not None):
        raise UsageError(f"--record and {'--random' if at_random else '--records'} cannot be used together")
    project = Project.open(**settings)
    with progress_shown() as events:
        seen = project.preview(
            source,
            file=file,
            records=_SHOWN if records is None else records,
            random=at_random,
            numbers=numbers,
            limit=limit,
            events=events,
        )
    show(PreviewReport(seen), output_format)
