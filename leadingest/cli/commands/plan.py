"""`leadingest plan`."""

from __future__ import annotations

from typing import Any

import click

from leadingest.cli.support.shared_options import (
    FILE_OR_URL,
    NEW_FILE_OR_URL,
    database_option,
    format_option,
    mappings_option,
)

_FAILURES = (
    "removed-leads",
    "added-leads",
    "changed-leads",
    "changed-keys",
    "rejects",
    "invalid-values",
    "hidden-leads",
    "drift",
)
_EPILOG = """\
\b
Examples:
  leadingest plan                                      what is not committed yet
  leadingest plan --base main                          what the branch changes
  leadingest plan --source acme --file acme.csv        on a file, without an archive
  leadingest plan --base main --last 3                 on the last three deliveries
  leadingest plan --base origin/main --format markdown > plan.md
  leadingest plan --base main --fail-on removed-leads --fail-on rejects
"""


@click.command(short_help="Show what a changed mapping would change in the leads.", epilog=_EPILOG)
@click.option(
    "--source", "sources", multiple=True, metavar="NAME", help="Source to look at; can be repeated."
)
@click.option(
    "--base",
    default="HEAD",
    show_default=True,
    metavar="REV",
    help="Git revision to compare with, as it was where the current commit branched off.",
)
@click.option(
    "--file",
    type=FILE_OR_URL,
    metavar="PATH|URL",
    help="Use this file instead of the last delivery in the archive.",
)
@click.option(
    "--last",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Use the last N deliveries of each source in the archive.",
)
@click.option(
    "--show-values", is_flag=True, help="Show personal values as they are, instead of their shapes."
)
@click.option(
    "--fail-on",
    type=click.Choice(_FAILURES),
    multiple=True,
    help="Make the exit code 1 if the change does this; can be repeated.",
)
@format_option("text", "markdown", "json", "html", "github")
@click.option(
    "--output",
    type=NEW_FILE_OR_URL,
    metavar="FILE|URL",
    help="Write to this file instead of standard output.",
)
@mappings_option
@database_option
def plan(
    sources: tuple[str, ...],
    base: str,
    file: Any,
    last: int,
    show_values: bool,
    fail_on: Any,
    output_format: str,
    output: Any,
    **settings: Any,
) -> None:
    """Show what a changed mapping or load table would change in the leads, before it is merged. Nothing is loaded.

    Runs the last delivery of each source in the archive through the mapping as a git revision has it and as it is now,
    and compares: leads that are added, removed or changed, by field with examples; rejects, invalid values, hidden
    leads, filled fields and drift, before and after. Only mappings that the change touches are run: the file, a file it
    extends or looks values up in, or its load table is different.

    Personal values are shown as shapes (9 for a digit, a for a word) unless you use --show-values. The exit code is 1 if a
    delivery cannot be loaded with the mapping as it is now, or for what you name with --fail-on.
    """
    from leadingest import Project
    from leadingest.cli.support.output import show
    from leadingest.cli.support.watching import progress_shown
    from leadingest.reports.plan import PlanReport

    project = Project.open(**settings)
    with progress_shown() as events:
        planned = project.plan(
            *sources, base=base, file=file, last=last, show_values=show_values, events=events
        )
    show(PlanReport(planned, fail_on), output_format, output=output)
    raise click.exceptions.Exit(planned.exit_code(fail_on))
