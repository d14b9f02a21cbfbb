"""Mappings of many made-up sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

#: The sources whose mappings and deliveries the made-up ones are like.
SHAPES = ("source1", "source2", "source3")

_MAPPINGS = Path(__file__).parents[3] / "mappings"


def names(sources: int) -> list[str]:
    """What the sources are called: made_up_001 and so on."""
    return [f"made_up_{number:03}" for number in range(1, sources + 1)]


def write_mappings(folder: Path, *, sources: int, shapes: Sequence[str] = SHAPES) -> None:
    """Write the mappings: those of the shapes in turn, each under a name and for files of its own."""
    (folder / "mappings").mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(names(sources)):
        shape = shapes[number % len(shapes)]
        text = (_MAPPINGS / f"{shape}.yaml").read_text(encoding="utf-8")
        text = re.sub(rf"\b{shape}\b", name, text)
        (folder / "mappings" / f"{name}.yaml").write_text(text, encoding="utf-8")
