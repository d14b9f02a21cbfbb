"""What the copy of a delivery is called: by a time, its content, and its own name as far as it is harmless."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

#: What may stand in a file name everywhere, and means nothing to a shell.
_ODD: Final = re.compile(r"[^A-Za-z0-9._-]+")
#: Characters of a name that are kept: the last ones, for they tell the format.
_MOST: Final = 100
#: Hexadecimal digits of the SHA-256 that stand in a name.
_DIGITS: Final = 16


def kept_name(time: datetime, sha256: str, name: str) -> str:
    """`20260801T120000Z_0123456789abcdef_acme.csv`; the time is an aware one."""
    return f"{time.astimezone(UTC):%Y%m%dT%H%M%SZ}_{sha256[:_DIGITS]}_{harmless(name)}"


def harmless(name: str) -> str:
    """The name of a file with an underscore for what is odd in it."""
    return _ODD.sub("_", name)[-_MOST:]


def copies_of(folder: Path, sha256: str) -> list[Path]:
    """The files in the folder that are called so after this content, the oldest first."""
    return sorted(folder.glob(f"*Z_{sha256[:_DIGITS]}_*")) if folder.is_dir() else []
