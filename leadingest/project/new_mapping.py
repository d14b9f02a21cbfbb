"""The mapping of a new source: drafted, and written where no other is."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from leadingest.deliveries.inboxes.open_inbox import opened_file
from leadingest.drafting.draft_mapping import Draft, draft_mapping
from leadingest.drafting.draft_text import draft_text
from leadingest.errors import ConfigurationError, NothingToDoError, UsageError
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.mapping.read_sections import SOURCE_NAME
from leadingest.stores.location import Location
from leadingest.tables.load_table import LoadTable


@dataclass(frozen=True)
class DraftedMapping:
    """A mapping that was drafted from a file, and the file that it was written into."""

    draft: Draft
    path: Path


def new_mapping(
    name: str,
    file: Location,
    table: LoadTable,
    index: MappingIndex,
    *,
    tables: Sequence[LoadTable],
    today: date,
    force: bool,
) -> DraftedMapping:
    """Draft the mapping of the source and write it. Raises as `Project.new`."""
    path = _path_of(name, index, force=force)
    with opened_file(file) as delivery:
        draft = draft_mapping(
            delivery,
            source=name,
            table=table,
            today=today,
            taken=_globs_of_others(name, index),
            tables=tables,
        )
    with path.open("w" if force else "x", encoding="utf-8", newline="\n") as written:
        written.write(draft_text(draft))
    return DraftedMapping(draft, path)


def _path_of(name: str, index: MappingIndex, *, force: bool) -> Path:
    """The file of the mapping. Raises UsageError where the name is none or is taken, and ConfigurationError without a folder."""
    if not SOURCE_NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} is not a valid source name: use 1 to 64 letters, digits or any of _ . -, "
            "starting with a letter or digit",
            hint="give the source a short name, as in: leadingest new acme --file FILE",
        )
    sources = _sources(index)
    place = index.mappings / f"{name}.yaml"
    if (owner := sources.get(name)) and owner != place:
        raise UsageError(f"the source {name!r} already has a mapping in {owner}", hint="choose another name")
    if place.exists() and not force:
        raise UsageError(
            f"the source {name!r} has a mapping, {place}",
            hint="choose another name, or overwrite it with --force",
        )
    return place


def _globs_of_others(name: str, index: MappingIndex) -> list[str]:
    """The globs by which the other sources know their deliveries; a mapping that cannot be read has none."""
    found: list[str] = []
    for source, path in _sources(index).items():
        if source != name:
            with suppress(ConfigurationError):
                found += index.read(path).delivery.match
    return found


def _sources(index: MappingIndex) -> dict[str, Path]:
    """The sources of the project; none in a new one."""
    try:
        return index.sources()
    except NothingToDoError:
        return {}
