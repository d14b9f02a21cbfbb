"""A load table of one's own, begun as a copy of another."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from leadingest.errors import ConfigurationError, UsageError
from leadingest.tables.load_table import TABLE_NAME


def copy_table(table: Path, name: str, folder: Path) -> Path:
    """Write the load table of the file into the folder under another name; the new file.

    The other tables that lie beside it come along where the folder is not there: those of a project are all in one folder.
    Raises UsageError where the name is none or is taken, ConfigurationError where the folder cannot be written.
    """
    written = folder / f"{name}.yaml"
    if not TABLE_NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} is no name of a load table",
            hint="use lowercase letters, digits and _, as in: suppliers",
        )
    if written.exists() or (table.parent / written.name).exists():
        raise UsageError(f"there is a load table {name!r}", hint="choose another name, or edit that one")
    text = re.sub(r"(?m)^table:.*$", f"table: {name}", table.read_text(encoding="utf-8"), count=1)
    try:
        if not folder.exists():
            folder.mkdir(parents=True)
            for other in table.parent.glob("*.yaml"):
                shutil.copyfile(other, folder / other.name)
        written.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"cannot write {written}: {error.strerror}") from error
    return written
