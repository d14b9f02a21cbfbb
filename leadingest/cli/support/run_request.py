"""Which sources and files a command is asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from leadingest import Project
from leadingest.documents.nearest import did_you_mean, listed
from leadingest.errors import ConfigurationError, UsageError
from leadingest.stores.location import Location, ObjectUrl, as_location
from leadingest.stores.open_store import exists, read_file

_KEYS = ("file", "source")


@dataclass(frozen=True)
class RunRequest:
    """What the command line of `leadingest run` says of sources and files."""

    sources: tuple[str, ...] = ()
    every: bool = False
    file: Location | None = None


def read_config(path: Location, request: RunRequest) -> RunRequest:
    """The request with the file, and the source if it is there, of a JSON file `{"file": "…", "source": "…"}`.

    The file is looked for from the current folder, then from the folder of the JSON file. A `--source` of
    the command line wins. Raises UsageError or ConfigurationError.
    """
    if request.file or request.every:
        raise UsageError(f"--config and {'--file' if request.file else '--all'} cannot be used together")
    content = _read_json(path)
    file, source = content.get("file"), content.get("source")
    if not file:
        raise ConfigurationError(f'{path}: there is no "file"', hint='it should read {"file": "source3.csv"}')
    return replace(
        request, file=_find(as_location(file), path), sources=request.sources or ((source,) if source else ())
    )


def chosen_sources(project: Project, request: RunRequest) -> list[str]:
    """The sources that a command works on, each once.

    Raises UsageError for a source that there is not, for a request that contradicts itself, and for one
    that names nothing.
    """
    if request.every and (request.sources or request.file):
        raise UsageError(f"--all and {'--source' if request.sources else '--file'} cannot be used together")
    all_sources = project.sources()
    if request.every:
        return all_sources
    names = list(dict.fromkeys(request.sources))
    if request.file and len(names) > 1:
        raise UsageError(
            f"--file names one file, but there are {len(names)} sources: {listed(names, last='and')}",
            hint="a file is loaded as one source: give one --source, or none to find it by the file name",
        )
    # Nothing is loaded when a name is misspelt.
    for name in names:
        project.refuse_unknown(name)
    if names:
        return names
    if request.file:
        return [project.source_of(request.file)]
    raise UsageError(
        "which source? use --source NAME, --all or --file PATH",
        hint=f"the sources are {listed(all_sources, last='and')}",
    )


def _read_json(path: Location) -> dict[str, str]:
    try:
        content = json.loads(read_file(path).decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise ConfigurationError(f"{path}: there is no such file") from error
    except json.JSONDecodeError as error:
        raise ConfigurationError(f"{path}:{error.lineno}:{error.colno}: not JSON: {error.msg}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: byte {error.start} is not UTF-8") from error
    if not isinstance(content, dict):
        raise ConfigurationError(f"{path}: not a JSON object", hint='it should read {"file": "source3.csv"}')
    for key, value in content.items():
        if key not in _KEYS:
            raise ConfigurationError(
                f"{path}: unknown key {key!r}{did_you_mean(key, _KEYS)}",
                hint=f"the keys are {listed(_KEYS, last='and')}",
            )
        if not isinstance(value, str):
            raise ConfigurationError(f"{path}: {key!r} must be a text")
    return content


def _find(file: Location, config: Location) -> Location:
    if isinstance(file, ObjectUrl):
        return file
    here = config.parent if isinstance(config, ObjectUrl) else config.absolute().parent
    beside = as_location(str(here / str(file))) if isinstance(here, ObjectUrl) else here / file
    places = [Path.cwd() / file, beside]
    for place in places:
        if exists(place):
            return place
    looked = listed(dict.fromkeys(str(place.parent) for place in places), last="and")
    raise ConfigurationError(f"{config}: file {str(file)!r} not found", hint=f"looked for it in {looked}")
