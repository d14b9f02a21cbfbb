"""`leadingest loads`."""

from typing import Any

import click

from leadingest.cli.support.shared_options import destination_options, format_option, limit_option

_EPILOG = """\
\b
Examples:
  leadingest loads
  leadingest loads --source source3 --limit 5
  leadingest loads --format json
"""


@click.command(short_help="List the loads, newest first.", epilog=_EPILOG)
@click.option("--source", metavar="NAME", help="Only the loads of this source.")
@limit_option(20, "Maximum number of loads, newest first.")
@destination_options
@format_option("text", "json")
def loads(source: str | None, limit: int, table: str, output_format: str, **settings: Any) -> None:
    """List the loads, newest first, with their counts and status.

    The view shows the published load of each source. The others are history, or held until `leadingest approve`
    publishes them.
    """
    from leadingest import Project
    from leadingest.cli.support.output import show
    from leadingest.reports.loads import LoadsReport

    project = Project.open(table=table, **settings)
    show(LoadsReport(project.loads(source=source, limit=limit)), output_format)
