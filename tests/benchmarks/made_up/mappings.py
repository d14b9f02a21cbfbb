"""Mappings of many made-up sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import yaml

#: The sources whose mappings and deliveries the made-up ones are like.
SHAPES = ("source1", "source2", "source3")

#: Those that are shipped.
MAPPINGS = Path(__file__).parents[3] / "mappings"
#: Words that take the cell of a name or an address apart.
_PARTS = {"person", "us_address"}


def names(sources: int) -> list[str]:
    """What the sources are called: made_up_001 and so on."""
    return [f"made_up_{number:03}" for number in range(1, sources + 1)]


def write_mappings(folder: Path, *, sources: int, shapes: Sequence[str] = SHAPES) -> None:
    """Write the mappings: those of the shapes in turn, each under a name and for files of its own."""
    (folder / "mappings").mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(names(sources)):
        shape = shapes[number % len(shapes)]
        text = (MAPPINGS / f"{shape}.yaml").read_text(encoding="utf-8")
        text = re.sub(rf"\b{shape}\b", name, text)
        (folder / "mappings" / f"{name}.yaml").write_text(text, encoding="utf-8")


def write_without_parts(folder: Path, source: str) -> Path:
    """Write the mapping of the source without the fields that take a name or an address apart; returns the folder."""
    mapping = yaml.safe_load((MAPPINGS / f"{source}.yaml").read_text(encoding="utf-8"))
    fields = {name: entry for name, entry in mapping["fields"].items() if _PARTS.isdisjoint(entry)}
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(mapping | {"fields": fields, "tests": []}, sort_keys=False)
    (folder / f"{source}.yaml").write_text(text, encoding="utf-8")
    return folder
