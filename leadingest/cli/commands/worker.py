"""`leadingest worker`."""

from pathlib import Path
from typing import Any

import click

from leadingest.cli.support.shared_options import database_option, log_options, mappings_option

_EPILOG = """\
\b
Examples:
  leadingest worker --queue-url https://sqs.eu-west-1.amazonaws.com/123/leads
  leadingest worker --queue-url "$QUEUE" --jobs 2 --health-file /tmp/healthy
  leadingest worker --queue-url "$QUEUE" --until-empty

\b
Exit code:
  0  told to end by SIGTERM, or the queue is empty and all was loaded
  1  with --until-empty: a load failed or is held, or a message came back
  2  wrong usage, no such queue, a database that cannot be used
"""


@click.command(short_help="Load files as a queue tells that they were dropped.", epilog=_EPILOG)
@click.option("--queue-url", required=True, metavar="URL", help="The SQS queue that tells of files.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Messages to do side by side.  [default: as machine and database allow]",
)
@click.option("--until-empty", is_flag=True, help="End once the queue has no message any more.")
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=10,
    show_default=True,
    metavar="SECONDS",
    help="Wait so long for another load of the same source; then the message comes back.",
)
@click.option(
    "--backoff",
    type=click.FloatRange(min=0),
    default=1,
    show_default=True,
    metavar="SECONDS",
    help="A message that comes back does so after 2, 4, 8, ... times this, 15 minutes at most.",
)
@click.option(
    "--health-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="PATH",
    help="Touch this file at least every 30 seconds while all is well.",
)
@mappings_option
@database_option
@log_options
def worker(
    queue_url: str,
    jobs: int | None,
    until_empty: bool,
    wait: float,
    backoff: float,
    health_file: Path | None,
    **settings: Any,
) -> None:
    """Take messages out of an SQS queue and load the files that they tell of, until SIGTERM.

    Messages are notifications of S3, also through SNS or EventBridge, or {"file": "s3://bucket/key"}. A message is
    deleted once its file is loaded, held, skipped, or kept as a dead letter. It comes back where the source is busy or
    the database was lost; and where nobody can do it, until the queue puts it into its dead-letter queue.

    SIGTERM ends the loads under way in order, and takes no new message. Log lines are JSON unless told otherwise.
    """
    from leadingest.cli.support.working import work
    from leadingest.cloud.worker import WorkerOptions
    from leadingest.project import Project

    project = Project.open(Path.cwd(), **settings)
    options = WorkerOptions(jobs or 0, until_empty=until_empty, health_file=health_file, backoff=backoff)
    raise click.exceptions.Exit(work(project, queue_url, options, wait=wait))
