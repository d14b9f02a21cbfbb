"""The settings: `[tool.leadingest]` of pyproject.toml, `.env`, `LEADINGEST_…` variables, options.

Each later one wins. Relative paths are relative to the folder of the project: the nearest one upwards
whose pyproject.toml has a `[tool.leadingest]` table, else the current folder. Only in an option are they
relative to the current folder, as on every command line.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from leadingest.destinations.lake_url import FOLDER, lake_location
from leadingest.destinations.sql.dialects import keeps_files
from leadingest.documents.nearest import nearest_word
from leadingest.documents.read_yaml import read_text
from leadingest.errors import ConfigurationError, LeadingestError
from leadingest.mapping.delivery_values import encoding
from leadingest.mapping.sections import GuardAction, Guards, Least, Share
from leadingest.stores.location import Location, ObjectUrl, as_location, overlap
from leadingest.stores.open_store import open_store, read_file

_PREFIX = "LEADINGEST_"
#: Variables of our own that are no settings: they tell the test suite where to run.
_NOT_SETTINGS = "LEADINGEST_TEST_"
#: Folders that may be this instead: then nothing is kept there.
_OFF = "off"
_MAY_BE_OFF = ("dead_letters", "archive")
#: Places: each is a folder, or a prefix in object storage.
_PLACES = ("inbox", "mappings", "ddl", *_MAY_BE_OFF)
_ARRIVES: Final = "what is kept there would arrive once more as a delivery"
_ALONE: Final = "where leads are kept, nothing else is"
#: Settings that are the URL of a database or a lake.
_URLS: Final = ("database_url", "mirror")
_WRITTEN: Final = "whoever may drop a file would decide what is loaded from all files"
#: Places that must not be the same, nor the inbox in the other or the other in it, where they are in a bucket; and why.
_APART: Final = (
    ("inbox", "dead_letters", _ARRIVES),
    ("inbox", "archive", _ARRIVES),
    ("inbox", "mappings", _WRITTEN),
    ("inbox", "ddl", _WRITTEN),
    ("inbox", "database_url", "whoever may drop a file could change what was loaded"),
    ("dead_letters", "database_url", _ALONE),
    ("archive", "database_url", _ALONE),
    ("inbox", "mirror", "whoever may drop a file could change what was copied"),
    ("dead_letters", "mirror", _ALONE),
    ("archive", "mirror", _ALONE),
    (
        "dead_letters",
        "archive",
        "a delivery that loads is taken out of the dead letters, and would be out of the archive, too",
    ),
)
#: Names the project itself: its folder, or the prefix that it is kept below.
_PROJECT = "LEADINGEST_PROJECT"
#: The load tables that come with the program, for a project that has no `ddl` folder of its own.
_SHIPPED_DDL = (Path(__file__).parent / "ddl", Path(__file__).parents[1] / "ddl")
#: The guards where nobody says anything.
_GUARDS = Guards.model_construct()


_Place = Annotated[Path | ObjectUrl, BeforeValidator(as_location)]
_PlaceOrOff = Annotated[
    Path | ObjectUrl | None,
    BeforeValidator(lambda value: None if value in {None, _OFF} else as_location(value)),
]


class Settings(BaseModel):
    """Where things are, and how the program speaks."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", arbitrary_types_allowed=True)

    database_url: SecretStr = Field(
        default=SecretStr("sqlite:///leads.db"),
        description="URL of the database (SQLAlchemy) or lake: `lake:///folder`, `s3://bucket/prefix`",
    )
    inbox: _Place = Field(
        default=Path("inbox"), description="folder or `s3://bucket/prefix` in which deliveries arrive"
    )
    mappings: _Place = Field(
        default=Path("mappings"),
        description="folder or `s3://bucket/prefix` with the mappings, one per source",
    )
    ddl: _Place = Field(
        default=Path("ddl"), description="folder or `s3://bucket/prefix` with the load tables"
    )
    fallback_encoding: Annotated[str, BeforeValidator(lambda value: value and encoding(value))] = Field(
        default="",
        description="encoding of deliveries that are not UTF-8, if their mapping does not name one",
    )
    most_rejects: Share = Field(default=_GUARDS.most_rejects, description="guard: see `guards` of a mapping")
    most_invalid: Share = Field(default=_GUARDS.most_invalid, description="guard: see `guards` of a mapping")
    fewest_records: Least = Field(
        default=_GUARDS.fewest_records, description="guard: see `guards` of a mapping"
    )
    largest_fall: Share = Field(default=_GUARDS.largest_fall, description="guard: see `guards` of a mapping")
    least_keys_in_common: Share = Field(
        default=_GUARDS.least_keys_in_common, description="guard: see `guards` of a mapping"
    )
    most_hidden: Share = Field(default=_GUARDS.most_hidden, description="guard: see `guards` of a mapping")
    sent_before: GuardAction = Field(
        default=_GUARDS.sent_before, description="guard: see `guards` of a mapping"
    )
    older_delivery: GuardAction = Field(
        default=_GUARDS.older_delivery, description="guard: see `guards` of a mapping"
    )
    future_delivery: GuardAction = Field(
        default=_GUARDS.future_delivery, description="guard: see `guards` of a mapping"
    )
    dead_letters: _PlaceOrOff = Field(
        default=Path("dead_letters"),
        description="folder or `s3://bucket/prefix` that keeps deliveries which failed as a whole; or off",
    )
    archive: _PlaceOrOff = Field(
        default=None,
        description="folder or `s3://bucket/prefix` that keeps every delivery that was loaded; or off",
    )
    mirror: str = Field(
        default="",
        description="lake that `run` and `mirror` copy published loads into: `s3://bucket/prefix`, `lake:///folder`",
    )
    notify: SecretStr = Field(
        default=SecretStr(_OFF),
        description="services that are sent a message where a run goes wrong: URLs of apprise with blanks between, "
        "or off; needs the extra `notify`",
    )
    notify_on: Annotated[
        tuple[Literal["failed", "held", "late"], ...],
        BeforeValidator(lambda value: value.replace(",", " ").split() if isinstance(value, str) else value),
    ] = Field(
        default=("failed", "held", "late"), description="what a message is sent for: failed, held, late"
    )
    lineage: SecretStr = Field(
        default=SecretStr(_OFF),
        description="URL of an OpenLineage endpoint that is told of loads, or off; needs the extra `lineage`",
    )
    lineage_key: SecretStr = Field(default=SecretStr(""), description="API key of that endpoint")
    lineage_namespace: str = Field(default="leadingest", description="OpenLineage namespace of the jobs")
    log_format: Literal["off", "text", "json"] = Field(
        default="off", description="format of log lines on standard error"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="lowest level of log lines to write"
    )

    @property
    def notify_urls(self) -> tuple[str, ...]:
        """The URLs of the services to be sent messages, with their passwords; none where that is off."""
        urls = self.notify.get_secret_value()
        return () if urls == _OFF else tuple(urls.split())

    @property
    def lineage_url(self) -> str:
        """The URL of the OpenLineage endpoint, with its password; "" where that is off."""
        url = self.lineage.get_secret_value()
        return "" if url == _OFF else url

    @property
    def guards(self) -> Guards:
        """The guards of the project, for mappings that do not say otherwise."""
        return Guards.model_construct(**{name: getattr(self, name) for name in Guards.model_fields})


