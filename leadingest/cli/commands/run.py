"""`leadingest run`."""

from pathlib import Path
from typing import Any

import click

from leadingest.cli.support.shared_options import (
    FILE_OR_URL,
    database_option,
    file_option,
    format_option,
    inbox_option,
    log_options,
    mappings_option,
    mirror_option,
    wait_option,
)

_EPILOG = """\
\b
Examples:
  leadingest run --source source3
  leadingest run --all --inbox /data/arrived
  leadingest run --all --jobs 4 --wait 600
  leadingest run --file /data/source3_2026-08.csv --dry-run
  leadingest run --all --mirror-to s3://bucket/lake
  leadingest run --config run.json       {"file": "...", "source": "..."}

\b
Exit code, the worst of all sources:
  0  loaded, or skipped because the same delivery was loaded before
  1  a load failed or is held, another run is loading the source, or the mirror
     could not be brought up to date: the loads are published all the same
  2  wrong usage, broken mapping, database that cannot be used
  3  no delivery for any source
"""


@click.command(short_help="Load the newest delivery of each source.", epilog=_EPILOG)
@click.option("--source", "sources", multiple=True, metavar="NAME", help="Source to load; can be repeated.")
@click.option("--all", "every", is_flag=True, help="Load every source that has a mapping.")
@file_option("Load")
@click.option(
    "--config",
    type=FILE_OR_URL,
    metavar="JSON|URL",
    help='Read file and source from a JSON file: {"file": "…"}.',
)
@inbox_option
@mappings_option
@database_option
@click.option("--dry-run", is_flag=True, help="Read, map and check everything without writing anything.")
@click.option("--again", is_flag=True, help="Load a delivery even if it was loaded before.")
@mirror_option("--mirror-to", "After loading, copy published loads into this lake: see leadingest mirror.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Number of sources to load concurrently; of one source alone, processes that map a large file.  "
    "[default: depends on machine and database; one process]",
)
@wait_option
@format_option("text", "json")
@log_options
def run(
    sources: tuple[str, ...],
    every: bool,
    file: Path | None,
    config: Any,
    dry_run: bool,
    again: bool,
    jobs: int | None,
    wait: float,
    output_format: str,
    **settings: Any,
) -> None:
    """Load the newest delivery of each source and publish its leads.

    Reads the newest file in the inbox that matches the source's mapping, then maps, checks, loads and publishes it: all
    or nothing. Earlier loads are kept. If a source fails, the others still run.
    """
    from leadingest import Project
    from leadingest.cli.support.run_output import mirror_behind, report_run, worst_code
    from leadingest.cli.support.run_request import RunRequest, chosen_sources, read_config
    from leadingest.cli.support.watching import watching

    request = RunRequest(sources=sources, every=every, file=file)
    if config:
        request = read_config(config, request)
    project = Project.open(**settings)
    names = chosen_sources(project, request)
    behind = bool(project.mirror_url) and not dry_run
    with watching(project.settings, sources=len(names)) as events:
        results = project.run(
            *names, file=request.file, dry_run=dry_run, again=again, wait=wait, jobs=jobs, events=events
        )
        mirror = mirror_behind(project, () if every else names, events) if behind else None
    report_run(results, None if dry_run else project.database, output_format, mirror)
    raise click.exceptions.Exit(worst_code([result.exit_code for result in results], mirror))
