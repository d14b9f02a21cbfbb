"""`leadingest status`."""

from pathlib import Path
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
  leadingest status
  leadingest status --fail-on late,held,failed
  leadingest status --format prometheus --output /var/lib/node_exporter/leadingest.prom

\b
Exit code:
  0  the status was written, and no source is in a condition of --fail-on
  1  a source is
"""


@click.command(short_help="Show how old, late, held or failed each source is.", epilog=_EPILOG)
@click.option(
    "--fail-on",
    metavar="CONDITION,...",
    help="End with 1 if a source is in one of these: late, failed, held, broken mapping, no load.",
)
@click.option(
    "--output",
    type=NEW_FILE_OR_URL,
    metavar="PATH|URL",
    help="File to write to, whole or not at all.  [default: standard output]",
)
@destination_options
@format_option("text", "json", "csv", "prometheus")
def status(fail_on: str | None, output: Path | None, table: str, output_format: str, **settings: Any) -> None:
    """Show for each source how old its published load is, and whether it is late, held or failed.

    Only the ledger of loads is read, so it is quick however many leads there are. A source is late according to
    `expect` in its mapping. With --format prometheus the output is for a scraper, or for the textfile collector of
    node_exporter.
    """
    from leadingest import Project
    from leadingest.cli.support.output import show
    from leadingest.errors import EXIT_DONE, EXIT_FINDINGS
    from leadingest.reports.status import StatusReport, conditions_named

    conditions = conditions_named(comma_separated(fail_on))
    overview = Project.open(table=table, **settings).status()
    show(StatusReport(overview), output_format, output=output)
    found = any(overview.with_condition(each) for each in conditions)
    raise click.exceptions.Exit(EXIT_FINDINGS if found else EXIT_DONE)
