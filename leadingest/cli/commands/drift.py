"""`leadingest drift`."""

from pathlib import Path
from typing import Any

import click

from leadingest.cli.support.shared_options import (
    FILE,
    database_option,
    format_option,
    inbox_option,
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
  leadingest drift --history                         what past deliveries differed in
  leadingest drift --explain DR102                   what a code means
"""


@click.command(short_help="Tell how a delivery differs from what was expected.", epilog=_EPILOG)
@click.option("--source", "sources", multiple=True, metavar="NAME", help="This source; may be repeated.")
@click.option("--all", "every", is_flag=True, help="Every source of the project.")
@click.option("--file", type=FILE, metavar="PATH", help="This file instead of the newest one in the inbox.")
@click.option("--published", is_flag=True, help="Compare what is published with the load before it.")
@click.option("--history", is_flag=True, help="Show what past deliveries differed in.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="Of the history, the newest so many loads.",
)
@click.option(
    "--fix",
    is_flag=True,
    help="Add aliases, keys, date formats and UTF-8 to the mapping where they are plain.",
)
@click.option("--diff", is_flag=True, help="Show what --fix would change as a patch, and change nothing.")
@click.option(
    "--fail-on",
    type=click.Choice(["breaking", "lossy", "any"]),
    default="breaking",
    show_default=True,
    help="From which class on the exit code is 1.",
)
@click.option("--explain", metavar="CODE", help="Say what a code means, and do nothing else.")
@click.option("--kinds", is_flag=True, help="Print all kinds of drift as Markdown, and do nothing else.")
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
    fail_on: str,
    explain: str | None,
    kinds: bool,
    output_format: str,
    table: str,
    **settings: Any,
) -> None:
    """Tell how a delivery differs from its mapping and from the published load, and how bad that is.

    The newest delivery in the inbox, or a --file, is read once and compared; nothing is loaded. Each difference is
    breaking (the load would fail or be held), lossy (it loads, and values are lost) or safe, and says what to do.
    Where no load is published yet, the delivery is compared with the mapping alone.

    Every run compares as well, keeps what it finds, and does what `on_drift` in the mapping says.
    """
    if explain or kinds:
        from leadingest.drift.explain import explained, kinds_text

        click.echo(explained(explain) if explain else kinds_text(), nl=False)
        return

    from leadingest.cli.support.drift_request import DriftRequest, drift_history, found_drift
    from leadingest.cli.support.output import text_width
    from leadingest.project import Project

    project = Project.open(Path.cwd(), table=table, **settings)
    request = DriftRequest(sources, every, file, published=published, fix=fix and not diff)
    if history:
        from leadingest.reports.of_drift import history_json, history_text

        rows = drift_history(request, project, limit=limit)
        text = history_json(rows) if output_format == "json" else history_text(rows, width=text_width())
        click.echo(text, nl=False)
        return

    from leadingest.drift.source_drift import exit_code

    drifts = found_drift(request, project)
    if diff:
        from leadingest.cli.support.drift_request import drift_mendings
        from leadingest.errors import EXIT_FINDINGS
        from leadingest.reports.patch import patch

        text = patch((each.document, each.text) for each in drift_mendings(drifts, project))
        click.echo(text, nl=False)
        if text:
            raise SystemExit(EXIT_FINDINGS)
        click.echo("there is nothing that --fix would change", err=True)
        return
    from leadingest.reports.drift_formats import drift_report

    click.echo(drift_report(drifts, output_format, width=text_width()), nl=False)
    if code := exit_code(drifts, fail_on):  # type: ignore[arg-type]  # click has checked it
        raise SystemExit(code)
