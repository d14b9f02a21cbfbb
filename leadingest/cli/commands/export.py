"""`leadingest export`."""

from pathlib import Path
from typing import Any

import click

from leadingest.cli.support.shared_options import NEW_FILE_OR_URL, comma_separated, destination_options

_EPILOG = """\
\b
Examples:
  leadingest export --output leads.csv
  leadingest export --name weekly --output out/weekly_2026-08-01.xlsx
  leadingest export --name texas --state TX --columns company,phone,email,city \\
      --where "license_status = 'active' AND capacity >= 20" --output texas.csv
"""


@click.command(short_help="Write leads to a file.", epilog=_EPILOG)
@click.option(
    "--output",
    type=NEW_FILE_OR_URL,
    metavar="FILE|URL",
    required=True,
    help="The file to write, .csv, .xlsx or .parquet; FILE.json next to it describes the content.",
)
@click.option(
    "--name",
    metavar="NAME",
    help="Only leads that are new or changed since the last export with this name; the first export contains all.",
)
@click.option("--all-again", is_flag=True, help="With --name: export all leads again.")
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["csv", "xlsx", "parquet"]),
    help="Format, if the file name does not tell it.",
)
@click.option(
    "--columns", metavar="A,B,C", help="Columns to write, in this order.  [default: source and all fields]"
)
@click.option("--where", metavar="SQL", help="Only leads that meet this condition.")
@click.option(
    "--source", "sources", multiple=True, metavar="NAME", help="Only leads of this source; can be repeated."
)
@click.option(
    "--state", "states", multiple=True, metavar="XX", help="Only leads in this state; can be repeated."
)
@click.option("--overwrite", is_flag=True, help="Replace the file if it exists.")
@click.option("--dry-run", is_flag=True, help="Only count; write nothing and mark nothing as exported.")
@destination_options
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
    """Write published leads to a file: all of them, or with --name those that are new or changed.

    The database records every lead exported under a name, so that each lead is exported once, and again when it has
    changed, even after loads, pruning or rollbacks. The file is written completely or not at all, and its leads are
    marked as exported only once it is complete. In csv and xlsx, texts that a spreadsheet program would run as formulas
    are made harmless.
    """
    from leadingest import Project
    from leadingest.reports.export import export_text

    done = Project.open(table=table, **settings).export(
        output,
        name=name or "",
        all_again=all_again,
        format=file_format,
        columns=comma_separated(columns) if columns else None,
        where=where or "",
        sources=sources,
        states=states,
        overwrite=overwrite,
        dry_run=dry_run,
    )
    click.echo(export_text(done, shown=str(output)), nl=False)
