"""`leadingest spark-run`."""

from typing import Any

import click

from leadingest.cli.support.shared_options import (
    FOLDER_OR_URL,
    database_option,
    file_option,
    format_option,
    inbox_option,
    log_options,
    mappings_option,
    source_option,
    wait_option,
)
from leadingest.stores.location import Location

_EPILOG = """\
\b
Examples:
  leadingest spark-run --source source3
  leadingest spark-run --file s3://inbox/source3_2026-08.csv --scratch s3://scratch/leads

\b
Exit code:
  0  loaded, or skipped because the same delivery was loaded before
  1  the load failed or is held, or another run is loading the source
  2  wrong usage, broken mapping, no Spark, or a database that cannot be used
  3  no delivery
"""


@click.command(short_help="Load one huge file by the tasks of a Spark.", epilog=_EPILOG)
@source_option
@file_option("Load")
@click.option(
    "--scratch",
    type=FOLDER_OR_URL,
    metavar="DIR|URL",
    help="Where tasks put their files: a prefix of a bucket, or a folder that all machines share.  "
    "[default: a folder of this machine]",
)
@inbox_option
@mappings_option
@database_option
@click.option("--dry-run", is_flag=True, help="Read, map and check everything without writing anything.")
@click.option("--again", is_flag=True, help="Load a delivery even if it was loaded before.")
@wait_option
@format_option("text", "json")
@log_options
def spark_run(
    source: str | None,
    file: Location | None,
    scratch: Location | None,
    dry_run: bool,
    again: bool,
    wait: float,
    output_format: str,
    **settings: Any,
) -> None:
    """Load the newest delivery of a source as `run` does, with the tasks of a Spark reading and mapping it.

    This process is the driver: it cuts the file into ranges, loads what the tasks make of them, and publishes. Spark is the
    one that this process was submitted to, else one of this machine. leadingest must be installed where the tasks run,
    and they must reach the file and the scratch place.
    """
    from leadingest import Project
    from leadingest.cli.support.run_output import report_run
    from leadingest.cli.support.run_request import RunRequest, chosen_sources
    from leadingest.cli.support.watching import watching

    project = Project.open(**settings)
    (name,) = chosen_sources(project, RunRequest(sources=(source,) if source else (), file=file))
    with watching(project.settings, sources=1) as events:
        result = project.spark_run(
            name, file=file, scratch=scratch, dry_run=dry_run, again=again, wait=wait, events=events
        )
    report_run([result], None if dry_run else project.database, output_format)
    raise click.exceptions.Exit(result.exit_code)
