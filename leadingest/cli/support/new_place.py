"""Where the mapping of a new source is written, if it may be."""

from contextlib import suppress
from pathlib import Path

from leadingest.errors import ConfigurationError, NothingToDoError, UsageError
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.mapping.read_sections import SOURCE_NAME
from leadingest.project import Project


def place_of(name: str, project: Project, *, force: bool) -> Path:
    """The file of the mapping. Raises UsageError where the name is none or is taken, and ConfigurationError without a folder."""
    if not SOURCE_NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} is not a valid source name: use 1 to 64 letters, digits or any of _ . -, "
            "starting with a letter or digit",
            hint="give the source a short name, as in: leadingest new acme --file FILE",
        )
    sources = _sources(project.index)
    place = project.settings.mappings / f"{name}.yaml"
    if (owner := sources.get(name)) and owner != place:
        raise UsageError(f"the source {name!r} already has a mapping in {owner}", hint="choose another name")
    if place.exists() and not force:
        raise UsageError(
            f"the source {name!r} has a mapping, {place}",
            hint="choose another name, or overwrite it with --force",
        )
    return place


def globs_of_others(name: str, index: MappingIndex) -> list[str]:
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
