"""`leadingest approve`."""

from typing import Any

import click

from leadingest.cli.support.shared_options import database_option, table_option

_EPILOG = """\
\b
Examples:
  leadingest loads                    which load is held, and why
  leadingest approve 7
"""


@click.command(epilog=_EPILOG)
@click.argument("load", type=click.IntRange(min=1), metavar="LOAD")
@table_option
@database_option
def approve(load: int, table: str, **settings: Any) -> None:
    """Publish a held load.

    LOAD is its number in `leadingest loads`. The view then shows this load of its source; the load published before
    stays in the load table as history.
    """
    from leadingest import Project
    from leadingest.wording import counted

    row = Project.open(table=table, **settings).approve(load)
    click.echo(f"load {load} is published: {counted(row.records_loaded, 'lead')} of {row.source_name}")
