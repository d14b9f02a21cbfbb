"""`leadingest duplicates`."""

from pathlib import Path
from typing import Any

import click

from leadingest.cli.support.shared_options import (
    database_option,
    format_option,
    mappings_option,
    table_option,
)

_GROUPS = 3
_EPILOG = """\
\b
Examples:
  leadingest duplicates
  leadingest duplicates --rule same_key --source source1
  leadingest duplicates --rule same_phone --source source3 --limit 20
  leadingest duplicates --format csv > duplicates.csv
"""


@click.command(short_help="Tell which leads may be one.", epilog=_EPILOG)
@click.option("--source", metavar="NAME", help="Only groups that leads of this source are in.")
@click.option(
    "--rule",
    "names",
    type=click.Choice(["same_key", "same_phone", "same_address", "same_license"]),
    multiple=True,
    help="Only by this rule; may be repeated.  [default: by every rule]",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=_GROUPS,
    show_default=True,
    metavar="N",
    help="So many groups of each rule as text; csv and json have all.",
)
@table_option
@mappings_option
@database_option
@format_option("text", "csv", "json")
def duplicates(
    source: str | None, names: tuple[str, ...], limit: int, table: str, output_format: str, **settings: Any
) -> None:
    """Tell which published leads share a lead_key, a phone number, an address, or a license number.

    They may be one lead, of several sources or several records of one; nothing is merged. Of each it says whether the view
    shows it, and if not, which one in its place and why: of leads with the same lead_key the most recently extracted,
    then the most complete, then the first by source name and record number. Where leads of one source show that several
    share a key, this goes for the leads of each name by themselves.
    """
    from leadingest.cli.support.output import for_stdout, text_width
    from leadingest.comparing.duplicate_rules import RULES
    from leadingest.comparing.duplicates import find_duplicates
    from leadingest.project import Project
    from leadingest.reports.of_duplicates import duplicates_csv, duplicates_json, duplicates_text

    project = Project.open(Path.cwd(), table=table, **settings)
    columns = project.table.columns
    rules = [rule for rule in RULES if not names or rule.name in names]
    with project.destination() as destination:
        if source and not destination.ledger.published(source):
            project.refuse_unknown(source)
        found = find_duplicates(destination.leads, columns, rules, source=source)
    if output_format == "text":
        click.echo(duplicates_text(found, groups=limit, width=text_width()), nl=False)
    else:
        text = duplicates_csv(found) if output_format == "csv" else duplicates_json(found)
        click.echo(for_stdout(text.encode()) if output_format == "csv" else text, nl=False)
