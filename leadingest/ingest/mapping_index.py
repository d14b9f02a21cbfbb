"""The mappings of a project: which sources there are, and the mapping of each; every file is read once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePath
from threading import Lock

from leadingest.documents.copies import name_of
from leadingest.documents.nearest import listed, nearest_names
from leadingest.documents.read_yaml import read_document
from leadingest.documents.yaml_document import Document, Scalar
from leadingest.errors import ConfigurationError, NothingToDoError, UsageError
from leadingest.mapping.models import Mapping, ParsedMapping
from leadingest.mapping.read_mapping import examine_mapping, mapping_of
from leadingest.mapping.sections import Guards
from leadingest.mapping.sibling import Sibling, both_map, sibling
from leadingest.stores.location import Location, pure_path


class DocumentCache:
    """Reads each file as it is when it is first asked for; for several threads."""

    def __init__(self) -> None:
        self._found: dict[tuple[Path, str], Document | ConfigurationError] = {}
        self._lock = Lock()

    def read(self, path: Path, *, shown_as: str | None = None) -> Document:
        """As `read_document`; what it raises is raised each time."""
        place = (path.absolute(), shown_as or str(path))
        with self._lock:
            if place not in self._found:
                try:
                    self._found[place] = read_document(path, shown_as=shown_as)
                except ConfigurationError as error:
                    self._found[place] = error
            found = self._found[place]
        if isinstance(found, ConfigurationError):
            raise found.with_traceback(None)
        return found


@dataclass(frozen=True)
class MappingIndex:
    """A folder of mappings and the folder with the load tables that they fill.

    What it tells is of one moment: the folder is listed, and each file read, when it is first asked for. `reread` gives
    an index of the folder as it has become. A mapping is compiled when it is first asked for.

    Files whose name begins with `_` are no sources of their own: they hold what others extend.
    """

    mappings: Path
    ddl: Path
    #: Of deliveries that are not UTF-8, where their mapping does not name one; "" for none.
    fallback_encoding: str = ""
    #: Where a mapping says nothing else.
    guards: Guards = field(default_factory=Guards.model_construct)
    _documents: DocumentCache = field(default_factory=DocumentCache, init=False, repr=False, compare=False)
    _compiled: dict[tuple[Path, str], Mapping] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def reread(self) -> MappingIndex:
        """An index that has read nothing yet."""
        return replace(self)

    def sources(self) -> dict[str, Path]:
        """Each source with the file of its mapping, sorted by name.

        A file that cannot be read stands under its own name, so that the fault is met when it is used.
        Raises ConfigurationError when two files have the same source, NothingToDoError when there are none.
        """
        return self._sources

    def files(self) -> list[Path]:
        """The files of the mappings, by name. Raises as `sources` does, but for what is in the files."""
        if not self._files:
            raise self._no_mapping()
        return list(self._files)

    def siblings(self) -> list[Sibling]:
        """What the mappings must know of each other, of those that can be read."""
        return list(self._siblings.values())

    def mapping(self, source: str) -> Mapping:
        """The mapping of the source. Raises UsageError, with the nearest names, when there is none."""
        return self.read(self.path_of(source))

    def path_of(self, source: str) -> Path:
        """The file of the source's mapping. Raises as `mapping` does."""
        sources = self.sources()
        if source not in sources:
            likely = nearest_names(source, sources, most=3)
            names = listed(repr(name) for name in likely or sources)
            raise UsageError(
                f"there is no source {source!r} in {name_of(self.mappings)}",
                hint=f"did you mean {names}?" if likely else f"the sources are {names}",
            )
        return sources[source]

    def read(self, path: Path) -> Mapping:
        """The mapping in one of the project's files; messages name it from where the user stands."""
        place = (path, shown_path(path))
        if place not in self._compiled:
            reading = examine_mapping(path, ddl=self.ddl, shown_as=place[1], read=self._documents.read)
            mapping = mapping_of(_without_errors(reading))
            mapping = mapping.with_fallback_encoding(self.fallback_encoding)
            self._compiled[place] = mapping.with_project_guards(self.guards)
        return self._compiled[place]

    def source_taking(self, file: Location) -> str:
        """The one source whose deliveries are named like the file. Raises UsageError when there are none or more."""
        place = pure_path(file)
        taking = [name for name, path in self.sources().items() if self._takes(path, place)]
        if len(taking) != 1:
            message = f"{listed(taking, last='and')} all take" if taking else "no source takes"
            raise UsageError(f"{message} the file name {file.name!r}", hint="choose one with --source NAME")
        return taking[0]

    def _no_mapping(self) -> NothingToDoError:
        hint = "a mapping is a file <source>.yaml; to draft one: leadingest new NAME --file FILE"
        return NothingToDoError(f"no mapping in {name_of(self.mappings)}", hint=hint)

    @cached_property
    def _sources(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for path in self._files:
            source = self._source_of(path)
            if source in found:
                raise ConfigurationError(both_map(shown_path(found[source]), shown_path(path), source))
            found[source] = path
        if not found:
            raise self._no_mapping()
        return dict(sorted(found.items()))

    @cached_property
    def _files(self) -> list[Path]:
        if not self.mappings.is_dir():
            raise ConfigurationError(
                f"the mappings folder {self.mappings} does not exist",
                hint="run the command in the project folder, create the folder, or name another one with --mappings DIR",
            )
        return self.files_in(self.mappings)

    def _source_of(self, path: Path) -> str:
        try:
            document = self._documents.read(path, shown_as=shown_path(path))
        except ConfigurationError:
            return path.stem
        node = None if document.problems else document.root.entries.get("source")
        return node.text if isinstance(node, Scalar) and node.text else path.stem

    @cached_property
    def _siblings(self) -> dict[Path, Sibling]:
        """What the mappings must know of each other, of those that can be read."""
        read = self._documents.read
        found = {path: sibling(path, shown_path(path), read=read) for path in self._files}
        return {path: each for path, each in found.items() if each}

    def _takes(self, path: Path, file: PurePath) -> bool:
        """Whether the mapping takes files of this name; its faults, if it has any, are met when it is used."""
        named_like = self._siblings.get(path)
        return named_like is not None and any(file.match(pattern) for pattern, _ in named_like.match)

    @staticmethod
    def files_in(folder: Path) -> list[Path]:
        """The files of the folder that are mappings of a source, by name."""
        files = [*folder.glob("*.yaml"), *folder.glob("*.yml")]
        return sorted(file for file in files if not file.name.startswith(("_", ".")))


def _without_errors(reading: ParsedMapping) -> ParsedMapping:
    """The mapping. What lint calls an error is a problem of it, unless a comment has it ignored for a reason."""
    from leadingest.lint.lint_mapping import errors_of

    if reading.problems:
        return reading
    return replace(reading, problems=tuple(errors_of(reading)))


def shown_path(location: Location) -> str:
    """The location as messages name it: a path relative to the current folder where it lies under it."""
    if not isinstance(location, Path):
        return str(location)
    here = Path.cwd()
    return str(location.relative_to(here)) if location.is_relative_to(here) else name_of(location)
