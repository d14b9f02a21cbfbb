"""Where and with what the figures were taken."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.benchmarks.server import Server

_PACKAGES = ("leadingest", "polars", "numpy", "SQLAlchemy", "mysqlclient", "dlt", "pandas", "pyarrow")


@dataclass(frozen=True)
class Machine:
    """The day, the machine, and the version of everything that had a part in it."""

    day: str
    processor: str
    processors: int
    memory_gib: float
    system: str
    #: Of the last minute: more than 0 is work that has nothing to do with us.
    load_average: float
    versions: dict[str, str]
    #: Each server with the settings that decide how fast it takes rows in.
    servers: dict[str, dict[str, str]]


def this_machine(servers: Sequence[Server]) -> Machine:
    """What can be told of the machine that we run on."""
    return Machine(
        day=datetime.now(UTC).date().isoformat(),
        processor=_processor(),
        processors=len(os.sched_getaffinity(0)),
        memory_gib=round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / (1 << 30), 1),
        system=f"{platform.freedesktop_os_release()['PRETTY_NAME']}, Linux {platform.release()}",
        load_average=os.getloadavg()[0],
        versions={"Python": platform.python_version(), **_packages(), **_sqlite3()},
        servers={server.name: server.settings for server in servers},
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _packages() -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _sqlite3() -> dict[str, str]:
    program = shutil.which("sqlite3")
    if not program:
        return {}
    output = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return {"sqlite3": output.split()[0]}
