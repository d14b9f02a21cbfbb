"""`leadingest mirror`."""

from typing import Any

import click

from leadingest.cli.support.shared_options import (
    database_option,
    format_option,
    mappings_option,
    mirror_option,
    wait_option,
)

_EPILOG = """\
\b
Examples:
  leadingest mirror --to s3://bucket/lake
  leadingest mirror --to lake:///lake --source source3 --dry-run
  leadingest run --all --mirror-to s3://bucket/lake

\b
Exit code:
  0  the mirror is as the database, whether or not something was copied
  1  a source could not be copied: see its message; the others were
  2  wrong usage, or a lake that is not a mirror of this database
  3  nothing is published
"""


@click.command(short_help="Copy published loads into a lake.", epilog=_EPILOG)
@mirror_option(
    "--to", "The lake: s3://bucket/prefix, gs://, az:// or lake:///folder.  [default: LEADINGEST_MIRROR]"
)
@click.option("--source", "sources", multiple=True, metavar="NAME", help="Only this source; can be repeated.")
@mappings_option
@database_option
@click.option("--dry-run", is_flag=True, help="Only say what would be done; write nothing.")
@wait_option
@format_option("text", "json")
def mirror(sources: tuple[str, ...], dry_run: bool, wait: float, output_format: str, **settings: Any) -> None:
    """Copy published loads of the database into a lake, one way.

    Each source gets there the leads that the view shows of it here, with the counts, times, rejects and invalid values of
    their load. What is there already is not written again, so that it can be run at any time, and after an interruption.
    Approvals, rollbacks, replays and prunings are followed. The database is only read.
    """
    from leadingest import Events, Project
    from leadingest.cli.support.output import show
    from leadingest.cli.support.watching import Warnings
    from leadingest.reports.mirror import MirrorReport

    project, warnings = Project.open(**settings), Warnings()
    try:
        results = project.mirror(*sources, wait=wait, dry_run=dry_run, events=Events(warnings))
    finally:
        warnings.show()
    report = MirrorReport(results, project.database, project.mirror_url, dry_run=dry_run)
    show(report, output_format)
    raise click.exceptions.Exit(report.exit_code)
