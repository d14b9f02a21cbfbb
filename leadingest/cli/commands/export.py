"""`leadingest export`."""

from pathlib import Path
from typing import Any

import click

from leadingest.cli.support.shared_options import database_option, mappings_option, table_option

_EPILOG = """\
\b
Examples:
  leadingest export --output leads.csv
  leadingest export --name weekly --output out/weekly_2026-08-01.xlsx
  leadingest export --name texas --state TX --columns company,phone,email,city \\
      --where "license_status = 'active' AND capacity >= 20" --output texas.csv
"""


@click.command(short_help="Hand leads over as a file.", epilog=_EPILOG)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    required=True,
    help="The file to write, .csv, .xlsx or .parquet; beside it comes FILE.json, which tells what is in it.",
)
@click.option(
    "--name",
    metavar="NAME",
    help="Only what is new or changed since the last export of this name; the first has everything.",
)
@click.option("--all-again", is_flag=True, help="With --name: everything once more.")
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["csv", "xlsx", "parquet"]),
    help="The format, where the name of the file does not say it.",
)
@click.option(
    "--columns", metavar="A,B,C", help="These columns in this order.  [default: source and all fields]"
)
@click.option("--where", metavar="SQL", help="Only leads for which this condition holds.")
@click.option(
    "--source", "sources", multiple=True, metavar="NAME", help="Only leads of this source; may be repeated."
)
@click.option(
    "--state", "states", multiple=True, metavar="XX", help="Only leads of this state; may be repeated."
)
@click.option("--overwrite", is_flag=True, help="Replace the file if it is there.")
@click.option("--dry-run", is_flag=True, help="Only count; write and mark nothing.")
@table_option
@mappings_option
@database_option
def export(
    output: Path,
    name: str | None,
    all_again: bool,
    file_format: str | None,
    columns: str | None,
    where: str | None,
    sources: tuple[str, ...],
    states: tuple[str, ...],
    overwrite: bool,
    dry_run: bool,
    table: str,
    **settings: Any,
) -> None:
    """Write published leads to a file: all of them, or with --name what is new or changed.

    What was handed out under a name is kept in the database, lead by lead, so that each is handed out once, and again
    when it has changed, whatever was loaded, pruned or rolled back meanwhile. The file comes whole or not at all, and
    only when it is there are its leads marked. Texts that a spreadsheet program would run as formulas are defused in
    csv and xlsx.
    """
    from datetime import UTC, datetime

    from leadingest.exporting.export_leads import export_leads
    from leadingest.exporting.request import Request, format_of
    from leadingest.project import Project
    from leadingest.reports.of_export import export_text

    request = Request(
        file=output,
        format=format_of(output, file_format),
        name=name or "",
        columns=tuple(each.strip() for each in columns.split(",") if each.strip()) if columns else None,
        where=where or "",
        sources=sources,
        states=states,
        all_again=all_again,
    )
    if not (overwrite or dry_run):
        request.refuse_existing_file()
    project = Project.open(Path.cwd(), table=table, **settings)
    with project.destination() as destination:
        for source in sources:
            if not destination.ledger.published(source):
                project.refuse_unknown(source)
        done = export_leads(destination, request, now=datetime.now(UTC), dry_run=dry_run)
    click.echo(export_text(done, shown=str(output)), nl=False)
