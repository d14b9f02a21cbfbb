"""`leadingest rollback`."""

from typing import Any

import click

from leadingest.cli.support.shared_options import destination_options

_EPILOG = """\
\b
Examples:
  leadingest rollback --source source3             to the load before the published one
  leadingest rollback --source source3 --to 41     to load 41, older or newer
"""


@click.command(short_help="Publish an earlier load of a source again.", epilog=_EPILOG)
@click.option("--source", required=True, metavar="NAME", help="Source to roll back.")
@click.option(
    "--to", type=click.IntRange(min=1), metavar="LOAD", help="Load to publish.  [default: the one before]"
)
@destination_options
def rollback(source: str, to: int | None, table: str, **settings: Any) -> None:
    """Publish an earlier load of a source again.

    The view then shows it; the load published until now stays in the load table as history. The next delivery is loaded
    and published as usual.
    """
    from leadingest import Project
    from leadingest.wording import counted

    project = Project.open(table=table, **settings)
    row = project.rollback(source, to=to)
    leads = counted(row.records_loaded, "lead")
    click.echo(f"load {row.load_id} is published: {leads} of {source}, extracted {row.extract_time:%Y-%m-%d}")
