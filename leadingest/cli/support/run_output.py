"""What a run prints, and the exit code that it ends with."""

from __future__ import annotations

from collections.abc import Sequence

from leadingest import SourceResult
from leadingest.cli.support.output import show
from leadingest.errors import EXIT_NOTHING_TO_DO
from leadingest.reports.run import RunReport


def report_run(results: Sequence[SourceResult], url: str | None, output_format: str) -> None:
    """Print what became of sources. `url` is that of the database, without its password; None for a dry run."""
    show(RunReport(results, url), output_format)


def worst_code(codes: Sequence[int]) -> int:
    """The exit code of a run: 2 over 1 over 0; 3 only where there was nothing else."""
    done = [code for code in codes if code != EXIT_NOTHING_TO_DO]
    return max(done) if done else EXIT_NOTHING_TO_DO
