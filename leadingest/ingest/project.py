"""The mappings of a project: which sources there are, and the mapping of each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from leadingest.documents.nearest import listed, nearest_names
from leadingest.documents.read_yaml import read_yaml
from leadingest.documents.yaml_document import Scalar
from leadingest.errors import ConfigurationError, DefinitionError, NothingToDoError, UsageError
from leadingest.mapping.guards import Guards
from leadingest.mapping.models import Mapping
from leadingest.mapping.read_mapping import examine_mapping, mapping_of
from leadingest.mapping.reading import Reading
from leadingest.mapping.same_source import both_map
from leadingest.mapping.sibling import Sibling, sibling


@dataclass(frozen=True)
class Project:
    """A folder of mappings and the folder with the load tables that they fill.

    Files whose name begins with `_` are no sources of their own: they hold what others extend.
    """

    mappings: Path
    ddl: Path
    #: Of deliveries that are not UTF-8, where their mapping does not name one; "" for none.
    fallback_encoding: str = ""
    #: Where a mapping says nothing else.
    guards: Guards = field(default_factory=Guards)

    def sources(self) -> dict[str, Path]:
        """Each source with the file of its mapping, sorted by name.

        A file that cannot be read stands under its own name, so that the fault is met when it is used.
        Raises ConfigurationError when two files have the same source, NothingToDoError when there are none.
        """
        found: dict[str, Path] = {}
        for path in self._files():
            source = _source_of(path)
            if source in found:
                raise ConfigurationError(both_map(shown_path(found[source]), shown_path(path), source))
            found[source] = path
        if not found:
            raise self._no_mapping()
        return dict(sorted(found.items()))

    def files(self) -> list[Path]:
        """The files of the mappings, by name. Raises as `sources` does, but for what is in the files."""
        if not (files := self._files()):
            raise self._no_mapping()
        return files

    def siblings(self) -> list[Sibling]:
        """What the mappings must know of each other, of those that can be read."""
        found = (sibling(path, shown_path(path)) for path in self._files())
        return [each for each in found if each]

    def mapping(self, source: str) -> Mapping:
        """The mapping of the source. Raises UsageError, with the nearest names, when there is none."""
        return self.read(self.path_of(source))

    def path_of(self, source: str) -> Path:
        """The file of the source's mapping. Raises as `mapping` does."""
        sources = self.sources()
        if source not in sources:
            likely = nearest_names(source, sources, most=3)
            known = listed(repr(name) for name in likely or sources)
            raise UsageError(
                f"there is no source {source!r} in {self.mappings}",
                hint=f"did you mean {known}?" if likely else f"the sources are {known}",
            )
        return sources[source]

    def read(self, path: Path) -> Mapping:
        """The mapping in one of the project's files; messages name it from where the user stands."""
        mapping = mapping_of(_without_errors(examine_mapping(path, ddl=self.ddl, shown_as=shown_path(path))))
        return mapping.with_fallback_encoding(self.fallback_encoding).with_project_guards(self.guards)

    def source_taking(self, file: Path) -> str:
        """The one source whose deliveries are named like the file. Raises UsageError when there are none or more."""
        taking = []
        for name, path in self.sources().items():
            try:
                patterns = self.read(path).delivery.match
            except ConfigurationError:
                continue
            if any(PurePath(file.absolute()).match(pattern) for pattern in patterns):
                taking.append(name)
        if len(taking) != 1:
            said = f"{listed(taking, last='and')} all take" if taking else "no source takes"
            raise UsageError(f"{said} files named {file.name!r}", hint="say which one it is: --source NAME")
        return taking[0]

    def _no_mapping(self) -> NothingToDoError:
        hint = "a mapping is a file <source>.yaml; to draft one: leadingest new NAME --file FILE"
        return NothingToDoError(f"no mapping in {self.mappings}", hint=hint)

    def _files(self) -> list[Path]:
        if not self.mappings.is_dir():
            raise ConfigurationError(
                f"the folder of the mappings, {self.mappings}, is not there",
                hint="run it in the folder of the project, make the folder, or name another one: --mappings DIR",
            )
        return self.files_in(self.mappings)

    @staticmethod
    def files_in(folder: Path) -> list[Path]:
        """The files of the folder that are mappings of a source, by name."""
        files = [*folder.glob("*.yaml"), *folder.glob("*.yml")]
        return sorted(file for file in files if not file.name.startswith(("_", ".")))


def _without_errors(reading: Reading) -> Reading:
    """The mapping. What lint calls an error is a problem of it, unless a comment has it ignored for a reason."""
    from leadingest.lint.errors_of import errors_of

    if reading.problems:
        return reading
    return replace(reading, problems=tuple(errors_of(reading)))


def _source_of(path: Path) -> str:
    try:
        node = read_yaml(path).entries.get("source")
    except (ConfigurationError, DefinitionError):
        return path.stem
    return node.text if isinstance(node, Scalar) and node.text else path.stem


def shown_path(path: Path) -> str:
    """The path as messages name it: relative to the current folder where it lies under it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
