"""What a run prints, and the exit code that it ends with."""

from __future__ import annotations

from collections.abc import Sequence

import click

from leadingest.cli.support.output import text_width
from leadingest.destinations.shown_url import shown_url
from leadingest.errors import EXIT_NOTHING_TO_DO
from leadingest.ingest.result import SourceResult
from leadingest.reports.of_run import run_failures, run_json, run_text


def report_run(results: Sequence[SourceResult], url: str | None, output_format: str) -> None:
    """Print what became of sources, failures on standard error. `url` is None for a dry run."""
    database = shown_url(url) if url else None
    if output_format == "json":
        click.echo(run_json(results, database=database), nl=False)
        return
    width = text_width()
    failures = run_failures(results, width=width)
    click.echo(run_text(results, database=database, width=width), nl=bool(failures) and len(results) > 1)
    click.echo(failures, nl=False, err=True)


def worst_code(codes: Sequence[int]) -> int:
    """The exit code of a run: 2 over 1 over 0; 3 only where there was nothing else."""
    done = [code for code in codes if code != EXIT_NOTHING_TO_DO]
    return max(done) if done else EXIT_NOTHING_TO_DO
