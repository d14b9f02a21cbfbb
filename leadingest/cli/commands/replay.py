"""`leadingest replay`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from leadingest.cli.support.shared_options import (
    FILE,
    database_option,
    format_option,
    log_options,
    mappings_option,
    table_option,
)

_EPILOG = """\
\b
Examples:
  leadingest replay --source source3 --dry-run      what the mended mapping would come to
  leadingest replay --source source3                the rejects of the published load
  leadingest replay --source source3 --load 41
  leadingest rejects --load 41 --raw > mended.csv   to be mended by hand, and then
  leadingest replay --load 41 --file mended.csv
  leadingest replay --source source3 --dead-letters
  leadingest replay --source source3 --load 41 --whole

\b
Exit code:
  0  done, whatever is left
  1  a delivery failed again or is held, nothing may be changed, a file is not
     one of mended rejects, or the database could not be used
  2  wrong usage, broken mapping, a load that cannot be replayed
  3  no rejects, no dead letters, or not in the archive
"""


@click.command(
    short_help="Run rejects and failed deliveries again, once mapping or file is mended.", epilog=_EPILOG
)
@click.option("--source", metavar="NAME", help="The source to replay.  [default: that of --load]")
@click.option(
    "--load",
    "load_id",
    type=click.IntRange(min=1),
    metavar="LOAD",
    help="The load whose rejects to replay.  [default: the published one]",
)
@click.option(
    "--file",
    "mended",
    type=FILE,
    metavar="PATH",
    help="The rejects as they were mended in this file, which `leadingest rejects --raw` wrote.",
)
@click.option("--whole", is_flag=True, help="Load the whole delivery of the load anew, out of the archive.")
@click.option("--dead-letters", "letters", is_flag=True, help="Load the deliveries that failed as a whole.")
@table_option
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
    source: str | None,
    load_id: int | None,
    mended: Path | None,
    whole: bool,
    letters: bool,
    table: str,
    dry_run: bool,
    wait: float,
    output_format: str,
    **settings: Any,
) -> None:
    """Run what was set aside once more, through the mapping as it is now.

    The rejects of a load: those that succeed join its leads under their own record numbers, the others stay,
    with the reason that they have now; nobody sees half of it. The other leads of the load stay as they are.

    With --file the records of the file take the place of the rejects that they were written from, by the numbers
    in its first column. Those that are still refused stay rejects as they came, and so do rejects that are not in
    the file; records that are no rejects any more are left alone, so that a file can be replayed as often as it
    is mended.

    With --whole its delivery is taken out of the archive and becomes a new load: then every record goes
    through the mended mapping.

    With --dead-letters the deliveries that failed as a whole are loaded, the oldest first, each as in a run.
    One that loads is taken away from there.
    """
    from leadingest.cli.support.replaying import Replaying, source_of_load
    from leadingest.project import Project

    _refuse_contradictions({"--dead-letters": letters, "--whole": whole, "--file": mended}, load_id)
    project = Project.open(Path.cwd(), table=table, **settings)
    replaying = Replaying(
        project,
        source or source_of_load(project, load_id),
        load_id,
        dry_run=dry_run,
        wait=wait,
        as_json=output_format == "json",
    )
    code = replaying.dead_letters() if letters else replaying.whole() if whole else replaying.rejects(mended)
    raise click.exceptions.Exit(code)


def _refuse_contradictions(what: dict[str, object], load_id: int | None) -> None:
    """Raise UsageError where two things are asked for at once."""
    from leadingest.errors import UsageError

    given = [option for option, value in what.items() if value]
    if given[:1] == ["--dead-letters"] and load_id is not None:
        given.insert(1, "--load")
    if len(given) > 1:
        raise UsageError(f"{given[0]} and {given[1]} contradict each other")
