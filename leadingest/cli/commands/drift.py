"""`leadingest drift`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from leadingest.cli.support.shared_options import (
    FILE_OR_URL,
    database_option,
    format_option,
    inbox_option,
    limit_option,
    mappings_option,
    table_option,
)

_EPILOG = """\
\b
Examples:
  leadingest drift --source acme                     the newest delivery in the inbox
  leadingest drift --source acme --file acme.csv     a file, wherever it lies
  leadingest drift --all --fail-on lossy             every source, before a run
  leadingest drift --source acme --diff              what --fix would change
  leadingest drift --source acme --published         what is published, and the load before
  leadingest drift --history                         the drift of past deliveries
  leadingest drift --explain DR102                   what a code means
"""


@click.command(short_help="Report how a delivery differs from what was expected.", epilog=_EPILOG)
@click.option("--source", "sources", multiple=True, metavar="NAME", help="Source to check; can be repeated.")
@click.option("--all", "every", is_flag=True, help="Check every source in the project.")
@click.option(
    "--file",
    type=FILE_OR_URL,
    metavar="PATH|URL",
    help="Check this file instead of the newest one in the inbox.",
)
@click.option("--published", is_flag=True, help="Compare the published load with the one before it.")
@click.option("--history", is_flag=True, help="Show the drift of past deliveries.")
@limit_option(20, "Maximum number of loads in the history, newest first.")
@click.option(
    "--fix",
    is_flag=True,
    help="Add aliases, value map keys, date formats and UTF-8 to the mapping where the fix is clear.",
)
@click.option(
    "--diff", is_flag=True, help="Show what --fix would change as a patch, without changing anything."
)
@click.option(
    "--fail-on",
    type=click.Choice(["breaking", "lossy", "any"]),
    default="breaking",
    show_default=True,
    help="Lowest class of drift that makes the exit code 1.",
)
@click.option("--explain", metavar="CODE", help="Explain a code and exit.")
@click.option("--kinds", is_flag=True, help="Print all kinds of drift as Markdown and exit.")
@format_option("text", "json", "markdown", "html", "github", "junit")
@table_option
@mappings_option
@inbox_option
@database_option
def drift(
    sources: tuple[str, ...],
    every: bool,
    file: Path | None,
    published: bool,
    history: bool,
    limit: int,
    fix: bool,
    diff: bool,
    fail_on: Literal["breaking", "lossy", "any"],
    explain: str | None,
    kinds: bool,
    output_format: str,
    table: str,
    **settings: Any,
) -> None:
    """Report how a delivery differs from its mapping and from the published load, and how serious that is.

    Reads the newest delivery in the inbox, or the given --file, once and compares it; nothing is loaded. Each
    difference is breaking (the load would fail or be held), lossy (it loads, but values are lost) or safe, and comes
    with advice. If no load is published yet, the delivery is compared with the mapping only.

    Every run makes the same comparison, records the result and follows `on_drift` in the mapping.
    """
    if explain or kinds:
        from leadingest.drift.explain import explained, kinds_text

        click.echo(explained(explain) if explain else kinds_text(), nl=False)
        return

    from leadingest import Project
    from leadingest.cli.support.drift_request import DriftRequest
    from leadingest.cli.support.output import show, show_patch
    from leadingest.cli.support.run_output import worst_code
    from leadingest.cli.support.watching import progress_shown
    from leadingest.reports.drift import DriftHistoryReport, DriftReport

    project = Project.open(table=table, **settings)
    request = DriftRequest(sources, every, file, published=published, fix=fix and not diff)
    if history:
        show(DriftHistoryReport(project.drift_history(*request.past(project), limit=limit)), output_format)
        return
    with progress_shown() as events:
        drifts = project.drift(
            *request.chosen(project), file=file, published=published, fix=request.fix, events=events
        )
    if diff:
        show_patch(project.drift_fixes(*drifts))
        return
    show(DriftReport(drifts), output_format)
    raise click.exceptions.Exit(worst_code([each.exit_code(fail_on) for each in drifts]))
