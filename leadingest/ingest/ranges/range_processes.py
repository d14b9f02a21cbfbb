"""Ranges of a delivery mapped in processes of this machine."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO, Final

import polars as pl

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.ranges import RANGE_SIZE, Range, opened_at
from leadingest.engine.transform import MappedBatch
from leadingest.errors import LeadingestError, UnexpectedError, in_words
from leadingest.ingest.concurrency import prefetch
from leadingest.ingest.ranges.range_job import MappedRange, RangeJob, ReadRows

#: Bytes of a file from which on processes are used. To start one takes as long as to read and map 10 MB, and each of
#: them should have several ranges to do.
LEAST_SIZE: Final = 64 << 20
#: How a process is started. It imports no module of whoever uses this package.
_PROGRAM: Final = f"from {__name__} import work; work()"


class RangeProcesses:
    """Maps ranges in so many processes, of which this is one: another takes a second of a processor to start.

    The others put the rows of a range into scratch files, one range after the other.
    """

    def __init__(self, number: int, *, least_size: int = LEAST_SIZE, range_size: int = RANGE_SIZE) -> None:
        self._number, self.least_size, self.range_size = number, least_size, range_size
        self.name = f"{number} processes"

    def map(self, job: RangeJob, delivery: Delivery) -> Iterator[tuple[MappedRange, MappedBatch | None]]:
        """What each range became, in their order; no more than two for each process wait to be taken.

        Raises UnexpectedError where the system has ended a process.
        """
        with TemporaryDirectory(prefix="leadingest-") as folder, _Workers(self._number) as workers:
            workers.start((job, delivery, Path(folder)))
            results = prefetch(workers.mapped, job.plan.ranges, workers=self._number, abandoned=workers.end)
            with closing(results):
                for mapped, rows in results:
                    yield mapped, mapped.with_rows(rows)


#: Maps a range in this process, or has another one do it; also gives what reads its rows.
_Worker = Callable[[Range], tuple[MappedRange, ReadRows]]


class _Workers:
    """Processes that map ranges, of which this is one: whichever is idle the next one."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._processes: list[subprocess.Popen[bytes]] = []
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._stack = ExitStack()

    def __enter__(self) -> _Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
        self._stack.close()

    def start(self, task: tuple[RangeJob, Delivery, Path]) -> None:
        """Start them, and tell each what it will be about."""
        job, delivery, folder = task
        self._idle.put(partial(_mapped_here, job, delivery))
        threads = max((os.cpu_count() or 1) // self._number, 1)
        for _ in range(self._number - 1):
            process = subprocess.Popen(  # noqa: S603 - a program of ours, and no shell
                [sys.executable, "-c", _PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "POLARS_MAX_THREADS": str(threads)},
                # Ctrl-C is for us: we end them.
                start_new_session=True,
            )
            self._processes.append(self._stack.enter_context(process))
            self._idle.put(partial(_mapped_there, process, folder))
            with _in_words(process):
                _send(_pipe(process.stdin), task)

    def mapped(self, part: Range) -> tuple[MappedRange, ReadRows]:
        """What the range became, and what reads its rows; for several threads."""
        worker = self._idle.get()
        try:
            return worker(part)
        finally:
            self._idle.put(worker)

    def end(self) -> None:
        """End those that were started, whatever they are at."""
        for process in self._processes:
            process.kill()
            with suppress(OSError):
                # What was to be sent goes nowhere.
                _pipe(process.stdin).close()


def _mapped_here(job: RangeJob, delivery: Delivery, part: Range) -> tuple[MappedRange, ReadRows]:
    rows: dict[str, pl.DataFrame] = {}
    with opened_at(delivery, part.start) as stream:
        return job.map(part, stream, rows.__setitem__), rows.__getitem__


def _mapped_there(
    process: subprocess.Popen[bytes], folder: Path, part: Range
) -> tuple[MappedRange, ReadRows]:
    with _in_words(process):
        _send(_pipe(process.stdin), part)
        answer: MappedRange | LeadingestError = pickle.load(_pipe(process.stdout))  # noqa: S301 - ours
    if isinstance(answer, LeadingestError):
        raise answer
    return answer, partial(_taken, folder, part)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101  # it was asked for
    return pipe


def _send(pipe: IO[bytes], what: object) -> None:
    pickle.dump(what, pipe)
    pipe.flush()


@contextmanager
def _in_words(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Say how a process has ended that is spoken to no more."""
    try:
        yield
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        code = process.wait()
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        raise UnexpectedError(
            f"a process that mapped a part of the file {how}, so nothing was loaded",
            hint="the system ends processes when memory runs out: run again with fewer --jobs, or add memory",
        ) from error


def work() -> None:
    """What such a process does: map ranges as they are asked for, until nobody is there to ask."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library may print is no answer.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    job, delivery, folder = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    parts: SimpleQueue[Range] = SimpleQueue()
    Thread(target=_take, args=(parts,), daemon=True).start()
    while True:
        _send(answers, _mapped(job, delivery, folder, parts.get()))


def _take(parts: SimpleQueue[Range]) -> None:
    """Take what is asked for, also while there is work: whoever asked may be gone, and then nobody wants it."""
    while True:
        try:
            parts.put(pickle.load(sys.stdin.buffer))  # noqa: S301 - from the process that started this one
        except EOFError:
            os._exit(0)


def _mapped(job: RangeJob, delivery: Delivery, folder: Path, part: Range) -> MappedRange | LeadingestError:
    try:
        with opened_at(delivery, part.start) as stream:
            return job.map(part, stream, lambda rows, frame: frame.write_ipc(_file(folder, part, rows)))
    except BaseException as error:
        return in_words(error)


def _taken(folder: Path, part: Range, rows: str) -> pl.DataFrame:
    """The rows, whose file is there no more."""
    file = _file(folder, part, rows)
    frame = pl.read_ipc(file)
    file.unlink()
    return frame


def _file(folder: Path, part: Range, rows: str) -> Path:
    return folder / f"{part.start}.{rows}.arrow"
