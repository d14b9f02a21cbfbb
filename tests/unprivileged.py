"""Being somebody who may not read everything: as in a container, the tests may be run by root, who may."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

#: The user `nobody` of Linux systems.
_NOBODY = 65534


@contextmanager
def unprivileged() -> Iterator[None]:
    """Within it this process has the rights of nobody in particular."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def unprivileged_folder() -> Iterator[Path]:
    """An empty folder that anybody may enter and write to, unlike the temporary ones of pytest."""
    with TemporaryDirectory() as folder:
        path = Path(folder).resolve()
        path.chmod(0o777)
        yield path
