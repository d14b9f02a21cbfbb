"""`leadingest duplicates`."""

from typing import Any

import click

from leadingest.cli.support.shared_options import destination_options, format_option

_GROUPS = 3
_EPILOG = """\
\b
Examples:
  leadingest duplicates
  leadingest duplicates --rule same_key --source source1
  leadingest duplicates --rule same_phone --source source3 --limit 20
  leadingest duplicates --format csv > duplicates.csv
"""


@click.command(short_help="Find possible duplicates.", epilog=_EPILOG)
@click.option("--source", metavar="NAME", help="Only groups that contain leads of this source.")
@click.option(
    "--rule",
    "names",
    type=click.Choice(["same_key", "same_phone", "same_address", "same_license"]),
    multiple=True,
    help="Apply only this rule; can be repeated.  [default: all rules]",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=_GROUPS,
    show_default=True,
    metavar="N",
    help="Maximum number of groups per rule as text; csv and json contain all.",
)
@destination_options
@format_option("text", "csv", "json")
def duplicates(
    source: str | None, names: tuple[str, ...], limit: int, table: str, output_format: str, **settings: Any
) -> None:
    """Find published leads that share a lead_key, a phone number, an address or a license number.

    They may be the same lead, from several sources or from several records of one source; nothing is merged. For each
    lead the output says whether the view shows it, and if not, which lead it shows instead and why: among leads with the
    same lead_key, the most recently extracted comes first, then the most complete, then the first by source name and
    record number. If the leads of one source show that several leads share a key, this applies to each name separately.
    """
    from leadingest import Project
    from leadingest.cli.support.output import show
    from leadingest.reports.duplicates import DuplicatesReport

    project = Project.open(table=table, **settings)
    show(DuplicatesReport(project.duplicates(source=source, rules=names), groups=limit), output_format)
