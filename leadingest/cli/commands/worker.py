"""`leadingest worker`."""

from pathlib import Path
from typing import Any

import click

from leadingest.cli.support.shared_options import LOCAL_FILE, database_option, log_options, mappings_option

_EPILOG = """\
\b
Examples:
  leadingest worker --queue-url https://sqs.eu-west-1.amazonaws.com/123/leads
  leadingest worker --queue-url "$QUEUE" --jobs 2 --health-file /tmp/healthy
  leadingest worker --queue-url "$QUEUE" --until-empty

\b
Exit code:
  0  stopped by SIGTERM, or the queue is empty and every file was loaded
  1  with --until-empty: a load failed or is held, or a message was returned
  2  wrong usage, unknown queue, or a database that cannot be used
"""


@click.command(short_help="Load files as they arrive, by messages from a queue.", epilog=_EPILOG)
@click.option("--queue-url", required=True, metavar="URL", help="SQS queue that announces dropped files.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Number of messages to process concurrently.  [default: as machine and database allow]",
)
@click.option("--until-empty", is_flag=True, help="Exit once the queue is empty.")
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=10,
    show_default=True,
    metavar="SECONDS",
    help="Wait up to SECONDS for a concurrent load of the source, then return the message.",
)
@click.option(
    "--backoff",
    type=click.FloatRange(min=0),
    default=1,
    show_default=True,
    metavar="SECONDS",
    help="Return a message after 2, 4, 8, ... times SECONDS, at most 15 minutes.",
)
@click.option(
    "--health-file",
    type=LOCAL_FILE,
    metavar="PATH",
    help="Touch this file at least every 30 seconds while the worker is healthy.",
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
    """Receive messages from an SQS queue and load the files they announce, until SIGTERM.

    Messages are S3 notifications, also through SNS or EventBridge, or {"file": "s3://bucket/key"}. A message is deleted
    once its file is loaded, held, skipped, or kept as a dead letter. It is returned to the queue while the source is
    busy or the database is unavailable. A message that cannot be processed is returned until the queue moves it to its
    dead-letter queue.

    On SIGTERM the worker finishes the loads in progress and takes no new message. Log lines are JSON by default.
    """
    from leadingest import Project
    from leadingest.cli.support.working import work
    from leadingest.cloud.worker import WorkerOptions

    project = Project.open(**settings)
    options = WorkerOptions(jobs or 0, until_empty=until_empty, health_file=health_file, backoff=backoff)
    raise click.exceptions.Exit(work(project, queue_url, options, wait=wait))
