"""Everything leadingest raises on purpose.

    LeadingestError
    ├── UsageError                  the request cannot be understood as given            exit 2
    │   ├── ConfigurationError      a setting or a file of the project is wrong
    │   └── DefinitionError         a mapping or load table has problems, each with its place
    ├── NothingToDoError            no source, no delivery to work on                    exit 3
    ├── DeliveryError               this delivery cannot be read, or does not fit        exit 1
    │   ├── NoReadableRecordError   it has records, and none of them can be read
    │   └── DeliveryReplacedError   its object was deleted or replaced before the load   exit 1
    ├── DestinationError            the database did not do what was asked               exit 1
    │   ├── DestinationBusyError    another run has the source                           exit 1
    │   ├── DestinationLostError    connection lost: worth a retry                       exit 1
    │   │   └── DestinationLockedError  others were in the way for too long              exit 1
    │   └── DestinationSetupError   wrong password, missing right, missing driver        exit 2
    ├── StoreError                  object storage did not do what was asked             exit 1
    │   ├── StoreBusyError          it is busy, or not to be reached: worth a retry      exit 1
    │   ├── StoreConflictError      what was to be replaced is another content by now    exit 1
    │   └── StoreSetupError         credentials, a right, a region, a bucket             exit 2
    ├── QueueError                  the queue did not do what was asked: worth a retry   exit 1
    ├── MessageError                a message of a queue asks for nothing that we know   exit 1
    ├── BalanceError                read is not loaded + rejected + filtered             exit 1
    └── UnexpectedError             nobody raised it on purpose: a full disk, a bug      exit 1

    FaultError                      a model refuses a value; becomes a Problem, never reaches a user

Bad data is never an exception: it is a reject or an invalid value. An exception means that the load,
or the command, cannot go on. Every message says where and what; `hint` shows what to do next.
"""

import os
import re
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

EXIT_DONE = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_NOTHING_TO_DO = 3


class LeadingestError(Exception):
    """A problem that a data engineer can act on. `str()` is the message followed by the hint."""

    exit_code = EXIT_FINDINGS

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class UsageError(LeadingestError):
    """The request cannot be carried out as given: an unknown source, options that cannot be used together."""

    exit_code = EXIT_USAGE


class ConfigurationError(UsageError):
    """A setting, or a file that the project needs, is missing or wrong."""


#: What a problem means: the name of the lint rule that explains it. One meaning has one name.
Kind = Literal[
    "unreadable_file",
    "not_yaml",
    "endless_aliases",
    "duplicate_key",
    "unknown_word",
    "misplaced_word",
    "wrong_value",
    "missing_key",
    "unknown_field",
    "required_field",
    "circular_let",
    "undeclared_fate",
    "one_source",
    "broken_lookup",
    "bad_format",
    "bad_pattern",
    "extract_group",
    "missing_group",
    "type_misfit",
    "bad_sql",
    "broken_extends",
    "unknown_table",
    "broken_load_table",
]