def load_settings(start: Location | None = None, **options: Any) -> Settings:
    """The settings of the project that the folder `start` lies in, or that is kept below that prefix.

    Where none is named it is that of `LEADINGEST_PROJECT`, else that of the current folder. `options` are what a command
    line says; one that is None was not given. Raises ConfigurationError for a setting that is not known or has no such
    value, and StoreError where the prefix cannot be read.
    """
    here = Path.cwd()
    start = start or as_location(os.environ.get(_PROJECT) or here)
    if isinstance(start, Path):
        start = here = start.absolute()
    root, values = _project(start)
    if isinstance(root, Path):
        values += _variables(_env_file(root), f"{root / '.env'}: ")
    values += _variables({name: value for name, value in os.environ.items() if name != _PROJECT}, "")
    values += [
        _Said(name, _from_folder(name, value, here), f"--{name.replace('_', '-')}")
        for name, value in options.items()
        if value is not None
    ]
    highest = {each.name: each for each in values}
    try:
        settings = Settings.model_validate({name: each.value for name, each in highest.items()})
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        place = highest[str(fault["loc"][0])].place
        wrong = fault["msg"].removeprefix("Value error, ")
        raise ConfigurationError(f"{place}: {wrong[:1].lower()}{wrong[1:]}") from None
    rooted = {name: _from_folder(name, getattr(settings, name), root) for name in _PLACES}
    rooted["ddl"] = _ddl(settings, rooted["ddl"])
    # A database in a file lies on this machine, wherever the project is.
    folder = root if isinstance(root, Path) else here
    url = _from_folder("database_url", settings.database_url.get_secret_value(), folder)
    mirror = _from_folder("mirror", settings.mirror, folder)
    _refuse_shared_places({**rooted, "database_url": _lake(url), "mirror": _lake(mirror)})
    return settings.model_copy(update={**rooted, "database_url": SecretStr(url), "mirror": mirror})


@dataclass(frozen=True)
class _Said:
    """A setting as somebody wrote it, and where, for a message about it."""

    name: str
    value: Any
    place: str


