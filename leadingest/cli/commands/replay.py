"""`leadingest replay`."""

from __future__ import annotations

from typing import Any

import click

from leadingest.cli.support.shared_options import (
    FILE_OR_URL,
    destination_options,
    format_option,
    log_options,
    wait_option,
)

_EPILOG = """\
\b
Examples:
  leadingest replay --source source3 --dry-run      what the fixed mapping would achieve
  leadingest replay --source source3                the rejects of the published load
  leadingest replay --source source3 --load 41
  leadingest rejects --load 41 --raw > fixed.csv   correct the file, then
  leadingest replay --load 41 --file fixed.csv
  leadingest replay --source source3 --dead-letters
  leadingest replay --source source3 --dead-letters --forget source3.csv
  leadingest replay --source source3 --load 41 --whole
  leadingest replay --queue-url "$DEAD_LETTER_QUEUE"

\b
Exit code:
  0  done, whatever is left
  1  a delivery failed again or is held, nothing may be changed, the file does
     not contain corrected rejects, or the database could not be used
  2  wrong usage, broken mapping, a load that cannot be replayed
  3  no rejects, no dead letters, or not in the archive
"""


@click.command(
    short_help="Run rejects and failed deliveries again, after fixing the mapping or the file.",
    epilog=_EPILOG,
)
@click.option("--source", metavar="NAME", help="Source to replay.  [default: the source of --load]")
@click.option(
    "--load",
    "load_id",
    type=click.IntRange(min=1),
    metavar="LOAD",
    help="Load whose rejects to replay.  [default: the published load]",
)
@click.option(
    "--file",
    "corrected",
    type=FILE_OR_URL,
    metavar="PATH|URL",
    help="Replay the corrected rejects from this file, written by `leadingest rejects --raw`.",
)
@click.option("--whole", is_flag=True, help="Load the whole delivery again, from the archive.")
@click.option("--dead-letters", "letters", is_flag=True, help="Load the deliveries that failed as a whole.")
@click.option(
    "--forget",
    "forgotten",
    multiple=True,
    metavar="FILE",
    help="With --dead-letters: load nothing, and remove the dead letters of this file name.",
)
@click.option(
    "--queue-url", metavar="URL", help="Move the messages of this dead-letter queue back into its queue."
)
@click.option(
    "--to-queue-url",
    metavar="URL",
    help="With --queue-url: the queue to move messages to, if it is not clear.",
)
@destination_options
@click.option("--dry-run", is_flag=True, help="Show the outcome without changing anything.")
@wait_option
@format_option("text", "json")
@log_options
def replay(
    source: str | None,
    load_id: int | None,
    corrected: Any,
    whole: bool,
    letters: bool,
    forgotten: tuple[str, ...],
    queue_url: str | None,
    to_queue_url: str | None,
    table: str,
    dry_run: bool,
    wait: float,
    output_format: str,
    **settings: Any,
) -> None:
    """Run rejects or failed deliveries again, through the current mapping.

    By default, the rejects of a load: those that succeed join its leads under their own record numbers, the others stay
    rejects, with their current reason. The change becomes visible all at once. The other leads of the load do not
    change.

    With --file, the records in the file replace the rejects they were written from, matched by the numbers in the first
    column. Records that still fail stay rejects as they came, and so do rejects that are not in the file. Records that
    are no longer rejects are skipped, so that you can replay the same file after each correction.

    With --whole, the delivery is taken from the archive and becomes a new load: every record goes through the current
    mapping.

    With --dead-letters, the deliveries that failed as a whole are loaded, oldest first, each as in a run. A dead letter
    that loads is removed; with --forget, one is removed without loading it.

    With --queue-url, the messages that no worker could handle are moved out of their dead-letter queue, back into the
    queue that the workers read.
    """
    from leadingest import Project, UsageError
    from leadingest.cli.support.replaying import Replaying

    _refuse_contradictions(
        {"--queue-url": queue_url, "--dead-letters": letters, "--whole": whole, "--file": corrected},
        source=source,
        load_id=load_id,
    )
    if forgotten and not letters:
        raise click.UsageError("--forget goes with --dead-letters")
    if to_queue_url and not queue_url:
        raise click.UsageError("--to-queue-url goes with --queue-url")
    if queue_url:
        from leadingest.cli.support.working import move_messages

        move_messages(queue_url, to_queue_url or "", dry_run=dry_run)
        return
    if not source and load_id is None:
        raise UsageError("which source? use --source NAME or --load LOAD")
    project = Project.open(table=table, **settings)
    replaying = Replaying(
        project,
        source or project.load(load_id=load_id).source_name,
        load_id,
        dry_run=dry_run,
        wait=wait,
        output_format=output_format,
    )
    if forgotten:
        code = replaying.forget(forgotten)
    elif letters:
        code = replaying.dead_letters()
    else:
        code = replaying.whole() if whole else replaying.rejects(corrected)
    raise click.exceptions.Exit(code)


def _refuse_contradictions(what: dict[str, object], *, source: str | None, load_id: int | None) -> None:
    """Raise UsageError where two things are asked for at once."""
    from leadingest.errors import UsageError

    given = [option for option, value in what.items() if value]
    if given[:1] in (["--dead-letters"], ["--queue-url"]) and load_id is not None:
        given.insert(1, "--load")
    if given[:1] == ["--queue-url"] and source:
        given.insert(1, "--source")
    if len(given) > 1:
        raise UsageError(f"{given[0]} and {given[1]} cannot be used together")
