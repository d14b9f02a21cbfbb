"""`leadingest new`."""

from typing import Any

import click

from leadingest.cli.support.shared_options import FILE_OR_URL, mappings_option, table_option

_EPILOG = """\
\b
Examples:
  leadingest new acme --file inbox/acme_2026-03.csv
  leadingest new acme --file acme.xlsx --mappings drafts

\b
Exit codes:
  0  the mapping is written
  1  the file cannot be read as a list
  2  the name is taken or not valid, or the mappings folder does not exist
"""


@click.command(short_help="Draft the mapping of a new source from a file.", epilog=_EPILOG)
@click.argument("name")
@click.option("--file", type=FILE_OR_URL, required=True, metavar="PATH|URL", help="A delivery of the source.")
@table_option
@click.option("--force", is_flag=True, help="Overwrite an existing mapping of this name.")
@mappings_option
def new(name: str, file: Any, table: str, force: bool, **settings: Any) -> None:
    """Draft the mapping of a new source from a file.

    Detects how to read the file, what its columns probably mean and which values they have, and writes
    mappings/NAME.yaml. Doubtful choices are marked with the reason; headers that no field uses are listed. Nothing is
    loaded, and an existing mapping is only overwritten with --force.
    """
    from leadingest import Project
    from leadingest.reports.draft import draft_report

    new = Project.open(table=table, **settings).new(name, file, force=force)
    click.echo(draft_report(new.draft, new.path, file), nl=False)
