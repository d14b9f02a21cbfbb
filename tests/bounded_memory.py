"""Read and map a file in a process of its own, and tell the most memory that it took.

python -m tests.bounded_memory FILE
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

#: Of the private memory of the child, which a fault then ends and not the machine: RLIMIT_AS would count what the
#: thread pools of polars reserve and never touch, too. What is demanded is the peak that was really in memory.
_MOST_PRIVATE = 8 << 30
_ROOT = Path(__file__).parents[1]
_MAPPING = (
    'source: s\ndelivery: {match: "*"}\nignore: ["*"]\n'
    "fields: {company: a, address1: a, city: {from: a, case: title}, license_number: a}\n"
)


@dataclass(frozen=True)
class Told:
    """What came of the file: leads and rejects, or why it was refused; and the peak in MiB."""

    leads: int
    rejects: int
    refused: str
    peak: int


def read_alone(file: Path) -> Told:
    """Read and map the file in a child; an AssertionError where that breaks off."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bounded_memory", file],
        capture_output=True,
        text=True,
        check=False,
        cwd=_ROOT,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return Told(**json.loads(done.stdout))


def _read(file: Path) -> Told:
    from leadingest.deliveries.delivery import fingerprint
    from leadingest.errors import DeliveryError
    from leadingest.ingest.load_delivery import load_delivery
    from leadingest.mapping.read_mapping import read_mapping

    leads = rejects = 0
    refused = ""
    with TemporaryDirectory() as folder:
        path = Path(folder, "s.yaml")
        path.write_text(_MAPPING, encoding="utf-8")
        mapping = read_mapping(path, ddl=_ROOT / "ddl")
        try:
            outcome = load_delivery(
                mapping, fingerprint(file), None, today=date(2026, 1, 1), progress=lambda _: None
            )
        except DeliveryError as error:
            refused = error.message
        else:
            leads, rejects = outcome.counts.loaded, outcome.counts.rejected
    return Told(leads, rejects, refused, _peak())


def _peak() -> int:
    """The most memory that this process had, in MiB; `ru_maxrss` may be that of the process it was forked from."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    (line,) = (each for each in status.read_text().splitlines() if each.startswith("VmHWM:"))
    return int(line.split()[1]) >> 10


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (_MOST_PRIVATE, _MOST_PRIVATE))
    print(json.dumps(vars(_read(Path(sys.argv[1])))))
