"""`leadingest leads`."""

from typing import Any

import click

from leadingest.cli.support.shared_options import comma_separated, destination_options, format_option

_MOST_IN_TEXT = 20
_EPILOG = """\
\b
Examples:
  leadingest leads
  leadingest leads --source source3 --fields company,email,phone --limit 100
  leadingest leads --load 12          before it is approved
  leadingest leads --format csv > leads.csv
"""


@click.command(short_help="Show the published leads.", epilog=_EPILOG)
@click.option("--source", metavar="NAME", help="Only the leads of this source.")
@click.option(
    "--load",
    "load_id",
    type=click.IntRange(min=1),
    metavar="LOAD",
    help="Rows of this load, published or not.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Maximum number of rows.  [default: {_MOST_IN_TEXT} as text, all as csv and json]",
)
@click.option(
    "--fields",
    metavar="A,B,C",
    help="Fields to show, in this order.  [default: those that fit as text, otherwise all]",
)
@destination_options
@format_option("text", "csv", "json")
def leads(
    source: str | None,
    load_id: int | None,
    limit: int | None,
    fields: str | None,
    table: str,
    output_format: str,
    **settings: Any,
) -> None:
    """Show the leads: the published load of every source, one row per lead.

    These are the rows of the view, vw_lead_sources. With --load, shows all rows of one load, for example to review a
    held load. Text output shows the most important fields; --format csv contains all.
    """
    from leadingest import Project
    from leadingest.cli.support.output import show
    from leadingest.reports.leads import LeadsReport, only_fields

    project = Project.open(table=table, **settings)
    limit = limit or (_MOST_IN_TEXT if output_format == "text" else None)
    found = project.leads(source=source, load_id=load_id, limit=limit and limit + 1)
    shown = found.head(limit) if limit else found
    if fields:
        shown = only_fields(shown, comma_separated(fields))
    show(LeadsReport(shown, more=shown.height < found.height, chosen=bool(fields)), output_format)
