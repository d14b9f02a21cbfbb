"""How long a program runs, and how much memory it takes: told by the kernel, when the program has ended."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

#: Of what a program said before it failed.
_LINES = 12

#: A program and its words.
Command = list[str | Path]


class BenchmarkError(Exception):
    """Why there is nothing to measure."""


@dataclass(frozen=True)
class Measured:
    """Seconds on the wall and on the processors; `peak` is the most memory in bytes, None where it cannot be told."""

    seconds: float
    cpu_seconds: float = 0.0
    peak: int | None = None


def measured(
    command: Command, *, variables: Mapping[str, str] | None = None, folder: Path = ROOT, exit_code: int = 0
) -> Measured:
    """Run the command in the folder, with further environment variables.

    Python may keep its bytecode, as that of an installed program is kept, whatever is set here.

    Raises BenchmarkError, with the end of what the command said, when it ends with another exit code.
    """
    with tempfile.TemporaryFile() as output:
        begun = time.perf_counter()
        program = subprocess.Popen(
            command,
            stdout=output,
            stderr=output,
            cwd=folder,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **(variables or {})},
        )
        try:
            _, status, usage = os.wait4(program.pid, 0)
        except BaseException:
            # Whoever breaks off does not mean it to go on.
            program.kill()
            raise
        seconds = time.perf_counter() - begun
        program.returncode = os.waitstatus_to_exitcode(status)
        if program.returncode != exit_code:
            output.seek(0)
            last = output.read().decode(errors="replace").strip().splitlines()[-_LINES:]
            words = " ".join(map(str, command))
            raise BenchmarkError("\n".join([f"{words} ended with {program.returncode}", *last]))
    return Measured(seconds, usage.ru_utime + usage.ru_stime, _peak(usage.ru_maxrss))


def module(name: str, *words: str | Path) -> Command:
    """The command that runs a module of the benchmarks."""
    return [sys.executable, "-m", f"tests.benchmarks.{name}", *words]


def _peak(kibibytes: int) -> int | None:
    """VmHWM of the program, unless it hides behind ours: a new process begins with the peak of its parent."""
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kibibytes * 1024 if kibibytes > ours else None
