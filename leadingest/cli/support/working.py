"""A worker in a process of its own: signals end it, and it says what it has done."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import click

from leadingest import Events, Project
from leadingest.cloud.handler import Handler, Outcome
from leadingest.cloud.log import MessageLog
from leadingest.cloud.move_back import move_back, queue_behind
from leadingest.cloud.queue import SqsQueue
from leadingest.cloud.worker import Worker, WorkerOptions
from leadingest.errors import EXIT_DONE, EXIT_FINDINGS
from leadingest.wording import counted

#: What a summary counts, in its order; logs and documents have the same words.
_COUNTED: Final[tuple[Outcome, ...]] = ("loaded", "skipped", "held", "failed", "transient", "poison")
#: What somebody should look at.
_FINDINGS: Final[tuple[Outcome, ...]] = ("held", "failed", "poison")


def work(project: Project, queue_url: str, options: WorkerOptions, *, wait: float) -> int:
    """Work until told to end; prints what was done, and gives the exit code.

    Raises LeadingestError where it cannot even begin: no queue, no mappings, no database.
    """
    log = MessageLog(project.settings)
    queue = SqsQueue(queue_url)
    if not queue.has_dead_letter_queue:
        click.echo(
            "warning: the queue has no dead-letter queue: a message that cannot be processed is received again and again; "
            "give it a redrive policy",
            err=True,
        )
    with Handler(project, events=Events(*log.listeners()), wait=wait) as handler:
        jobs = options.jobs or handler.sensible_jobs
        handler.check()
        worker = Worker(queue, handler, log, replace(options, jobs=jobs))
        with _ended_by_signal(worker):
            log.tell("worker_started", queue=queue_url, jobs=jobs)
            worker.run()
            log.tell("worker_ended", **{str(outcome): n for outcome, n in worker.outcomes.items()})
    click.echo(_summary(worker.outcomes))
    found = options.until_empty and any(worker.outcomes[each] for each in _FINDINGS)
    return EXIT_FINDINGS if found else EXIT_DONE


def move_messages(queue_url: str, to: str, *, dry_run: bool) -> None:
    """Move the messages of a dead-letter queue back, and say how many; a dry run only says how many there are."""
    dead = SqsQueue(queue_url)
    queue = SqsQueue(queue_behind(dead, to))
    if dry_run:
        click.echo(
            f"about {counted(dead.left(), 'message')} would be moved to {queue.url}; nothing was changed"
        )
        return
    click.echo(f"{counted(move_back(dead, queue), 'message')} moved to {queue.url}")


@contextmanager
def _ended_by_signal(worker: Worker) -> Iterator[None]:
    """Within it, SIGTERM lets the worker finish what it is at."""
    before = signal.signal(signal.SIGTERM, lambda _number, _frame: worker.end())
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _summary(outcomes: Counter[Outcome]) -> str:
    counts = [f"{outcomes[outcome]:,} {outcome}" for outcome in _COUNTED if outcomes[outcome]]
    return f"{counted(sum(outcomes.values()), 'message')} received{': ' if counts else ''}{', '.join(counts)}"
