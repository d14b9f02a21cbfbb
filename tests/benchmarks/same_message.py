"""The same message so many times: its file is loaded once, and skipped from then on.

`python -m tests.benchmarks.same_message PROJECT FILE TIMES`. There is no queue and no bucket: what is measured is what
the program does with a message.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from leadingest.cloud.handler import Handler
from leadingest.cloud.messages import DroppedFile
from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.ingest.concurrency import Stop
from leadingest.project import Project


def main() -> None:
    """Handle the message as often as the command line says."""
    options = argparse.ArgumentParser()
    options.add_argument("project", type=Path)
    options.add_argument("file", type=Path)
    options.add_argument("times", type=int)
    arguments = options.parse_args()

    @contextmanager
    def opened(file: DroppedFile, fits: Callable[[int], None]) -> Iterator[Delivery]:
        fits(arguments.file.stat().st_size)
        yield replace(fingerprint(arguments.file), name=arguments.file.name)

    body = json.dumps({"file": f"s3://drops/{arguments.file.name}"})
    with Handler(Project.open(arguments.project), open_drop=opened) as handler:
        outcomes = [handler.handle(body, Stop()).outcome for _ in range(arguments.times)]
    assert outcomes == ["loaded", *["skipped"] * (arguments.times - 1)]


if __name__ == "__main__":
    main()
