"""`leadingest rebuild`."""

from typing import Any

import click

from leadingest.cli.support.shared_options import database_option, table_option

_EPILOG = """\
\b
Examples:
  leadingest rebuild --database-url s3://bucket/lake
"""


@click.command(short_help="Repair what other programs read of a lake.", epilog=_EPILOG)
@table_option
@database_option
def rebuild(table: str, **settings: Any) -> None:
    """Make the Delta table of a lake anew, which Athena, Spark and other programs read.

    It is a copy of what the lake says is published, so nothing is lost. Use it where its log, the folder
    <table>/leads/_delta_log, was damaged or another program wrote to it. Run it while nothing is being loaded.
    """
    from leadingest import Project

    project = Project.open(table=table, **settings)
    project.rebuild()
    click.echo(f"the Delta table of {table} shows what is published")
