"""Where something lies: a path of this machine, or a URL of object storage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias

from leadingest.documents.nearest import did_you_mean
from leadingest.errors import ConfigurationError

#: The schemes of object storage: S3 and what speaks its protocol, Google Cloud Storage, Azure Blob Storage.
SCHEMES: Final = ("s3", "gs", "az")
_URL: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.DOTALL)
_BUCKET: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,221}")


@dataclass(frozen=True, order=True)
class ObjectUrl:
    """`s3://bucket/key`: an object, or all the objects below a prefix. The key stands as it is, and nothing in it is decoded."""

    scheme: str
    bucket: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.bucket}/{self.key}".removesuffix("/")

    def __truediv__(self, key: str) -> ObjectUrl:
        return ObjectUrl(self.scheme, self.bucket, f"{self.key}/{key}" if self.key else key)

    @property
    def name(self) -> str:
        """What stands behind the last slash."""
        return self.key.rpartition("/")[2]

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        """The ending of the name, with its dot."""
        return PurePosixPath(self.name).suffix

    @property
    def parent(self) -> ObjectUrl:
        """The prefix that it lies below."""
        return ObjectUrl(self.scheme, self.bucket, self.key.rpartition("/")[0])

    def with_name(self, name: str) -> ObjectUrl:
        """Another one beside it."""
        return self.parent / name

    def holds(self, other: ObjectUrl) -> bool:
        """Whether the other one is this prefix, or lies below it."""
        same = (self.scheme, self.bucket) == (other.scheme, other.bucket)
        return same and f"{other.key}/".startswith(f"{self.key}/" if self.key else "")


Location: TypeAlias = Path | ObjectUrl


def as_location(value: str | Path | ObjectUrl) -> Location:
    """The URL or the path that somebody wrote. Raises ConfigurationError for a URL that names no bucket."""
    if isinstance(value, ObjectUrl):
        return value
    found = _URL.fullmatch(str(value)) if isinstance(value, str) else None
    return _object_url(found[1].lower(), found[2]) if found else Path(value)


def overlap(one: Location, other: Location) -> bool:
    """Whether the two are one place, or one of them lies in the other."""
    if isinstance(one, Path) and isinstance(other, Path):
        return one.is_relative_to(other) or other.is_relative_to(one)
    if isinstance(one, ObjectUrl) and isinstance(other, ObjectUrl):
        return one.holds(other) or other.holds(one)
    return False


def pure_path(location: Location) -> PurePosixPath | Path:
    """The path by which a glob knows it."""
    if isinstance(location, Path):
        return location.absolute()
    return PurePosixPath("/", location.bucket, location.key)


def _object_url(scheme: str, rest: str) -> ObjectUrl:
    # What was written is not repeated: somebody may have put a password into it.
    if scheme not in SCHEMES:
        schemes = ", ".join(f"{each}://" for each in SCHEMES)
        raise ConfigurationError(
            f"{scheme}:// is not supported for files{did_you_mean(scheme, SCHEMES)}",
            hint=f"known are {schemes}",
        )
    bucket, _, key = rest.partition("/")
    key = key.removesuffix("/")
    if not _BUCKET.fullmatch(bucket):
        raise ConfigurationError(
            f"this {scheme}:// URL names no bucket",
            hint=f"it looks like {scheme}://bucket/prefix; credentials come from the environment, never from the URL",
        )
    if key and any(part in ("", ".", "..") for part in key.split("/")):
        raise ConfigurationError(
            f"{scheme}://{bucket}/{key}: this key has an empty part, `.` or `..`",
            hint="such keys cannot be read; rename the object",
        )
    return ObjectUrl(scheme, bucket, key)
