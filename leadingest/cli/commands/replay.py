"""`leadingest replay`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from leadingest.cli.support.shared_options import database_option, format_option, log_options, mappings_option

_EPILOG = """\
\b
Examples:
  leadingest replay --source source3 --dry-run      what the mended mapping would come to
  leadingest replay --source source3                the rejects of the published load
  leadingest replay --source source3 --load 41
  leadingest replay --source source3 --dead-letters
  leadingest replay --source source3 --load 41 --whole

\b
Exit code:
  0  done, whatever is left
  1  a delivery failed again or is held, nothing may be changed, or the
     database could not be used
  2  wrong usage, broken mapping, a load that cannot be replayed
  3  no rejects, no dead letters, or not in the archive
"""


@click.command(short_help="Run rejects and failed deliveries again, under a mended mapping.", epilog=_EPILOG)
@click.option("--source", required=True, metavar="NAME", help="The source whose mapping was mended.")
@click.option(
    "--load",
    "load_id",
    type=click.IntRange(min=1),
    metavar="LOAD",
    help="The load whose rejects to replay.  [default: the published one]",
)
@click.option("--whole", is_flag=True, help="Load the whole delivery of the load anew, out of the archive.")
@click.option("--dead-letters", "letters", is_flag=True, help="Load the deliveries that failed as a whole.")
@mappings_option
@database_option
@click.option("--dry-run", is_flag=True, help="Show what would come of it, and change nothing.")
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0,
    metavar="SECONDS",
    help="Wait so long for a run that is at the same source.  [default: do not wait]",
)
@format_option("text", "json")
@log_options
def replay(
    source: str,
    load_id: int | None,
    whole: bool,
    letters: bool,
    dry_run: bool,
    wait: float,
    output_format: str,
    **settings: Any,
) -> None:
    """Run what was set aside through the mapping as it is now.

    The rejects of a load: those that succeed join its leads under their own record numbers, the others stay,
    with the reason that they have now; nobody sees half of it. The other leads of the load stay as they are.

    With --whole its delivery is taken out of the archive and becomes a new load: then every record goes
    through the mended mapping.

    With --dead-letters the deliveries that failed as a whole are loaded, the oldest first, each as in a run.
    One that loads is taken away from there.
    """
    from leadingest.cli.support.replaying import Replaying
    from leadingest.errors import UsageError
    from leadingest.settings import load_settings

    if letters and (whole or load_id is not None):
        raise UsageError(f"--dead-letters and {'--whole' if whole else '--load'} contradict each other")
    known = load_settings(Path.cwd(), **settings)
    asked = Replaying(known, source, load_id, dry_run=dry_run, wait=wait, as_json=output_format == "json")
    code = asked.dead_letters() if letters else asked.whole() if whole else asked.rejects()
    raise click.exceptions.Exit(code)
