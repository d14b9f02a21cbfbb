"""What a person at a terminal sees of a run: the source, the records so far, how fast they come."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from leadingest import Delivery, LeadingestError, Listener, SourceResult
from leadingest.reports.printable import cut_to, one_line

_NAME_CELLS = 24


class ProgressListener(Listener):
    """A line for each source at work and, where there are several, a bar; gone when the run is over."""

    def __init__(self, console: Console, *, sources: int) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=20),
            _Records(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._overall = (
            self._progress.add_task(f"0 of {sources} sources", total=sources, kind="sources")
            if sources > 1
            else None
        )
        self._sources, self._done = sources, 0
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def started(self, source: str, delivery: Delivery) -> None:
        """A delivery was found and is about to be read."""
        name = cut_to(one_line(source), _NAME_CELLS)
        self._tasks[source] = self._progress.add_task(name, total=None, kind="records")

    def progress(self, source: str, records: int) -> None:
        """So many of its records have been read."""
        if source in self._tasks:
            self._progress.update(self._tasks[source], completed=records, refresh=True)

    def ended(self, source: str) -> None:
        """No more of the delivery is read, whatever became of it."""
        if source in self._tasks:
            self._progress.remove_task(self._tasks.pop(source))

    def retrying(self, source: str, error: LeadingestError, pause: float) -> None:
        """The database broke the load off; it begins again in so many seconds."""
        message = f"{one_line(source)}: {one_line(error.message)}; trying again in {pause:g} s"
        self._progress.console.print(message, markup=False, highlight=False)

    def finished(self, result: SourceResult) -> None:
        """The source is done with, in whatever way."""
        self._done += 1
        if self._overall is not None:
            description = f"{self._done} of {self._sources} sources"
            self._progress.update(self._overall, completed=self._done, description=description, refresh=True)


class _Records(ProgressColumn):
    """`120,000 records, 48,000/s`."""

    def render(self, task: Task) -> Text:
        if task.fields.get("kind") != "records":
            return Text("")
        if not task.completed:
            return Text("reading")
        rate = f", {task.speed:,.0f}/s" if task.speed else ""
        return Text(f"{task.completed:,.0f} records{rate}")
