"""`leadingest prune`."""

from typing import Any

import click

from leadingest.cli.support.shared_options import destination_options

_EPILOG = """\
\b
Examples:
  leadingest prune --keep 12
  leadingest prune --keep 4 --source source3
"""


@click.command(short_help="Remove old loads.", epilog=_EPILOG)
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    required=True,
    metavar="N",
    help="Number of newest loads to keep for each source.",
)
@click.option("--source", metavar="NAME", help="Only loads of this source.")
@destination_options
def prune(keep: int, source: str | None, table: str, **settings: Any) -> None:
    """Remove the rows of all but the newest loads of each source.

    Published and running loads are never removed, nor are the rows of `loads`, which record what was loaded when. Rows
    are deleted in small transactions, so that nobody has to wait, and an interrupted prune can be run again. Unless you
    prune, all history is kept.
    """
    from leadingest import Project
    from leadingest.wording import counted

    project = Project.open(table=table, **settings)
    pruned = project.prune(keep=keep, source=source)
    if not pruned:
        click.echo(
            f"nothing to remove: no source has more than {counted(keep, 'load')} besides the published one"
        )
        return
    rows = sum(row.records_loaded for row in pruned)
    sources = len({row.source_name for row in pruned})
    click.echo(
        f"removed {counted(len(pruned), 'load')} of {counted(sources, 'source')}: {counted(rows, 'row')} of {table}"
    )
