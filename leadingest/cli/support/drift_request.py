"""What `leadingest drift` is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from leadingest import Project
from leadingest.cli.support.run_request import RunRequest, chosen_sources
from leadingest.errors import UsageError
from leadingest.stores.location import Location


@dataclass(frozen=True)
class DriftRequest:
    """What the command line says of sources, files and fixing."""

    sources: tuple[str, ...] = ()
    every: bool = False
    file: Location | None = None
    published: bool = False
    fix: bool = False

    def chosen(self, project: Project) -> list[str]:
        """The sources to look at. Raises UsageError where the request contradicts itself, or names nothing."""
        if self.published and self.file:
            raise UsageError("--published and --file cannot be used together")
        if self.published and self.fix:
            raise UsageError(
                "--fix needs a delivery to test the mapping on",
                hint="remove --published, or name a --file",
            )
        return chosen_sources(project, RunRequest(self.sources, self.every, self.file))

    def past(self, project: Project) -> list[str]:
        """The sources to tell the history of, all where none is named. Raises UsageError as `chosen`."""
        if self.file or self.published or self.fix:
            raise UsageError(
                "--history shows recorded drift; it cannot be used with --file, --published or --fix"
            )
        return self.chosen(project) if self.sources else []
