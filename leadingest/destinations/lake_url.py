"""A URL of a lake: `s3://bucket/prefix`, `gs://…`, `az://…`, or `lake:///folder`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from leadingest.errors import DestinationSetupError
from leadingest.stores.location import SCHEMES, Location, as_location

#: What the URL of a lake in a folder begins with; as those of SQLite, `lake:///` is relative and `lake:////` absolute.
FOLDER: Final = "lake"
#: What the URL of a lake begins with.
LAKE_SCHEMES: Final = (FOLDER, *SCHEMES)


def lake_location(url: str) -> Location | None:
    """Where the lake of the URL lies; None where it is no URL of a lake.

    Raises ConfigurationError for a bucket that cannot be meant, DestinationSetupError for a folder.
    """
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.lower() not in LAKE_SCHEMES:
        return None
    if scheme.lower() != FOLDER:
        return as_location(url)
    if not rest.startswith("/") or not rest.strip("/"):
        raise DestinationSetupError(
            "the URL of a lake in a folder names no folder",
            hint="use three slashes: lake:///lake; for an absolute path, four: lake:////data/lake",
        )
    return Path(rest[1:])