class FaultError(ValueError):
    """Raised by a model for a value that it refuses; `kind` is what that means, the message follows the key."""

    def __init__(self, kind: Kind, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a mapping or a load table, and where: lines and columns count from 1."""

    file: str
    line: int
    column: int
    message: str
    kind: Kind = "wrong_value"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class DefinitionError(ConfigurationError):
    """A mapping or load table that cannot be used; `problems` names each fault with its place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class NothingToDoError(LeadingestError):
    """There is nothing to carry the request out on: no mapping, no delivery."""

    exit_code = EXIT_NOTHING_TO_DO


class DeliveryError(LeadingestError):
    """The delivery as a whole cannot be loaded; `line` is the line of the file, where one is to blame."""

    def __init__(self, message: str, *, hint: str = "", line: int | None = None) -> None:
        super().__init__(message, hint=hint)
        self.line = line


class NoReadableRecordError(DeliveryError):
    """The delivery has records, and none of them can be read; all of them were handed out as rejects."""


class DeliveryReplacedError(DeliveryError):
    """The object of the delivery was deleted, or another took its place, before its load began."""


class DestinationError(LeadingestError):
    """The database refused or lost the load; nothing of it is visible."""


class DestinationBusyError(DestinationError):
    """Another run is loading the same source."""


class DestinationLostError(DestinationError):
    """The database broke off what may well succeed if it is begun again: a lost connection, a deadlock."""


class DestinationLockedError(DestinationLostError):
    """Others held what was asked for, longer than one waits: a lock, a deadlock."""


class DestinationSetupError(DestinationError):
    """The database cannot be used as configured: driver, address, password, rights or table shape."""

    exit_code = EXIT_USAGE


class StoreError(LeadingestError):
    """Object storage refused what was asked."""


class StoreBusyError(StoreError):
    """Object storage is busy or cannot be reached: it may well succeed later."""


class StoreConflictError(StoreError):
    """A write that was to replace one content, or none, found another."""


class StoreSetupError(StoreError):
    """Object storage cannot be used as configured: credentials, rights, region or bucket."""

    exit_code = EXIT_USAGE


class QueueError(LeadingestError):
    """The queue did not do what was asked: it could not be reached, or is too busy."""


class MessageError(LeadingestError):
    """A message of a queue is none that we know."""


class BalanceError(LeadingestError):
    """The records read are not the records loaded, rejected and filtered: the load is not published."""


class UnexpectedError(LeadingestError):
    """What nobody raised on purpose: the system refused something, memory ran out, or a library or we have a bug."""


#: What asks the whole program to end, and is no failure of one piece of work.
_ENDING = (KeyboardInterrupt, SystemExit, GeneratorExit)
#: How a library written in Rust tells the number of an error of the system.
_OS_ERROR = re.compile(r"\(os error ([0-9]{1,5})\)")
#: Steps of our own code that are named, from the one that failed outwards.
_MOST_STEPS = 6


def in_words(error: BaseException) -> LeadingestError:
    """The error as one that can be told in a line: itself, where it is one of ours.

    Of another it tells no text but that of the system: the words of a library may quote a cell. A panic of polars is no
    Exception, so this takes any. Raises again what asks the whole program to end.
    """
    if isinstance(error, _ENDING):
        raise error
    if isinstance(error, LeadingestError):
        return error
    if isinstance(error, MemoryError):
        return UnexpectedError(
            "not enough memory",
            hint="load fewer sources at a time with --jobs 1, or add memory",
        )
    if isinstance(error, OSError) and (refused := refusal(error)):
        return UnexpectedError(f"{error.filename}: {refused}" if error.filename else refused)
    if isinstance(error, ModuleNotFoundError) and (package := _package(error)):
        return UnexpectedError(
            f"the Python package of {package!r}, which leadingest requires, is not installed",
            hint="install leadingest again, in the same way as before: its dependencies have changed",
        )
    name = type(error).__name__
    return UnexpectedError(
        f"{name} in {', '.join(_steps(error)) or 'an unknown place'}",
        hint="This is a bug in leadingest; your data and mapping are fine. Please report it with the line above.",
    )


def _package(error: ModuleNotFoundError) -> str:
    """The package of others that is missing; "" where it is a module of our own, which is our bug."""
    package = (error.name or "").partition(".")[0]
    return "" if package == __name__.partition(".")[0] else package


def refusal(error: OSError) -> str:
    """What the system says, as "Permission denied"; "" where it is not the system that speaks."""
    if error.strerror:
        return error.strerror
    number = _OS_ERROR.search(str(error))
    return os.strerror(int(number[1])) if number else ""


def _steps(error: BaseException) -> Iterator[str]:
    """Where the error came from: `engine/transform.py:106`, the innermost step first."""
    here = Path(__file__).parent
    steps = [(Path(frame.f_code.co_filename), line) for frame, line in traceback.walk_tb(error.__traceback__)]
    own = [f"{file.relative_to(here)}:{line}" for file, line in steps if file.is_relative_to(here)]
    yield from own[::-1][:_MOST_STEPS]
