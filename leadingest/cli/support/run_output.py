"""What a run prints, and the exit code that it ends with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from leadingest import Events, NothingToDoError, Project, SourceResult
from leadingest.cli.support.output import show
from leadingest.errors import EXIT_DONE, EXIT_FINDINGS, EXIT_NOTHING_TO_DO, in_words
from leadingest.reports.mirror import MirrorReport
from leadingest.reports.run import RunReport


def report_run(
    results: Sequence[SourceResult], url: str | None, output_format: str, mirror: MirrorReport | None = None
) -> None:
    """Print what became of sources. `url` is that of the database, without its password; None for a dry run."""
    show(RunReport(results, url, mirror), output_format)


def worst_code(codes: Sequence[int], mirror: MirrorReport | None = None) -> int:
    """The exit code of a run: 2 over 1 over 0; 3 only where there was nothing else. A mirror that failed is a 1."""
    done = [code for code in codes if code != EXIT_NOTHING_TO_DO]
    if mirror and mirror.exit_code != EXIT_DONE:
        done.append(EXIT_FINDINGS)
    return max(done) if done else EXIT_NOTHING_TO_DO


def mirror_behind(project: Project, sources: Sequence[str], events: Events) -> MirrorReport:
    """Bring the mirror up to date after a run of these sources, or of all; what is wrong with it is in the report."""
    report = MirrorReport([], project.database, project.mirror_url)
    try:
        return replace(report, results=project.mirror(*sources, events=events))
    except NothingToDoError:
        return report
    except BaseException as raised:
        return replace(report, problem=in_words(raised))
