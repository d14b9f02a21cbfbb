"""All that a run of the benchmark found, as a file that can be read again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import TypeAdapter

from tests.benchmarks.figure import Figure
from tests.benchmarks.machine import Machine


@dataclass(frozen=True)
class Results:
    """The figures, with every single run, where they were taken, and what was to be measured, by option."""

    figures: tuple[Figure, ...]
    machine: Machine
    options: dict[str, Any]

    def as_json(self) -> str:
        """The results, and what follows from them, for programs."""
        document = asdict(self)
        for each, figure in zip(document["figures"], self.figures, strict=True):
            each |= {"median": figure.value, "met": figure.met}
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def read_results(text: str) -> Results:
    """Results that were written as JSON. Raises ValueError where the text has none."""
    return TypeAdapter(Results).validate_json(text)