def _project(start: Location) -> tuple[Location, list[_Said]]:
    """Where the project is, and what its pyproject.toml says."""
    for folder in (start, *start.parents) if isinstance(start, Path) else (start,):
        file = folder / "pyproject.toml"
        if isinstance(file, Path) and not file.is_file():
            continue
        try:
            table = tomllib.loads(read_file(file).decode()).get("tool", {}).get("leadingest")
        except FileNotFoundError:
            continue
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"{file}: not TOML: {error}") from error
        if table is not None:
            if not isinstance(table, dict):
                raise ConfigurationError(f"{file}: [tool.leadingest] must be a table of settings")
            _refuse_unknown(table, f"{file}: [tool.leadingest]: ")
            return folder, [_Said(name, value, f"{file}: {name}") for name, value in table.items()]
    return start, []


def _env_file(root: Path) -> dict[str, str | None]:
    """The variables of the file, as written: a password may have `${` in it."""
    file = root / ".env"
    if not file.exists():
        return {}
    from dotenv import dotenv_values

    return dotenv_values(stream=StringIO(read_text(file, str(file))), interpolate=False)


def _variables(variables: Mapping[str, str | None], where: str) -> list[_Said]:
    """The settings among the variables; one that is empty says nothing."""
    settings = {
        name.removeprefix(_PREFIX).lower(): value
        for name, value in variables.items()
        if name.startswith(_PREFIX) and not name.startswith(_NOT_SETTINGS)
    }
    _refuse_unknown(settings, where, spelled=_variable)
    return [_Said(name, value, f"{where}{_variable(name)}") for name, value in settings.items() if value]


def _variable(name: str) -> str:
    return f"{_PREFIX}{name.upper()}"


def _refuse_unknown(names: Iterable[str], where: str, *, spelled: Callable[[str], str] = str) -> None:
    for name in names:
        if name not in Settings.model_fields:
            likely = nearest_word(name, Settings.model_fields)
            guess = f"; did you mean {spelled(likely)!r}?" if likely else ""
            raise ConfigurationError(
                f"{where}unknown setting {spelled(name)!r}{guess}",
                hint=f"the settings are {', '.join(map(spelled, Settings.model_fields))}",
            )


def _from_folder(name: str, value: Any, folder: Location) -> Any:
    """A place, or the file of a database URL, as named from the folder."""
    if name in _MAY_BE_OFF and value in (None, _OFF):
        return value
    if name in _PLACES:
        place = as_location(value)
        if isinstance(place, ObjectUrl):
            return place
        try:
            place = place.expanduser()
        except RuntimeError as error:
            raise ConfigurationError(f"{_variable(name)}: {value}: no such home folder") from error
        if isinstance(folder, ObjectUrl) and not place.is_absolute():
            return as_location(str(folder / place.as_posix()))
        return place if isinstance(folder, ObjectUrl) else folder / place
    if name not in _URLS:
        return value
    scheme, colon, file = str(value).partition(":///")
    of_files = scheme == FOLDER or keeps_files(scheme)
    relative = of_files and file and not file.startswith((":memory:", "/", "file:"))
    return f"{scheme}{colon}{folder / file}" if relative else value


def _refuse_shared_places(places: Mapping[str, Any]) -> None:
    """Raise ConfigurationError where two places are one, and what is kept in one of them would not be safe."""
    for one, other, why in _APART:
        first, second = places[one], places[other]
        kinds = {"inbox": one == "inbox", "lake": other in _URLS}
        if first is None or second is None or not _share(first, second, **kinds):
            continue
        raise ConfigurationError(
            f"{_variable(one)} and {_variable(other)} are the same place, or one is inside the other: {second}",
            hint=f"{why}; name two places side by side, such as …/{one} and …/{other.removesuffix('_url')}",
        )


def _lake(url: str) -> Location | None:
    """Where the lake of the URL lies; None where it is none. One that cannot be meant is told by whoever opens it."""
    with suppress(LeadingestError):
        return lake_location(url)
    return None


def _share(first: Location, second: Location, *, inbox: bool, lake: bool) -> bool:
    """Whether they must not be together; `inbox` says that the first is one, `lake` that the second is one."""
    if isinstance(first, Path) and isinstance(second, Path):
        return overlap(first, second) if lake else first == second and not inbox
    return overlap(first, second) if inbox or lake else first == second


def _ddl(settings: Settings, own: Location) -> Location:
    """The project's own load tables; the shipped ones where it has none and names none."""
    if "ddl" in settings.model_fields_set:
        return own
    if own.is_dir() if isinstance(own, Path) else open_store(own).names(""):
        return own
    return next((each for each in _SHIPPED_DDL if (each / "lead_sources.yaml").is_file()), own)


def is_shipped(ddl: Location) -> bool:
    """Whether these are the load tables that come with the program."""
    return ddl in _SHIPPED_DDL
